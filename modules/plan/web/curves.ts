import type { IndicatorDetail, PlanFrame, TargetValue } from '#modules/plan/contract';
import type { ChartModel, ChartSeries } from '#shell/components/chart-model';
import { categories } from '#shell/theme';

/** Words of the curves in the reader's language. */
export interface CurveWords {
  target: string;
  lower: string;
  upper: string;
  measured: string;
  reported: string;
  asOf: string;
}

/** One chart of an indicator: of the whole row, or of one part. */
export interface Curve {
  part: string | null;
  title: string;
  model: ChartModel;
}

/**
 * The charts of an indicator: targets at the years' ends (from the baseline, where there is one) against what was measured and
 * reported. A series without figures falls away; a row whose targets are all stages has no chart.
 */
export function curvesOf(
  detail: IndicatorDetail,
  plan: Pick<PlanFrame, 'start' | 'end' | 'years'>,
  asOf: string,
  words: CurveWords,
): Curve[] {
  const dates = {
    from: detail.baseline && detail.baseline.at < plan.start ? detail.baseline.at : plan.start,
    to: plan.end,
  };
  return detail.series.flatMap((s) => {
    const part = s.part === null ? null : detail.parts?.find((p) => p.id === s.part);
    if (part === undefined) return [];
    const of = part ?? detail;
    const targets = targetSeries(of.targets, plan.years, s.part === null ? detail.baseline : null, words);
    const measured = s.measured.filter((p) => p.value !== null);
    // Where a year demands a stage, what was reported is the stage's place in the list, not a count.
    const counted = (year: string) => detail.kind !== 'milestone' || typeof of.targets[year] === 'number';
    const reported = s.reported.filter((p) => p.value !== null && counted((p.period ?? p.date).slice(0, 4)));
    if (targets.length === 0) return [];
    const series: ChartSeries[] = [...targets];
    if (measured.length > 0)
      series.push({
        name: words.measured,
        color: categories[0],
        points: measured.map((p) => ({ x: p.date, y: p.value })),
      });
    if (reported.length > 0)
      series.push({
        name: words.reported,
        color: categories[1],
        points: reported.map((p) => ({ x: p.date, y: p.value })),
      });
    const inside = asOf >= dates.from && asOf <= dates.to;
    return [
      {
        part: s.part,
        title: part?.title ?? detail.title,
        model: {
          kind: 'line',
          dates,
          decimals: of.decimals,
          unit: of.unit ?? '',
          series,
          ...(inside && { mark: { x: asOf, label: words.asOf } }),
        } satisfies ChartModel,
      },
    ];
  });
}

function targetSeries(
  targets: Readonly<Record<string, TargetValue>>,
  years: readonly string[],
  baseline: { value: number; at: string } | null,
  words: CurveWords,
): ChartSeries[] {
  const ends = years.flatMap((year) => {
    const target = targets[year];
    return target === null || target === undefined ? [] : [{ x: `${year}-12-31`, target }];
  });
  if (ends.length === 0) return [];
  const start = baseline ? [{ x: baseline.at, y: baseline.value }] : [];
  const low = ends.map(({ x, target }) => ({ x, y: typeof target === 'number' ? target : target.min }));
  const ranged = ends.some(({ target }) => typeof target !== 'number');
  if (!ranged) return [{ name: words.target, role: 'target', points: [...start, ...low] }];
  const high = ends.map(({ x, target }) => ({ x, y: typeof target === 'number' ? target : target.max }));
  return [
    { name: words.lower, role: 'target', points: [...start, ...low] },
    { name: words.upper, role: 'target', points: [...start, ...high] },
  ];
}
