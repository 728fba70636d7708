import { addDays, type CalendarDate } from '#kernel/calendar/date';

/** What is asked of a version here: its number and the first day on which it holds. */
interface Dated {
  version: number;
  from: CalendarDate;
}

/** Where a version stands on a day; `never`: later versions took all its days. */
export type Standing = 'holds' | 'coming' | 'past' | 'never';

/** The days on which a version decides. */
export interface Period {
  /** Null: the platform's own version, where it is left with days before its own beginning alone. */
  from: CalendarDate | null;
  /** Last day; null: open. */
  until: CalendarDate | null;
  standing: Standing;
}

/**
 * On which days each of some versions decides, newest version first as the server lists them. A day is decided by the newest
 * version that had begun, so an older version ends before the earliest beginning among all newer ones; the platform's own
 * (version 0) also decides every day before all others.
 */
export function periodsOf(versions: readonly Dated[], today: CalendarDate): Map<number, Period> {
  const periods = new Map<number, Period>();
  let end: CalendarDate | null = null;
  for (const { version, from } of versions) {
    const own = version === 0;
    const empty: boolean = end !== null && end <= from;
    const until: CalendarDate | null = end === null ? null : addDays(end, -1);
    const begun = own || from <= today;
    const standing: Standing =
      empty && !own
        ? 'never'
        : begun && (until === null || today <= until)
          ? 'holds'
          : begun
            ? 'past'
            : 'coming';
    periods.set(version, { from: own && empty ? null : from, until, standing });
    if (end === null || from < end) end = from;
  }
  return periods;
}

/** The version that decides a day. The list is never empty: the platform's own stands last. */
export function holdingOn<V extends Dated>(versions: readonly V[], day: CalendarDate): V {
  return versions.find((one) => one.from <= day) ?? versions.at(-1)!;
}

/** Versions that would decide no day any more if another began on a day. */
export function displacedBy<V extends Dated>(
  versions: readonly V[],
  from: CalendarDate,
  today: CalendarDate,
): V[] {
  const now = periodsOf(versions, today);
  return versions.filter(
    (one) => one.version !== 0 && now.get(one.version)!.standing !== 'never' && from <= one.from,
  );
}
