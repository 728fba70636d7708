import { addDays } from '#kernel/calendar/date';
import type { CalendarData, CalendarYear } from '#kernel/calendar/workdays';

/** `name:MM-DD..MM-DD` days off, `name+MM-DD` worked; a leading year belongs to the year before. */
export function notice(year: number, facts: string): CalendarYear {
  const full = (text: string) => (text.length === 5 ? `${year}-${text}` : text);
  const out: CalendarYear = {
    notice: `国务院办公厅关于${year}年部分节假日安排的通知`,
    holidays: {},
    workdays: {},
  };
  for (const fact of facts.split(/\s+/)) {
    const [, name = '', sign, rest = ''] = /^(\p{sc=Han}+)([:+])(.+)$/u.exec(fact) ?? [];
    if (sign === '+') {
      for (const date of rest.split(',')) out.workdays[full(date)] = name;
    } else {
      const [first = '', last = first] = rest.split('..').map(full);
      for (let date = first; date <= last; date = addDays(date, 1)) out.holidays[date] = name;
    }
  }
  return out;
}

/** The notices as published for the years that the vectors need. */
export const calendar: CalendarData = {
  source: 'State Council notices',
  version: 'test-1',
  years: {
    2017: notice(
      2017,
      '元旦:01-01..01-02 春节:01-27..02-02 春节+01-22,02-04 清明节:04-02..04-04 清明节+04-01 劳动节:05-01 端午节:05-28..05-30 端午节+05-27 国庆节:10-01..10-08 国庆节+09-30',
    ),
    2018: notice(
      2018,
      '元旦:01-01 春节:02-15..02-21 春节+02-11,02-24 清明节:04-05..04-07 清明节+04-08 劳动节:04-29..05-01 劳动节+04-28 端午节:06-18 中秋节:09-24 国庆节:10-01..10-07 国庆节+09-29,09-30',
    ),
    2019: notice(
      2019,
      '元旦:2018-12-30..01-01 元旦+2018-12-29 春节:02-04..02-10 春节+02-02,02-03 清明节:04-05 劳动节:05-01..05-04 劳动节+04-28,05-05 端午节:06-07 中秋节:09-13 国庆节:10-01..10-07 国庆节+09-29,10-12',
    ),
    2020: notice(
      2020,
      '元旦:01-01 春节:01-24..02-02 春节+01-19,02-03 清明节:04-04..04-06 劳动节:05-01..05-05 劳动节+04-26,05-09 端午节:06-25..06-27 端午节+06-28 国庆节:10-01..10-08 国庆节+09-27,10-10',
    ),
    2021: { notice: null, holidays: {}, workdays: {} },
  },
};
