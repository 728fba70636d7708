import { Link } from '@tanstack/react-router';
import type { IndicatorDetail } from '#modules/plan/contract';
import { formatMoment, formatNumber, withUnit } from '#shell/format';
import { measuredDigits } from './board-rows.ts';
import css from './indicator.module.css';
import { type RowsChoice, rowsKey } from './rows.ts';
import { useText } from './text.ts';

type Measured = NonNullable<IndicatorDetail['measured']>;
type MeasureInfo = IndicatorDetail['measures'][number];

/** A figure as it was computed: whole ones whole, others with two digits. */
const plain = (n: number | null) => formatNumber(n, n === null || Number.isInteger(n) ? 0 : 2);

/**
 * What stands under a measured figure: the measure's name, of a quotient both figures, each leading to its rows, what to
 * know about it, and in a frozen year the figure as known now where that is another one.
 */
export function MeasuredSource({
  measured,
  info,
  unit,
  decimals,
}: {
  measured: Measured;
  info: MeasureInfo | undefined;
  unit: string | null;
  decimals: number;
}) {
  const t = useText();
  const part = info?.part ?? null;
  const { ratio, now } = measured;
  const link = (side: RowsChoice['side'], text: string, known: RowsChoice['known'] = 'then') => (
    <Link
      to="."
      search={((before: object) => ({ ...before, rows: rowsKey({ part, side, known }) })) as never}
      hash="facts"
      replace
    >
      {text}
    </Link>
  );
  const shown = (value: number | null) =>
    withUnit(formatNumber(value, measuredDigits(value, decimals)), unit);
  return (
    <div className={css.source}>
      {ratio ? (
        <div className={css.ratio}>
          <dl className={css.fraction}>
            {(['of', 'per'] as const).map((side) => (
              <div key={side}>
                <dt>{info?.[side]?.title ?? ratio[side].measure}</dt>
                <dd>{link(side, withUnit(plain(ratio[side].value), info?.[side]?.unit))}</dd>
              </div>
            ))}
          </dl>
          {ratio.scale !== 1 && (
            <div className={css.scale}>{t('measured.scale', { scale: plain(ratio.scale) })}</div>
          )}
        </div>
      ) : (
        <>
          {info && <span className={css.sub}>{info.of.title}</span>}
          <span className={css.sub}>
            {link('of', t('indicator.facts', { rows: formatNumber(measured.facts), count: measured.facts }))}
          </span>
        </>
      )}
      {measured.note && <span className={css.sub}>{measured.note}</span>}
      {now && (
        <p className={css.known}>
          {t('measured.known', { frozen: shown(measured.value), now: shown(now.value) })}
          {measured.knownAt && (
            <span className={css.sub}>{t('measured.knownAt', { at: formatMoment(measured.knownAt) })}</span>
          )}
          <span className={css.sub}>{link('of', t('measured.rowsNow'), 'now')}</span>
        </p>
      )}
    </div>
  );
}
