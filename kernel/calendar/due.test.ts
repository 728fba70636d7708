import { describe, expect, it } from 'vitest';
import { calendar } from '#kernel/testing/notices';
import fc from '#kernel/testing/property';
import { addDays, addMonths, type CalendarDate, diffDays, fromEpochDay, toEpochDay } from './date.ts';
import { type ClockInput, clock, dueDate, type Exclusion, parseRule } from './due.ts';
import { CalendarError } from './errors.ts';
import { readExclusions, writeExclusions } from './exclusions.ts';
import { isWorkingDay } from './workdays.ts';

const run = (from: CalendarDate, rule: string, more: Partial<ClockInput> = {}) =>
  clock({ from, rule, calendar, ...more });

describe('days that are not counted', () => {
  it('are left out of working days and stand in the proof with their reason', () => {
    const excluded = [{ from: '2017-10-09', to: '2017-10-10', reason: '鉴定' }];
    const found = run('2017-09-28', '5WD', { excluded });
    expect(found).toMatchObject({ due: '2017-10-13', excludedDays: 2, stopped: null });
    expect(found.proof.filter((day) => day.kind === 'excluded')).toEqual([
      { date: '2017-10-09', to: '2017-10-10', kind: 'excluded', name: '鉴定', counted: null },
    ]);
  });

  it('move the end of months by as many days, and only those that lie within', () => {
    const excluded = [{ from: '2017-06-20', to: '2017-07-10', reason: '公告' }];
    const found = run('2017-07-01', '3M', { excluded, roll: true });
    // Nine days of July: 1 October becomes 10 October.
    expect(found).toMatchObject({ due: '2017-10-10', excludedDays: 9 });
    expect(found.proof.map((day) => `${day.date} ${day.kind} ${day.counted}`)).toEqual([
      '2017-07-01 start-excluded null',
      '2017-08-01 natural-day 1',
      '2017-09-01 natural-day 2',
      '2017-10-01 natural-day 3',
      '2017-07-02 excluded null',
      '2017-10-10 shifted 3',
    ]);
  });

  it('reach days that only come within because others moved the end', () => {
    const excluded = [
      { from: '2017-07-11', to: '2017-07-20', reason: '公告' },
      { from: '2017-10-05', to: '2017-10-06', reason: '鉴定' },
    ];
    expect(run('2017-07-01', '3M', { excluded }).due).toBe('2017-10-13');
  });

  it('stop the clock where they have no end, and tell what is left', () => {
    const excluded = [{ from: '2019-05-06', to: null, reason: '中止' }];
    const found = run('2019-04-26', '5WD', { excluded });
    // 28 April, 29 and 30 April were worked; 5 May is a worked Sunday.
    expect(found).toMatchObject({ due: null, stopped: { since: '2019-05-06', left: 1, unit: 'WD' } });
    expect(found.proof.at(-1)).toMatchObject({ date: '2019-05-06', kind: 'stopped', name: '中止' });
    expect(run('2019-04-26', '4WD', { excluded }).due).toBe('2019-05-05');
    expect(run('2019-04-26', '1M', { excluded }).stopped).toMatchObject({ left: 21, unit: 'D' });
  });
});

describe('an extension', () => {
  it('begins where the period ends, and the proof says so', () => {
    const found = run('2020-01-20', '5WD', { extensions: ['5WD'] });
    expect(found).toMatchObject({ due: dueDate({ from: '2020-01-20', rule: '10WD', calendar }).due });
    expect(found.proof.find((day) => day.kind === 'extended')).toMatchObject({ name: '5WD' });
    expect(run('2017-07-01', '3M', { extensions: ['1m'], roll: true })).toMatchObject({
      due: '2017-11-01',
      extensions: ['1M'],
    });
  });

  it('of another kind is counted in its own', () => {
    expect(run('2017-09-01', '1M', { extensions: ['15D'] }).due).toBe('2017-10-16');
  });
});

