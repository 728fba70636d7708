import { describe, expect, it } from 'vitest';
import type { FieldView } from '../../../contract/declarations.ts';
import { type Breakdown, chartOf, decimalsOf, heightOf, waysOf } from './parts.ts';

const field = (key: string, part: Partial<FieldView> = {}) =>
  ({ key, label: `L ${key}`, internal: false, ...part }) as FieldView;

const breakdown = (by: string, rows: Breakdown['rows']): Breakdown => ({
  by,
  rows,
  on: '2019-06-30',
  known: null,
  figure: {
    id: 'count',
    measure: 'registers.spaces.count',
    title: 'Spaces',
    unit: '家',
    rule: '',
    indicators: [],
    value: 1,
    facts: 1,
    note: null,
  },
});

describe('ways to take a figure apart', () => {
  it('are time, region, industry and the open facets, each once', () => {
    const ways = waysOf({
      fields: [field('county'), field('trade'), field('level'), field('mark', { internal: true })],
      facets: ['county', 'level', 'mark', 'gone'],
      regionField: 'county',
      industryField: 'trade',
    });
    expect(ways).toEqual([
      { by: 'quarter', label: null },
      { by: 'region', label: null },
      { by: 'industry', label: null },
      { by: 'level', label: 'L level' },
    ]);
  });
  it('leave out what the register does not have', () => {
    expect(waysOf({ fields: [], facets: [], regionField: null, industryField: null })).toEqual([
      { by: 'quarter', label: null },
    ]);
  });
});

describe('digits of a chart', () => {
  it('are as few as say everything, and two at most', () => {
    expect(decimalsOf([1, null, 2000])).toBe(0);
    expect(decimalsOf([1, 2.5])).toBe(1);
    expect(decimalsOf([0.1 + 0.2])).toBe(1);
    expect(decimalsOf([1.25, 7.123])).toBe(2);
    expect(decimalsOf([])).toBe(0);
  });
});

describe('the chart of a figure', () => {
  it('is a line over the quarters up to the day', () => {
    const model = chartOf(
      breakdown('quarter', [
        { key: '2019-03-31', label: '2019-03-31', value: 3 },
        { key: '2019-06-30', label: '2019-06-30', value: null },
      ]),
    );
    expect(model.kind).toBe('line');
    expect(model.dates).toEqual({ from: '2019-03-31', to: '2019-06-30' });
    expect(model.series[0]?.points).toEqual([
      { x: '2019-03-31', y: 3 },
      { x: '2019-06-30', y: null },
    ]);
  });
  it('has lying bars where names are long or many, and keeps parts of one name apart', () => {
    const short = chartOf(breakdown('region', [{ key: 'a', label: '东县', value: 1 }]));
    expect([short.kind, short.lying]).toEqual(['bar', false]);
    const long = chartOf(
      breakdown('industry', [
        { key: 'a', label: '新能源和新能源汽车', value: 1 },
        { key: 'b', label: '新能源和新能源汽车', value: 2 },
      ]),
    );
    expect(long.lying).toBe(true);
    expect(new Set(long.series[0]?.points.map((p) => p.x)).size).toBe(2);
    expect(heightOf(long)).toBeLessThan(heightOf(short));
  });
});
