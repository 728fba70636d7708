import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dateOf,
  dayOfWeek,
  daysInMonth,
  diffDays,
  excelSerialToDate,
  fromEpochDay,
  isCalendarDate,
  isWeekend,
  looseDateMessage,
  monthEnd,
  parseDate,
  parseLooseDate,
  partsOf,
  shanghaiToday,
  toEpochDay,
  yearEnd,
  yearOf,
  yearStart,
} from './date.ts';
import { CalendarError } from './errors.ts';

const FIRST = -719_162; // 0001-01-01
const LAST = 2_932_896; // 9999-12-31
const anyDate = fc.integer({ min: FIRST, max: LAST }).map(fromEpochDay);
const modernDate = fc.integer({ min: -30_000, max: 60_000 }).map(fromEpochDay);

describe('calendar dates', () => {
  it('takes only YYYY-MM-DD of a day that exists', () => {
    for (const good of ['2017-09-28', '2000-02-29', '0001-01-01', '9999-12-31', '2024-02-29']) {
      expect(isCalendarDate(good), good).toBe(true);
      expect(parseDate(good)).toBe(good);
    }
    for (const bad of [
      '2017-9-28',
      '2017-02-29',
      '1900-02-29',
      '2017-13-01',
      '2017-00-10',
      '2017-04-31',
      '0000-01-01',
      '20170928',
      ' 2017-09-28',
      '2017-09-28\n',
      '２０１７-09-28',
      '',
    ]) {
      expect(isCalendarDate(bad), bad).toBe(false);
      expect(() => parseDate(bad), bad).toThrow(CalendarError);
    }
  });

  it('says what is wrong in both languages and is a client error', () => {
    try {
      parseDate('2017-02-30');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CalendarError);
      const e = error as CalendarError;
      expect(e.code).toBe('calendar_date');
      expect(e.status).toBe(400);
      expect(e.text.zh).toContain('2017-02-30');
      expect(e.text.en).toContain('2017-02-30');
    }
  });

  it('agrees with the platform calendar on every day from 1890 to 2110', () => {
    const wrong: string[] = [];
    for (let n = toEpochDay('1890-01-01'); n <= toEpochDay('2110-12-31'); n += 1) {
      const platform = new Date(n * 86_400_000);
      const date = fromEpochDay(n);
      const same = date === platform.toISOString().slice(0, 10) && toEpochDay(date) === n;
      if (!same || dayOfWeek(date) !== (platform.getUTCDay() || 7)) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('converts to epoch days and back, in order', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(fromEpochDay(toEpochDay(a))).toBe(a);
        expect(addDays(a, diffDays(a, b))).toBe(b);
        expect(Math.sign(diffDays(b, a))).toBe(compareDates(a, b));
        expect(dateOf(partsOf(a).year, partsOf(a).month, partsOf(a).day)).toBe(a);
      }),
    );
    expect(toEpochDay('1970-01-01')).toBe(0);
    expect(toEpochDay('0001-01-01')).toBe(FIRST);
    expect(toEpochDay('9999-12-31')).toBe(LAST);
  });

  it('refuses to leave the years 0001 to 9999', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(CalendarError);
    expect(() => addDays('0001-01-01', -1)).toThrow(CalendarError);
    expect(() => addMonths('9999-12-31', 1)).toThrow(CalendarError);
    expect(() => addMonths('0001-01-31', -1)).toThrow(CalendarError);
    expect(() => addDays('2020-01-01', 0.5)).toThrow(CalendarError);
    expect(() => addDays('2020-01-01', Number.NaN)).toThrow(CalendarError);
  });

  it('adds months and clamps to the month end', () => {
    expect(addMonths('2019-10-31', 4)).toBe('2020-02-29');
    expect(addMonths('2019-01-31', 1)).toBe('2019-02-28');
    expect(addMonths('2017-07-01', 3)).toBe('2017-10-01');
    expect(addMonths('2017-12-15', 1)).toBe('2018-01-15');
    expect(addMonths('2018-01-15', -1)).toBe('2017-12-15');
    expect(addMonths('2020-03-31', -1)).toBe('2020-02-29');
    expect(addYears('2020-02-29', 1)).toBe('2021-02-28');
    expect(addYears('2020-02-29', 4)).toBe('2024-02-29');
    fc.assert(
      fc.property(modernDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const there = partsOf(addMonths(date, months));
        const here = partsOf(date);
        expect(there.year * 12 + there.month).toBe(here.year * 12 + here.month + months);
        expect(there.day).toBe(Math.min(here.day, daysInMonth(there.year, there.month)));
      }),
    );
  });

  it('knows weekdays, years and month ends', () => {
    expect(dayOfWeek('2017-09-30')).toBe(6);
    expect(isWeekend('2017-09-30')).toBe(true);
    expect(isWeekend('2017-10-09')).toBe(false);
    expect(yearStart(2017)).toBe('2017-01-01');
    expect(yearEnd('2017-06-30')).toBe('2017-12-31');
    expect(monthEnd('2020-02-03')).toBe('2020-02-29');
    expect(yearOf('2020-02-03')).toBe(2020);
  });

  it('gives the Shanghai day of an instant', () => {
    expect(shanghaiToday(new Date('2019-06-29T15:59:59.999Z'))).toBe('2019-06-29');
    expect(shanghaiToday(new Date('2019-06-29T16:00:00.000Z'))).toBe('2019-06-30');
    expect(shanghaiToday(new Date('2020-12-31T23:00:00+08:00'))).toBe('2020-12-31');
  });

  it('does not depend on the zone of the machine', () => {
    const program = `
      const d = await import(${JSON.stringify(new URL('./date.ts', import.meta.url).href)});
      console.log(JSON.stringify([
        new Date('2019-06-29T12:00:00Z').getTimezoneOffset(),
        d.shanghaiToday(new Date('2019-06-29T16:00:00Z')), d.addDays('2017-03-11', 1), d.addMonths('2019-10-31', 4),
        d.dayOfWeek('2026-10-10'), d.excelSerialToDate(41276), d.parseLooseDate('2013.01.02'),
      ]))`;
    const run = (TZ: string) =>
      JSON.parse(
        execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
          env: { ...process.env, TZ },
          encoding: 'utf8',
        }),
      ) as unknown[];
    const [west, east] = [run('America/New_York'), run('Pacific/Kiritimati')];
    expect([west[0], east[0]]).toEqual([240, -840]);
    expect(west.slice(1)).toEqual(east.slice(1));
    expect(west.slice(1)).toEqual([
      '2019-06-30',
      '2017-03-12',
      '2020-02-29',
      6,
      { ok: true, date: '2013-01-02' },
      { ok: true, date: '2013-01-02' },
    ]);
  }, 20_000);
});

