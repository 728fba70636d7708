import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { useShellText } from '#shell/i18n';

/** Says why an action failed; nothing while there is no failure. */
export function Failure({ error }: { error: unknown }) {
  const t = useShellText();
  if (!error) return null;
  return (
    <Notice
      tone="wrong"
      title={error instanceof ApiError && error.message ? error.message : t('network.lost')}
    />
  );
}

/** Messages for one field of the body; `code` takes an error without a place that can only mean this field. */
export function fieldIssues(error: unknown, field: string, codes: readonly string[] = []): string[] {
  if (!(error instanceof ApiError)) return [];
  const placed = error.issues.filter(
    (i) => i.path === `/body/${field}` || i.path.startsWith(`/body/${field}/`),
  );
  if (placed.length > 0) return placed.map((i) => i.message);
  return codes.includes(error.code) ? [error.message] : [];
}
