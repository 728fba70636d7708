import type { CalendarDate } from '#kernel/calendar/date';
import type { Lang } from '#kernel/text';
import type { IndicatorDetail } from '../contract.ts';
import { type BoardState, boundOf, type Scope } from './board.ts';
import { displayBody, type Indicator, numberOf } from './domain/body.ts';
import { periodsOf } from './domain/periods.ts';
import { quarterEnds } from './domain/year.ts';
import { planError } from './errors.ts';
import { populationInfo } from './facts.ts';
import { CITY } from './figures.ts';
import { ruleOf, toReported } from './judge.ts';
import { POPULATION } from './measured.ts';
import { planDb } from './tables.ts';

/** The pack's indicator by number; throws `plan_indicator`. */
export function indicatorOf(state: Pick<BoardState, 'platform'>, no: string): Indicator {
  const indicator = state.platform.pack.indicators.find((i) => i.no === no);
  if (!indicator) throw planError('plan_indicator', { no });
  return indicator;
}

/** Everything about one indicator on a day. */
export async function indicatorDetail(state: BoardState, no: string, scope: Scope): Promise<IndicatorDetail> {
  const { pack } = state.platform;
  const indicator = indicatorOf(state, no);
  const board = await state.board(scope);
  const view = board.indicators[pack.indicators.indexOf(indicator)];
  if (!view) throw planError('plan_indicator', { no });
  const project = pack.plan.projects.find((p) => p.id === indicator.project);
  const rule = ruleOf(pack, indicator);
  return {
    ...view,
    bodyTitle: indicator.bodyTitle ?? null,
    printedIn: indicator.printedIn,
    projectName: project?.name ?? indicator.project,
    taskName: project?.tasks.find((t) => t.id === indicator.task)?.name ?? null,
    departmentsAsPrinted: { ...indicator.departmentsAsPrinted },
    stageList: (indicator.milestones?.stages ?? []).map((s) => ({ ...s })),
    spans: Object.entries(indicator.spans ?? {}).map(([from, s]) => ({ from, ...s, years: [...s.years] })),
    contradictions: (indicator.contradictions ?? []).map((c) => ({
      ...c,
      printed: c.printed.map((p) => ({ ...p })),
    })),
    floors: [...(indicator.floors ?? [])],
    rule: { ...indicator.rule },
    lightRule: { id: rule.id, text: rule.text },
    county: { reports: indicator.county.reports, rule: indicator.county.rule, note: indicator.county.note },
    measures: measuresOf(state, indicator, scope.lang),
    baseline: indicator.baseline ? { ...indicator.baseline } : null,
    difference: await difference(state, indicator, null, view.reported, scope),
    partDifferences: (
      await Promise.all(
        (view.parts ?? []).map(async (p) => {
          const found = await difference(state, indicator, p.id, p.reported, scope);
          return found ? [{ part: p.id, ...found }] : [];
        }),
      )
    ).flat(),
    series: await series(state, indicator, scope),
    counties: counties(state, indicator, scope),
    reports: await publicReports(state, indicator, scope.lang),
  };
}

/** What the indicator or its parts are measured by, with rule; measures that no module offers are left out. */
function measuresOf(state: BoardState, indicator: Indicator, lang: Lang): IndicatorDetail['measures'] {
  const { measures } = state.platform;
  const info = (id: string) => {
    const found = id === POPULATION ? populationInfo : measures.find(id);
    return found
      ? { id, title: found.title[lang], unit: found.unit[lang], rule: found.rule[lang] }
      : { id, title: id, unit: '', rule: '' };
  };
  const numbers = [
    { part: null, bound: indicator.measure },
    ...(indicator.parts ?? []).map((p) => ({ part: p.id, bound: p.measure })),
  ];
  return numbers.flatMap(({ part, bound }) =>
    bound && measures.find(bound.id)
      ? [
          {
            part,
            of: info(bound.id),
            per: bound.per === undefined ? null : info(bound.per),
            scale: bound.scale ?? 1,
            since: bound.since ?? null,
            note: bound.note,
          },
        ]
      : [],
  );
}

async function difference(
  state: BoardState,
  indicator: Indicator,
  part: string | null,
  reported: IndicatorDetail['reported'],
  scope: Scope,
): Promise<IndicatorDetail['difference']> {
  // A stage's value is its place in the list, not a count.
  if (reported?.value == null || reported.stage) return null;
  const measured = await state.measured(indicator.no, part, reported.asOf, scope.region);
  if (measured?.value == null) return null;
  return {
    asOf: reported.asOf,
    measured: measured.value,
    reported: reported.value,
    difference: measured.value - reported.value,
  };
}

