import { addDays, addMonths, type CalendarDate, daysInMonth, isWeekend, parseDate, partsOf } from './date.ts';
import { CalendarError } from './errors.ts';

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

/** A period: working days, natural days, months or years. */
export type DueRule = `${number}${'WD' | 'D' | 'M' | 'Y'}`;

/** Longest period of each kind; longer ones are typing errors. */
export const RULE_LIMITS = { WD: 1000, D: 3660, M: 120, Y: 10 } as const;

/** Natural-day periods up to this length list every day in the proof; longer ones list month ends and the last day. */
export const FULL_PROOF_DAYS = 400;

/**
 * In which way a day of the proof counts:
 * `start-excluded` the day of the event; `workday`, `make-up-workday` counted in working days; `weekend`, `holiday`
 * not worked; `natural-day` counted in days, months or years; `month-end-clamped` the same where the month is too short
 * for the day; `rolled` the working day to which a last day off moved.
 */
export type ProofKind =
  | 'start-excluded'
  | 'workday'
  | 'weekend'
  | 'holiday'
  | 'make-up-workday'
  | 'natural-day'
  | 'month-end-clamped'
  | 'rolled';

/** One line of the proof. `counted` is the count reached, in the rule's own unit; null for a day that is not counted. */
export interface ProofDay {
  date: CalendarDate;
  kind: ProofKind;
  /** Name of the holiday, or of the one that a make-up day belongs to. */
  name?: string;
  counted: number | null;
}

/** A due date that anybody can check by hand. */
export interface DueDate {
  from: CalendarDate;
  rule: DueRule;
  due: CalendarDate;
  /** Some day's status was looked up for which no notice exists yet: compute again when it does. */
  provisional: boolean;
  /** The last day before rolling, when rolling moved it. */
  rolledFrom?: CalendarDate;
  /** Version of the calendar used. */
  calendar: string;
  proof: ProofDay[];
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

/** Takes a rule apart. Throws {@link CalendarError} `calendar_rule` or `calendar_rule_limit`. */
export function parseRule(rule: string): { count: number; unit: keyof typeof RULE_LIMITS; rule: DueRule } {
  const m = /^(\d{1,9})(WD|D|M|Y)$/i.exec(rule.trim());
  const count = Number(m?.[1]);
  const unit = m?.[2]?.toUpperCase() as keyof typeof RULE_LIMITS | undefined;
  if (!m || !unit || count < 1) throw new CalendarError('calendar_rule', { rule: rule.slice(0, 40) });
  const limit = RULE_LIMITS[unit];
  if (count > limit) throw new CalendarError('calendar_rule_limit', { rule, limit: `${limit}${unit}` });
  return { count, unit, rule: `${count}${unit}` };
}

function proofOf(date: CalendarDate, status: DayStatus, counted: number | null): ProofDay {
  return status.name === undefined
    ? { date, kind: status.kind, counted }
    : { date, kind: status.kind, name: status.name, counted };
}

/** Working days: every day after the start is looked up and listed. */
function countWorking(from: CalendarDate, count: number, calendar: CalendarData, proof: ProofDay[]) {
  let provisional = false;
  let date = from;
  for (let counted = 0; counted < count; ) {
    date = addDays(date, 1);
    const status = dayStatus(date, calendar);
    provisional ||= status.provisional;
    const works = status.kind === 'workday' || status.kind === 'make-up-workday';
    if (works) counted += 1;
    proof.push(proofOf(date, status, works ? counted : null));
  }
  return { due: date, provisional };
}

/** Natural days: each day, or for long periods each month's last day with the count reached, and the last day. */
function countNatural(from: CalendarDate, count: number, proof: ProofDay[]): CalendarDate {
  const due = addDays(from, count);
  let date = from;
  for (let counted = 1; counted <= count; counted += 1) {
    date = addDays(date, 1);
    if (count > FULL_PROOF_DAYS && counted < count) {
      const { year, month, day } = partsOf(date);
      if (day !== daysInMonth(year, month)) continue;
    }
    proof.push({ date, kind: 'natural-day', counted });
  }
  return due;
}

/** Months and years: the corresponding day of each month or year; the month's last day where there is none. */
function countMonths(from: CalendarDate, count: number, step: number, proof: ProofDay[]): CalendarDate {
  const wanted = partsOf(from).day;
  let date = from;
  for (let counted = 1; counted <= count; counted += 1) {
    date = addMonths(from, counted * step); // always from the start, so that 31 January gives 31 March
    const clamped = partsOf(date).day !== wanted;
    proof.push({ date, kind: clamped ? 'month-end-clamped' : 'natural-day', counted });
  }
  return date;
}

/** What to count: the day of the event, the period, and whether a last day off moves to the next working day. */
export interface DueDateInput {
  from: CalendarDate;
  /** A {@link DueRule}; lower case is taken. At most {@link RULE_LIMITS}. */
  rule: string;
  roll?: boolean;
  calendar: CalendarData;
}

/**
 * The last day of a period. The start day is not counted. Working days follow the notices; days, months and years are
 * natural, and only with `roll` does a last day off move to the next working day. `provisional` is set when the status
 * of a day was needed that a notice still to come may change; a period of natural days without `roll` needs none.
 * Throws {@link CalendarError} for a bad date or rule.
 */
export function dueDate({ from, rule, roll = false, calendar }: DueDateInput): DueDate {
  parseDate(from);
  const { count, unit, rule: canonical } = parseRule(rule);
  const proof: ProofDay[] = [{ date: from, kind: 'start-excluded', counted: null }];
  if (unit === 'WD') {
    const { due, provisional } = countWorking(from, count, calendar, proof);
    return { from, rule: canonical, due, provisional, calendar: calendar.version, proof };
  }
  const last =
    unit === 'D' ? countNatural(from, count, proof) : countMonths(from, count, unit === 'M' ? 1 : 12, proof);
  const plain = { from, rule: canonical, due: last, provisional: false, calendar: calendar.version, proof };
  return roll ? rolled(plain, calendar) : plain;
}

/** Moves a last day off to the next working day; the proof names why the last day and those after it do not do. */
function rolled(plain: DueDate, calendar: CalendarData): DueDate {
  const { proof } = plain;
  let status = dayStatus(plain.due, calendar);
  let provisional = status.provisional;
  if (status.kind === 'workday' || status.kind === 'make-up-workday') return { ...plain, provisional };
  proof.push(proofOf(plain.due, status, null));
  let date = plain.due;
  for (;;) {
    date = addDays(date, 1);
    status = dayStatus(date, calendar);
    provisional ||= status.provisional;
    if (status.kind === 'workday' || status.kind === 'make-up-workday') break;
    proof.push(proofOf(date, status, null));
  }
  const name = status.name === undefined ? {} : { name: status.name };
  proof.push({ date, kind: 'rolled', ...name, counted: null });
  return { ...plain, due: date, provisional, rolledFrom: plain.due, proof };
}
