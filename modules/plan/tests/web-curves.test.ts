import { describe, expect, it } from 'vitest';
import type { IndicatorDetail } from '../contract.ts';
import { curvesOf } from '../web/curves.ts';

const plan = { start: '2017-01-01', end: '2020-12-31', years: ['2017', '2018'] };
const words = {
  target: 'target',
  lower: 'lower',
  upper: 'upper',
  measured: 'measured',
  reported: 'reported',
  asOf: 'as of',
};
const detail = (change: Partial<IndicatorDetail>) =>
  ({
    title: 't',
    unit: '件',
    decimals: 0,
    targets: { '2017': 10, '2018': 20 },
    baseline: null,
    parts: undefined,
    series: [{ part: null, measured: [], reported: [{ date: '2017-06-30', value: 4 }] }],
    ...change,
  }) as IndicatorDetail;

describe('curves', () => {
  it('put targets at the years’ ends and begin at the baseline', () => {
    const [curve] = curvesOf(
      detail({ baseline: { value: 5, at: '2016-12-31', note: '' } }),
      plan,
      '2017-06-30',
      words,
    );
    expect(curve!.model.series[0]!.points).toEqual([
      { x: '2016-12-31', y: 5 },
      { x: '2017-12-31', y: 10 },
      { x: '2018-12-31', y: 20 },
    ]);
    expect(curve!.model.dates!.from).toBe('2016-12-31');
  });
  it('leave out series without a figure', () => {
    const [curve] = curvesOf(detail({}), plan, '2017-06-30', words);
    expect(curve!.model.series.map((s) => s.name)).toEqual(['target', 'reported']);
  });
  it('draw both ends of a range', () => {
    const [curve] = curvesOf(detail({ targets: { '2018': { min: 5, max: 6 } } }), plan, '2017-06-30', words);
    expect(curve!.model.series.slice(0, 2).map((s) => [s.name, s.points[0]!.y])).toEqual([
      ['lower', 5],
      ['upper', 6],
    ]);
  });
  it('draw each part of a composite by itself, measured beside reported', () => {
    const part = { id: 'a', title: 'part a', unit: '家', decimals: 0, targets: { '2017': 2, '2018': 4 } };
    const of = detail({
      kind: 'composite',
      targets: { '2017': null, '2018': null },
      parts: [part] as never,
      series: [
        {
          part: 'a',
          measured: [{ date: '2017-03-31', value: 1 }],
          reported: [{ date: '2017-06-30', value: 2 }],
        },
      ],
    });
    const [curve] = curvesOf(of, plan, '2017-12-31', words);
    expect(curve).toMatchObject({ part: 'a', title: 'part a' });
    expect(curve!.model.series.map((s) => [s.name, s.points.length])).toEqual([
      ['target', 2],
      ['measured', 1],
      ['reported', 1],
    ]);
  });

  it('draw nothing for stages', () => {
    expect(curvesOf(detail({ targets: { '2017': null, '2018': null } }), plan, '2017-06-30', words)).toEqual(
      [],
    );
  });
  it('do not draw the place of a stage as a count', () => {
    const mixed = detail({
      kind: 'milestone',
      targets: { '2017': 3, '2018': null },
      series: [
        {
          part: null,
          measured: [],
          reported: [
            { date: '2017-12-31', value: 3, period: '2017-Y' },
            { date: '2018-12-31', value: 1, period: '2018-Y' },
          ],
        },
      ],
    });
    expect(curvesOf(mixed, plan, '2018-12-31', words)[0]!.model.series[1]!.points).toEqual([
      { x: '2017-12-31', y: 3 },
    ]);
  });
  it('mark the date only where it lies on the axis', () => {
    expect(curvesOf(detail({}), plan, '2026-01-01', words)[0]!.model.mark).toBeUndefined();
    expect(curvesOf(detail({}), plan, '2018-01-01', words)[0]!.model.mark!.x).toBe('2018-01-01');
  });
});
