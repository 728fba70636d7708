import { addYears, type CalendarDate } from '#kernel/calendar/date';
import type { Lang } from '#kernel/text';
import type { Cockpit, IndicatorView } from '../contract.ts';
import type { BoardState } from './board.ts';
import type { Indicator } from './domain/body.ts';
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
        figures: figuresOf(r, asOf),
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

/** Measured beside reported, of the row or of the parts that have its light. */
function figuresOf(row: IndicatorView, asOf: CalendarDate): Cockpit['redList'][number]['figures'] {
  const numbers = row.parts
    ? row.parts.filter((p) => p.light === row.light).map((p) => ({ part: p.title, ...numbersOf(p, asOf) }))
    : [{ part: null, ...numbersOf(row, asOf) }];
  return numbers.filter((n) => n.measured !== null);
}

function numbersOf(view: Numbers, asOf: CalendarDate) {
  const measured = view.measured?.value ?? null;
  const reported = view.reported?.stage ? null : (view.reported?.value ?? null);
  return {
    measured,
    reported,
    difference: differenceOn(view, asOf),
    unit: view.unit ?? '',
    decimals: view.decimals,
  };
}

/** What is common to a row and to a part of one. */
type Numbers = Pick<IndicatorView, 'measured' | 'reported' | 'decimals'> & { unit: string | null };

/** Measured minus reported where both speak of the day, else null: figures of two days are not compared. */
export function differenceOn(
  view: Pick<Numbers, 'measured' | 'reported'>,
  asOf: CalendarDate,
): number | null {
  const { measured, reported } = view;
  if (measured?.value == null || reported?.value == null || reported.stage) return null;
  return reported.asOf === asOf ? measured.value - reported.value : null;
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
    if (!indicator || row.kind === 'milestone') return [];
    const earlier = before.indicators[i];
    const numbers = row.parts
      ? row.parts.map((part, k) => ({
          view: part,
          old: earlier?.parts?.[k],
          title: `${row.title}：${part.title}`,
        }))
      : [{ view: row, old: earlier, title: row.title }];
    return numbers.flatMap(({ view, old, title }) => {
      const target = lowerEnd(view.targets[year]);
      if (target === null || view.kind === 'rate') return [];
      const now = pointOf(view, asOf);
      const then = pointOf(old, addYears(asOf, -1));
      if (!now || !then || now.date <= then.date) return [];
      const value = asOf >= yearEnd ? now.value : forecastAt(then, now, yearEnd, view.kind === 'cumulative');
      const rule = row.parts
        ? ruleOf(pack, { kind: view.kind as Indicator['kind'] })
        : ruleOf(pack, indicator);
      const show = (n: number) => plainNumber(n, view.decimals);
      return [
        {
          no: row.no,
          title,
          unit: view.unit ?? '',
          value: now.value,
          forecast: value,
          target,
          yearEnd,
          light: lightOfRatio(rule, ratioOf(value, target, indicator.direction)),
          method:
            lang === 'zh'
              ? `${then.date} 为 ${show(then.value)}，${now.date} 为 ${show(now.value)}，按此增速到 ${yearEnd} 为 ${show(value)}`
              : `${show(then.value)} on ${then.date}, ${show(now.value)} on ${now.date}: at this pace ${show(value)} on ${yearEnd}`,
        },
      ];
    });
  });
}

function pointOf(
  view: Pick<IndicatorView, 'measured' | 'reported'> | undefined,
  asOf: CalendarDate,
): ForecastPoint | null {
  if (view?.measured?.value != null) return { date: asOf, value: view.measured.value };
  if (view?.reported?.value != null && !view.reported.stage)
    return { date: view.reported.asOf, value: view.reported.value };
  return null;
}
