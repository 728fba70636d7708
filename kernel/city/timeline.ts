import type { Validity } from './schema.ts';

/** The calendar day `days` after (before, when negative) the given one. */
export function shiftDay(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A period as people read it: `2016-01-01…2020-06-30`, `…2018-12-31`. */
export const periodText = (period: Validity): string => `${period.from ?? ''}…${period.to ?? ''}`;

/** Do two periods share a day? */
export function periodsOverlap(a: Validity, b: Validity): boolean {
  const startsBeforeEnd = (x: Validity, y: Validity) => x.from === null || y.to === null || x.from <= y.to;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

/** First day on which any of the periods holds; null when one has no beginning. */
export function firstDay(periods: readonly Validity[]): string | null {
  const days = periods.map((period) => period.from);
  return days.includes(null) ? null : (days as string[]).sort()[0]!;
}

/** Last day on which any of the periods holds; null when one has no end. */
export function lastDay(periods: readonly Validity[]): string | null {
  const days = periods.map((period) => period.to);
  return days.includes(null) ? null : ((days as string[]).sort().at(-1) ?? null);
}

/**
 * The period that tells how something was called on a day: the one that holds, else the nearest before the day, else
 * the first.
 */
export function periodAt<P extends Validity>(periods: readonly P[], asOf: string): P | null {
  const holding = periods.find(
    (period) => (period.from === null || period.from <= asOf) && (period.to === null || asOf <= period.to),
  );
  if (holding) return holding;
  const before = periods.filter((period) => period.to !== null && period.to < asOf);
  return before.sort((a, b) => (a.to! < b.to! ? 1 : -1))[0] ?? periods[0] ?? null;
}
