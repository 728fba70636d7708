import type { CalendarDate } from '#kernel/calendar/date';
import { matterError } from './errors.ts';

/**
 * The day that counts for a step: today, or one that an office names for what happened before it was entered. Throws
 * `matters_future`, `matters_past`.
 */
export function dayOf(named: CalendarDate | undefined, today: CalendarDate, office: boolean): CalendarDate {
  const on = named ?? today;
  if (on > today) throw matterError('matters_future', { on, today });
  if (on < today && !office) throw matterError('matters_past');
  return on;
}