describe('times that are not counted, as an address carries them', () => {
  it('are read as they were written', () => {
    const reason = fc.string({ unit: fc.constantFrom('中', '止', 'a', ' ', ';', '；'), maxLength: 12 });
    const day = fc.integer({ min: 0, max: 20_000 }).map(fromEpochDay);
    const time = fc.record({ from: day, to: fc.option(day), reason });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 5 }), (times) => {
        const tidy = times.map((one) => ({ ...one, reason: one.reason.replace(/[;；\s]+/g, ' ').trim() }));
        expect(readExclusions(writeExclusions(times))).toEqual(tidy);
      }),
    );
  });

  it.each(['2025-03-06', '2025-03-06 .. x', '..2025-03-06', 'soon..'])('%j is refused', (text) => {
    expect(() => readExclusions(text)).toThrow(expect.objectContaining({ code: 'calendar_exclusion_text' }));
  });
});

describe('bad input', () => {
  it.each([
    [[{ from: '2019-05-06', to: '2019-05-05', reason: '中止' }], 'calendar_exclusion'],
    [[{ from: '2000-01-01', to: '2019-05-05', reason: '中止' }], 'calendar_exclusion'],
    [[{ from: '2019-02-30', to: null, reason: '中止' }], 'calendar_date'],
    [Array.from({ length: 51 }, () => ({ from: '2019-05-06', to: null, reason: '' })), 'calendar_exclusions'],
  ])('%j is refused: %s', (excluded, code) => {
    expect(() => run('2019-04-26', '5WD', { excluded })).toThrow(expect.objectContaining({ code }));
  });

  it('refuses an extension that is no period', () => {
    expect(() => run('2019-04-26', '5WD', { extensions: ['soon'] })).toThrow(CalendarError);
  });
});

describe('a clock and a count by hand', () => {
  const day = (from: string, to: string) =>
    fc.integer({ min: toEpochDay(from), max: toEpochDay(to) }).map(fromEpochDay);
  const start = day('2016-12-01', '2020-03-01');
  const rule = fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom('WD', 'D', 'M'))
    .map(([n, unit]) => `${n}${unit}`);
  const exclusion = fc
    .tuple(day('2016-12-01', '2020-10-01'), fc.integer({ min: 0, max: 60 }), fc.boolean())
    .map(
      ([from, days, open]): Exclusion => ({
        from,
        to: open && days > 50 ? null : addDays(from, days),
        reason: `${days}`,
      }),
    );

  /** Day after day, as a clerk would with a calendar and a pencil. Null: never reached. */
  function byHand(from: CalendarDate, rules: string[], excluded: Exclusion[]): CalendarDate | null {
    let date = from;
    for (const { count, unit } of rules.map(parseRule)) {
      let left = unit === 'M' ? diffDays(date, addMonths(date, count)) : count;
      while (left > 0) {
        date = addDays(date, 1);
        const closed = excluded.some((e) => e.to !== null && e.from <= date && date <= e.to);
        if (!closed && excluded.some((e) => e.to === null && e.from <= date)) return null;
        if (!closed && (unit !== 'WD' || isWorkingDay(date, calendar))) left -= 1;
      }
    }
    return date;
  }

  it('never disagree', () => {
    fc.assert(
      fc.property(
        start,
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        fc.array(exclusion, { maxLength: 4 }),
        (from, rules, excluded) => {
          const [first = '', ...extensions] = rules;
          const found = run(from, first, { extensions, excluded });
          expect(found.due).toBe(byHand(from, rules, excluded));
          expect(found.due === null).toBe(found.stopped !== null);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('agree on how many days were left out, and on which', () => {
    fc.assert(
      fc.property(start, rule, fc.array(exclusion, { maxLength: 4 }), (from, period, excluded) => {
        const { due, excludedDays, proof } = run(from, period, { excluded });
        fc.pre(due !== null);
        const listed = proof
          .filter((line) => line.kind === 'excluded')
          .reduce((sum, line) => sum + diffDays(line.date, line.to ?? line.date) + 1, 0);
        expect(listed).toBe(excludedDays);
        const { unit, count } = parseRule(period);
        if (unit === 'M')
          expect(diffDays(from, due!) - excludedDays).toBe(diffDays(from, addMonths(from, count)));
      }),
    );
  });

  it('roll to a working day that is not left out', () => {
    fc.assert(
      fc.property(start, rule, fc.array(exclusion, { maxLength: 4 }), (from, period, excluded) => {
        const { due } = run(from, period, { excluded, roll: true });
        fc.pre(due !== null && !period.endsWith('WD'));
        expect(isWorkingDay(due!, calendar)).toBe(true);
        expect(excluded.some((e) => e.from <= due! && (e.to === null || due! <= e.to))).toBe(false);
      }),
    );
  });
});
