import { Alert, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../api.ts';
import { useShellText } from '../i18n.ts';
import { signIn, signInElsewhere, useSession, verifyCode } from '../session.ts';
import css from './sign-in.module.css';

/** What went wrong, in the server's words where it has some. */
function wording(error: unknown, t: ReturnType<typeof useShellText>): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.code === 'network') return t('network.lost');
  return error.message || t('error.unknown', { status: error.status });
}

/**
 * Name and password, then the second factor where the account has one. `onDone` runs once somebody is signed in; `returnTo` is where
 * the city's own sign-in service comes back to (the page itself when absent).
 */
export function SignInForm({ onDone, returnTo }: { onDone?: () => void; returnTo?: string }) {
  const t = useShellText();
  const { oidc } = useSession();
  const id = useId();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

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
      setFailure(wording(error, t));
      // The second step ran out: begin again, the name stays.
      if (error instanceof ApiError && error.code === 'second_factor_expired') setStep('password');
    } finally {
      setBusy(false);
    }
  }

  async function elsewhere() {
    setFailure(null);
    try {
      await signInElsewhere(returnTo ?? location.pathname + location.search);
    } catch (error) {
      setFailure(wording(error, t));
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
      {oidc && step === 'password' && (
        <Button block onClick={() => void elsewhere()}>
          {t('signIn.oidc', { name: oidc.name })}
        </Button>
      )}
    </form>
  );
}
