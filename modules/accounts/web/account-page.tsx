import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queryOf } from '#shell/query';
import { type AccountView, getAccount, listAccounts } from '../contract.ts';
import { AccountActions } from './account-actions.tsx';
import { AccountForm } from './account-form.tsx';
import css from './accounts.module.css';
import { useText } from './text.ts';
import { Tokens } from './tokens.tsx';

/** One account: who it is, its roles, how it signs in, its tokens. */
export function AccountPage() {
  const t = useText();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const queries = useQueryClient();
  const one = queryOf(getAccount, { params: { id } });
  const query = useQuery(one);
  const [done, setDone] = useState<string | null>(null);
  const account = query.data;
  if (query.error && !account)
    return <ErrorPanel error={query.error} what={t('accounts.title')} onRetry={() => void query.refetch()} />;
  if (!account) return <Skeleton rows={10} />;

  function changed(after: AccountView, what: string) {
    queries.setQueryData(one.queryKey, after);
    void queries.invalidateQueries({ queryKey: keyOf(listAccounts) });
    setDone(what);
  }
  return (
    <article>
      <PageHeader
        title={account.name}
        before={<Link to="/admin/accounts">{t('accounts.back')}</Link>}
        subtitle={account.username}
      />
      {account.disabledAt && (
        <Notice tone="attention" title={t('state.disabledAt', { at: formatMoment(account.disabledAt) })} />
      )}
      {done && <Notice tone="done" title={done} />}
      <Facts
        items={[
          { name: t('createdAt'), value: formatMoment(account.createdAt) },
          {
            name: t('lastSignIn'),
            value: account.lastSignInAt ? formatMoment(account.lastSignInAt) : t('never'),
          },
          { name: t('twoFactor'), value: account.twoFactor ? t('twoFactor.on') : t('twoFactor.off') },
          { name: t('password'), value: account.hasPassword ? t('password.set') : t('password.none') },
          {
            name: t('oidc'),
            value: account.oidc && (account.oidc.joined ? t('oidc.joined') : t('oidc.waiting')),
          },
        ]}
      />
      <section className={css.section}>
        <h2>{t('section.actions')}</h2>
        <AccountActions account={account} onChanged={changed} />
      </section>
      <AccountForm
        key={account.id}
        account={account}
        onChanged={changed}
        onReload={async () => (await query.refetch()).data}
      />
      <section className={css.section}>
        <h2>{t('tokens')}</h2>
        <Tokens userId={account.id} />
      </section>
      <p className={css.section}>
        <Link to="/admin/audit" search={{ objectType: 'account', objectId: account.id } as never}>
          {t('account.audit')}
        </Link>
      </p>
    </article>
  );
}
