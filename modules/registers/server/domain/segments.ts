import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import type { Register } from '#kernel/city/schema-register';

/** Content from a day on; the first segment of an entry has no day. */
export interface Segment {
  fromDay: CalendarDate | null;
  data: Record<string, unknown>;
}

/** The days on which a segment holds, both included; null is open. `validTo` before `validFrom` means on no day. */
export interface Span {
  validFrom: CalendarDate | null;
  validTo: CalendarDate | null;
}

/** The days that the content itself claims. */
export function claimedSpan(
  validity: DeepReadonly<Register>['validity'],
  data: Record<string, unknown>,
): Span {
  const from = day(data[validity.from]);
  const to = validity.to === undefined ? null : day(data[validity.to]);
  if (to !== null || from === null || validity.months === undefined) return { validFrom: from, validTo: to };
  return { validFrom: from, validTo: addDays(addMonths(from, validity.months), -1) };
}

/**
 * On which days each segment holds: what its content claims, from its own first day until the next segment begins or the
 * entry ended (`endedOn` is the first day on which it no longer holds).
 */
export function spansOf(
  validity: DeepReadonly<Register>['validity'],
  segments: readonly Segment[],
  endedOn: CalendarDate | null,
): Span[] {
  return segments.map(({ fromDay, data }, i) => {
    const claimed = claimedSpan(validity, data);
    const next = segments[i + 1]?.fromDay ?? null;
    return {
      validFrom: later(claimed.validFrom, fromDay),
      validTo: earlier(
        claimed.validTo,
        next === null ? null : addDays(next, -1),
        endedOn === null ? null : addDays(endedOn, -1),
      ),
    };
  });
}

/** Replaces one segment's content: it was recorded wrongly. Throws a RangeError for a segment that does not exist. */
export function corrected(
  segments: readonly Segment[],
  index: number,
  data: Record<string, unknown>,
): Segment[] {
  const old = segments[index];
  if (!old) throw new RangeError(`no segment ${index}`);
  return segments.map((s, i) => (i === index ? { fromDay: old.fromDay, data } : s));
}

/**
 * Lets other content hold from a day on. What held before goes on to hold until the day before; a segment that began on
 * the same day is replaced; later segments stay as they are.
 */
export function changedFrom(
  segments: readonly Segment[],
  from: CalendarDate,
  data: Record<string, unknown>,
): Segment[] {
  const before = segments.filter((s) => s.fromDay === null || s.fromDay < from);
  const after = segments.filter((s) => s.fromDay !== null && s.fromDay > from);
  return [...before, { fromDay: from, data }, ...after];
}

function day(value: unknown): CalendarDate | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function later(...days: (CalendarDate | null)[]): CalendarDate | null {
  return days.reduce((a, b) => (a === null ? b : b === null || a >= b ? a : b), null);
}

function earlier(...days: (CalendarDate | null)[]): CalendarDate | null {
  return days.reduce((a, b) => (a === null ? b : b === null || a <= b ? a : b), null);
}
