/** One value of a series. `x` is a date (YYYY-MM-DD) or a category; null leaves a gap. */
export interface ChartPoint {
  x: string;
  y: number | null;
  /** Its bar is hatched: a period that is not complete. */
  partial?: true;
}

/** One line or set of bars. */
export interface ChartSeries {
  name: string;
  points: readonly ChartPoint[];
  /** `target` is drawn as a dashed line with its values written beside it, whatever the chart's kind. */
  role?: 'target';
  /** A colour from theme.ts; by default the next category colour. */
  color?: string;
  /** Bars with the same stack stand on each other. */
  stack?: string;
}

/** What a chart shows, independent of how it is drawn. */
export interface ChartModel {
  kind: 'line' | 'bar';
  /** Bars side by side along x, or lying, one row per category (for long names). */
  lying?: boolean;
  series: readonly ChartSeries[];
  /** Limits of a date axis; absent: x are categories in the order of the first appearance. */
  dates?: { from: string; to: string };
  decimals: number;
  unit: string;
  /** A line across the chart at one date, e.g. the date that the page speaks of. */
  mark?: { x: string; label: string };
}

/** All x of all series, dates sorted, categories in the order they appear. */
export function xValues(model: ChartModel): string[] {
  const all = [...new Set(model.series.flatMap((s) => s.points.map((p) => p.x)))];
  return model.dates ? all.sort() : all;
}

/** The table behind a chart: a head and one row per x, null where a series has no value. */
export function tableOf(
  model: ChartModel,
  xTitle: string,
): { head: string[]; rows: (string | number | null)[][] } {
  const bySeries = model.series.map((s) => new Map(s.points.map((p) => [p.x, p.y])));
  return {
    head: [xTitle, ...model.series.map((s) => s.name)],
    rows: xValues(model).map((x) => [x, ...bySeries.map((points) => points.get(x) ?? null)]),
  };
}
