import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { findCycles } from './check-succession.ts';
import { isCalendarDate } from './schema-basics.ts';
import { editDistance, nearest } from './suggest.ts';
import { firstDay, lastDay, periodAt, periodsOverlap, shiftDay } from './timeline.ts';

const word = fc.string({ maxLength: 8 });
const day = fc.integer({ min: 0, max: 60 }).map((days) => shiftDay('2020-02-01', days));
const period = fc
  .tuple(fc.option(day), fc.option(day))
  .filter(([from, to]) => from === null || to === null || from <= to)
  .map(([from, to]) => ({ from, to }));

describe('edit distance', () => {
  it('counts insertions, deletions, changes and swaps', () => {
    expect(editDistance('', '')).toBe(0);
    expect(editDistance('decimal', 'decimals')).toBe(1);
    expect(editDistance('runing', 'running')).toBe(1);
    expect(editDistance('creatoin', 'creation')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is symmetric, zero only for the same word, and bounded by the longer word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs([...a].length - [...b].length));
      }),
    );
  });

  it('suggests only what is near', () => {
    expect(nearest('targts', ['targets', 'title', 'task'])).toBe('targets');
    expect(nearest('Targets', ['targets'])).toBe('targets');
    expect(nearest('banana', ['targets', 'title'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});

describe('calendar dates', () => {
  it('exist or do not', () => {
    for (const good of ['2020-02-29', '2000-02-29', '2017-12-31']) expect(isCalendarDate(good)).toBe(true);
    for (const bad of ['2019-02-29', '1900-02-29', '2017-13-01', '2017-00-10', '2017-1-1', '20170101', '']) {
      expect(isCalendarDate(bad), bad).toBe(false);
    }
  });

  it('are shifted by days over months and leap days', () => {
    expect(shiftDay('2020-02-28', 1)).toBe('2020-02-29');
    expect(shiftDay('2019-12-31', 1)).toBe('2020-01-01');
    fc.assert(
      fc.property(day, fc.integer({ min: -500, max: 500 }), (at, n) => {
        expect(shiftDay(shiftDay(at, n), -n)).toBe(at);
      }),
    );
  });
});

describe('periods', () => {
  it('overlap exactly when some day lies in both', () => {
    const days = Array.from({ length: 63 }, (_, i) => shiftDay('2020-01-31', i));
    const holds = (p: { from: string | null; to: string | null }, at: string) =>
      (p.from === null || p.from <= at) && (p.to === null || at <= p.to);
    fc.assert(
      fc.property(period, period, (a, b) => {
        expect(periodsOverlap(a, b)).toBe(days.some((at) => holds(a, at) && holds(b, at)));
      }),
    );
  });

  it('have a first and last day', () => {
    const list = [
      { from: '2020-01-01', to: '2020-06-30' },
      { from: '2020-07-01', to: null },
    ];
    expect(firstDay(list)).toBe('2020-01-01');
    expect(lastDay(list)).toBeNull();
    expect(periodAt(list, '2020-06-30')).toBe(list[0]);
    expect(periodAt(list, '2030-01-01')).toBe(list[1]);
    expect(periodAt(list, '2000-01-01')).toBe(list[0]);
    expect(periodAt([], '2000-01-01')).toBeNull();
  });
});

describe('circles', () => {
  it('are found once each and begin where they end', () => {
    const graph: Record<string, string[]> = {
      a: ['b'],
      b: ['c'],
      c: ['a'],
      d: ['a'],
      e: ['f'],
      f: [],
      g: ['g'],
    };
    expect(findCycles(Object.keys(graph), (id) => graph[id] ?? [])).toEqual([['a', 'b', 'c', 'a']]);
  });

  it('are found in a graph exactly when one exists', () => {
    const links = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(links, (edges) => {
        const ids = ['0', '1', '2', '3', '4', '5'];
        const next = (id: string) =>
          edges.filter(([a, b]) => String(a) === id && a !== b).map(([, b]) => String(b));
        // Kahn: what remains after taking away all that nothing points to has a circle.
        let left = ids;
        for (;;) {
          const kept = left.filter((id) => left.some((other) => next(other).includes(id)));
          if (kept.length === left.length) break;
          left = kept;
        }
        expect(findCycles(ids, next).length > 0).toBe(left.length > 0);
      }),
    );
  });
});
