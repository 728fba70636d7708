import type { BulletinContent } from '../../contract.ts';
import { numericRows, projectCounts } from './model.ts';
import { LIGHT_ORDER, LIGHTS, lightText, longDate, ratioText } from './wording.ts';

/** A chart as both documents draw it. */
export interface ChartModel {
  title: string;
  /** For screen readers. */
  description: string;
  categories: string[];
  series: { name: string; color: string; values: (number | null)[]; labelFormat: string }[];
  stacked: boolean;
  axisFormat: string;
  axisInterval: number;
  /** End of the axis: leaves room for the label of the longest bar. */
  axisMaximum: number;
}

/** Typeface of the charts. */
export const CHART_FONT = '宋体';

const short = (text: string, length: number): string =>
  [...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text;

/** Lights of every project, one bar each; null when the content has no projects. */
export function lightsChart(content: BulletinContent): ChartModel | null {
  const counts = projectCounts(content);
  if (counts.length === 0) return null;
  const key = { met: 'met', 'at-risk': 'atRisk', behind: 'behind', 'no-data': 'noData' } as const;
  const most = Math.max(1, ...counts.map((c) => c.total));
  const interval = Math.max(1, Math.ceil(most / 10));
  return {
    title: '各工程指标状态（单位：项）',
    description: counts
      .map((c) => `${c.name}：${LIGHT_ORDER.map((l) => `${LIGHTS[l].word}${c[key[l]]}项`).join('，')}`)
      .join('；'),
    categories: counts.map((c) => c.name),
    series: LIGHT_ORDER.map((l) => ({
      name: lightText(l),
      color: LIGHTS[l].color,
      values: counts.map((c) => c[key[l]]),
      // A light that nobody has prints nothing.
      labelFormat: `"${LIGHTS[l].shape}"0;;;`,
    })),
    stacked: true,
    axisFormat: '0',
    axisInterval: interval,
    axisMaximum: Math.ceil(most / interval) * interval,
  };
}

/** Completion of the indicators that are numbers, one bar each in the colour of its light; null when there are none. */
export function ratioChart(content: BulletinContent): ChartModel | null {
  const rows = numericRows(content);
  if (rows.length === 0) return null;
  const lights = LIGHT_ORDER.filter((l) => rows.some((r) => r.light === l));
  const most = Math.max(...rows.map((r) => r.ratio));
  const interval = most <= 1.6 ? 0.2 : most <= 4 ? 0.5 : most <= 10 ? 1 : Math.ceil(most / 8);
  return {
    title: `数值指标完成率（截至${longDate(content.asOf)}）`,
    description: rows.map((r) => `${r.no}.${r.title}${ratioText(r.ratio)}`).join('；'),
    categories: rows.map((r) => short(`${r.no} ${r.title}`, 20)),
    series: lights.map((l) => ({
      name: lightText(l),
      color: LIGHTS[l].color,
      values: rows.map((r) => (r.light === l ? r.ratio : null)),
      labelFormat: `"${LIGHTS[l].shape}"0.0%`,
    })),
    stacked: false,
    axisFormat: '0%',
    axisInterval: interval,
    axisMaximum: Number((Math.ceil(Math.max(1, most * 1.15) / interval - 1e-9) * interval).toFixed(6)),
  };
}
