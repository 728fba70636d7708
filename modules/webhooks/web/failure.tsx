import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { useShellText } from '#shell/i18n';

/** Says why something failed; nothing while there is no failure. */
export function Failure({ error }: { error: unknown }) {
  const t = useShellText();
  if (!error) return null;
  const said = error instanceof ApiError && error.message;
  return <Notice tone="wrong" title={said || t('network.lost')} />;
}
