import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import fc from '#kernel/testing/property';
import { cityFromCounties } from '../server/domain/aggregate.ts';
import { expectedAt, requiredStageAt } from '../server/domain/expected.ts';
import { forecastAt } from '../server/domain/forecast.ts';
import { lightNumber, lightOfRatio, lightStage, ratioOf, worstOf } from '../server/domain/light.ts';
import { dayOfYear, daysInYear, quarterEnds } from '../server/domain/year.ts';

const years = ['2017', '2018', '2019', '2020'];
const perTenThousand = { years, targets: { '2017': 21, '2018': 24, '2019': 27, '2020': 30 } };
const day = fc.integer({ min: 0, max: 5 * 365 }).map((n) => addDays('2016-06-01', n));

describe('what is expected on a day', () => {
  test('a year end expects the printed target itself', () => {
    for (const [year, target] of Object.entries(perTenThousand.targets))
      expect(expectedAt(perTenThousand, `${year}-12-31`, 'linear')).toMatchObject({ value: target, year });
  });

  test('between two year ends the line is walked by days', () => {
    const half = expectedAt(perTenThousand, '2019-06-30', 'linear');
    expect(half.method).toBe('linear');
    expect(half.value).toBeCloseTo(24 + (3 * 181) / 365, 10);
  });

  test('the first year has only its own target unless a baseline is known', () => {
    expect(expectedAt(perTenThousand, '2017-06-30', 'linear')).toMatchObject({
      value: 21,
      method: 'first-year',
    });
    const since = { years, targets: { '2017': 600 }, baseline: { value: 0 } };
    expect(expectedAt(since, '2017-06-30', 'linear').value).toBeCloseTo((600 * 181) / 365, 10);
  });

  test('nothing before the plan, the last target after it', () => {
    expect(expectedAt(perTenThousand, '2016-12-31', 'linear').value).toBeNull();
    expect(expectedAt(perTenThousand, '2024-05-01', 'linear')).toMatchObject({ value: 30, year: '2020' });
  });

  test('a year with text only falls back on the last number before it', () => {
    const series = { years, targets: { '2017': 3, '2018': null, '2019': null, '2020': null } };
    expect(expectedAt(series, '2019-03-01', 'year-end')).toMatchObject({
      value: 3,
      year: '2017',
      method: 'earlier',
    });
    const late = { years, targets: { '2017': null, '2018': null, '2019': null, '2020': 95 } };
    expect(expectedAt(late, '2019-03-01', 'year-end').value).toBeNull();
  });

  test('a range expects its lower end', () => {
    const series = { years: ['2020'], targets: { '2020': { min: 5, max: 6 } } };
    expect(expectedAt(series, '2020-12-31', 'year-end').value).toBe(5);
  });

  test('rising targets never expect less on a later day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 900 }), (from, n) => {
        const a = expectedAt(perTenThousand, from, 'linear').value ?? 0;
        const b = expectedAt(perTenThousand, addDays(from, n), 'linear').value ?? 0;
        expect(b).toBeGreaterThanOrEqual(a - 1e-9);
      }),
    );
  });
});

describe('which stage is due', () => {
  const milestones = {
    stages: [
      { id: 'design', rank: 1 },
      { id: 'built', rank: 2 },
      { id: 'running', rank: 3 },
    ],
    required: { '2017': 'design', '2018': 'built', '2019': 'running', '2020': 'running' },
  };

  test('the running year is not due before its last day', () => {
    expect(requiredStageAt(milestones, years, '2018-12-30')).toMatchObject({
      id: 'design',
      next: { id: 'built', year: '2018' },
    });
    expect(requiredStageAt(milestones, years, '2018-12-31')).toMatchObject({ id: 'built', year: '2018' });
  });

  test('nothing is due in the first year until it ends, everything after the plan', () => {
    expect(requiredStageAt(milestones, years, '2017-05-01')).toMatchObject({ id: null, rank: 0 });
    expect(requiredStageAt(milestones, years, '2023-01-01')).toMatchObject({ id: 'running', next: null });
  });
});

const words = (light: string) => ({ zh: `${light} {value} {expected} {ratio}`, en: light });
const rule = {
  id: 'r',
  met: 1,
  risk: 0.9,
  text: { zh: '', en: '' },
  reasons: {
    met: words('met'),
    'at-risk': words('at-risk'),
    behind: words('behind'),
    'no-data': words('no-data'),
  },
} as const;
const context = { asOf: '2019-12-31', unit: { zh: '件', en: '' }, decimals: 0 };
const expected = (value: number) => ({ value, target: value, year: '2019', method: 'year-end' as const });

