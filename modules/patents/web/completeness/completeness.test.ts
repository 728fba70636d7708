import { expect, test } from 'vitest';
import { matrixOf, SHARES, sharesBy, sharesCsv, type YearRow } from './shape.ts';

const none = Object.fromEntries(SHARES.map((f) => [f, 0])) as Record<(typeof SHARES)[number], number>;
const row = (country: string, year: number, kind: string, records: number, abstract = 0): YearRow => ({
  ...none,
  country,
  year,
  kind,
  records,
  abstract,
});

test('years by offices and by kinds add up', () => {
  const rows = [
    row('CN', 2019, 'A', 3),
    row('CN', 2019, 'B', 2),
    row('EP', 2018, 'A1', 1),
    row('CN', 0, 'U', 4),
  ];
  expect(matrixOf(rows, 'country')).toEqual({
    columns: ['CN', 'EP'],
    rest: false,
    rows: [
      { year: 2019, total: 5, cells: [5, 0] },
      { year: 2018, total: 1, cells: [0, 1] },
      { year: 0, total: 4, cells: [4, 0] },
    ],
    totals: [9, 1],
    total: 10,
  });
  expect(matrixOf(rows, 'kind').columns).toEqual(['U', 'A', 'B', 'A1']);
});

test('of many offices the rare ones go together', () => {
  const rows = Array.from({ length: 20 }, (_, i) =>
    row(`C${String.fromCharCode(65 + i)}`, 2019, 'A', 100 - i),
  );
  const { columns, rest, rows: years, total } = matrixOf(rows, 'country');
  expect([columns.length, rest, years[0]!.cells.length]).toEqual([11, true, 12]);
  expect(years[0]!.cells.at(-1)).toBe(89 + 88 + 87 + 86 + 85 + 84 + 83 + 82 + 81);
  expect(years[0]!.total).toBe(total);
});

test('shares are weighted by records', () => {
  const rows = [row('CN', 2019, 'A', 3, 1), row('CN', 2019, 'B', 1, 0), row('CN', 2018, 'A', 2, 0.5)];
  expect(sharesBy(rows, 'year').map((r) => [r.name, r.records, r.abstract])).toEqual([
    ['2019', 4, 0.75],
    ['2018', 2, 0.5],
  ]);
  expect(sharesBy(rows, 'kind').map((r) => [r.name, r.abstract])).toEqual([
    ['A', 0.8],
    ['B', 0],
  ]);
  expect(sharesCsv(['x', ...SHARES], [{ ...none, abstract: 0.9565, cells: ['CN'] }])).toContain(
    'CN,95.7,0,0',
  );
});
