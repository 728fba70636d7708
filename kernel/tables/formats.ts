import { excelSerialToDate } from '#kernel/calendar/date';
import type { Cell } from './cells.ts';

/** What a number format shows: a calendar date (perhaps with a time), a time of day alone, or a plain number. */
export type FormatKind = 'date' | 'time' | 'number';

/** Built-in formats that show a date, and those that show a time alone; 27 to 36 and 50 to 58 are the East Asian ones. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]);

/** What a built-in format shows. */
export function builtInFormat(id: number): FormatKind {
  if (BUILT_IN_DATES.has(id)) return 'date';
  return BUILT_IN_TIMES.has(id) ? 'time' : 'number';
}

/**
 * What a custom format shows, from its first section: literals, colours and locales are left out, then a year or day
 * makes a date, an hour or second a time, and a lone month a date.
 */
export function customFormat(code: string): FormatKind {
  const [section = ''] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';');
  if (/general|[0#?]/i.test(section.replaceAll(/[.,]0+/g, ''))) return 'number';
  if (/[yde]/i.test(section)) return 'date';
  if (/[hs]/i.test(section)) return 'time';
  return /m/i.test(section) ? 'date' : 'number';
}

const SECONDS_PER_DAY = 86_400;

function clock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The cell of a number under a format: a date, a time of day, or the number itself where it cannot be one. */
export function numberCell(value: number, format: FormatKind, date1904: boolean): Cell {
  if (format === 'number' || !(value >= 0)) return { kind: 'number', value };
  const seconds = Math.round(value * SECONDS_PER_DAY);
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const rest = seconds - day * SECONDS_PER_DAY;
  if (day === 0 && (format === 'time' || (rest > 0 && !date1904)))
    return { kind: 'time', value: clock(rest) };
  if (format === 'time') return { kind: 'number', value }; // a duration
  const date = excelSerialToDate(day, { date1904 });
  if (!date.ok) return { kind: 'number', value };
  return rest === 0
    ? { kind: 'date', value: date.date }
    : { kind: 'date', value: date.date, time: clock(rest) };
}
