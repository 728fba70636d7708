import { Button } from 'antd';
import { ApiError } from '../api-error.ts';
import { useShellText } from '../i18n.ts';
import css from './components.module.css';

/** What failed, where, what to do, and the number to quote to an administrator. */
export function ErrorPanel({
  error,
  what,
  onRetry,
}: {
  error: unknown;
  /** What could not be shown, in words: 指标详情. */
  what?: string;
  onRetry?: () => void;
}) {
  const t = useShellText();
  const api = error instanceof ApiError ? error : null;
  const cause = api
    ? api.code === 'network'
      ? t('network.lost')
      : api.message || t('error.unknown', { status: api.status })
    : t('error.page');
  return (
    <div className={css.error} role="alert">
      <h2>{what ? t('error.what', { what }) : t('error.title')}</h2>
      <p>{cause}</p>
      {api && api.issues.length > 0 && (
        <ul>
          {api.issues.map((issue) => (
            <li key={`${issue.path} ${issue.code}`}>
              <code>{issue.path}</code> {issue.message}
            </li>
          ))}
        </ul>
      )}
      {!api && error instanceof Error && <pre className={css.errorDetail}>{error.message}</pre>}
      {api?.requestId && (
        <p className={css.errorId}>
          {t('error.requestId')} <code>{api.requestId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{t('error.retry')}</Button>}
    </div>
  );
}
