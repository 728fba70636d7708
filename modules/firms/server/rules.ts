import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import type { Text } from '#kernel/text';
import { FEATURE_PERIOD, type Feature, type FirmState } from '../contract.ts';

/** The period in which a use is counted: its first day, and the day on which counting begins anew. */
export interface Period {
  from: CalendarDate;
  resetsOn: CalendarDate;
}

/** The period of a feature on a day of Asia/Shanghai; null for what is had at once. */
export function periodOf(feature: Feature, today: CalendarDate): Period | null {
  switch (FEATURE_PERIOD[feature]) {
    case 'month': {
      const from = `${today.slice(0, 7)}-01`;
      return { from, resetsOn: addMonths(from, 1) };
    }
    case 'day':
      return { from: today, resetsOn: addDays(today, 1) };
    default:
      return null;
  }
}

/** The state as it is on a day: an active grant after its last day has expired. */
export function stateOn(
  firm: { state: 'active' | 'suspended' | 'ended'; validUntil: CalendarDate },
  today: CalendarDate,
): FirmState {
  return firm.state === 'active' && firm.validUntil < today ? 'expired' : firm.state;
}

/** What may become of a grant: nothing that was ended comes back. */
export function mayBecome(
  from: 'active' | 'suspended' | 'ended',
  to: 'active' | 'suspended' | 'ended',
): boolean {
  return from !== 'ended' && from !== to;
}

/** Share of a limit from which the people of a firm are told that little is left. */
const TELL_AT = 0.8;

/** Whether a use crosses the mark from which little is left. */
export function crossesMark(limit: number, before: number, after: number): boolean {
  const mark = Math.ceil(limit * TELL_AT);
  return before < mark && after >= mark;
}

/** States in words. */
export const STATE_TEXT: Readonly<Record<FirmState | 'waiting' | 'granted' | 'declined', Text>> = {
  active: { zh: '有效', en: 'active' },
  expired: { zh: '已到期', en: 'expired' },
  suspended: { zh: '已暂停', en: 'suspended' },
  ended: { zh: '已终止', en: 'ended' },
  waiting: { zh: '待处理', en: 'waiting' },
  granted: { zh: '已开通', en: 'granted' },
  declined: { zh: '未通过', en: 'declined' },
};
