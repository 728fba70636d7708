import type { CalendarDate } from '#kernel/calendar/date';

/** Days of a Gregorian year. */
export function daysInYear(year: string | number): number {
  const y = Number(year);
  return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 366 : 365;
}

/** 1 for 1 January, 365 or 366 for 31 December. */
export function dayOfYear(date: CalendarDate): number {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  return Math.round((Date.UTC(y, m - 1, d) - Date.UTC(y, 0, 0)) / 86_400_000);
}

/** The last days of all quarters from one date to another, both included where they are quarter ends. */
export function quarterEnds(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const out: CalendarDate[] = [];
  for (let y = Number(from.slice(0, 4)); y <= Number(to.slice(0, 4)); y++)
    for (const end of ['03-31', '06-30', '09-30', '12-31']) {
      const date = `${y}-${end}`;
      if (date >= from && date <= to) out.push(date);
    }
  return out;
}
