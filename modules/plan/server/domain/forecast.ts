import { type CalendarDate, diffDays } from '#kernel/calendar/date';

/** A known figure on a day. */
export interface ForecastPoint {
  date: CalendarDate;
  value: number;
}

/**
 * Carries the average pace between two figures on to a later day. A cumulative figure never falls below its last value.
 * `from` must lie before `to`.
 */
export function forecastAt(
  from: ForecastPoint,
  to: ForecastPoint,
  day: CalendarDate,
  cumulative: boolean,
): number {
  const pace = (to.value - from.value) / diffDays(from.date, to.date);
  const value = to.value + pace * Math.max(diffDays(to.date, day), 0);
  return cumulative ? Math.max(value, to.value) : value;
}
