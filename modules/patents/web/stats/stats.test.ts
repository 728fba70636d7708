import { expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { cityDay, incompleteFrom, listChart, partialSince, trendChart } from './models.ts';

const words = { unit: '件', series: '专利文献' };
const value = (v: string, count: number) => ({ value: v, label: null, count });

test('the day is that of the city, not of the computer', () => {
  expect(cityDay(new Date('2019-12-31T17:00:00Z'))).toBe('2020-01-01');
});

test('a year is incomplete from the one in which the day 18 months ago lies', () => {
  expect(incompleteFrom('2020-06-30')).toBe('2018');
  expect(incompleteFrom('2020-07-01')).toBe('2019');
  expect(incompleteFrom('2020-01-31')).toBe('2018');
  expect(partialSince('filingYear', '2020-06-30')).toBe('2018');
  expect(partialSince('year', '2020-06-30')).toBe('2020');
});

test('a trend has no gaps, hatches what may grow, and counts what has no date apart', () => {
  const trend = trendChart([value('2019', 3), value('2016', 5), value('0', 2)], '2018', words)!;
  expect(trend.undated).toBe(2);
  expect(trend.partial).toBe(true);
  expect(trend.model.series[0]?.points).toEqual([
    { x: '2016', y: 5 },
    { x: '2017', y: 0 },
    { x: '2018', y: 0, partial: true },
    { x: '2019', y: 3, partial: true },
  ]);
  expect(trendChart([value('0', 2)], '2018', words)).toBeNull();
});

test('a complete list loses nothing: what is not drawn is in the last bar', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 });
  fc.assert(
    fc.property(counts, (list) => {
      const values = list.map((count, i) => ({ label: `v${i % 30}`, count }));
      const { model } = listChart(values, words, '其他', false);
      const sum = (points: readonly { y: number | null }[]) => points.reduce((s, p) => s + (p.y ?? 0), 0);
      expect(sum(model.series[0]!.points)).toBe(list.reduce((s, n) => s + n, 0));
    }),
  );
});
