import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { getMe } from '../contract.ts';
import css from './accounts.module.css';
import { changePassword, endOtherSessions } from './auth-calls.ts';
import { Failure, fieldIssues } from './failure.tsx';
import { TextInput } from './field.tsx';
import { useText } from './text.ts';
import { Tokens } from './tokens.tsx';
import { TwoFactor } from './two-factor.tsx';

/** One's own account: roles, password, two-step verification, tokens. */
export function OwnPage() {
  const t = useText();
  const lang = useLang();
  const me = useQuery(queryOf(getMe, {}, { interactive: false }));
  if (me.error && !me.data)
    return <ErrorPanel error={me.error} what={t('own.title')} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Skeleton rows={10} />;
  const { actor, grants, security } = me.data;
  return (
    <article>
      <PageHeader title={t('own.title')} subtitle={actor.name} />
      <Facts
        items={[
          { name: t('username'), value: actor.username },
          {
            name: t('grants'),
            value:
              grants.length === 0
                ? t('grants.none')
                : grants.map((g) => (
                    <div key={`${g.role} ${g.organisation?.id} ${g.region?.id}`}>
                      {[g.title[lang], g.organisation?.name, g.region?.name].filter(Boolean).join(' · ')}
                    </div>
                  )),
          },
        ]}
      />
      <section className={css.section}>
        <h2>{t('password')}</h2>
        {security?.hasPassword ? <PasswordForm /> : <p className={css.muted}>{t('own.noPassword')}</p>}
      </section>
      {security?.hasPassword && (
        <section className={css.section}>
          <h2>{t('twoFactor')}</h2>
          <TwoFactor on={security.twoFactor} onChanged={() => void me.refetch()} />
        </section>
      )}
      <section className={css.section}>
        <h2>{t('tokens')}</h2>
        <Tokens />
      </section>
    </article>
  );
}

function PasswordForm() {
  const t = useText();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => changePassword(old, next),
    onSuccess: () => {
      setOld('');
      setNext('');
      setAgain('');
    },
  });
  const others = useMutation({ mutationFn: endOtherSessions });
  const oldIssues = fieldIssues(change.error, 'currentPassword', ['password_wrong']);
  const newIssues = fieldIssues(change.error, 'newPassword', ['password_weak']);
  const differ = again !== '' && again !== next;
  return (
    <FormColumn>
      {change.isSuccess && <Notice tone="done" title={t('own.passwordChanged')} />}
      {others.isSuccess && <Notice tone="done" title={t('own.othersEnded')} />}
      {oldIssues.length + newIssues.length === 0 && <Failure error={change.error ?? others.error} />}
      <TextInput
        id="old-password"
        label={t('own.oldPassword')}
        secret="current-password"
        required
        issues={oldIssues}
        value={old}
        onChange={setOld}
      />
      <TextInput
        id="new-password"
        label={t('password.new')}
        secret="new-password"
        required
        issues={newIssues}
        value={next}
        onChange={setNext}
      />
      <TextInput
        id="again-password"
        label={t('own.again')}
        secret="new-password"
        required
        issues={differ ? [t('own.differ')] : []}
        value={again}
        onChange={setAgain}
      />
      <div className={css.buttons}>
        <Button
          type="primary"
          loading={change.isPending}
          disabled={!old || !next || again !== next}
          onClick={() => change.mutate()}
        >
          {t('own.changePassword')}
        </Button>
        <Button loading={others.isPending} onClick={() => others.mutate()}>
          {t('own.endOthers')}
        </Button>
      </div>
    </FormColumn>
  );
}
