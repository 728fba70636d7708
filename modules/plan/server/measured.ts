import type { CalendarDate } from '#kernel/calendar/date';
import type { Measures } from '#kernel/measures/measures';
import type { Text } from '#kernel/text';
import type { Indicator } from './domain/body.ts';

/** A measured figure in the indicator's own unit. */
export interface MeasuredFigure {
  value: number | null;
  measure: string;
  /** Number of rows behind it. */
  facts: number;
  note?: Text | undefined;
}

/** Inhabitants of the city (region null) or of one region at the end of the year before a day; null where not known. */
export type Population = (asOf: CalendarDate, region: string | null) => number | null;

/**
 * Computes an indicator's figure from the measure it is bound to, per so many people where the pack says so. Null where
 * nothing is bound or no module offers the measure.
 */
export async function measuredFigure(
  indicator: Indicator,
  measures: Measures,
  population: Population,
  asOf: CalendarDate,
  region: string | null,
): Promise<MeasuredFigure | null> {
  const bound = indicator.measure;
  const measure = bound && measures.find(bound.id);
  if (!bound || !measure) return null;
  const got = await measure.compute({
    asOf,
    ...(region && { region }),
    ...(bound.since && { since: bound.since }),
  });
  const base = { measure: bound.id, facts: got.facts, note: got.note };
  if (got.value === null || bound.per === undefined) return { ...base, value: got.value };
  const people = population(asOf, region);
  if (people === null)
    return {
      ...base,
      value: null,
      note: {
        zh: '没有该地区该年的人口数，无法计算人均值',
        en: 'No population is known for this region and year',
      },
    };
  return { ...base, value: (got.value / people) * (bound.scale ?? 1) };
}
