import type { CalendarDate } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Lang } from '#kernel/text';
import type { calendarDue, legalLimits } from '../contract.ts';

/** A procedure with its limits. */
export type Procedure = EndpointResponse<typeof legalLimits>['procedures'][number];
/** A limit that a law sets. */
export type Limit = Procedure['limits'][number];
/** A due date with its proof. */
export type Due = EndpointResponse<typeof calendarDue>;

/** The day of the week, as people call it. */
export function weekdayOf(date: CalendarDate, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}
