import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Notice } from '../components/form.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PageWait } from '../components/skeleton.tsx';
import { useShellText } from '../i18n.ts';
import { useSession } from '../session.ts';
import { askToSignIn } from '../sign-in-prompt.ts';

/**
 * Shows a page only to those who may see it; everybody else learns what is missing and what to do. A session that runs out
 * while the page is open takes nothing away: the page stays with what was typed and offers to sign in again. Signing out does
 * empty it.
 */
export function Guard({ permission, children }: { permission: string; children: ReactNode }) {
  const t = useShellText();
  const session = useSession();
  const allowed = session.known && session.may(permission);
  const [entered, setEntered] = useState(false);
  if (allowed && !entered) setEntered(true);
  // Nobody is known for a moment after signing out.
  if (!session.known && entered) setEntered(false);
  if (!session.known) return <PageWait />;
  if (allowed || (entered && !session.signedIn))
    return (
      <>
        {!allowed && (
          <Notice
            tone="attention"
            title={t('guard.ended')}
            actions={
              <Button type="primary" onClick={() => void askToSignIn()}>
                {t('account.signIn')}
              </Button>
            }
          />
        )}
        {children}
      </>
    );
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
