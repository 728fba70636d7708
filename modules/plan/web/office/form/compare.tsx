import { formatDelta, formatNumber, withUnit } from '#shell/format';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { readNumber } from './entry.ts';
import { figure } from './words.ts';

/**
 * The typed number beside the one that the platform computed, with the difference as it is being typed. Shares differ in
 * percentage points, everything else also in per cent.
 */
export function Compare({
  typed,
  measured,
  unit,
  decimals,
}: {
  typed: string;
  measured: number | null;
  unit: string | null;
  decimals: number;
}) {
  const t = useText();
  if (measured === null) return null;
  const shown = withUnit(figure(Number(measured.toFixed(Math.max(decimals, 2)))), unit);
  const n = readNumber(typed);
  if (n === null) return <span>{t('compare.measured', { measured: shown })}</span>;
  const digits = Math.max(decimals, Number.isInteger(n - measured) ? 0 : 2);
  const difference = formatDelta(n - measured, digits);
  const relative =
    unit === '%' || measured === 0 ? null : `${formatDelta(((n - measured) / Math.abs(measured)) * 100, 1)}%`;
  return (
    <span className={css.compare} data-far={relative !== null && Math.abs((n - measured) / measured) > 0.1}>
      {t('compare.measured', { measured: shown })}
      {t('compare.difference', {
        difference: unit === '%' ? t('compare.points', { difference }) : withUnit(difference, unit),
      })}
      {relative && t('compare.relative', { relative })}
    </span>
  );
}

/** How far a reported figure is from the measured one, for lists: `+1.2`. Null where one of them is missing. */
export function differenceText(
  reported: number | null,
  measured: number | null,
  decimals: number,
): string | null {
  return reported === null || measured === null ? null : formatDelta(reported - measured, decimals);
}

/** A measured figure with its unit. */
export function measuredText(measured: number | null, unit: string | null, decimals: number): string {
  return withUnit(formatNumber(measured, decimals), unit);
}
