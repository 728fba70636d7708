import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calendar, notice } from '#kernel/testing/notices';
import fc from '#kernel/testing/property';
import { calendarProblems } from './check.ts';
import { addDays, addMonths, type CalendarDate, diffDays, fromEpochDay, toEpochDay } from './date.ts';
import { dueDate } from './due.ts';
import { CalendarError } from './errors.ts';
import { type CalendarData, countWorkingDays, dayStatus, isWorkingDay } from './workdays.ts';

const due = (from: CalendarDate, rule: string, roll = false) => dueDate({ from, rule, roll, calendar });

describe('due dates', () => {
  it('counts five working days over the National Day of 2017, make-up Saturday included', () => {
    const result = due('2017-09-28', '5WD');
    expect(result).toMatchObject({
      from: '2017-09-28',
      rule: '5WD',
      due: '2017-10-11',
      provisional: false,
      calendar: 'test-1',
    });
    expect(result).not.toHaveProperty('rolledFrom');
    expect(result.proof).toEqual([
      { date: '2017-09-28', kind: 'start-excluded', counted: null },
      { date: '2017-09-29', kind: 'workday', counted: 1 },
      { date: '2017-09-30', kind: 'make-up-workday', name: '国庆节', counted: 2 },
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((d) => ({
        date: `2017-10-0${d}`,
        kind: 'holiday',
        name: '国庆节',
        counted: null,
      })),
      { date: '2017-10-09', kind: 'workday', counted: 3 },
      { date: '2017-10-10', kind: 'workday', counted: 4 },
      { date: '2017-10-11', kind: 'workday', counted: 5 },
    ]);
  });

  it('follows the amended notice of 2019', () => {
    expect(due('2019-04-26', '5WD').due).toBe('2019-05-06');
  });

  it('counts months to the corresponding day and rolls a day off', () => {
    expect(due('2017-07-01', '3M')).toMatchObject({ due: '2017-10-01', provisional: false });
    const rolled = due('2017-07-01', '3M', true);
    expect(rolled).toMatchObject({ due: '2017-10-09', rolledFrom: '2017-10-01', provisional: false });
    expect(rolled.proof.slice(0, 5)).toEqual([
      { date: '2017-07-01', kind: 'start-excluded', counted: null },
      { date: '2017-08-01', kind: 'natural-day', counted: 1 },
      { date: '2017-09-01', kind: 'natural-day', counted: 2 },
      { date: '2017-10-01', kind: 'natural-day', counted: 3 },
      { date: '2017-10-01', kind: 'holiday', name: '国庆节', counted: null },
    ]);
    expect(rolled.proof.at(-1)).toEqual({ date: '2017-10-09', kind: 'rolled', counted: null });
    expect(rolled.proof).toHaveLength(4 + 8 + 1);
  });

  it('clamps to the month end and rolls a Saturday', () => {
    expect(due('2019-10-31', '4M').due).toBe('2020-02-29');
    const rolled = due('2019-10-31', '4M', true);
    expect(rolled).toMatchObject({ due: '2020-03-02', rolledFrom: '2020-02-29' });
    expect(rolled.proof.map((p) => `${p.date} ${p.kind} ${p.counted}`)).toEqual([
      '2019-10-31 start-excluded null',
      '2019-11-30 month-end-clamped 1',
      '2019-12-31 natural-day 2',
      '2020-01-31 natural-day 3',
      '2020-02-29 month-end-clamped 4',
      '2020-02-29 weekend null',
      '2020-03-01 weekend null',
      '2020-03-02 rolled null',
    ]);
  });

  it('rolls onto a worked Saturday and says so', () => {
    expect(due('2018-04-07', '21D', true)).toMatchObject({ due: '2018-04-28' });
    expect(due('2017-01-21', '10D', true).due).toBe('2017-02-03');
    const toMakeUp = dueDate({ from: '2018-02-10', rule: '13D', roll: true, calendar });
    expect(toMakeUp).toMatchObject({ due: '2018-02-23' });
    expect(toMakeUp).not.toHaveProperty('rolledFrom');
    expect(due('2017-04-30', '1D', true)).toMatchObject({ due: '2017-05-02', rolledFrom: '2017-05-01' });
    const made = dueDate({
      from: '2020-01-01',
      rule: '1D',
      roll: true,
      calendar: {
        source: 't',
        version: 't',
        years: { 2020: notice(2020, '元旦:01-01..01-03 元旦+01-04') },
      },
    });
    expect(made.proof.at(-1)).toEqual({ date: '2020-01-04', kind: 'rolled', name: '元旦', counted: null });
  });

  it('counts natural days and years', () => {
    expect(due('2017-09-28', '15D').due).toBe('2017-10-13');
    expect(due('2017-09-28', '15D').proof).toHaveLength(16);
    expect(due('2016-02-29', '1Y').proof).toEqual([
      { date: '2016-02-29', kind: 'start-excluded', counted: null },
      { date: '2017-02-28', kind: 'month-end-clamped', counted: 1 },
    ]);
    expect(due('2016-02-29', '4Y').due).toBe('2020-02-29');
  });

  it('lists every day up to 400 and month ends beyond, always checkable by hand', () => {
    expect(due('2017-01-01', '400D').proof).toHaveLength(401);
    const long = due('2017-01-01', '1000D');
    expect(long.due).toBe('2019-09-28');
    expect(long.proof.length).toBeLessThan(40);
    for (const { date, counted } of long.proof.slice(1)) expect(diffDays('2017-01-01', date)).toBe(counted);
    expect(long.proof.at(-1)).toEqual({ date: '2019-09-28', kind: 'natural-day', counted: 1000 });
  });

  it('takes an ordinary weekday that a notice names as worked for a plain workday', () => {
    expect(dayStatus('2020-02-03', calendar)).toEqual({ kind: 'workday', provisional: false });
    expect(dayStatus('2020-02-02', calendar)).toMatchObject({ kind: 'holiday', name: '春节' });
  });

  it("applies a notice's days in the year before it", () => {
    expect(dayStatus('2018-12-29', calendar)).toEqual({
      kind: 'make-up-workday',
      name: '元旦',
      provisional: false,
    });
    expect(due('2018-12-28', '2WD').due).toBe('2019-01-02');
  });
});

