import { addDays, addMonths, type CalendarDate, daysInMonth, diffDays, parseDate, partsOf } from './date.ts';
import { CalendarError } from './errors.ts';
import { type CalendarData, type DayStatus, dayStatus } from './workdays.ts';

/** A period: working days, natural days, months or years. */
export type DueRule = `${number}${'WD' | 'D' | 'M' | 'Y'}`;

/** Longest period of each kind; longer ones are typing errors. */
export const RULE_LIMITS = { WD: 1000, D: 3660, M: 120, Y: 10 } as const;

/** Natural-day periods up to this length list every day in the proof; longer ones list month ends and the last day. */
export const FULL_PROOF_DAYS = 400;

/** Most times that are not counted within one period. */
export const MOST_EXCLUSIONS = 50;

/**
 * In which way a line of the proof counts:
 * `start-excluded` the day of the event; `workday`, `make-up-workday` counted in working days; `weekend`, `holiday`
 * not worked; `natural-day` counted in days, months or years; `month-end-clamped` the same where the month is too short
 * for the day; `excluded` days that the law does not count (`date` to `to`); `shifted` the last day of a period of months
 * after the days that were not counted; `extended` the end of the period before an extension begins; `stopped` the first
 * day since which nothing is counted; `rolled` the working day to which a last day off moved.
 */
export type ProofKind =
  | 'start-excluded'
  | 'workday'
  | 'weekend'
  | 'holiday'
  | 'make-up-workday'
  | 'natural-day'
  | 'month-end-clamped'
  | 'excluded'
  | 'shifted'
  | 'extended'
  | 'stopped'
  | 'rolled';

/** One line of the proof. `counted` is the count reached, in the rule's own unit; null for what is not counted. */
export interface ProofDay {
  date: CalendarDate;
  kind: ProofKind;
  /** Last day of a time that is not counted. */
  to?: CalendarDate;
  /** Name of the holiday, or of the one that a make-up day belongs to; why days are not counted; the extension. */
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

/** Days that the law does not count (suspension, announcement, appraisal …), both ends included; `to` null while it lasts. */
export interface Exclusion {
  from: CalendarDate;
  to: CalendarDate | null;
  reason: string;
}

/** The end of a period that may have been extended and stopped. */
export interface Clock extends Omit<DueDate, 'due'> {
  /** Null while the clock stands. */
  due: CalendarDate | null;
  extensions: DueRule[];
  /** Since when nothing is counted, and how many days of which kind are left; null when the end is known. */
  stopped: { since: CalendarDate; left: number; unit: 'WD' | 'D' } | null;
  /** Natural days between start and end that were not counted. */
  excludedDays: number;
}

/** What to count: the day of the event, the period, and whether a last day off moves to the next working day. */
export interface DueDateInput {
  from: CalendarDate;
  /** A {@link DueRule}; lower case is taken. At most {@link RULE_LIMITS}. */
  rule: string;
  roll?: boolean;
  calendar: CalendarData;
}

/** The same with what happened since. */
export interface ClockInput extends DueDateInput {
  /** Each begins to count where the period before it ends. */
  extensions?: readonly string[];
  /** In any order; days named twice are left out once. At most {@link MOST_EXCLUSIONS}, each at most ten years. */
  excluded?: readonly Exclusion[];
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

/** Where counting stands: the day reached and the lines written so far. */
class Counting {
  readonly proof: ProofDay[];
  provisional = false;
  excludedDays = 0;
  stopped: Clock['stopped'] = null;

  constructor(
    public date: CalendarDate,
    readonly calendar: CalendarData,
    readonly excluded: readonly Exclusion[],
  ) {
    this.proof = [{ date, kind: 'start-excluded', counted: null }];
  }

  /** One period on from the day reached; gives up where the clock stands. */
  count(rule: ReturnType<typeof parseRule>): void {
    if (rule.unit === 'WD') this.#working(rule.count);
    else if (rule.unit === 'D') this.#natural(rule.count);
    else this.#months(rule.count, rule.unit === 'M' ? 1 : 12);
  }

  /** Working days: every day after the start is looked up and listed. */
  #working(count: number): void {
    for (let counted = 0; counted < count; ) {
      if (!this.#next(count - counted, 'WD')) {
        if (this.stopped) return;
        continue;
      }
      const status = this.#status();
      if (isWorked(status)) counted += 1;
      this.proof.push(lineOf(this.date, status, isWorked(status) ? counted : null));
    }
  }

  /** Natural days: each day, or for long periods each month's last day with the count reached, and the last day. */
  #natural(count: number): void {
    for (let counted = 0; counted < count; ) {
      if (!this.#next(count - counted, 'D')) {
        if (this.stopped) return;
        continue;
      }
      counted += 1;
      if (count > FULL_PROOF_DAYS && counted < count) {
        const { year, month, day } = partsOf(this.date);
        if (day !== daysInMonth(year, month)) continue;
      }
      this.proof.push({ date: this.date, kind: 'natural-day', counted });
    }
  }

