import type { IndicatorDetail, PlanFrame } from '#modules/plan/contract';
import { Chart } from '#shell/components/chart.tsx';
import { curvesOf } from './curves.ts';
import css from './indicator.module.css';
import { useText } from './text.ts';

/** Target, measured and reported by date; one chart per part. */
export function IndicatorCurves({
  detail,
  plan,
  asOf,
  region,
}: {
  detail: IndicatorDetail;
  plan: PlanFrame;
  asOf: string;
  /** Chosen county: the plan sets its targets for the city alone, so the line says whose target it is. */
  region: string | undefined;
}) {
  const t = useText();
  const curves = curvesOf(detail, plan, asOf, {
    target: region ? t('curve.cityTarget') : t('curve.target'),
    lower: t('curve.lower'),
    upper: t('curve.upper'),
    measured: t('col.measured'),
    reported: t('col.reported'),
    asOf: t('curve.asOf', { asOf }),
  });
  if (curves.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="curves">
      <h2 id="curves">{t('curve.title')}</h2>
      <div className={css.charts} data-many={curves.length > 1}>
        {curves.map((c) => (
          <Chart
            key={c.part ?? ''}
            title={c.title}
            model={c.model}
            source={t('curve.source', { title: plan.source.title })}
            asOf={asOf}
            xTitle={t('curve.date')}
            height={curves.length > 1 ? 220 : 300}
          />
        ))}
      </div>
    </section>
  );
}
