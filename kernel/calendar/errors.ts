import { AppError, defineErrors } from '#kernel/errors';

const defs = {
  calendar_date: {
    status: 400,
    zh: '“{text}”不是有效日期，请写成 2017-09-28 这样的年-月-日',
    en: '"{text}" is not a calendar date: write it as 2017-09-28',
  },
  calendar_range: {
    status: 400,
    zh: '日期超出 0001 年至 9999 年的范围（从 {from} 起算 {step}）',
    en: 'Counting {step} from {from} leaves the years 0001 to 9999',
  },
  calendar_rule: {
    status: 400,
    zh: '期限“{rule}”无法识别，请写成 5WD（工作日）、15D（自然日）、3M（月）或 1Y（年）',
    en: 'The period "{rule}" is not understood: write 5WD (working days), 15D (days), 3M (months) or 1Y (years)',
  },
  calendar_rule_limit: {
    status: 400,
    zh: '期限“{rule}”超出上限 {limit}，请核对数字',
    en: 'The period "{rule}" is longer than the limit of {limit}: check the number',
  },
  calendar_exclusion: {
    status: 400,
    zh: '不计入的期间“{from} 至 {to}”有误：止日应不早于起日，且不超过十年',
    en: 'The time not counted, "{from} to {to}", is wrong: it ends no earlier than it begins, and lasts ten years at most',
  },
  calendar_exclusion_text: {
    status: 400,
    zh: '不计入的期间“{text}”无法识别，请写成 2025-03-01..2025-03-20 公告，仍在继续的不写止日',
    en: 'The time not counted, "{text}", is not understood: write 2025-03-01..2025-03-20 announcement, without a last day while it lasts',
  },
  calendar_exclusions: {
    status: 400,
    zh: '不计入的期间有 {count} 段，最多 {limit} 段，请合并相连的期间',
    en: '{count} times not to be counted, {limit} at most: join those that touch',
  },
} as const;

defineErrors(defs);

/** What can be wrong with a date or a period. */
export type CalendarErrorCode = keyof typeof defs;

/** A date or a period that cannot be counted with. Status 400; `text` says in both languages what to write instead. */
export class CalendarError extends AppError {
  declare readonly code: CalendarErrorCode;
  constructor(code: CalendarErrorCode, params: Record<string, unknown>) {
    super(code, params);
    this.name = 'CalendarError';
  }
}
