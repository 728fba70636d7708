import { addDays, type CalendarDate, isWeekend, parseDate, partsOf } from './date.ts';

/**
 * What the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知) say. A notice may reach into the last
 * days of the year before it (that of 2019 made 2018-12-29 a working day); such dates stand under the notice's year.
 */
export interface CalendarData {
  /** Where the data comes from. */
  source: string;
  /** Changes whenever a notice is added or amended; stored with every due date so that it can be computed again. */
  version: string;
  /** By year, e.g. "2017". */
  years: Record<string, CalendarYear>;
}

/** One year's notice. */
export interface CalendarYear {
  /** Address or number of the notice; null while there is none: days of that year are then provisional. */
  notice: string | null;
  /** Days off, also those that fall on a weekend, with the holiday's name. */
  holidays: Record<CalendarDate, string>;
  /** Weekend days that are worked (调休), with the holiday they make up for. */
  workdays: Record<CalendarDate, string>;
}

/** What a day is, and whether a notice still to come may change that. */
export interface DayStatus {
  kind: 'workday' | 'make-up-workday' | 'weekend' | 'holiday';
  name?: string;
  provisional: boolean;
}

interface DayIndex {
  holidays: Map<CalendarDate, string>;
  workdays: Map<CalendarDate, string>;
  noticed: Set<number>;
}

const indexes = new WeakMap<CalendarData, DayIndex>();

/** Merges the years once per calendar object; for one date the later notice holds. */
function indexOf(calendar: CalendarData): DayIndex {
  const known = indexes.get(calendar);
  if (known) return known;
  const index: DayIndex = { holidays: new Map(), workdays: new Map(), noticed: new Set() };
  for (const year of Object.keys(calendar.years).sort()) {
    const data = calendar.years[year];
    if (!data) continue;
    if (data.notice !== null) index.noticed.add(Number(year));
    for (const [date, name] of Object.entries(data.holidays)) {
      index.workdays.delete(date);
      index.holidays.set(date, name);
    }
    for (const [date, name] of Object.entries(data.workdays)) {
      index.holidays.delete(date);
      index.workdays.set(date, name);
    }
  }
  indexes.set(calendar, index);
  return index;
}

/**
 * First day of December that a notice for the following year may still change. Of the notices for 2007 to 2026 those
 * for 2007, 2008, 2012, 2019 and 2023 reach back, at most to 29 December.
 */
const REACH_BACK_FROM = 29;

/** Looks a day up. The calendar object must not be changed after its first use. Throws {@link CalendarError}. */
export function dayStatus(date: CalendarDate, calendar: CalendarData): DayStatus {
  const index = indexOf(calendar);
  const { year, month, day } = partsOf(date);
  const provisional =
    !index.noticed.has(year) || (month === 12 && day >= REACH_BACK_FROM && !index.noticed.has(year + 1));
  const holiday = index.holidays.get(date);
  if (holiday !== undefined) return { kind: 'holiday', name: holiday, provisional };
  const weekend = isWeekend(date);
  const madeUp = index.workdays.get(date);
  // A notice may also name an ordinary weekday as worked, where it ends a prolonged holiday (2020-02-03).
  if (madeUp !== undefined) {
    return weekend
      ? { kind: 'make-up-workday', name: madeUp, provisional }
      : { kind: 'workday', provisional };
  }
  return { kind: weekend ? 'weekend' : 'workday', provisional };
}

/** Whether people work on the day. */
export function isWorkingDay(date: CalendarDate, calendar: CalendarData): boolean {
  const { kind } = dayStatus(date, calendar);
  return kind === 'workday' || kind === 'make-up-workday';
}

/** Working days from `from` to `to`, both included; 0 when `to` is earlier. Throws {@link CalendarError}. */
export function countWorkingDays(from: CalendarDate, to: CalendarDate, calendar: CalendarData): number {
  let count = 0;
  for (let date = parseDate(from); date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) count += 1;
  }
  return count;
}
