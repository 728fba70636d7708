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
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  // Read from the form itself: what a password manager filled in may not have been typed.
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name) ?? '');
    if (step === 'password' ? !given('username').trim() || !given('password') : !given('code').trim()) {
      setFailure(step === 'password' ? t('signIn.missing') : t('signIn.missingCode'));
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      if (step === 'code') await verifyCode(given('code'));
      else if ((await signIn(given('username').trim(), given('password'))) === 'second-factor') {
        setStep('code');
        return;
      }
      onDone?.();
    } catch (error) {
      setFailure(wording(error, t));
      // The second step ran out: begin again.
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
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
          />
          <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
          <Input.Password id={`${id}-password`} name="password" autoComplete="current-password" required />
        </>
      ) : (
        <>
          <label htmlFor={`${id}-code`}>{t('signIn.code')}</label>
          <Input
            id={`${id}-code`}
            name="code"
            autoComplete="one-time-code"
            autoFocus
            required
            aria-describedby={`${id}-help`}
          />
          <p id={`${id}-help`} className={css.help}>
            {t('signIn.codeHelp')}
          </p>
        </>
      )}
      <Button type="primary" htmlType="submit" block loading={busy}>
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
