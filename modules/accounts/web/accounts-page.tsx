import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { type AccountView, listAccounts, listRoles } from '../contract.ts';
import css from './accounts.module.css';
import { FilterText } from './field.tsx';
import { AccountsSearch } from './search.ts';
import { useText } from './text.ts';

const pageSize = 50;

/** Accounts by words, role and state. */
export function AccountsPage() {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const [search, setSearch] = usePageSearch(AccountsSearch);
  const page = search.page ?? 1;
  const list = useQuery({
    ...queryOf(listAccounts, {
      query: { search: search.q, role: search.role, disabled: search.disabled, page, pageSize },
    }),
    placeholderData: (before) => before,
  });
  const roles = useQuery(queryOf(listRoles, {}));
  const pages = Math.ceil((list.data?.total ?? 0) / pageSize);
  return (
    <article>
      <PageHeader
        title={t('accounts.title')}
        subtitle={t('accounts.subtitle')}
        actions={<Link to="/admin/accounts/new">{t('accounts.add')}</Link>}
        scope={
          <FieldRow label={t('filters')}>
            <FilterText
              label={t('accounts.search')}
              value={search.q}
              onChange={(q) => setSearch({ q, page: undefined })}
            />
            <SelectField
              label={t('role')}
              value={search.role}
              all={t('any')}
              choices={(roles.data?.roles ?? []).map((r) => ({ value: r.id, label: r.title[lang] }))}
              onChange={(role) => setSearch({ role, page: undefined })}
            />
            <SelectField
              label={t('state')}
              value={search.disabled}
              all={t('any')}
              choices={[
                { value: 'false', label: t('state.enabled') },
                { value: 'true', label: t('state.disabled') },
              ]}
              onChange={(d) => setSearch({ disabled: d as 'true' | 'false' | undefined, page: undefined })}
            />
            {(search.q || search.role || search.disabled) && (
              <PlainButton
                onClick={() =>
                  setSearch({ q: undefined, role: undefined, disabled: undefined, page: undefined })
                }
              >
                {t('clear')}
              </PlainButton>
            )}
          </FieldRow>
        }
      />
      <DataTable<AccountView>
        caption={t('accounts.title')}
        rows={list.data?.accounts}
        total={list.data?.total}
        rowKey={(a) => a.id}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('accounts.empty')}</p>}
        onOpen={(a) => void navigate({ to: '/admin/accounts/$id', params: { id: a.id } })}
        foot={
          pages > 1 && (
            <nav className={css.pager} aria-label={t('pages')}>
              {page > 1 && (
                <PlainButton onClick={() => setSearch({ page: page - 1 }, { push: true })}>
                  {t('before')}
                </PlainButton>
              )}
              {t('place', { page, pages })}
              {page < pages && (
                <PlainButton onClick={() => setSearch({ page: page + 1 }, { push: true })}>
                  {t('after')}
                </PlainButton>
              )}
            </nav>
          )
        }
        columns={[
          {
            id: 'name',
            title: t('name'),
            fixed: true,
            width: 240,
            cell: (a) => (
              <>
                <Link to="/admin/accounts/$id" params={{ id: a.id }}>
                  {a.name}
                </Link>
                <span className={css.sub}>{a.username}</span>
              </>
            ),
          },
          { id: 'roles', title: t('grants'), cell: (a) => <Grants account={a} /> },
          {
            id: 'state',
            title: t('state'),
            cell: (a) =>
              a.disabledAt ? (
                <span className={css.off}>{t('state.disabledAt', { at: formatMoment(a.disabledAt) })}</span>
              ) : (
                t('state.enabled')
              ),
          },
          {
            id: 'two',
            title: t('twoFactor'),
            cell: (a) => (a.twoFactor ? t('twoFactor.on') : t('twoFactor.off')),
          },
          {
            id: 'last',
            title: t('lastSignIn'),
            cell: (a) => (a.lastSignInAt ? formatMoment(a.lastSignInAt) : t('never')),
          },
        ]}
      />
    </article>
  );
}

/** The roles of an account, one a line. */
function Grants({ account }: { account: AccountView }) {
  const t = useText();
  const lang = useLang();
  if (account.grants.length === 0) return <span className={css.muted}>{t('grants.none')}</span>;
  return account.grants.map((g) => (
    <div key={`${g.role} ${g.organisation?.id} ${g.region?.id}`}>
      {[g.title[lang], g.organisation?.name, g.region?.name].filter(Boolean).join(' · ')}
    </div>
  ));
}
