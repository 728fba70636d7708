import type { CalendarDate } from '#kernel/calendar/date';
import type { CityPack } from '#kernel/city/schema';
import type { ReportBody } from '../contract.ts';
import { cityFromCounties } from './domain/aggregate.ts';
import { type Indicator, numberOf } from './domain/body.ts';
import { type PlannedPeriod, periodsOf } from './domain/periods.ts';
import type { PlanDb, PlanTrx } from './tables.ts';

/** The scope of a report for the whole city; every other scope is a region id. */
export const CITY = 'city';

/** A report that counts: accepted, with the last day of its period. */
export interface AcceptedReport {
  id: string;
  indicator: string;
  period: string;
  scope: string;
  body: ReportBody;
  to: CalendarDate;
  organisation: string | null;
  submittedByName: string;
  acceptedAt: Date;
}

/** A reported figure as it counts on a day. */
export interface ReportedFigure {
  value: number | null;
  max: number | null;
  stage: { id: string; label: string; rank: number } | null;
  period: string;
  asOf: CalendarDate;
  origin: 'city' | 'counties';
  coverage: { reported: number; expected: number } | null;
}

/** Who counts as a county on a day, and how many people live there; answered by the parties module and the pack. */
export interface CountyFacts {
  counties(asOf: CalendarDate): readonly { id: string }[];
  population(asOf: CalendarDate, region: string): number | null;
}

/** All accepted reports of the plan, indexed for questions about a day. */
export class ReportedFigures {
  readonly #byKey = new Map<string, AcceptedReport[]>();

  constructor(
    readonly pack: CityPack,
    readonly facts: CountyFacts,
    readonly reports: readonly AcceptedReport[],
  ) {
    for (const r of [...reports].sort((a, b) => (a.to < b.to ? -1 : 1))) {
      const key = `${r.indicator} ${r.scope}`;
      const list = this.#byKey.get(key);
      if (list) list.push(r);
      else this.#byKey.set(key, [r]);
    }
  }

  /** The reports of one indicator and scope, oldest first. */
  of(indicator: string, scope: string): readonly AcceptedReport[] {
    return this.#byKey.get(`${indicator} ${scope}`) ?? [];
  }

  /**
   * The figure that counts on a day: for a region its own latest report; for the city its latest report, or the counties'
   * figures put together where those are more recent. A yearly rate speaks of its own year only.
   */
  at(
    indicator: Indicator,
    part: string | null,
    asOf: CalendarDate,
    region: string | null,
  ): ReportedFigure | null {
    const own = this.#latest(indicator, asOf, region ?? CITY);
    const figure = own && figureOf(indicator, part, own);
    if (region) return figure;
    const made = this.#fromCounties(indicator, part, asOf);
    return made && (!figure || made.asOf > figure.asOf) ? made : figure;
  }

  #latest(indicator: Indicator, asOf: CalendarDate, scope: string): AcceptedReport | null {
    const found = this.of(indicator.no, scope)
      .filter((r) => r.to <= asOf)
      .at(-1);
    if (!found) return null;
    if (indicator.kind === 'rate' && found.to.slice(0, 4) !== lastYearOf(this.pack, asOf)) return null;
    return found;
  }

  #fromCounties(indicator: Indicator, part: string | null, asOf: CalendarDate): ReportedFigure | null {
    const { rule, weight } = indicator.county;
    if (!indicator.county.reports || (rule !== 'sum' && rule !== 'weighted')) return null;
    const periods = [...periodsOf(this.pack).values()].filter((p) => p.to <= asOf).reverse();
    const made = periods.flatMap((p) => this.#ofPeriod(indicator, part, p, rule, weight) ?? []);
    // Half of the counties of the last period say less than all of them the period before.
    return made.find((m) => m.coverage?.reported === m.coverage?.expected) ?? made[0] ?? null;
  }

  #ofPeriod(
    indicator: Indicator,
    part: string | null,
    period: PlannedPeriod,
    rule: 'sum' | 'weighted',
    weight: 'population' | 'reported' | undefined,
  ): ReportedFigure | null {
    const figures = this.#countyReports(indicator, period.id, period.to).flatMap((r) => {
      const value = numberOf(indicator, r.body, part);
      if (value === null || r.body.stage !== null) return [];
      const w = weight === 'population' ? this.facts.population(period.to, r.scope) : r.body.weight;
      return [{ region: r.scope, value, weight: w }];
    });
    const made = cityFromCounties(rule, figures, this.facts.counties(period.to).length);
    return (
      made && {
        value: made.value,
        max: null,
        stage: null,
        period: period.id,
        asOf: period.to,
        origin: 'counties',
        coverage: { reported: made.reported, expected: made.expected },
      }
    );
  }

  #countyReports(indicator: Indicator, period: string, to: CalendarDate): AcceptedReport[] {
    return this.facts
      .counties(to)
      .flatMap((c) => this.of(indicator.no, c.id).filter((r) => r.period === period));
  }
}

/** The year that a day belongs to for the plan: its own, or the plan's last. */
export function lastYearOf(pack: CityPack, asOf: CalendarDate): string {
  const last = pack.plan.years.at(-1) as string;
  return asOf.slice(0, 4) > last ? last : asOf.slice(0, 4);
}

function figureOf(indicator: Indicator, part: string | null, r: AcceptedReport): ReportedFigure {
  const stage = indicator.milestones?.stages.find((s) => s.id === r.body.stage) ?? null;
  return {
    value: numberOf(indicator, r.body, part),
    max: part === null ? (r.body.range?.max ?? null) : null,
    stage: stage && { id: stage.id, label: stage.label, rank: stage.rank },
    period: r.period,
    asOf: r.to,
    origin: 'city',
    coverage: null,
  };
}

/** Reads all accepted reports. Periods that the pack no longer knows are left out. */
export async function readAccepted(db: PlanDb | PlanTrx, pack: CityPack): Promise<AcceptedReport[]> {
  const periods = periodsOf(pack);
  const rows = await db
    .selectFrom('planReport')
    .select(['id', 'indicator', 'period', 'scope', 'body', 'organisation', 'submittedByName', 'acceptedAt'])
    .where('state', '=', 'accepted')
    .execute();
  return rows.flatMap((r) => {
    const period = periods.get(r.period);
    return period && r.acceptedAt ? [{ ...r, acceptedAt: r.acceptedAt, to: period.to }] : [];
  });
}
