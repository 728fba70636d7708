import { formatMoment, formatNumber, formatShare } from '#shell/format';
import type { Estimate, NodeCheck } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** A share with its interval in words. */
export function EstimateWords({ estimate }: { estimate: Estimate }) {
  const t = useText();
  const { share, low, high, n } = estimate;
  if (share === null || low === null || high === null) return <>{t('checks.nothing')}</>;
  return (
    <>
      {t('checks.value', {
        share: formatShare(share),
        low: formatShare(low),
        high: formatShare(high),
        n: formatNumber(n),
      })}
    </>
  );
}

/** The same on a line from 0 to 1. */
export function IntervalBar({ estimate }: { estimate: Estimate }) {
  const { share, low, high } = estimate;
  if (share === null || low === null || high === null) return null;
  return (
    <div className={css.interval} aria-hidden="true">
      <span style={{ left: `${low * 100}%`, right: `${(1 - high) * 100}%` }} />
      <i style={{ left: `${share * 100}%` }} />
    </div>
  );
}

/** What else is to be known of a check: how many, when, on which content. */
export function CheckFacts({ check }: { check: NodeCheck }) {
  const t = useText();
  return (
    <span className={css.itemFacts}>
      {check.open > 0 && <span>{t('checks.open', { count: formatNumber(check.open) })}</span>}
      {check.disputed > 0 && (
        <span className={css.mark} data-kind="disputed">
          {t('checks.disputed', { count: formatNumber(check.disputed) })}
        </span>
      )}
      {check.absent > 0 && <span>{t('checks.absent', { count: formatNumber(check.absent) })}</span>}
      {check.source && <span>{t('checks.source', { source: check.source })}</span>}
      {check.seed !== null && <span>{t('checks.seedIs', { seed: check.seed })}</span>}
      <span>
        {t('checks.of', {
          population: formatNumber(check.population),
          version: check.corpusVersion,
          at: formatMoment(check.at),
          by: check.by,
        })}
      </span>
    </span>
  );
}