/** Curves up to the plan's end or today; they do not depend on the day asked for, so the page shows the whole course. */
async function series(
  state: BoardState,
  indicator: Indicator,
  scope: Scope,
): Promise<IndicatorDetail['series']> {
  const { pack, clock } = state.platform;
  const today = clock.today();
  const until = today < pack.plan.end ? today : pack.plan.end;
  return state.derived(`series ${indicator.no} ${scope.region}`, async () => {
    const parts = indicator.parts?.map((p) => p.id) ?? [null];
    return Promise.all(
      parts.map(async (part) => ({
        part,
        measured: await measuredCurve(state, indicator, part, scope.region, until),
        reported: reportedCurve(state, indicator, part, scope.region, until),
      })),
    );
  });
}

async function measuredCurve(
  state: BoardState,
  indicator: Indicator,
  part: string | null,
  region: string | null,
  until: CalendarDate,
): Promise<IndicatorDetail['series'][number]['measured']> {
  if (!boundOf(state.platform.pack, indicator.no, part)) return [];
  const days = quarterEnds(state.platform.pack.plan.start, until);
  const figures = await Promise.all(days.map((d) => state.measured(indicator.no, part, d, region, false)));
  return days.flatMap((date, i) => {
    const f = figures[i];
    return f ? [{ date, value: f.value }] : [];
  });
}

function reportedCurve(
  state: BoardState,
  indicator: Indicator,
  part: string | null,
  region: string | null,
  until: CalendarDate,
): IndicatorDetail['series'][number]['reported'] {
  const ends = [...new Set([...periodsOf(state.platform.pack).values()].map((p) => p.to))].filter(
    (d) => d <= until,
  );
  return ends.flatMap((date) => {
    const f = state.figures.at(indicator, part, date, region);
    return f && f.asOf === date ? [{ date, value: f.value, max: f.max, period: f.period }] : [];
  });
}

function counties(state: BoardState, indicator: Indicator, scope: Scope): IndicatorDetail['counties'] {
  if (!indicator.county.reports || scope.region) return [];
  return state.names.reporters(scope.asOf).map((county) => {
    const own = state.figures
      .of(indicator.no, county.id)
      .filter((r) => r.to <= scope.asOf)
      .at(-1);
    const figure = own
      ? state.figures.at(indicator, indicator.parts?.[0]?.id ?? null, scope.asOf, county.id)
      : null;
    return {
      region: county.id,
      name: county.name,
      reported: figure && toReported(figure),
      display: own ? displayBody(indicator, own.body) : '—',
    };
  });
}

/** Accepted reports, newest period first, with what was corrected in each. */
async function publicReports(
  state: BoardState,
  indicator: Indicator,
  lang: Lang,
): Promise<IndicatorDetail['reports']> {
  const db = planDb(state.platform.records);
  const accepted = state.figures.reports.filter((r) => r.indicator === indicator.no);
  if (accepted.length === 0) return [];
  const ids = accepted.map((r) => r.id);
  const log = await db
    .selectFrom('planReportLog')
    .select(['reportId', 'version', 'at', 'action', 'reason', 'body'])
    .where('reportId', 'in', ids)
    .orderBy('version')
    .execute();
  const fileIds = accepted.flatMap((r) => r.body.files);
  const files = fileIds.length
    ? await db.selectFrom('storedFile').select(['id', 'name']).where('id', 'in', fileIds).execute()
    : [];
  return accepted
    .map((r) => {
      const own = log.filter((l) => l.reportId === r.id);
      const corrections = own.filter((l) => l.action === 'corrected');
      return {
        id: r.id,
        period: r.period,
        scope: r.scope,
        scopeName:
          r.scope === CITY ? state.platform.pack.city.name[lang] : state.names.regionName(r.scope, r.to),
        reporter: r.organisation ? state.names.departmentName(r.organisation, r.to) : r.submittedByName,
        display: displayBody(indicator, r.body),
        explanation: r.body.explanation,
        files: files.filter((f) => r.body.files.includes(f.id)),
        acceptedAt: r.acceptedAt.toISOString(),
        corrected: corrections
          .map((c) => {
            const before = own.filter((l) => l.version < c.version).at(-1);
            return {
              display: before ? displayBody(indicator, before.body) : '—',
              reason: c.reason ?? '',
              at: c.at.toISOString(),
            };
          })
          .reverse(),
      };
    })
    .sort((a, b) => (a.period === b.period ? (a.scope === CITY ? -1 : 1) : a.period < b.period ? 1 : -1));
}

/** The last accepted number of a scope before a period ends, for comparison in forms. */
export function previousOf(
  state: BoardState,
  indicator: Indicator,
  scope: string,
  to: CalendarDate,
): { period: string; value: number | null; display: string } | null {
  const found = state.figures
    .of(indicator.no, scope)
    .filter((r) => r.to < to)
    .at(-1);
  return found
    ? {
        period: found.period,
        value: numberOf(indicator, found.body, null),
        display: displayBody(indicator, found.body),
      }
    : null;
}