describe('years without a notice', () => {
  it('makes a due date provisional as soon as such a day is looked up', () => {
    expect(due('2020-12-21', '4WD').provisional).toBe(false);
    expect(due('2020-12-24', '10WD')).toMatchObject({ due: '2021-01-07', provisional: true });
    expect(due('2021-09-28', '5WD').provisional).toBe(true); // known to the data, but no notice yet
    expect(due('2030-01-01', '1WD').provisional).toBe(true); // not known at all
    expect(due('2016-12-30', '1WD').provisional).toBe(true); // before the data
  });

  it('holds the last days of December open until the next notice, which may reach back', () => {
    expect(due('2020-12-25', '1WD').provisional).toBe(false);
    expect(due('2020-12-28', '1WD')).toMatchObject({ due: '2020-12-29', provisional: true });
    expect(due('2018-12-28', '1WD').provisional).toBe(false);
  });

  it('needs no notice for natural days unless the last day may roll', () => {
    expect(due('2030-01-01', '15D').provisional).toBe(false);
    expect(due('2030-01-01', '15D', true).provisional).toBe(true);
    expect(due('2020-06-01', '1Y', true).provisional).toBe(true);
    expect(due('2019-06-03', '1Y', true).provisional).toBe(false);
  });

  it('becomes final when the notice is loaded', () => {
    const later: CalendarData = {
      ...calendar,
      version: 'test-2',
      years: { ...calendar.years, 2021: notice(2021, '元旦:01-01..01-03 春节:02-11..02-17') },
    };
    const result = dueDate({ from: '2020-12-24', rule: '10WD', calendar: later });
    expect(result).toMatchObject({ due: '2021-01-08', provisional: false, calendar: 'test-2' });
  });
});

