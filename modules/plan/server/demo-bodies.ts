import type { CityPack } from '#kernel/city/schema';
import type { Random } from '#kernel/random';
import type { ReportBody } from '../contract.ts';
import { asksOf, type Indicator, trimBody } from './domain/body.ts';
import { expectedAt, lowerEnd, requiredStageAt, type Target } from './domain/expected.ts';
import type { PlannedPeriod } from './domain/periods.ts';
import { CITY } from './figures.ts';
import type { Names } from './names.ts';

const empty: ReportBody = {
  value: null,
  range: null,
  parts: null,
  stage: null,
  weight: null,
  explanation: '演示数据，数值为虚构',
  files: [],
};

interface Series {
  kind: string;
  targets: Readonly<Record<string, Target>>;
  decimals: number;
  baseline?: { readonly value: number } | undefined;
}

/**
 * Invents bodies for one indicator: around what is expected, a few well behind, cumulative ones never falling, counties'
 * parts in proportion to their people. Returns null where nothing can be reported, e.g. a goal without a number yet.
 */
export function demoBodies(
  pack: CityPack,
  names: Names,
  indicator: Indicator,
  periods: readonly PlannedPeriod[],
  random: Random,
): (period: PlannedPeriod, scope: string) => ReportBody | null {
  const pace = random.chance(0.12) ? 0.7 + random.next() * 0.15 : 0.93 + random.next() * 0.16;
  const lag = random.chance(0.15);
  const parts = indicator.parts?.map((p) => ({
    id: p.id,
    series: seriesOf(p),
    pace: pace + random.next() * 0.1,
  }));
  const own = seriesOf(indicator);
  const noise = new Map(periods.map((p) => [p.id, 0.98 + random.next() * 0.04]));

  const cityValue = (series: Series, speed: number, period: PlannedPeriod): number | null => {
    const mode = ['cumulative', 'stock', 'share'].includes(series.kind) ? 'linear' : 'year-end';
    const { value, method } = expectedAt({ years: pack.plan.years, ...series }, period.to, mode);
    const goal = value ?? lastTarget(series, pack.plan.years);
    if (goal === null) return null;
    // The first half of a year without a figure before it: somewhat below the year's own target.
    const early = method === 'first-year' ? 0.9 : 1;
    const wobble = series.kind === 'cumulative' ? 1 : (noise.get(period.id) ?? 1);
    const limit = series.kind === 'share' || series.kind === 'floor' ? 100 : Number.POSITIVE_INFINITY;
    return Math.min(goal * speed * wobble * early, limit);
  };

  return (period, scope) => {
    const side = scope === CITY ? 'city' : 'county';
    const asks = asksOf(indicator, period.year, side);
    const share = scope === CITY ? 1 : shareOf(names, period.to, scope);
    const ratio = scope !== CITY && indicator.county.rule === 'weighted';
    const number = (series: Series, speed: number): number | null => {
      const city = cityValue(series, speed, period);
      if (city === null) return null;
      const local = scope === CITY ? city : ratio ? city * (0.85 + share) : city * share;
      return round(local, series.decimals);
    };
    const body: ReportBody = { ...empty };
    if (asks.includes('stage')) {
      const stage = stageAt(pack, indicator, period, lag);
      if (!stage) return null;
      body.stage = stage;
    }
    if (asks.includes('parts'))
      body.parts = Object.fromEntries((parts ?? []).map((p) => [p.id, number(p.series, p.pace) ?? 0]));
    if (asks.includes('value') || asks.includes('range')) {
      body.value = number(own, pace);
      if (body.value === null) return null;
    }
    if (asks.includes('weight')) body.weight = Math.round(1000 * share * 10) / 10 || 1;
    return trimBody(indicator, period.year, side, body);
  };
}

function seriesOf(s: {
  kind: string;
  targets: Readonly<Record<string, Target>>;
  decimals?: number | undefined;
  baseline?: { readonly value: number } | undefined;
}): Series {
  return { kind: s.kind, targets: s.targets, decimals: s.decimals ?? 0, baseline: s.baseline };
}

function lastTarget(series: Series, years: readonly string[]): number | null {
  return (
    years
      .map((y) => lowerEnd(series.targets[y]))
      .filter((t) => t !== null)
      .at(-1) ?? null
  );
}

/** The stage that is due, or the one before it for rows that lag; the first stage before anything is due. */
function stageAt(pack: CityPack, indicator: Indicator, period: PlannedPeriod, lag: boolean): string | null {
  const stages = indicator.milestones?.stages ?? [];
  if (!indicator.milestones || stages.length === 0) return null;
  const due = requiredStageAt(indicator.milestones, pack.plan.years, period.to);
  const rank = Math.max(1, due.rank - (lag ? 1 : 0));
  return [...stages].reverse().find((s) => s.rank <= rank)?.id ?? stages[0]?.id ?? null;
}

/** A region's part of the city by its people; parks, which have none of their own, get a small part. */
function shareOf(names: Names, asOf: string, region: string): number {
  const city = names.population(asOf, null);
  const own = names.population(asOf, region);
  return city && own ? own / city : 0.02;
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
