import type { EndpointResponse } from '#kernel/http/contract';
import type { ChartModel } from '#shell/components/chart-model';
import type { RegisterView } from '../../../contract/declarations.ts';
import type { figureBreakdown } from '../../../contract/figures.ts';

/** One figure taken apart, as the server gives it. */
export type Breakdown = EndpointResponse<typeof figureBreakdown>;

/** A way to take a figure apart: over time, by region, by industry or by a field. */
export interface Way {
  by: string;
  /** Label of the field; null for time, region and industry, which the page names itself. */
  label: string | null;
}

/** Ways that a register offers to this reader: time always, then region, industry and its open facets. */
export function waysOf(
  register: Pick<RegisterView, 'fields' | 'facets' | 'regionField' | 'industryField'>,
): Way[] {
  const field = (key: string | null) => register.fields.find((f) => f.key === key && !f.internal);
  const own = new Set([register.regionField, register.industryField]);
  return [
    { by: 'quarter', label: null },
    ...(field(register.regionField) ? [{ by: 'region', label: null }] : []),
    ...(field(register.industryField) ? [{ by: 'industry', label: null }] : []),
    ...register.facets.flatMap((key) => {
      const found = own.has(key) ? undefined : field(key);
      return found ? [{ by: key, label: found.label }] : [];
    }),
  ];
}

/** Digits after the point that figures need, two at most: whole numbers stay whole. */
export function decimalsOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => {
    if (value === null || Number.isInteger(value)) return most;
    return Math.max(most, Number.isInteger(Math.round(value * 1000) / 100) ? 1 : 2);
  }, 0);
}

/** Labels that are longer than this lie better than they stand. */
const LONG = 5;
/** More bars than this lie below each other. */
const MANY = 8;

/** The chart of a figure: a line over the quarters, bars for everything else, lying where names are long or many. */
export function chartOf({ rows, by, figure, on }: Breakdown): ChartModel {
  const decimals = decimalsOf(rows.map((r) => r.value));
  const base = { decimals, unit: figure.unit };
  if (by === 'quarter')
    return {
      ...base,
      kind: 'line',
      dates: { from: rows[0]?.key ?? on, to: on },
      series: [{ name: figure.title, points: rows.map((r) => ({ x: r.key, y: r.value })) }],
    };
  // Two parts may bear one name (a region and its successor): a chart would draw them over each other.
  const seen = new Map<string, number>();
  const points = rows.map((r) => {
    const n = (seen.get(r.label) ?? 0) + 1;
    seen.set(r.label, n);
    return { x: n === 1 ? r.label : `${r.label} (${n})`, y: r.value };
  });
  const lying = rows.length > MANY || rows.some((r) => [...r.label].length > LONG);
  return { ...base, kind: 'bar', lying, series: [{ name: figure.title, points }] };
}

/** Height of a chart in pixels: lying bars need room for each. */
export function heightOf(model: ChartModel): number {
  const bars = model.series[0]?.points.length ?? 0;
  return model.lying ? Math.max(160, 60 + bars * 34) : 300;
}