describe('bad input', () => {
  it.each(['', '5', 'WD', '0WD', '-5WD', '5.5D', '5W', '5 WD', '5WDD', '1e3D', '５WD', '99999999999D'])(
    'refuses the rule %j',
    (rule) => {
      expect(() => due('2017-01-03', rule)).toThrow(
        expect.objectContaining({ code: 'calendar_rule', status: 400 }),
      );
    },
  );

  it.each(['1001WD', '3661D', '121M', '11Y'])('refuses %s as too long', (rule) => {
    expect(() => due('2017-01-03', rule)).toThrow(expect.objectContaining({ code: 'calendar_rule_limit' }));
  });

  it('takes the longest periods and lower case', () => {
    expect(due('2017-01-03', '1000WD').proof.filter((p) => p.counted !== null)).toHaveLength(1000);
    expect(due('2017-01-03', '3660D').due).toBe('2027-01-11');
    expect(due('2017-01-03', '120M').due).toBe(due('2017-01-03', '10Y').due);
    expect(due('2017-09-28', '05wd')).toMatchObject({ rule: '5WD', due: '2017-10-11' });
  });

  it.each(['2017-02-29', '2017.09.28', 'today', ''])('refuses the start %j', (from) => {
    expect(() => due(from, '5WD')).toThrow(CalendarError);
  });

  it('refuses to count beyond 9999', () => {
    expect(() => due('9999-12-30', '5WD')).toThrow(expect.objectContaining({ code: 'calendar_range' }));
    expect(() => due('9999-12-30', '1M')).toThrow(expect.objectContaining({ code: 'calendar_range' }));
  });
});

describe('properties of counting', () => {
  const start = fc
    .integer({ min: toEpochDay('2016-12-01'), max: toEpochDay('2021-03-01') })
    .map(fromEpochDay);
  const unit = fc.constantFrom('WD', 'D', 'M', 'Y');
  const n = fc.integer({ min: 1, max: 10 });

  it('is due on a working day, after exactly n of them', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 300 }), (from, count) => {
        const result = due(from, `${count}WD`);
        expect(isWorkingDay(result.due, calendar)).toBe(true);
        expect(countWorkingDays(addDays(from, 1), result.due, calendar)).toBe(count);
        expect(result.proof.map((p) => p.date)).toEqual(
          Array.from({ length: diffDays(from, result.due) + 1 }, (_, i) => addDays(from, i)),
        );
        expect(result.proof.filter((p) => p.counted !== null).map((p) => p.counted)).toEqual(
          Array.from({ length: count }, (_, i) => i + 1),
        );
      }),
    );
  });

  it('never becomes earlier with a longer period or a later start', () => {
    fc.assert(
      fc.property(
        start,
        unit,
        n,
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        (from, u, count, later, roll) => {
          const base = due(from, `${count}${u}`, roll).due;
          if (count < 10) expect(due(from, `${count + 1}${u}`, roll).due >= base).toBe(true);
          expect(due(addDays(from, later), `${count}${u}`, roll).due >= base).toBe(true);
          expect(base > from).toBe(true);
        },
      ),
    );
  });

  it('never becomes earlier when a holiday is added, nor later when a make-up day is', () => {
    fc.assert(
      fc.property(start, unit, n, fc.integer({ min: 1, max: 40 }), (from, u, count, offset) => {
        const date = addDays(from, offset);
        const extra = (part: 'holidays' | 'workdays'): CalendarData => ({
          ...calendar,
          years: {
            ...calendar.years,
            9000: { notice: 'amendment', holidays: {}, workdays: {}, [part]: { [date]: '补充' } },
          },
        });
        const rule = `${count}${u}`;
        const base = due(from, rule, true).due;
        const more = dueDate({ from, rule, roll: true, calendar: extra('holidays') }).due;
        const fewer = dueDate({ from, rule, roll: true, calendar: extra('workdays') }).due;
        expect(more >= base).toBe(true);
        expect(fewer <= base).toBe(true);
      }),
    );
  });

  it('rolls to the first working day at or after the last day', () => {
    fc.assert(
      fc.property(start, fc.constantFrom('D', 'M', 'Y'), n, (from, u, count) => {
        const plain = due(from, `${count}${u}`);
        const rolled = due(from, `${count}${u}`, true);
        expect(isWorkingDay(rolled.due, calendar)).toBe(true);
        expect(rolled.rolledFrom ?? rolled.due).toBe(plain.due);
        for (let date = plain.due; date < rolled.due; date = addDays(date, 1)) {
          expect(isWorkingDay(date, calendar)).toBe(false);
        }
        if (u === 'M') expect(plain.due).toBe(addMonths(from, count));
      }),
    );
  });
});

