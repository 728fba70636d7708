import type { IndicatorView } from '#modules/plan/contract';
import css from './board.module.css';
import { useText } from './text.ts';

/** Marks of a row that needs a word of explanation: the plan contradicts itself, or the print leaves its years open. */
export function IndicatorFlags({ row }: { row: Pick<IndicatorView, 'contradictory' | 'uncertain'> }) {
  const t = useText();
  return (
    <>
      {row.contradictory && (
        <span className={css.flag} title={t('flag.contradictoryTitle')}>
          {t('flag.contradictory')}
        </span>
      )}
      {row.uncertain && (
        <span className={css.flag} title={t('flag.uncertainTitle')}>
          {t('flag.uncertain')}
        </span>
      )}
    </>
  );
}
