import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { type AccountView, createAccount, listAccounts } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { call } from '#shell/api';
import { FormColumn, FormField, FormSection, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { keyOf } from '#shell/query';
import { useSession } from '#shell/session';
import css from '../accounts.module.css';
import { SecretOnce } from '../secret-once.tsx';
import { useText } from '../text.ts';
import { AccountFields, draftOf, isComplete, isPlaced, valuesOf } from './account-fields.tsx';
import { type GrantDraft, GrantsEditor } from './grants-editor.tsx';
import { newPassword } from './new-password.ts';

/** A new account: who, what it may do, and the first password, shown once. */
export function NewAccountPage() {
  const t = useText();
  const words = useFailureText();
  const session = useSession();
  const queries = useQueryClient();
  const act = useAct();
  const [draft, setDraft] = useState(draftOf);
  const [grants, setGrants] = useState<GrantDraft[]>([]);
  const [password, setPassword] = useState(newPassword);
  const [made, setMade] = useState<{ account: AccountView; password: string } | null>(null);
  const weak = act.failure?.code === 'password_weak';

  function create() {
    void act.run(async () => {
      const account = await call(createAccount, {
        body: { ...valuesOf(draft), grants, ...(password && { password }) },
      });
      void queries.invalidateQueries({ queryKey: keyOf(listAccounts) });
      setMade({ account, password });
      window.scrollTo({ top: 0 });
    });
  }

  const before = <Link to="/admin/accounts">{t('account.back')}</Link>;
  if (made)
    return (
      <article>
        <PageHeader before={before} title={t('new.title')} />
        <Notice
          tone="done"
          title={t('new.made', { name: made.account.name, username: made.account.username })}
          actions={
            <>
              <Link to="/admin/accounts/$id" params={{ id: made.account.id }}>
                {t('new.open')}
              </Link>
              <Button
                size="small"
                onClick={() => {
                  setMade(null);
                  setDraft(draftOf());
                  setGrants([]);
                  setPassword(newPassword());
                }}
              >
                {t('new.another')}
              </Button>
            </>
          }
        />
        {made.password && (
          <SecretOnce
            title={t('reset.done')}
            help={t('reset.doneHelp')}
            secret={`${made.account.username}\n${made.password}`}
            onDone={() => setMade({ ...made, password: '' })}
          />
        )}
      </article>
    );
  return (
    <article>
      <PageHeader before={before} title={t('new.title')} />
      {act.failure && !weak && !isPlaced(act.failure) && <Notice tone="wrong" title={words(act.failure)} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <FormColumn>
          <FormSection number={1} title={t('account.who')}>
            <AccountFields
              draft={draft}
              failure={act.failure}
              oidc={session.oidc !== null}
              onChange={(part) => setDraft({ ...draft, ...part })}
            />
          </FormSection>
          <FormSection number={2} title={t('own.roles')}>
            <GrantsEditor value={grants} onChange={setGrants} />
          </FormSection>
          <FormSection number={3} title={t('new.password')}>
            <FormField
              id="new-password"
              label={t('new.password')}
              help={session.oidc ? t('new.passwordHelpOidc') : t('new.passwordHelp')}
              required={!session.oidc}
              issues={weak ? [words(act.failure)] : []}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  value={password}
                  onChange={(e) => setPassword(e.target.value)}
                />
              )}
            </FormField>
            <div className={css.buttons}>
              <Button onClick={() => setPassword(newPassword())}>{t('reset.another')}</Button>
            </div>
          </FormSection>
          <div className={css.formFoot}>
            <Button
              type="primary"
              htmlType="submit"
              loading={act.busy}
              disabled={!isComplete(draft) || (!session.oidc && !password)}
            >
              {t('new.create')}
            </Button>
          </div>
        </FormColumn>
      </form>
    </article>
  );
}