describe('calendar data', () => {
  it('finds no fault in the notices used here', () => {
    expect(calendarProblems(calendar)).toEqual([]);
  });

  it('names every fault with its place', () => {
    const faulty: CalendarData = {
      source: 't',
      version: 't',
      years: {
        '17': { notice: null, holidays: {}, workdays: {} },
        '2017': {
          notice: 'n',
          holidays: {
            '2017-02-30': '春节',
            '2018-01-01': '元旦',
            '2017-10-01': '国庆节',
            '2016-12-31': '元旦',
          },
          workdays: { '2017-10-01': '国庆节', '2016-12-01': '元旦' },
        },
        '2018': { notice: null, holidays: { '2018-01-01': '元旦' }, workdays: {} },
        '2019': { notice: 'n', holidays: {}, workdays: {} },
      },
    };
    expect(calendarProblems(faulty).map((p) => p.path)).toEqual([
      'years.17',
      'years.2017.holidays.2017-02-30',
      'years.2017.holidays.2018-01-01',
      'years.2017.workdays.2017-10-01',
      'years.2017.workdays.2016-12-01',
      'years.2018.notice',
      'years.2019.holidays',
    ]);
  });
});

const real = new URL('../../../shared/data/calendar/holiday-cn/', import.meta.url);

describe.skipIf(!existsSync(real))(
  'the notices of 2007 to 2026 (skipped without ../shared/data/calendar)',
  () => {
    interface Notice {
      year: number;
      papers: string[];
      days: { name: string; date: string; isOffDay: boolean }[];
    }
    const load = (): CalendarData => {
      const years: CalendarData['years'] = {};
      for (const file of readdirSync(real).filter((name) => /^\d{4}\.json$/.test(name))) {
        const data = JSON.parse(readFileSync(new URL(file, real), 'utf8')) as Notice;
        const pick = (off: boolean) =>
          Object.fromEntries(data.days.filter((d) => d.isOffDay === off).map((d) => [d.date, d.name]));
        years[data.year] = { notice: data.papers[0] ?? null, holidays: pick(true), workdays: pick(false) };
      }
      return { source: 'holiday-cn', version: 'real', years };
    };

    it('have no fault and give the known number of working days per year', () => {
      const data = load();
      expect(calendarProblems(data)).toEqual([]);
      const counts = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026].map((year) =>
        countWorkingDays(`${year}-01-01`, `${year}-12-31`, data),
      );
      expect(counts).toEqual([250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248]);
    });

    it('give the same due dates as the notices written out here', () => {
      const data = load();
      for (let date = '2017-01-01'; date < '2020-12-01'; date = addDays(date, 1)) {
        expect(dayStatus(date, data).kind, date).toBe(dayStatus(date, calendar).kind);
      }
      expect(dueDate({ from: '2017-09-28', rule: '5WD', calendar: data })).toMatchObject({
        due: '2017-10-11',
        provisional: false,
      });
      expect(dueDate({ from: '2026-12-31', rule: '1WD', calendar: data }).provisional).toBe(true);
    });
  },
);
