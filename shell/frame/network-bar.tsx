import { useShellText } from '../i18n.ts';
import { useReachable } from '../network.ts';
import { queries } from '../query.ts';
import css from './frame.module.css';

/** Says calmly that the server does not answer; what is on the page stays. */
export function NetworkBar() {
  const t = useShellText();
  const reachable = useReachable();
  return (
    <div role="status" className={css.networkSlot}>
      {!reachable && (
        <div className={css.network}>
          <span>{t('network.lost')}</span>
          <button type="button" onClick={() => void queries.refetchQueries({ type: 'active' })}>
            {t('network.retry')}
          </button>
        </div>
      )}
    </div>
  );
}
