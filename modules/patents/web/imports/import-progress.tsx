import { Notice } from '#shell/components/form.tsx';
import { formatNumber, formatShare, sizeText } from '#shell/format';
import type { PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { isActive, secondsLeft, shareDone } from './progress.ts';
import { useDurationWords } from './words.ts';

/** How far the import is, how fast it goes, how long it will still take; or why it stopped. */
export function ImportProgress({ one }: { one: PatentImport }) {
  const t = useText();
  const duration = useDurationWords();
  const share = shareDone(one);
  const left = secondsLeft(one);
  const facts = [
    t('progress.rows', { count: one.counts.read, rows: formatNumber(one.counts.read) }),
    one.size > 0 && t('progress.bytes', { done: sizeText(one.bytesDone), size: sizeText(one.size) }),
    one.rowsPerSecond > 0 && t('progress.speed', { rows: formatNumber(one.rowsPerSecond) }),
    left !== null && t('progress.left', { time: duration(left) }),
  ].filter((fact) => fact !== false);
  return (
    <section className={css.progress} aria-labelledby="progress">
      <h2 id="progress" className="visually-hidden">
        {t('progress.title')}
      </h2>
      {one.error && (
        <Notice tone="wrong" title={t('progress.stopped')}>
          <p>{one.error.message}</p>
        </Notice>
      )}
      {one.format !== 'demo' && (
        <>
          <div className={css.barLine}>
            <progress
              max={1}
              value={one.state === 'waiting' && one.bytesDone === 0 ? undefined : share}
              data-state={one.state}
              aria-label={t('progress.title')}
            />
            <strong>{formatShare(share, share > 0 && share < 0.1 ? 1 : 0)}</strong>
          </div>
          <p className={css.progressFacts}>
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
        </>
      )}
      <p role="status" className={css.muted}>
        {one.requested
          ? t(`progress.requested.${one.requested}`)
          : isActive(one)
            ? t(`progress.${one.state as 'waiting' | 'running'}`)
            : t(`progress.${one.state as 'paused' | 'done' | 'failed' | 'cancelled'}`)}
      </p>
    </section>
  );
}
