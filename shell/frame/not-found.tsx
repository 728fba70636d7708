import { Link, useRouterState } from '@tanstack/react-router';
import { PageHeader } from '../components/page-header.tsx';
import { useShellText } from '../i18n.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const t = useShellText();
  const path = useRouterState({ select: (s) => s.location.pathname });
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <p>{t('notFound.text', { path })}</p>
      <p>
        <Link to="/">{t('notFound.home')}</Link>
      </p>
    </>
  );
}
