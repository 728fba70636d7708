import { useEffect, useState } from 'react';
import { useShellText } from '../i18n.ts';
import css from './components.module.css';

/**
 * Grey lines where a page will stand; nothing to see for the first 300 ms, so that quick answers do not flicker. Marked busy
 * from the first moment for assistive programs.
 */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const t = useShellText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div aria-busy="true" />;
  return (
    <div className={css.skeleton} role="status" aria-busy="true" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
        <span key={i} style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** The same for a whole page. */
export function PageWait() {
  return <Skeleton rows={12} />;
}
