import type { IndicatorView } from '#modules/plan/contract';
import { formatNumber } from '#shell/format';
import css from './board.module.css';
import { measuredDigits } from './board-rows.ts';
import { useText } from './text.ts';

/** Under the measured figure of a frozen year: what it would be as known now; nothing where it is the same. */
export function KnownNow({ measured, decimals }: { measured: IndicatorView['measured']; decimals: number }) {
  const t = useText();
  if (!measured?.now) return null;
  return (
    <span className={css.knownNow} title={t('measured.knownNowTitle')}>
      {t('measured.knownNow', {
        value: formatNumber(measured.now.value, measuredDigits(measured.now.value, decimals)),
      })}
    </span>
  );
}