  /**
   * Months and years: the corresponding day of each month or year, the month's last day where there is none. Days that are
   * not counted move the end by as many days.
   */
  #months(count: number, step: number): void {
    const start = this.date;
    const wanted = partsOf(start).day;
    for (let counted = 1; counted <= count; counted += 1) {
      this.date = addMonths(start, counted * step); // always from the start, so that 31 January gives 31 March
      const clamped = partsOf(this.date).day !== wanted;
      this.proof.push({ date: this.date, kind: clamped ? 'month-end-clamped' : 'natural-day', counted });
    }
    const end = this.date;
    if (!this.excluded.some((e) => e.from <= end && (e.to === null || e.to > start))) return;
    this.date = start;
    const days = diffDays(start, end);
    for (let counted = 0; counted < days; ) {
      if (this.#next(days - counted, 'D')) counted += 1;
      else if (this.stopped) return;
    }
    if (this.date !== end) this.proof.push({ date: this.date, kind: 'shifted', counted: count });
  }

  /** Goes to the next day. False where that day is not counted, or where the clock stands. */
  #next(left: number, unit: 'WD' | 'D'): boolean {
    const date = addDays(this.date, 1);
    const out = this.excluded.find((e) => e.from <= date && (e.to === null || date <= e.to));
    if (out?.to === null) {
      this.stopped = { since: date, left, unit };
      this.proof.push({ date, kind: 'stopped', name: out.reason, counted: null });
      return false;
    }
    this.date = date;
    if (!out) return true;
    this.excludedDays += 1;
    const last = this.proof.at(-1);
    if (last?.kind === 'excluded' && last.name === out.reason && last.to === addDays(date, -1))
      last.to = date;
    else this.proof.push({ date, to: date, kind: 'excluded', name: out.reason, counted: null });
    return false;
  }

  #status(): DayStatus {
    const status = dayStatus(this.date, this.calendar);
    this.provisional ||= status.provisional;
    return status;
  }

  /** Moves a last day off to the next working day that counts; the lines name why the days before it do not do. */
  roll(): CalendarDate | undefined {
    const from = this.date;
    let status = this.#status();
    if (isWorked(status)) return undefined;
    this.proof.push(lineOf(from, status, null));
    for (;;) {
      if (!this.#next(0, 'D')) {
        if (this.stopped) return from;
        continue;
      }
      status = this.#status();
      if (isWorked(status)) break;
      this.proof.push(lineOf(this.date, status, null));
    }
    const name = status.name === undefined ? {} : { name: status.name };
    this.proof.push({ date: this.date, kind: 'rolled', ...name, counted: null });
    return from;
  }
}

const isWorked = (status: DayStatus) => status.kind === 'workday' || status.kind === 'make-up-workday';

function lineOf(date: CalendarDate, status: DayStatus, counted: number | null): ProofDay {
  return status.name === undefined
    ? { date, kind: status.kind, counted }
    : { date, kind: status.kind, name: status.name, counted };
}

function checkExcluded(excluded: readonly Exclusion[]): void {
  if (excluded.length > MOST_EXCLUSIONS)
    throw new CalendarError('calendar_exclusions', { count: excluded.length, limit: MOST_EXCLUSIONS });
  for (const { from, to } of excluded) {
    parseDate(from);
    if (to === null) continue;
    const days = diffDays(from, parseDate(to)) + 1;
    if (days < 1 || days > RULE_LIMITS.D) throw new CalendarError('calendar_exclusion', { from, to });
  }
}

/**
 * The last day of a period with its extensions, days that the law does not count left out. The start day is not counted.
 * Working days follow the notices; days, months and years are natural, and only with `roll` does a last day off move to the
 * next working day. `provisional` is set when the status of a day was needed that a notice still to come may change.
 * Throws {@link CalendarError} for a bad date, rule or exclusion.
 */
export function clock({
  from,
  rule,
  roll = false,
  calendar,
  extensions = [],
  excluded = [],
}: ClockInput): Clock {
  parseDate(from);
  checkExcluded(excluded);
  const periods = [rule, ...extensions].map(parseRule);
  // Of days named twice, those with an end come first: an open one stops the clock only where nothing else holds.
  const counting = new Counting(
    from,
    calendar,
    [...excluded].sort((a, b) => Number(a.to === null) - Number(b.to === null)),
  );
  for (const [i, period] of periods.entries()) {
    if (counting.stopped) break;
    if (i > 0)
      counting.proof.push({ date: counting.date, kind: 'extended', name: period.rule, counted: null });
    counting.count(period);
  }
  const rolledFrom = roll && !counting.stopped && periods.at(-1)?.unit !== 'WD' ? counting.roll() : undefined;
  return {
    from,
    rule: periods[0]!.rule,
    extensions: periods.slice(1).map((p) => p.rule),
    due: counting.stopped ? null : counting.date,
    stopped: counting.stopped,
    excludedDays: counting.excludedDays,
    provisional: counting.provisional,
    ...(rolledFrom !== undefined && { rolledFrom }),
    calendar: calendar.version,
    proof: counting.proof,
  };
}

/** The last day of a period that nothing stopped or extended, as {@link clock} counts it. Throws {@link CalendarError}. */
export function dueDate(input: DueDateInput): DueDate {
  const { from, rule, due, provisional, rolledFrom, calendar, proof } = clock(input);
  if (due === null) throw new Error('a period without exclusions ends');
  return { from, rule, due, provisional, ...(rolledFrom !== undefined && { rolledFrom }), calendar, proof };
}
