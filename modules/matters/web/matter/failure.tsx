import type { ReactNode } from 'react';
import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { useShellText } from '#shell/i18n';

/** Says why something failed, and what can be done; nothing while there is no failure. */
export function Failure({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const t = useShellText();
  if (!error) return null;
  const said = error instanceof ApiError && error.message;
  return <Notice tone="wrong" title={said || t('network.lost')} actions={actions} />;
}
