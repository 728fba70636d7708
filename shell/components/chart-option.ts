import type { EChartsCoreOption } from 'echarts/core';
import { formatNumber, NO_FIGURE } from '../format.ts';
import { categories, fonts, tokens } from '../theme.ts';
import { type ChartModel, xValues } from './chart-model.ts';

const small = { fontFamily: fonts.sans, fontSize: 12, color: tokens.muted };

/** Room right of the last point for the longest name of a line, in pixels: Chinese letters are twice as wide as Latin ones. */
function nameRoom(model: ChartModel): number {
  const width = (name: string) =>
    [...name].reduce((sum, c) => sum + (/\p{Script=Han}/u.test(c) ? 12 : 6.6), 0);
  return 20 + Math.ceil(Math.max(0, ...model.series.map((s) => width(s.name))));
}

/** Lines across a bar whose period is not complete. */
const PARTIAL = {
  opacity: 0.75,
  decal: {
    symbol: 'rect',
    dashArrayX: [1, 0],
    dashArrayY: [3, 4],
    rotation: -Math.PI / 4,
    color: tokens.surface,
  },
};

/** More names than this do not fit below a chart. */
const MOST_YEARS = 18;
const MOST_MONTHS = 8;

/**
 * Days that a time axis names: the first of every year, or of every few where they are many; within less than two years the
 * first of months. Left to itself the drawing library leaves years out, or names one several times.
 */
function timeTicks({ from, to }: { from: string; to: string }): { months: boolean; days: string[] } {
  const inside = (day: string) => day >= from && day <= to;
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const newYears = years.filter((y) => inside(`${y}-01-01`));
  if (newYears.length > 1) {
    const step = Math.ceil(newYears.length / MOST_YEARS);
    const days = newYears.filter((y) => y % step === 0).map((y) => `${y}-01-01`);
    // The year that the axis begins in, where enough of it is left for its name.
    const begun = step === 1 && from > `${first}-01-01` && from < `${first}-10`;
    return { months: false, days: begun ? [from, ...days] : days };
  }
  const months = years.flatMap((y) => Array.from({ length: 12 }, (_, m) => [y, m + 1] as const));
  const starts = months
    .map(([y, m]) => ({ m, day: `${y}-${String(m).padStart(2, '0')}-01` }))
    .filter(({ day }) => inside(day));
  const step = starts.length > MOST_MONTHS ? 3 : 1;
  return { months: true, days: starts.filter(({ m }) => (m - 1) % step === 0).map(({ day }) => day) };
}

/** Turns a chart's model into the drawing library's own words: quiet axes from zero for bars, targets dashed, no motion. */
export function chartOption(model: ChartModel): EChartsCoreOption {
  const xs = xValues(model);
  const value = (n: unknown) => (typeof n === 'number' ? formatNumber(n, model.decimals) : NO_FIGURE);
  const valueAxis = {
    type: 'value',
    scale: model.kind === 'line',
    splitNumber: 4,
    axisLabel: {
      ...small,
      formatter: (n: number) => formatNumber(n, Number.isInteger(n) ? 0 : model.decimals || 1),
    },
    splitLine: { lineStyle: { color: tokens.line } },
  };
  const ticks = model.dates ? timeTicks(model.dates) : { months: false, days: [] };
  const categoryAxis = model.dates
    ? {
        type: 'time',
        min: model.dates.from,
        max: model.dates.to,
        axisLabel: {
          ...small,
          formatter: ticks.months ? '{yyyy}-{MM}' : '{yyyy}',
          align: 'left',
          customValues: ticks.days,
          hideOverlap: true,
        },
        axisLine: { lineStyle: { color: tokens.lineStrong } },
        axisTick: { show: true, customValues: ticks.days },
        splitLine: { show: false },
      }
    : {
        type: 'category',
        data: xs,
        inverse: model.lying ?? false,
        axisLabel: {
          ...small,
          interval: 0,
          width: model.lying ? 230 : 90,
          overflow: model.lying ? 'truncate' : 'break',
        },
        axisLine: { lineStyle: { color: tokens.lineStrong } },
        axisTick: { show: false },
      };
  const plain = model.series.filter((s) => s.role !== 'target');
  return {
    animation: false,
    textStyle: { fontFamily: fonts.sans },
    grid: {
      left: 4,
      right: model.dates ? nameRoom(model) : 24,
      top: model.kind === 'bar' && model.series.length > 1 ? 36 : 28,
      bottom: 4,
      containLabel: true,
    },
    legend: {
      // Lines carry their names at their ends.
      show: model.kind === 'bar' && model.series.length > 1,
      top: 0,
      left: 0,
      itemWidth: 20,
      itemHeight: 8,
      textStyle: { ...small, color: tokens.text },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: model.kind === 'bar' ? 'shadow' : 'line' },
      valueFormatter: value,
      textStyle: { fontFamily: fonts.sans, fontSize: 13, color: tokens.text },
    },
    xAxis: model.lying ? valueAxis : categoryAxis,
    yAxis: model.lying ? categoryAxis : valueAxis,
    series: model.series.map((s) => {
      const color =
        s.color ?? (s.role === 'target' ? tokens.muted : categories[plain.indexOf(s) % categories.length]);
      const byX = new Map(s.points.map((p) => [p.x, p]));
      const data = model.dates
        ? s.points.map((p) => [p.x, p.y])
        : xs.map((x) => {
            const point = byX.get(x);
            return point?.partial ? { value: point.y, itemStyle: PARTIAL } : (point?.y ?? null);
          });
      const isLine = model.kind === 'line' || s.role === 'target';
      return {
        name: s.name,
        type: isLine ? 'line' : 'bar',
        data,
        stack: s.stack,
        color,
        barMaxWidth: 28,
        connectNulls: true,
        symbol: s.role === 'target' ? 'diamond' : 'circle',
        symbolSize: s.role === 'target' ? 9 : 6,
        lineStyle: { width: 2, type: s.role === 'target' ? 'dashed' : 'solid' },
        label: {
          ...small,
          show: s.role === 'target' || (!isLine && !s.stack),
          // Targets below their line: what was reached usually runs above or close to it.
          position: model.lying ? 'right' : s.role === 'target' ? 'bottom' : 'top',
          distance: 7,
          formatter: ({ value: v }: { value: unknown }) => {
            const n = Array.isArray(v) ? v[1] : v;
            return typeof n === 'number' ? formatNumber(n, Number.isInteger(n) ? 0 : model.decimals) : '';
          },
        },
        ...(isLine && {
          endLabel: { ...small, show: true, color, formatter: s.name, distance: 6 },
          labelLayout: { moveOverlap: 'shiftY' },
        }),
        ...(model.mark &&
          s === model.series[0] && {
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: tokens.lineStrong, type: 'solid', width: 1 },
              label: { ...small, formatter: model.mark.label, position: 'end' },
              data: [{ xAxis: model.mark.x }],
            },
          }),
      };
    }),
  };
}

/** The same with title and source written into the picture, and room for them. */
export function forPaper(option: EChartsCoreOption, title: string, foot: string): EChartsCoreOption {
  return {
    ...option,
    title: [
      {
        text: title,
        left: 16,
        top: 12,
        textStyle: { fontFamily: fonts.sans, fontSize: 18, color: tokens.text },
      },
      { text: foot, left: 16, bottom: 8, textStyle: { ...small, fontWeight: 'normal' } },
    ],
    legend: { ...(option.legend as object), top: 48, left: 16 },
    grid: { ...(option.grid as object), left: 16, top: 84, bottom: 40 },
  };
}
