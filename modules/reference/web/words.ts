import type { CalendarDate } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Lang } from '#kernel/text';
import type { calendarDue, legalLimits } from '../contract.ts';
import type { useText } from './text.ts';

/** A procedure with its limits. */
export type Procedure = EndpointResponse<typeof legalLimits>['procedures'][number];
/** A limit that a law sets. */
export type Limit = Procedure['limits'][number];
/** A due date with its proof. */
export type Due = EndpointResponse<typeof calendarDue>;

/** A period in words: `5WD` is 5 个工作日. */
export function ruleWords(t: ReturnType<typeof useText>, rule: string): string {
  const m = /^(\d+)(WD|D|M|Y)$/i.exec(rule);
  return m ? t(`unit.${m[2]!.toUpperCase() as 'WD' | 'D' | 'M' | 'Y'}`, { count: Number(m[1]) }) : rule;
}

/** The day of the week, as people call it. */
export function weekdayOf(date: CalendarDate, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}
