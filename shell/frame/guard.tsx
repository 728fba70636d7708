import { Button } from 'antd';
import type { ReactNode } from 'react';
import { PageHeader } from '../components/page-header.tsx';
import { PageWait } from '../components/skeleton.tsx';
import { useShellText } from '../i18n.ts';
import { useSession } from '../session.ts';
import { askToSignIn } from '../sign-in-prompt.ts';

/** Shows a page only to those who may see it; everybody else learns what is missing and what to do. */
export function Guard({ permission, children }: { permission: string; children: ReactNode }) {
  const t = useShellText();
  const session = useSession();
  if (!session.known) return <PageWait />;
  if (session.may(permission)) return children;
  if (!session.signedIn)
    return (
      <>
        <PageHeader title={t('guard.signInTitle')} />
        <p>{t('guard.signIn')}</p>
        <Button type="primary" onClick={() => void askToSignIn()}>
          {t('account.signIn')}
        </Button>
      </>
    );
  return (
    <>
      <PageHeader title={t('guard.forbiddenTitle')} />
      <p>{t('guard.forbidden', { name: session.name, permission })}</p>
    </>
  );
}
