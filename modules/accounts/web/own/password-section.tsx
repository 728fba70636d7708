import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct, useFailureText } from '#shell/act';
import { FormColumn, FormField, Notice } from '#shell/components/form.tsx';
import css from '../accounts.module.css';
import { useText } from '../text.ts';
import { changePassword } from './auth-calls.ts';

/** Changes the own password; whoever else is signed in with the old one is signed out. */
export function PasswordSection({ hasPassword }: { hasPassword: boolean }) {
  const t = useText();
  const words = useFailureText();
  const act = useAct();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const [done, setDone] = useState(false);
  if (!hasPassword) return <p>{t('password.none')}</p>;

  const code = act.failure?.code;
  const wrong = code === 'password_wrong' && act.failure ? [words(act.failure)] : [];
  const weak = code === 'password_weak' && act.failure ? [words(act.failure)] : [];

  async function change() {
    setDone(false);
    setDiffer(next !== again);
    if (next !== again) return;
    const worked = await act.run(() => changePassword(current, next));
    if (!worked) return;
    setDone(true);
    setCurrent('');
    setNext('');
    setAgain('');
  }

  return (
    <FormColumn>
      {done && <Notice tone="done" title={t('password.changed')} />}
      {act.failure && wrong.length + weak.length === 0 && <Notice tone="wrong" title={words(act.failure)} />}
      <form
        className={css.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <FormField id="pw-current" label={t('password.current')} required issues={wrong}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              value={current}
              onChange={(e) => setCurrent(e.target.value)}
            />
          )}
        </FormField>
        <FormField id="pw-new" label={t('password.new')} help={t('password.newHelp')} required issues={weak}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={next}
              onChange={(e) => setNext(e.target.value)}
            />
          )}
        </FormField>
        <FormField
          id="pw-again"
          label={t('password.again')}
          required
          issues={differ ? [t('password.differ')] : []}
        >
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={again}
              onChange={(e) => {
                setAgain(e.target.value);
                setDiffer(false);
              }}
            />
          )}
        </FormField>
        <Button htmlType="submit" loading={act.busy} disabled={!current || !next || !again}>
          {t('password.change')}
        </Button>
      </form>
    </FormColumn>
  );
}
