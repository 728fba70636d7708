import type { ChartModel } from '#shell/components/chart-model';
import type { FacetName, FacetValue } from '../../contract/search.ts';

/** Facets that are drawn. */
export const STAT_FACETS = [
  'filingYear',
  'year',
  'type',
  'legalStatus',
  'granted',
  'country',
  'region',
  'applicant',
  'ipc',
  'cpc',
  'agency',
  'familySize',
] as const satisfies readonly FacetName[];

/** Words that the models write into charts. */
export interface ChartWords {
  unit: string;
  series: string;
}

/** Today in the city, `YYYY-MM-DD`. */
export function cityDay(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

/**
 * The first year that may still grow: applications are published 18 months after filing, so the year in which the day 18
 * months before `asOf` lies, and all after it.
 */
export function incompleteFrom(asOf: string): string {
  const months = Number(asOf.slice(0, 4)) * 12 + Number(asOf.slice(5, 7)) - 1 - 18;
  return String(Math.floor(months / 12));
}

/**
 * The first year of a trend that may still grow: of filings {@link incompleteFrom}, of publications the year that is not over.
 */
export function partialSince(name: 'filingYear' | 'year', asOf: string): string {
  return name === 'filingYear' ? incompleteFrom(asOf) : asOf.slice(0, 4);
}

/** A trend by years without a gap; years that may still grow are hatched. Null without any year. */
export function trendChart(
  values: readonly FacetValue[],
  incomplete: string,
  words: ChartWords,
): { model: ChartModel; undated: number; partial: boolean } | null {
  const counts = new Map(values.map((v) => [v.value, v.count]));
  const years = values.map((v) => Number(v.value)).filter((year) => year > 0);
  if (years.length === 0) return null;
  const first = Math.min(...years);
  const points = Array.from({ length: Math.max(...years) - first + 1 }, (_, i) => {
    const x = String(first + i);
    return { x, y: counts.get(x) ?? 0, ...(x >= incomplete && { partial: true as const }) };
  });
  return {
    partial: points.some((p) => p.partial),
    undated: (counts.get('0') ?? 0) + (counts.get('') ?? 0),
    model: { kind: 'bar', decimals: 0, unit: words.unit, series: [{ name: words.series, points }] },
  };
}

const MOST_BARS = 15;

/**
 * The most frequent values as lying bars. Of a complete list the rest is one bar more; of a list of the most frequent ones it is
 * not known. `others`: how many values that bar holds.
 */
export function listChart(
  values: readonly { label: string; count: number }[],
  words: ChartWords,
  rest: string,
  cut: boolean,
): { model: ChartModel; others: number } {
  const shown = cut ? values.slice(0, 20) : values.slice(0, MOST_BARS);
  const others = cut ? [] : values.slice(MOST_BARS);
  const points = [...joined(shown)].map(([x, y]) => ({ x, y }));
  if (others.length > 0) points.push({ x: rest, y: others.reduce((sum, v) => sum + v.count, 0) });
  return {
    others: others.length,
    model: {
      kind: 'bar',
      lying: true,
      decimals: 0,
      unit: words.unit,
      series: [{ name: words.series, points }],
    },
  };
}

/** Two values may be called the same; a chart has one bar for a name. */
function joined(values: readonly { label: string; count: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { label, count } of values) sums.set(label, (sums.get(label) ?? 0) + count);
  return sums;
}
