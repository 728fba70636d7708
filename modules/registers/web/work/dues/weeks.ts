import { addDays, type CalendarDate, dayOfWeek, diffDays } from '#kernel/calendar/date';
import type { DueView } from '../../../contract/entries.ts';

/** What is due in one week, from Monday to Sunday; everything that is over stands in one group of its own. */
export interface DueWeek<T> {
  /** `past`, or the Monday. */
  key: string;
  /** Last day of the week; null for what is over. */
  to: CalendarDate | null;
  /** Weeks from the present one: 0 this week, 1 the next; −1 for what is over. */
  ahead: number;
  entries: T[];
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: CalendarDate): CalendarDate {
  return addDays(day, 1 - dayOfWeek(day));
}

/** Groups entries that are in the order of their days. Days of the week follow the calendar, not the moment of asking. */
export function byWeek<T extends { due: Pick<DueView, 'on' | 'days'> }>(entries: readonly T[]): DueWeek<T>[] {
  const weeks: DueWeek<T>[] = [];
  for (const entry of entries) {
    const { on, days } = entry.due;
    const monday = mondayOf(on);
    const key = days < 0 ? 'past' : monday;
    const last = weeks.at(-1);
    if (last?.key === key) {
      last.entries.push(entry);
      continue;
    }
    const thisMonday = mondayOf(addDays(on, -days));
    weeks.push({
      key,
      to: days < 0 ? null : addDays(monday, 6),
      ahead: days < 0 ? -1 : diffDays(thisMonday, monday) / 7,
      entries: [entry],
    });
  }
  return weeks;
}
