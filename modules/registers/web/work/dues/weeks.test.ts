import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import fc from '#kernel/testing/property';
import { byWeek, mondayOf } from './weeks.ts';

const at = (on: string, days: number) => ({ due: { on, days } });

describe('weeks of what is due', () => {
  it('puts what is over first and together, then one group for each week', () => {
    // Today is Wednesday, 2019-07-03.
    const weeks = byWeek([
      at('2018-12-31', -184),
      at('2019-07-02', -1),
      at('2019-07-03', 0),
      at('2019-07-07', 4),
      at('2019-07-08', 5),
      at('2019-08-01', 29),
    ]);
    expect(weeks.map((w) => [w.key, w.to, w.ahead, w.entries.length])).toEqual([
      ['past', null, -1, 2],
      ['2019-07-01', '2019-07-07', 0, 2],
      ['2019-07-08', '2019-07-14', 1, 1],
      ['2019-07-29', '2019-08-04', 4, 1],
    ]);
  });
  it('begins on the Monday at or before any day', () => {
    expect(mondayOf('2019-06-30')).toBe('2019-06-24');
    expect(mondayOf('2019-07-01')).toBe('2019-07-01');
    expect(mondayOf('1969-12-31')).toBe('1969-12-29');
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (n) => {
        const day = addDays('1970-01-01', n);
        const monday = mondayOf(day);
        expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(monday <= day && day <= addDays(monday, 6)).toBe(true);
      }),
    );
  });
  it('keeps every entry, in order', () => {
    const entries = [0, 3, 3, 8, 40].map((days) => at(addDays('2019-07-03', days), days));
    expect(byWeek(entries).flatMap((w) => w.entries)).toEqual(entries);
  });
});
