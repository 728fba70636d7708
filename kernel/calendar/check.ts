import type { Text } from '#kernel/text';
import { addDays, isCalendarDate, yearEnd, yearStart } from './date.ts';
import type { CalendarData } from './workdays.ts';

/** A fault of calendar data: where (path inside the data), what, and how to mend it. */
export interface CalendarProblem extends Text {
  path: string;
}

/** How far before 1 January a notice is believed to reach; further is taken for a date under the wrong year. */
const REACH_BACK_DAYS = 7;

/**
 * Checks calendar data before it is used: year keys, dates that exist and stand under their year, no day that is both
 * off and worked, no days without a notice, no notice without days. Returns every problem; none means usable.
 */
export function calendarProblems(calendar: CalendarData): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const add = (path: string, zh: string, en: string) => problems.push({ path, zh, en });
  for (const [year, data] of Object.entries(calendar.years)) {
    if (!/^\d{4}$/.test(year) || year === '0000') {
      add(`years.${year}`, '年份应为四位数字，如 "2017"', 'a year is four digits, as in "2017"');
      continue;
    }
    const first = addDays(yearStart(Number(year)), year === '0001' ? 0 : -REACH_BACK_DAYS);
    const last = yearEnd(Number(year));
    for (const part of ['holidays', 'workdays'] as const) {
      for (const date of Object.keys(data[part])) {
        const path = `years.${year}.${part}.${date}`;
        if (!isCalendarDate(date)) {
          add(path, '日期不存在，请写成 2017-10-01', 'no such day: write it as 2017-10-01');
        } else if (date < first || date > last) {
          add(
            path,
            `日期不属于 ${year} 年的通知，请移到相应年份`,
            `does not belong to the notice for ${year}: move it to its own year`,
          );
        } else if (part === 'workdays' && date in data.holidays) {
          add(
            path,
            '同一天既放假又上班，请对照通知删去其一',
            'is both off and worked: delete one after the notice',
          );
        }
      }
    }
    const days = Object.keys(data.holidays).length + Object.keys(data.workdays).length;
    if (data.notice === null && days > 0) {
      add(
        `years.${year}.notice`,
        '有放假日期却没有通知的出处，请补上',
        'has days but names no notice: add its address or number',
      );
    }
    if (data.notice !== null && Object.keys(data.holidays).length === 0) {
      add(
        `years.${year}.holidays`,
        '有通知却没有放假日期；尚无通知的年份请写 null',
        'names a notice but no days off: write null while there is no notice',
      );
    }
  }
  return problems;
}