describe('dates as people and exports write them', () => {
  it.each([
    '2013.01.02',
    '2013-1-2',
    '2013/01/02',
    '2013/1/2',
    '20130102',
    '2013年1月2日',
    '2013年01月02日',
    '２０１３．０１．０２',
    '２０１３年１月２日',
    '2013－01－02',
    ' 2013 年 1 月 2 日 ',
    '2013. 1. 2',
    '2013—01—02',
    '2013-01-02 00:00:00',
    '2013-01-02T08:30',
    '2013/1/2 13:05:59.123',
    '2013年1月2日 08:30',
    '2013年1月2号',
  ])('reads %s', (text) => {
    expect(parseLooseDate(text)).toEqual({ ok: true, date: '2013-01-02' });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['2013', 'incomplete'],
    ['2013-01', 'incomplete'],
    ['201301', 'incomplete'],
    ['2013年1月', 'incomplete'],
    ['2013-02-29', 'no-such-day'],
    ['20131301', 'no-such-day'],
    ['2013.00.10', 'no-such-day'],
    ['2013年4月31日', 'no-such-day'],
    ['02/01/2013', 'year-not-first'],
    ['29.12.2005', 'year-not-first'],
    ['13-1-2', 'year-not-first'],
    ['1301-01-02', 'year-out-of-range'],
    ['99991231', 'year-out-of-range'],
    ['2013-01-02T16:00:00Z', 'time-zone'],
    ['2013-01-02 16:00:00 +08:00', 'time-zone'],
    ['41276', 'serial-number'],
    ['41276.5', 'serial-number'],
    ['2013.01-02', 'unrecognised'],
    ['2013--01-02', 'unrecognised'],
    ['不详', 'unrecognised'],
    ['2013-01-02abc', 'unrecognised'],
    ['-2013-01-02', 'unrecognised'],
    ['201301021', 'unrecognised'],
    ['1'.repeat(5000), 'unrecognised'],
  ])('refuses %s as %s', (text, reason) => {
    expect(parseLooseDate(text)).toEqual({ ok: false, reason });
  });

  it('reads day first only when told so', () => {
    expect(parseLooseDate('29.12.2005', { dayFirst: true })).toEqual({ ok: true, date: '2005-12-29' });
    expect(parseLooseDate('2005-12-29', { dayFirst: true })).toEqual({ ok: true, date: '2005-12-29' });
    expect(parseLooseDate('29.12.05', { dayFirst: true })).toEqual({ ok: false, reason: 'year-not-first' });
  });

  it('reads every form of every day back, and never invents one', () => {
    const day = fc
      .integer({ min: toEpochDay('1800-01-01'), max: toEpochDay('2199-12-31') })
      .map(fromEpochDay);
    fc.assert(
      fc.property(day, (date) => {
        const { year, month, day } = partsOf(date);
        const wide = date.replaceAll(/\d/g, (d) => String.fromCodePoint(d.codePointAt(0)! + 0xfee0));
        for (const text of [
          date,
          date.replaceAll('-', '.'),
          date.replaceAll('-', ''),
          `${year}/${month}/${day}`,
          `${year}年${month}月${day}日`,
          wide,
        ]) {
          expect(parseLooseDate(text)).toEqual({ ok: true, date });
        }
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-/年月日 TZ:') }), (text) => {
        const result = parseLooseDate(text);
        if (result.ok) expect(isCalendarDate(result.date)).toBe(true);
        else expect(looseDateMessage(result.reason).zh).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('turns spreadsheet serial numbers into dates', () => {
    expect(excelSerialToDate(1)).toEqual({ ok: true, date: '1900-01-01' });
    expect(excelSerialToDate(59)).toEqual({ ok: true, date: '1900-02-28' });
    expect(excelSerialToDate(60)).toEqual({ ok: false, reason: 'no-such-day' });
    expect(excelSerialToDate(61)).toEqual({ ok: true, date: '1900-03-01' });
    expect(excelSerialToDate(41276)).toEqual({ ok: true, date: '2013-01-02' });
    expect(excelSerialToDate(41276.75)).toEqual({ ok: true, date: '2013-01-02' });
    expect(excelSerialToDate(2_958_465)).toEqual({ ok: true, date: '9999-12-31' });
    for (const bad of [0, -1, 2_958_466, 1e300]) {
      expect(excelSerialToDate(bad)).toEqual({ ok: false, reason: 'serial-out-of-range' });
    }
    expect(excelSerialToDate(Number.NaN)).toEqual({ ok: false, reason: 'unrecognised' });
    expect(excelSerialToDate(0, { date1904: true })).toEqual({ ok: true, date: '1904-01-01' });
    expect(excelSerialToDate(39_814, { date1904: true })).toEqual({ ok: true, date: '2013-01-02' });
    expect(excelSerialToDate(2_957_003, { date1904: true })).toEqual({ ok: true, date: '9999-12-31' });
    expect(excelSerialToDate(2_957_004, { date1904: true }).ok).toBe(false);
  });
});
