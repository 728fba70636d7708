import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type AccountView, listAccounts, listRoles } from '#modules/accounts/contract';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { SearchField } from '#shell/components/search-field.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import css from '../accounts.module.css';
import { GrantList } from '../grant-list.tsx';
import { AccountsSearch } from '../search.ts';
import { useText } from '../text.ts';
import { AccountState } from './account-state.tsx';

const pageSize = 50;

/** All accounts: by words, role and state. */
export function AccountsPage() {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const [search, setSearch] = usePageSearch(AccountsSearch);
  const list = useQuery({
    ...queryOf(listAccounts, { query: { ...search, pageSize } }),
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
  const roles = useQuery({ ...queryOf(listRoles, {}), staleTime: 600_000 });
  const change = (part: Partial<AccountsSearch>) => setSearch({ page: undefined, ...part });
  const filtered = Boolean(search.search || search.role || search.disabled);
  return (
    <article>
      <PageHeader
        title={t('accounts.title')}
        subtitle={t('accounts.subtitle')}
        actions={
          <Link to="/admin/accounts/new" className={css.mainLink}>
            {t('accounts.new')}
          </Link>
        }
        scope={
          <FieldRow label={t('filters')}>
            <SearchField
              label={t('accounts.search')}
              value={search.search}
              onChange={(text) => change({ search: text })}
            />
            <SelectField
              label={t('accounts.role')}
              value={search.role}
              all={t('accounts.anyRole')}
              choices={(roles.data?.roles ?? []).map((r) => ({ value: r.id, label: r.title[lang] }))}
              onChange={(role) => change({ role })}
            />
            <SelectField
              label={t('accounts.state')}
              value={search.disabled}
              all={t('accounts.anyState')}
              choices={[
                { value: 'false', label: t('accounts.enabled') },
                { value: 'true', label: t('accounts.disabled') },
              ]}
              onChange={(v) => change({ disabled: v as AccountsSearch['disabled'] })}
            />
            {filtered && (
              <PlainButton
                onClick={() => change({ search: undefined, role: undefined, disabled: undefined })}
              >
                {t('clearFilters')}
              </PlainButton>
            )}
          </FieldRow>
        }
      />
      <DataTable<AccountView>
        caption={t('accounts.title')}
        rows={list.data?.accounts}
        rowKey={(a) => a.id}
        total={list.data?.total}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('accounts.empty')}</p>}
        onOpen={(a) => void navigate({ to: '/admin/accounts/$id', params: { id: a.id } })}
        foot={<Pager page={search.page ?? 1} size={pageSize} total={list.data?.total ?? 0} />}
        columns={[
          {
            id: 'username',
            title: t('own.username'),
            fixed: true,
            cell: (a) => (
              <Link to="/admin/accounts/$id" params={{ id: a.id }}>
                {a.username}
              </Link>
            ),
          },
          { id: 'name', title: t('own.name'), cell: (a) => a.name },
          { id: 'grants', title: t('own.roles'), cell: (a) => <GrantList grants={a.grants} /> },
          { id: 'state', title: t('accounts.state'), cell: (a) => <AccountState account={a} /> },
          {
            id: 'two',
            title: t('twoFactor.title'),
            cell: (a) => (a.twoFactor ? t('accounts.on') : t('accounts.off')),
          },
          {
            id: 'last',
            title: t('accounts.lastSignIn'),
            cell: (a) => (a.lastSignInAt ? formatMoment(a.lastSignInAt) : t('accounts.never')),
          },
        ]}
      />
    </article>
  );
}
