import { addYears, type CalendarDate } from '#kernel/calendar/date';
import type { Lang } from '#kernel/text';
import type { Cockpit, IndicatorView } from '../contract.ts';
import type { BoardState } from './board.ts';
import { lowerEnd } from './domain/expected.ts';
import { type ForecastPoint, forecastAt } from './domain/forecast.ts';
import { lightOfRatio, plainNumber, ratioOf } from './domain/light.ts';
import { lastYearOf } from './figures.ts';
import { ruleOf } from './judge.ts';

/** Lights counted. */
export interface Counts {
  total: number;
  met: number;
  atRisk: number;
  behind: number;
  noData: number;
}

/** Counts the lights of some rows. */
export function countLights(rows: readonly Pick<IndicatorView, 'light'>[]): Counts {
  const of = (light: string) => rows.filter((r) => r.light === light).length;
  return {
    total: rows.length,
    met: of('met'),
    atRisk: of('at-risk'),
    behind: of('behind'),
    noData: of('no-data'),
  };
}

/** How far a row is along what is expected of it; null where that is not a number. */
export function completion(view: IndicatorView): number | null {
  const value = view.basis === 'measured' ? view.measured?.value : view.reported?.value;
  if (value == null || view.expected == null) return null;
  return ratioOf(value, view.expected, view.direction);
}

/** How the forecast is made, shown beside every forecast. */
export const forecastRule = {
  zh: '预测方法：取截止日与一年前同日两个数值（优先测算值，没有则取填报值），按其间的平均增速匀速推算到年末；只有一个数值时不预测；年增长率类指标不外推。预测不是承诺，不作为考核依据。',
  en: 'Forecast: the figures of this day and of the same day a year before (measured, else reported) are carried on at their average pace to the year’s end. No forecast from a single figure, none for yearly rates. A forecast is not a promise.',
} as const;

/** Everything a leader sees at one glance. */
export async function cockpit(
  state: BoardState,
  asOf: CalendarDate,
  lang: Lang,
  demo: boolean,
): Promise<Cockpit> {
  const { pack } = state.platform;
  const board = await state.board({ asOf, region: null, lang });
  const rows = board.indicators;
  const leads = [...new Set(pack.indicators.flatMap((i) => i.lead))];
  return {
    asOf,
    demo,
    summary: countLights(rows),
    projects: pack.plan.projects.map((p) => ({
      id: p.id,
      name: lang === 'zh' ? p.name : p.en,
      ...countLights(rows.filter((r) => r.project === p.id)),
    })),
    redList: rows
      .filter((r) => r.light === 'behind' || r.light === 'at-risk')
      .map((r) => ({
        no: r.no,
        title: r.title,
        light: r.light,
        reason: r.reason,
        lead: r.lead.map((d) => d.calledThen).join('、'),
        ratio: completion(r),
      }))
      .sort((a, b) =>
        a.light === b.light ? (a.ratio ?? 0) - (b.ratio ?? 0) : a.light === 'behind' ? -1 : 1,
      ),
    departments: leads
      .map((id) => ({
        id,
        name: state.names.department(id).calledThen,
        ...countLights(rows.filter((_, i) => pack.indicators[i]?.lead.includes(id))),
      }))
      .sort((a, b) => b.total - a.total),
    forecasts: await forecasts(state, rows, asOf, lang),
    forecastRule,
  };
}

async function forecasts(
  state: BoardState,
  rows: readonly IndicatorView[],
  asOf: CalendarDate,
  lang: Lang,
): Promise<Cockpit['forecasts']> {
  const { pack } = state.platform;
  const year = lastYearOf(pack, asOf);
  const yearEnd = `${year}-12-31`;
  const before = await state.board({ asOf: addYears(asOf, -1), region: null, lang });
  return rows.flatMap((row, i) => {
    const indicator = pack.indicators[i];
    const target = lowerEnd(indicator?.targets[year]);
    if (!indicator || target === null || ['milestone', 'composite', 'rate'].includes(row.kind)) return [];
    const now = pointOf(row, asOf);
    const then = pointOf(before.indicators[i], addYears(asOf, -1));
    if (!now || !then || now.date <= then.date) return [];
    const value = asOf >= yearEnd ? now.value : forecastAt(then, now, yearEnd, row.kind === 'cumulative');
    const light = lightOfRatio(ruleOf(pack, indicator), ratioOf(value, target, indicator.direction));
    const show = (n: number) => plainNumber(n, indicator.decimals ?? 0);
    return [
      {
        no: row.no,
        title: row.title,
        unit: row.unit ?? '',
        value: now.value,
        forecast: value,
        target,
        yearEnd,
        light,
        method:
          lang === 'zh'
            ? `${then.date} 为 ${show(then.value)}，${now.date} 为 ${show(now.value)}，按此增速到 ${yearEnd} 为 ${show(value)}`
            : `${show(then.value)} on ${then.date}, ${show(now.value)} on ${now.date}: at this pace ${show(value)} on ${yearEnd}`,
      },
    ];
  });
}

function pointOf(view: IndicatorView | undefined, asOf: CalendarDate): ForecastPoint | null {
  if (view?.measured?.value != null) return { date: asOf, value: view.measured.value };
  if (view?.reported?.value != null && !view.reported.stage)
    return { date: view.reported.asOf, value: view.reported.value };
  return null;
}
