import { Alert, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../api.ts';
import { useShellText } from '../i18n.ts';
import { signIn, verifyCode } from '../session.ts';
import css from './sign-in.module.css';

/** Name and password, then the second factor where the account has one. `onDone` runs once somebody is signed in. */
export function SignInForm({ onDone }: { onDone?: () => void }) {
  const t = useShellText();
  const id = useId();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  function wording(error: unknown): string {
    if (!(error instanceof ApiError)) return String(error);
    if (error.status === 401 || error.status === 400 || error.status === 422)
      return step === 'password' ? t('signIn.wrong') : t('signIn.wrongCode');
    if (error.status === 403) return error.message || t('signIn.refused');
    if (error.status === 429) return t('signIn.tooMany');
    if (error.status === 0) return t('network.lost');
    return error.message || t('error.unknown', { status: error.status });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      if (step === 'password') {
        const next = await signIn(username.trim(), password);
        if (next === 'second-factor') setStep('code');
        else onDone?.();
      } else {
        await verifyCode(code);
        onDone?.();
      }
    } catch (error) {
      setFailure(wording(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      {failure && <Alert type="error" title={failure} role="alert" />}
      {step === 'password' ? (
        <>
          <label htmlFor={`${id}-name`}>{t('signIn.username')}</label>
          <Input
            id={`${id}-name`}
            value={username}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
            onChange={(e) => setUsername(e.target.value)}
          />
          <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
          <Input.Password
            id={`${id}-password`}
            value={password}
            autoComplete="current-password"
            required
            onChange={(e) => setPassword(e.target.value)}
          />
        </>
      ) : (
        <>
          <label htmlFor={`${id}-code`}>{t('signIn.code')}</label>
          <Input
            id={`${id}-code`}
            value={code}
            autoComplete="one-time-code"
            autoFocus
            required
            aria-describedby={`${id}-help`}
            onChange={(e) => setCode(e.target.value)}
          />
          <p id={`${id}-help`} className={css.help}>
            {t('signIn.codeHelp')}
          </p>
        </>
      )}
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={busy}
        disabled={step === 'password' ? !username || !password : !code}
      >
        {step === 'password' ? t('signIn.submit') : t('signIn.verify')}
      </Button>
    </form>
  );
}
