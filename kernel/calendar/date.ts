import type { Text } from '#kernel/text';
import { CalendarError } from './errors.ts';

/**
 * A day of the calendar as people and law write it: `YYYY-MM-DD`, years 0001 to 9999, Gregorian throughout.
 * It has no time and no zone; where a zone matters it is Asia/Shanghai. Text order is time order.
 */
export type CalendarDate = string;

/** Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar. */
const EPOCH_SHIFT = 719_468;
const DAYS_PER_ERA = 146_097;

/** The parts of a date; `month` and `day` count from 1. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
}

/** Whether the Gregorian year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the three numbers name a day that exists. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return (
    Number.isInteger(year) &&
    Number.isInteger(month) &&
    Number.isInteger(day) &&
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  );
}

/** Writes a date that the caller knows to exist. */
function write(year: number, month: number, day: number): CalendarDate {
  const two = (n: number) => (n < 10 ? `0${n}` : String(n));
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Writes a date from its parts. Throws {@link CalendarError} `calendar_date` for a day that does not exist. */
export function dateOf(year: number, month: number, day: number): CalendarDate {
  if (!isRealDay(year, month, day)) {
    throw new CalendarError('calendar_date', { text: `${year}-${month}-${day}` });
  }
  return write(year, month, day);
}

const STRICT = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a {@link CalendarDate} exactly as written here and the day exists. */
export function isCalendarDate(text: string): boolean {
  const m = STRICT.exec(text);
  return m !== null && isRealDay(Number(m[1]), Number(m[2]), Number(m[3]));
}

/** Returns the text as a date. Throws {@link CalendarError} `calendar_date`; for what people type use `parseLooseDate`. */
export function parseDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new CalendarError('calendar_date', { text: text.slice(0, 40) });
  return text;
}

/** Takes a date apart. Throws {@link CalendarError} `calendar_date`. */
export function partsOf(date: CalendarDate): DateParts {
  const m = STRICT.exec(date);
  const year = Number(m?.[1]);
  const month = Number(m?.[2]);
  const day = Number(m?.[3]);
  if (!m || !isRealDay(year, month, day)) {
    throw new CalendarError('calendar_date', { text: String(date).slice(0, 40) });
  }
  return { year, month, day };
}

/** The year of a date. */
export function yearOf(date: CalendarDate): number {
  return partsOf(date).year;
}

