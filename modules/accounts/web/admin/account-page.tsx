import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import {
  type AccountView,
  disableAccount,
  enableAccount,
  getAccount,
  listAccounts,
  resetTwoFactor,
  setGrants,
  updateAccount,
} from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { type ApiError, call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import css from '../accounts.module.css';
import { GrantList } from '../grant-list.tsx';
import { SecretOnce } from '../secret-once.tsx';
import { useText } from '../text.ts';
import { Tokens } from '../tokens.tsx';
import { AccountFields, draftOf, isComplete, isPlaced, valuesOf } from './account-fields.tsx';
import { AccountState } from './account-state.tsx';
import { type GrantDraft, GrantsEditor } from './grants-editor.tsx';
import { PasswordDialog } from './password-dialog.tsx';

/** One account: who it is, what it may do, how it signs in, its tokens. */
export function AccountPage() {
  const t = useText();
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const one = queryOf(getAccount, { params: { id } });
  const query = useQuery({ ...one, staleTime: 0 });
  const [part, setPart] = useState<'fields' | 'grants' | null>(null);
  const [dialog, setDialog] = useState<'disable' | 'enable' | 'two-factor' | 'password' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const account = query.data;

  function changed(now: AccountView, text: string) {
    queries.setQueryData(one.queryKey, now);
    void queries.invalidateQueries({ queryKey: keyOf(listAccounts) });
    setDone(text);
    setPart(null);
    setDialog(null);
  }
  /** A colleague was faster: show the account as it is now; what was typed stays. */
  const stale = () => void query.refetch();

  if (query.error && !account)
    return (
      <>
        <PageHeader
          title={t('account.title')}
          before={<Link to="/admin/accounts">{t('account.back')}</Link>}
        />
        <ErrorPanel error={query.error} what={t('account.title')} onRetry={() => void query.refetch()} />
      </>
    );
  if (!account) return <Skeleton rows={10} />;
  const params = { id: account.id };
  return (
    <article>
      <PageHeader
        before={<Link to="/admin/accounts">{t('account.back')}</Link>}
        title={account.name}
        subtitle={
          <>
            {account.username} <AccountState account={account} />
          </>
        }
        actions={
          <>
            {account.abilities.enable && (
              <Button type="primary" onClick={() => setDialog('enable')}>
                {t('account.enable')}
              </Button>
            )}
            {account.abilities.disable && (
              <Button danger onClick={() => setDialog('disable')}>
                {t('account.disable')}
              </Button>
            )}
          </>
        }
      />
      {done && <Notice tone="done" title={done} />}
      {secret && (
        <SecretOnce
          title={t('reset.done')}
          help={t('reset.doneHelp')}
          secret={secret}
          onDone={() => setSecret(null)}
        />
      )}
      <section className={css.section}>
        <SectionHead title={t('account.who')} edit={part === null} onEdit={() => setPart('fields')} />
        {part === 'fields' ? (
          <EditFields account={account} onDone={changed} onStale={stale} onCancel={() => setPart(null)} />
        ) : (
          <Facts
            items={[
              { name: t('own.username'), value: account.username },
              { name: t('own.name'), value: account.name },
              { name: t('fields.email'), value: account.email ?? t('account.noEmail') },
              {
                name: t('fields.oidc'),
                value: account.oidc && (
                  <>
                    {account.oidc.value}{' '}
                    <span className={css.muted}>
                      {account.oidc.joined ? t('account.joined') : t('account.notJoined')}
                    </span>
                  </>
                ),
              },
              { name: t('account.created'), value: formatMoment(account.createdAt) },
              {
                name: t('accounts.lastSignIn'),
                value: account.lastSignInAt ? formatMoment(account.lastSignInAt) : t('accounts.never'),
              },
            ]}
          />
        )}
      </section>
      <section className={css.section}>
        <SectionHead title={t('own.roles')} edit={part === null} onEdit={() => setPart('grants')} />
        {part === 'grants' ? (
          <EditGrants account={account} onDone={changed} onStale={stale} onCancel={() => setPart(null)} />
        ) : (
          <GrantList grants={account.grants} />
        )}
      </section>
      <section className={css.section}>
        <h2>{t('account.signIn')}</h2>
        <Facts
          items={[
            {
              name: t('password.title'),
              value: (
                <span className={css.beside}>
                  {account.hasPassword ? t('account.hasPassword') : t('account.noPassword')}
                  <Button size="small" onClick={() => setDialog('password')}>
                    {account.hasPassword ? t('reset.open') : t('reset.set')}
                  </Button>
                </span>
              ),
            },
            {
              name: t('twoFactor.title'),
              value: (
                <span className={css.beside}>
                  {account.twoFactor ? t('accounts.on') : t('accounts.off')}
                  {account.abilities.resetTwoFactor && (
                    <Button size="small" onClick={() => setDialog('two-factor')}>
                      {t('account.resetTwoFactor')}
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      </section>
      <section className={css.section}>
        <h2>{t('tokens.title')}</h2>
        <Tokens userId={account.id} />
      </section>
      <p className={css.section}>
        <Link to="/admin/audit" search={{ objectType: 'account', objectId: account.id } as never}>
          {t('account.audit')}
        </Link>
      </p>
      <ConfirmDialog
        open={dialog === 'disable'}
        title={t('account.disableTitle', { name: account.name })}
        action={t('account.disable')}
        danger
        onClose={() => setDialog(null)}
        onConfirm={async () =>
          changed(
            await call(disableAccount, { params, body: { version: account.version } }).catch(
              staleThenThrow(stale),
            ),
            t('account.disabled'),
          )
        }
      >
        <p>{t('account.disableText')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={dialog === 'enable'}
        title={t('account.enableTitle', { name: account.name })}
        action={t('account.enable')}
        onClose={() => setDialog(null)}
        onConfirm={async () =>
          changed(
            await call(enableAccount, { params, body: { version: account.version } }).catch(
              staleThenThrow(stale),
            ),
            t('account.enabled'),
          )
        }
      />
      <ConfirmDialog
        open={dialog === 'two-factor'}
        title={t('account.resetTwoFactorTitle', { name: account.name })}
        action={t('account.resetTwoFactor')}
        danger
        onClose={() => setDialog(null)}
        onConfirm={async () =>
          changed(
            await call(resetTwoFactor, { params, query: { version: account.version } }).catch(
              staleThenThrow(stale),
            ),
            t('account.twoFactorReset'),
          )
        }
      >
        <p>{t('account.resetTwoFactorText')}</p>
      </ConfirmDialog>
      {dialog === 'password' && (
        <PasswordDialog
          account={account}
          onDone={(now, password) => {
            changed(now, t('reset.ended'));
            setSecret(password);
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </article>
  );
}

function staleThenThrow(stale: () => void) {
  return (error: ApiError): never => {
    if (error.status === 409) stale();
    throw error;
  };
}

function SectionHead({ title, edit, onEdit }: { title: string; edit: boolean; onEdit: () => void }) {
  const t = useText();
  return (
    <div className={css.sectionHead}>
      <h2>{title}</h2>
      {edit && (
        <Button size="small" onClick={onEdit} aria-label={t('editNamed', { what: title })}>
          {t('edit')}
        </Button>
      )}
    </div>
  );
}

interface EditProps {
  account: AccountView;
  onDone: (now: AccountView, text: string) => void;
  onStale: () => void;
  onCancel: () => void;
}

function EditFields({ account, onDone, onStale, onCancel }: EditProps) {
  const t = useText();
  const words = useFailureText();
  const session = useSession();
  const act = useAct();
  const [draft, setDraft] = useState(() => draftOf(account));
  return (
    <FormColumn>
      {act.failure && !isPlaced(act.failure) && <Notice tone="wrong" title={words(act.failure)} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act.run(async () => {
            const body = { version: account.version, ...valuesOf(draft) };
            const params = { id: account.id };
            onDone(
              await call(updateAccount, { params, body }).catch(staleThenThrow(onStale)),
              t('account.saved'),
            );
          });
        }}
      >
        <AccountFields
          draft={draft}
          failure={act.failure}
          oidc={session.oidc !== null}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        <SaveRow busy={act.busy} complete={isComplete(draft)} onCancel={onCancel} />
      </form>
    </FormColumn>
  );
}

function EditGrants({ account, onDone, onStale, onCancel }: EditProps) {
  const t = useText();
  const words = useFailureText();
  const act = useAct();
  const [grants, setGrantDrafts] = useState<GrantDraft[]>(() =>
    account.grants.map((g) => ({
      role: g.role,
      organisation: g.organisation?.id ?? null,
      region: g.region?.id ?? null,
    })),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act.run(async () => {
          const body = { version: account.version, grants };
          const params = { id: account.id };
          onDone(
            await call(setGrants, { params, body }).catch(staleThenThrow(onStale)),
            t('account.rolesSaved'),
          );
        });
      }}
    >
      {act.failure && <Notice tone="wrong" title={words(act.failure)} />}
      <GrantsEditor value={grants} onChange={setGrantDrafts} />
      <SaveRow busy={act.busy} complete onCancel={onCancel} />
    </form>
  );
}

function SaveRow({ busy, complete, onCancel }: { busy: boolean; complete: boolean; onCancel: () => void }) {
  const t = useText();
  return (
    <div className={css.buttons}>
      <Button type="primary" htmlType="submit" loading={busy} disabled={!complete}>
        {t('save')}
      </Button>
      <Button onClick={onCancel}>{t('cancel')}</Button>
    </div>
  );
}