describe('lights', () => {
  test('thresholds belong to the better light', () => {
    expect(lightOfRatio(rule, 1)).toBe('met');
    expect(lightOfRatio(rule, 0.9)).toBe('at-risk');
    expect(lightOfRatio(rule, 0.8999)).toBe('behind');
    expect(lightOfRatio(rule, 0.1 + 0.2 + 0.7)).toBe('met');
  });

  test('more is never a worse light, and where less is better the other way round', () => {
    const order = { behind: 0, 'at-risk': 1, met: 2 };
    fc.assert(
      fc.property(
        fc.float({ min: 1, max: 1000, noNaN: true }),
        fc.float({ min: 0, max: 1000, noNaN: true }),
        fc.float({ min: 0, max: 100, noNaN: true }),
        (goal, value, more) => {
          const light = (v: number, d: 'up' | 'down') =>
            order[lightOfRatio(rule, ratioOf(v, goal, d)) as keyof typeof order];
          expect(light(value + more, 'up')).toBeGreaterThanOrEqual(light(value, 'up'));
          if (value > 0) expect(light(value + more, 'down')).toBeLessThanOrEqual(light(value, 'down'));
        },
      ),
    );
  });

  test('the reason names the figures it rests on', () => {
    const lit = lightNumber(rule, 95, expected(100), 'up', context);
    expect(lit.light).toBe('at-risk');
    expect(lit.reason.zh).toBe('at-risk 95 100 95.0%');
  });

  test('no value or nothing expected gives no light', () => {
    expect(lightNumber(rule, null, expected(1), 'up', context).light).toBe('no-data');
    const nothing = { value: null, target: null, year: null, method: 'none' as const };
    expect(lightNumber(rule, 5, nothing, 'up', context)).toMatchObject({ light: 'no-data', ratio: null });
  });

  test('a stage ahead is met, one short of two is at risk by rank, none reported is no data', () => {
    const due = { id: 'built', rank: 2, year: '2018', next: null };
    const stage = (rank: number) =>
      lightStage({ ...rule, risk: 0.5 }, { label: 'x', rank }, due, (id) => id, context).light;
    expect([stage(3), stage(2), stage(1)]).toEqual(['met', 'met', 'at-risk']);
    expect(lightStage(rule, null, due, (id) => id, context).light).toBe('no-data');
  });

  test('a composite shows its worst part, and no data before met', () => {
    const lit = (light: 'met' | 'behind' | 'no-data') => ({ light, ratio: null, reason: { zh: '', en: '' } });
    expect(worstOf([lit('met'), lit('behind'), lit('no-data')])?.light).toBe('behind');
    expect(worstOf([lit('met'), lit('no-data')])?.light).toBe('no-data');
    expect(worstOf([])).toBeUndefined();
  });
});

describe("the city's value from the counties'", () => {
  const figures = fc.array(
    fc.record({
      region: fc.string(),
      value: fc.integer({ min: 0, max: 1000 }),
      weight: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test('a sum adds and says how many are in it', () => {
    const made = cityFromCounties(
      'sum',
      [
        { region: 'a', value: 2, weight: null },
        { region: 'b', value: 3, weight: null },
      ],
      9,
    );
    expect(made).toEqual({ value: 5, reported: 2, expected: 9 });
  });

  test('a weighted mean lies between the smallest and the largest figure that has a weight', () => {
    fc.assert(
      fc.property(figures, (list) => {
        const made = cityFromCounties('weighted', list, 12);
        const usable = list.filter((f) => f.weight !== null).map((f) => f.value);
        if (usable.length === 0) {
          expect(made).toBeNull();
          return;
        }
        expect(made?.value).toBeGreaterThanOrEqual(Math.min(...usable) - 1e-9);
        expect(made?.value).toBeLessThanOrEqual(Math.max(...usable) + 1e-9);
        expect(made?.reported).toBe(usable.length);
      }),
    );
  });

  test('what cannot be added makes nothing', () => {
    const list = [{ region: 'a', value: 2, weight: 1 }];
    expect(cityFromCounties('latest', list, 1)).toBeNull();
    expect(cityFromCounties('not-addable', list, 1)).toBeNull();
    expect(cityFromCounties('sum', [], 1)).toBeNull();
  });
});

describe('forecast', () => {
  test('carries the pace on; a cumulative figure never falls', () => {
    const rising = forecastAt(
      { date: '2018-06-30', value: 100 },
      { date: '2019-06-30', value: 200 },
      '2019-12-31',
      true,
    );
    expect(rising).toBeCloseTo(200 + (100 / 365) * 184, 8);
    const falling = [
      { date: '2018-06-30', value: 200 },
      { date: '2019-06-30', value: 100 },
    ] as const;
    expect(forecastAt(...falling, '2019-12-31', true)).toBe(100);
    expect(forecastAt(...falling, '2019-12-31', false)).toBeLessThan(100);
  });
});

test('days of years and quarter ends', () => {
  expect([dayOfYear('2020-12-31'), daysInYear('2020'), dayOfYear('2019-01-01'), daysInYear(1900)]).toEqual([
    366, 366, 1, 365,
  ]);
  expect(quarterEnds('2019-03-31', '2019-12-30')).toEqual(['2019-03-31', '2019-06-30', '2019-09-30']);
});
