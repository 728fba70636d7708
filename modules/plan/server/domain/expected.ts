import type { CalendarDate } from '#kernel/calendar/date';
import { dayOfYear, daysInYear } from './year.ts';

/** A target as the pack writes it. */
export type Target = number | { readonly min: number; readonly max: number } | null;

/** What should be there on a day, and how that was found. */
export interface Expected {
  /** Null where the plan demands no number so far. */
  value: number | null;
  /** Year-end target that `value` leads to or comes from (lower end of a range). */
  target: number | null;
  /** Year of that target. */
  year: string | null;
  /**
   * linear: on the line between two year ends; year-end: this year's own target; first-year: no figure before the first
   * year, so its target counts for the whole year; earlier: this year has text only, the last number before it counts.
   */
  method: 'linear' | 'year-end' | 'first-year' | 'earlier' | 'none';
}

/** A series of targets with what is known before its first year. */
export interface TargetSeries {
  years: readonly string[];
  targets: Readonly<Record<string, Target>>;
  baseline?: { readonly value: number } | undefined;
}

const none: Expected = { value: null, target: null, year: null, method: 'none' };

/** The number that decides: the target itself, or the lower end of a range. */
export function lowerEnd(target: Target | undefined): number | null {
  if (target === null || target === undefined) return null;
  return typeof target === 'number' ? target : target.min;
}

/**
 * What is expected on `asOf`. Before the plan nothing; after its last year the last year's target. `linear` interpolates
 * by days between the year ends on both sides, so that the expectation on 31 December is the printed target itself.
 */
export function expectedAt(series: TargetSeries, asOf: CalendarDate, mode: 'linear' | 'year-end'): Expected {
  const first = series.years[0];
  const last = series.years.at(-1);
  if (!first || !last || asOf < `${first}-01-01`) return none;
  const year = asOf.slice(0, 4) > last ? last : asOf.slice(0, 4);
  const over = asOf >= `${year}-12-31`;
  const target = lowerEnd(series.targets[year]);
  if (target === null) {
    const earlier = series.years.filter((y) => y < year && lowerEnd(series.targets[y]) !== null).at(-1);
    if (!earlier) return none;
    const value = lowerEnd(series.targets[earlier]);
    return { value, target: value, year: earlier, method: 'earlier' };
  }
  if (mode === 'year-end' || over) return { value: target, target, year, method: 'year-end' };
  const before =
    year === first ? (series.baseline?.value ?? null) : lowerEnd(series.targets[String(Number(year) - 1)]);
  if (before === null) return { value: target, target, year, method: 'first-year' };
  const share = dayOfYear(asOf) / daysInYear(year);
  return { value: before + (target - before) * share, target, year, method: 'linear' };
}

/** A stage demanded at a year's end. */
export interface RequiredStage {
  id: string | null;
  rank: number;
  /** Year at whose end it is due; null when nothing is due yet. */
  year: string | null;
  /** Next stage and its year, while the year is still running. */
  next: { id: string; year: string } | null;
}

/**
 * Stage that must have been reached on `asOf`: the one due at the last year end that has passed. The stage of the running
 * year is not due before its last day; it is named as `next`.
 */
export function requiredStageAt(
  milestones: {
    readonly stages: readonly { readonly id: string; readonly rank: number }[];
    readonly required: Readonly<Record<string, string | null>>;
  },
  years: readonly string[],
  asOf: CalendarDate,
): RequiredStage {
  const rank = (id: string) => milestones.stages.find((s) => s.id === id)?.rank ?? 0;
  const named = years.filter((y) => milestones.required[y]);
  const passed = named.filter((y) => asOf >= `${y}-12-31`).at(-1);
  const next = named.find((y) => asOf < `${y}-12-31`);
  const id = passed ? (milestones.required[passed] ?? null) : null;
  return {
    id,
    rank: id ? rank(id) : 0,
    year: passed ?? null,
    next: next ? { id: milestones.required[next] as string, year: next } : null,
  };
}
