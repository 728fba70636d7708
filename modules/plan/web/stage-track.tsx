import type { IndicatorDetail } from '#modules/plan/contract';
import css from './indicator.module.css';
import { usePeriodLabel } from './periods.ts';
import { useText } from './text.ts';

/** The stages of a milestone in their order: which year demands which, and how far it has come. */
export function StageTrack({ detail, years }: { detail: IndicatorDetail; years: readonly string[] }) {
  const t = useText();
  const periodLabel = usePeriodLabel();
  const reached = detail.reported?.stage?.rank ?? 0;
  return (
    <section className={css.section} aria-labelledby="stages">
      <h2 id="stages">{t('stage.title')}</h2>
      <ol className={css.track}>
        {[...detail.stageList]
          .sort((a, b) => a.rank - b.rank)
          .map((stage) => {
            const due = years.filter((y) => detail.stages[y] === stage.label);
            return (
              <li key={stage.id} data-reached={stage.rank <= reached}>
                <span className={css.stageLabel}>{stage.label}</span>
                <span className={css.sub}>{due.length > 0 && t('stage.due', { years: due.join('、') })}</span>
                <span className={css.sub}>
                  {stage.rank === reached && detail.reported
                    ? t('stage.now', { period: periodLabel(detail.reported.period) })
                    : stage.rank < reached
                      ? t('stage.done')
                      : t('stage.open')}
                </span>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
