import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHeader } from '../components/page-header.tsx';
import { useShellText } from '../i18n.ts';
import { useSession } from '../session.ts';
import css from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

/** The sign-in page; `?return=/path` says where to go afterwards. */
export function SignInPage() {
  const t = useShellText();
  const session = useSession();
  const navigate = useNavigate();
  const { return: back, error } = useSearch({ strict: false }) as { return?: string; error?: string };
  // Only addresses of this site: "//elsewhere" and "https:" would lead away.
  const target = back && /^\/(?![/\\])/.test(back) ? back : '/';
  return (
    <>
      <PageHeader title={t('signIn.title')} />
      {session.signedIn && <p>{t('signIn.already', { name: session.name })}</p>}
      {error && (
        <p role="alert" className={css.failed}>
          {t('signIn.elsewhereFailed', { error })}
        </p>
      )}
      <p>{t('signIn.why')}</p>
      <SignInForm returnTo={target} onDone={() => void navigate({ href: target })} />
    </>
  );
}