/** Whole days since 1970-01-01 (negative before it). Arithmetic on years that begin in March, so that leap days come last. */
export function toEpochDay(date: CalendarDate): number {
  const { year, month, day } = partsOf(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

/** The reverse of {@link toEpochDay}. Throws {@link CalendarError} `calendar_range` outside the years 0001 to 9999. */
export function fromEpochDay(epochDay: number): CalendarDate {
  const z = epochDay + EPOCH_SHIFT;
  const era = Math.floor(z / DAYS_PER_ERA);
  const dayOfEra = z - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (DAYS_PER_ERA - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!isRealDay(year, month, day)) {
    throw new CalendarError('calendar_range', { from: '1970-01-01', step: `${epochDay} D` });
  }
  return write(year, month, day);
}

/** The date `days` days later (earlier when negative). Throws {@link CalendarError}. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/**
 * The same day of the month `months` months later (earlier when negative); where that month is shorter, its last day
 * (2019-10-31 and 4 months give 2020-02-29). Throws {@link CalendarError}.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + month - 1 + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  if (!Number.isInteger(index) || toYear < 1 || toYear > 9999) {
    throw new CalendarError('calendar_range', { from: date, step: `${months} M` });
  }
  return write(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** The same day `years` years later; 29 February gives 28 February in a year without it. Throws {@link CalendarError}. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  return addMonths(date, years * 12);
}

/** Day of the week, ISO: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: CalendarDate): number {
  const n = (toEpochDay(date) + 3) % 7; // 1970-01-01 was a Thursday
  return (n < 0 ? n + 7 : n) + 1;
}

/** Saturday or Sunday. */
export function isWeekend(date: CalendarDate): boolean {
  return dayOfWeek(date) >= 6;
}

/** Days from `from` to `to`: positive when `to` is later. */
export function diffDays(from: CalendarDate, to: CalendarDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

/** For sorting: negative when `a` is earlier, 0 when they are the same day. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 1 January of a year, given as a number or by any of its dates. */
export function yearStart(year: number | CalendarDate): CalendarDate {
  return dateOf(typeof year === 'number' ? year : yearOf(year), 1, 1);
}

/** 31 December of a year, given as a number or by any of its dates. */
export function yearEnd(year: number | CalendarDate): CalendarDate {
  return dateOf(typeof year === 'number' ? year : yearOf(year), 12, 31);
}

/** The last day of the month that holds the date. */
export function monthEnd(date: CalendarDate): CalendarDate {
  const { year, month } = partsOf(date);
  return write(year, month, daysInMonth(year, month));
}

/**
 * The calendar day in Asia/Shanghai at an instant, whatever zone the machine is in. China has kept UTC+8 since
 * 1991-09-15 without summer time; "now" is never earlier, so the fixed offset is exact.
 */
export function shanghaiToday(now: Date): CalendarDate {
  return fromEpochDay(Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000));
}

/** Why a text was not taken as a date. */
export type LooseDateReason =
  | 'empty'
  | 'incomplete'
  | 'no-such-day'
  | 'year-not-first'
  | 'year-out-of-range'
  | 'time-zone'
  | 'serial-number'
  | 'serial-out-of-range'
  | 'unrecognised';

/** A date, or the reason why there is none. Never a guess. */
export type LooseDate = { ok: true; date: CalendarDate } | { ok: false; reason: LooseDateReason };

const REASONS: Record<LooseDateReason, Text> = {
  empty: { zh: '日期为空', en: 'The date is empty' },
  incomplete: {
    zh: '日期不完整，需要年、月、日三部分，如 2013-01-02',
    en: 'The date is incomplete: give year, month and day, as in 2013-01-02',
  },
  'no-such-day': {
    zh: '日历上没有这一天，请核对月份和日',
    en: 'There is no such day in the calendar: check month and day',
  },
  'year-not-first': {
    zh: '年份不在最前面，无法确定日和月的先后，请改为 2013-01-02 的写法',
    en: 'The year does not come first, so day and month cannot be told apart: write 2013-01-02',
  },
  'year-out-of-range': {
    zh: '年份不合理（应在 1800 至 2199 之间），请核对',
    en: 'The year is not plausible (1800 to 2199 expected): check it',
  },
  'time-zone': {
    zh: '带时区的时刻不是日期，请只写当地日期，如 2013-01-02',
    en: 'An instant with a time zone is not a date: write the local day alone, as in 2013-01-02',
  },
  'serial-number': {
    zh: '这像是电子表格的日期序号，请把该列设为日期格式后再导出，或写成 2013-01-02',
    en: 'This looks like a spreadsheet serial number: format the column as a date, or write 2013-01-02',
  },
  'serial-out-of-range': {
    zh: '日期序号超出电子表格可表示的范围，请核对该单元格',
    en: 'The serial number is outside what a spreadsheet can hold: check the cell',
  },
  unrecognised: {
    zh: '无法识别为日期，请写成 2013-01-02',
    en: 'Not recognised as a date: write 2013-01-02',
  },
};

/** What a reason means and how to mend it. */
export function looseDateMessage(reason: LooseDateReason): Text {
  return REASONS[reason];
}

/** What is taken besides the year-first forms. */
export interface LooseDateOptions {
  /** Read `29.12.2005` as day, month, year. Only for sources whose order is known (WIPO exports). */
  dayFirst?: boolean;
  /** Earliest and latest plausible year; 1800 and 2199 unless given. */
  minYear?: number;
  maxYear?: number;
}

const SEPARATED = /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})$/;
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/;
const PLAIN = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^(.*\d|.*[日号])(?:t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/i;
const ZONED = /\d{1,2}:\d{2}\S*\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$/i;

function fail(reason: LooseDateReason): LooseDate {
  return { ok: false, reason };
}

function build(year: number, month: number, day: number, options: LooseDateOptions): LooseDate {
  if (year < (options.minYear ?? 1800) || year > (options.maxYear ?? 2199)) return fail('year-out-of-range');
  return isRealDay(year, month, day) ? { ok: true, date: dateOf(year, month, day) } : fail('no-such-day');
}

/**
 * Reads a date as exports and people write it: 2013.01.02, 2013-1-2, 2013/01/02, 20130102, 2013年1月2日, also in
 * full-width digits, with spaces around the separators, or followed by a time of day (which is dropped). Anything
 * ambiguous or impossible is refused with a reason, never guessed.
 */
export function parseLooseDate(text: string, options: LooseDateOptions = {}): LooseDate {
  if (text.length > 100) return fail('unrecognised');
  let s = text
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
  if (s === '') return fail('empty');
  if (ZONED.test(s)) return fail('time-zone');
  s = TIME.exec(s)?.[1] ?? s;
  s = s.replaceAll(/\s*([-./年月日号])\s*/g, '$1');

  const chinese = CHINESE.exec(s);
  if (chinese) return build(Number(chinese[1]), Number(chinese[2]), Number(chinese[3]), options);
  const plain = PLAIN.exec(s);
  if (plain) return build(Number(plain[1]), Number(plain[2]), Number(plain[3]), options);
  const parts = SEPARATED.exec(s);
  if (parts) {
    const [first, second, third] = [parts[1] ?? '', Number(parts[3]), parts[4] ?? ''];
    if (first.length === 4 && third.length <= 2) return build(Number(first), second, Number(third), options);
    if (first.length <= 2 && third.length === 4 && options.dayFirst) {
      return build(Number(third), second, Number(first), options);
    }
    return fail(first.length <= 2 && third.length !== 3 ? 'year-not-first' : 'unrecognised');
  }
  if (/^\d{4}([-./年]\d{1,2}月?)?年?$/.test(s) || /^\d{6}$/.test(s)) return fail('incomplete');
  if (/^\d{5}(\.\d+)?$/.test(s)) return fail('serial-number');
  return fail('unrecognised');
}

/** Serial number of 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465;

/**
 * Turns a spreadsheet's date number into a date; a fraction is the time of day and is dropped. In the 1900 system day
 * 60 is a 29 February 1900 that never was and is refused (`no-such-day`), and the days before it are counted one less;
 * in the 1904 system (`date1904`) day 0 is 1904-01-01.
 */
export function excelSerialToDate(serial: number, options: { date1904?: boolean } = {}): LooseDate {
  if (!Number.isFinite(serial)) return fail('unrecognised');
  const day = Math.floor(serial);
  if (options.date1904) {
    if (day < 0 || day > LAST_SERIAL - 1462) return fail('serial-out-of-range');
    return { ok: true, date: fromEpochDay(toEpochDay('1904-01-01') + day) };
  }
  if (day < 1 || day > LAST_SERIAL) return fail('serial-out-of-range');
  if (day === 60) return fail('no-such-day');
  return { ok: true, date: fromEpochDay(toEpochDay(day < 60 ? '1899-12-31' : '1899-12-30') + day) };
}
