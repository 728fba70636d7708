import { Button } from 'antd';
import { useState } from 'react';
import { ApiError, call } from '#shell/api';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { type AccountView, setGrants, updateAccount } from '../contract.ts';
import css from './accounts.module.css';
import { Failure, fieldIssues } from './failure.tsx';
import { TextInput } from './field.tsx';
import { type GrantEntry, GrantsForm, grantsBody } from './grants-form.tsx';
import { OidcFields, type OidcKind } from './oidc-fields.tsx';
import { useText } from './text.ts';

const detailsOf = (a: AccountView) => ({
  username: a.username,
  name: a.name,
  email: a.email ?? '',
  oidc: { kind: (a.oidc?.kind ?? 'username') as OidcKind, value: a.oidc?.value ?? '' },
});
const grantsOf = (a: AccountView): GrantEntry[] =>
  a.grants.map((g, i) => ({
    key: `${i}`,
    role: g.role,
    organisation: g.organisation?.id ?? null,
    region: g.region?.id ?? null,
  }));

/** Names, address, link and roles. When somebody else was faster, the newest state stands above what was typed. */
export function AccountForm({
  account,
  onChanged,
  onReload,
}: {
  account: AccountView;
  onChanged: (after: AccountView, what: string) => void;
  onReload: () => Promise<AccountView | undefined>;
}) {
  const t = useText();
  const lang = useLang();
  const [details, setDetails] = useState<ReturnType<typeof detailsOf> | null>(null);
  const [grants, setOwnGrants] = useState<GrantEntry[] | null>(null);
  // The version that the typing began from: a colleague's change in between must not be overwritten unseen.
  const [base, setBase] = useState(account.version);
  const [failure, setFailure] = useState<{ of: 'details' | 'grants'; error: unknown } | null>(null);
  const [newer, setNewer] = useState<AccountView | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = details ?? detailsOf(account);
  const set = (part: Partial<typeof shown>) => {
    if (!details && !grants) setBase(account.version);
    setDetails({ ...shown, ...part });
  };

  async function save(of: 'details' | 'grants') {
    setBusy(true);
    setFailure(null);
    const params = { id: account.id };
    try {
      const oidc = shown.oidc.value.trim();
      const after =
        of === 'grants'
          ? await call(setGrants, { params, body: { version: base, grants: grantsBody(grants ?? []) } })
          : await call(updateAccount, {
              params,
              body: {
                version: base,
                username: shown.username.trim(),
                name: shown.name.trim(),
                email: shown.email.trim() || null,
                oidc: oidc ? { kind: shown.oidc.kind, value: oidc } : null,
              },
            });
      if (of === 'grants') setOwnGrants(null);
      else setDetails(null);
      setBase(after.version);
      setNewer(null);
      onChanged(after, of === 'grants' ? t('done.grants') : t('done.details'));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'account_changed') setNewer((await onReload()) ?? null);
      setFailure({ of, error });
    } finally {
      setBusy(false);
    }
  }

  const issues = (field: string) => fieldIssues(failure?.of === 'details' && failure.error, field);
  return (
    <>
      {newer && (
        <Notice
          tone="attention"
          title={t('conflict.title')}
          actions={
            <>
              <Button
                onClick={() => {
                  setDetails(null);
                  setOwnGrants(null);
                  setBase(newer.version);
                  setNewer(null);
                  setFailure(null);
                }}
              >
                {t('conflict.theirs')}
              </Button>
              <Button
                onClick={() => {
                  setBase(newer.version);
                  setNewer(null);
                  setFailure(null);
                }}
              >
                {t('conflict.mine')}
              </Button>
            </>
          }
        >
          <Facts
            items={[
              { name: t('username'), value: newer.username },
              { name: t('name'), value: newer.name },
              { name: t('email'), value: newer.email },
              {
                name: t('grants'),
                value: newer.grants
                  .map((g) =>
                    [g.title[lang], g.organisation?.name, g.region?.name].filter(Boolean).join(' · '),
                  )
                  .join(t('comma')),
              },
            ]}
          />
        </Notice>
      )}
      <section className={css.section}>
        <h2>{t('grants')}</h2>
        {failure?.of === 'grants' && <Failure error={failure.error} />}
        <GrantsForm
          value={grants ?? grantsOf(account)}
          onChange={(value) => {
            if (!details && !grants) setBase(account.version);
            setOwnGrants(value);
          }}
        />
        {grants && (
          <div className={css.buttons}>
            <Button type="primary" loading={busy} onClick={() => void save('grants')}>
              {t('grants.save')}
            </Button>
            <Button onClick={() => setOwnGrants(null)}>{t('cancel')}</Button>
          </div>
        )}
      </section>
      <section className={css.section}>
        <h2>{t('section.person')}</h2>
        <FormColumn>
          {failure?.of === 'details' && <Failure error={failure.error} />}
          <TextInput
            id="username"
            label={t('username')}
            help={t('username.help')}
            required
            issues={issues('username')}
            value={shown.username}
            onChange={(username) => set({ username })}
          />
          <TextInput
            id="name"
            label={t('name')}
            required
            issues={issues('name')}
            value={shown.name}
            onChange={(name) => set({ name })}
          />
          <TextInput
            id="email"
            label={t('email')}
            help={t('email.help')}
            issues={issues('email')}
            value={shown.email}
            onChange={(email) => set({ email })}
          />
          <OidcFields value={shown.oidc} onChange={(oidc) => set({ oidc })} issues={issues('oidc')} />
          {details && (
            <div className={css.buttons}>
              <Button type="primary" loading={busy} onClick={() => void save('details')}>
                {t('save')}
              </Button>
              <Button onClick={() => setDetails(null)}>{t('cancel')}</Button>
            </div>
          )}
        </FormColumn>
      </section>
    </>
  );
}
