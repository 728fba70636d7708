import type { EndpointResponse } from '#kernel/http/contract';
import { formatMoment } from '#shell/format';
import type { matterLog } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** When the log was last stamped and by whom, and whether anything came after that; nothing where it never was. */
export function LogStamp({
  stamped,
  version,
}: {
  stamped: EndpointResponse<typeof matterLog>['stamped'];
  /** Number of the log's last entry. */
  version: number;
}) {
  const t = useText();
  if (!stamped) return null;
  const { at, authority, seq } = stamped;
  return (
    <p className={css.muted}>
      {t('log.stamped', { at: formatMoment(at, { seconds: true }), authority })}
      {seq < version && ` ${t('log.unstamped')}`}
    </p>
  );
}
