import { describe, expect, test } from 'vitest';
import { addDays, addYears, fromEpochDay } from '#kernel/calendar/date';
import fc from '#kernel/testing/property';
import type { Criterion, ValueScheme } from '../contract.ts';
import { decide, highValue, yuanOf } from '../server/value/criteria.ts';
import { DEFAULT_RULE_SET, DEFAULT_SCHEME } from '../server/value/defaults.ts';
import type { ValueFacts } from '../server/value/facts.ts';
import { feesDue, termOf } from '../server/value/law.ts';
import { renewedYears, spread } from '../server/value/quality.ts';
import { computedOf, pointsOf, scoresOf } from '../server/value/score.ts';

const facts = (more: Partial<ValueFacts> = {}): ValueFacts => ({
  number: 'CN100000001B',
  title: '一种织机',
  country: 'CN',
  type: 'invention',
  granted: true,
  legalStatus: 'in-force',
  legalStatusDate: null,
  filingDate: '2010-05-10',
  grantDate: '2013-03-01',
  publicationDate: '2013-03-01',
  applicationNumber: 'CN201010123456.7',
  ipc: ['D03D47/00'],
  claims: 8,
  offices: 1,
  citations: [],
  forwardCites: 0,
  events: [],
  members: [],
  unknownMembers: [],
  ...more,
});

describe('terms', () => {
  test('follow the law of the day of filing', () => {
    expect(termOf('invention', '2021-06-01')).toMatchObject({
      endsOn: '2041-06-01',
      source: { verified: true },
    });
    expect(termOf('utility', '2015-02-28')).toMatchObject({
      endsOn: '2025-02-28',
      source: { verified: false },
    });
    expect(termOf('design', '2021-05-31')?.years).toBe(10);
    expect(termOf('design', '2021-06-01')?.years).toBe(15);
    expect(termOf('invention', '1992-12-31')).toBeNull();
    expect(termOf('other', '2020-01-01')).toBeNull();
  });
});

describe('fees', () => {
  test('the year of the grant is paid with it; the next year’s is due before it begins', () => {
    const due = (day: string) =>
      feesDue('invention', '2010-05-10', '2013-03-01', day).map(
        (f) => `${f.year} ${f.dueOn} ${f.yuan} ${f.state}`,
      );
    expect(due('2013-03-02')).toEqual(['4 2013-05-09 1200 coming']);
    expect(due('2013-05-09')).toEqual(['4 2013-05-09 1200 coming']);
    expect(due('2013-05-10')).toEqual(['4 2013-05-09 1200 grace', '5 2014-05-09 1200 coming']);
    expect(due('2013-11-09')).toEqual(['4 2013-05-09 1200 grace', '5 2014-05-09 1200 coming']);
    expect(due('2013-11-10')).toEqual(['5 2014-05-09 1200 coming']);
    expect(due('2029-12-01')).toEqual([]);
  });

  test('at most one comes up and one is in its grace, whatever the days', () => {
    const type = fc.constantFrom('invention', 'utility', 'design');
    const filed = fc.integer({ min: 9000, max: 19_000 }).map(fromEpochDay);
    fc.assert(
      fc.property(type, filed, fc.nat(2000), fc.nat(9000), (kind, day, lag, later) => {
        const granted = addDays(day, lag);
        const asked = addDays(granted, later);
        const due = feesDue(kind as 'invention', day, granted, asked);
        const coming = due.filter((f) => f.state === 'coming');
        expect(coming.length).toBeLessThanOrEqual(1);
        expect(due.length - coming.length).toBeLessThanOrEqual(1);
        for (const fee of due) {
          expect(fee.dueOn < fee.graceUntil).toBe(true);
          expect(addDays(fee.dueOn, 1)).toBe(addYears(day, fee.year - 1));
          expect(
            fee.state === 'coming' ? asked <= fee.dueOn : asked > fee.dueOn && asked <= fee.graceUntil,
          ).toBe(true);
        }
        // While the right may still be kept, the next fee is always named.
        const term = termOf(kind as 'invention', day)!;
        if (asked < addYears(day, term.years - 1)) expect(coming).toHaveLength(1);
      }),
    );
  });
});

describe('criteria of high value', () => {
  const says = (criterion: Criterion, one: ValueFacts, awards = new Map()) =>
    decide(criterion, one, { day: '2021-01-01', lang: 'zh', awards });
  const of = (kind: Criterion['kind'], more: object = {}) =>
    ({ ...DEFAULT_RULE_SET.criteria.find((c) => c.kind === kind)!, ...more }) as Criterion;
  const member = { number: 'US10000001B2', country: 'US', granted: true, legalStatus: 'in-force' as const };

  test('an industry is told by a table of symbols, at any level; without one nobody can say', () => {
    expect(says(of('industry'), facts()).holds).toBeNull();
    expect(says(of('industry', { classes: ['D03D'] }), facts())).toMatchObject({
      holds: true,
      evidence: [{ text: 'D03D' }],
    });
    expect(says(of('industry', { classes: ['D03D47/00'] }), facts()).holds).toBe(true);
    expect(says(of('industry', { classes: ['D03D49/00', 'H01M'] }), facts()).holds).toBe(false);
  });

  test('a family member abroad counts when it is granted and in force', () => {
    expect(says(of('overseas'), facts({ members: [member] }))).toMatchObject({
      holds: true,
      evidence: [{ number: 'US10000001B2' }],
    });
    const no = [
      { ...member, granted: false },
      { ...member, legalStatus: 'lapsed' as const },
      { ...member, country: 'CN' },
    ];
    for (const one of no) expect(says(of('overseas'), facts({ members: [one] })).holds).toBe(false);
    expect(
      says(of('overseas'), facts({ members: [{ ...member, legalStatus: 'unknown' }] })).holds,
    ).toBeNull();
    expect(says(of('overseas'), facts({ unknownMembers: ['EP3000001B1'] })).holds).toBeNull();
    expect(says(of('overseas'), facts({ unknownMembers: ['CN100000001A'] })).holds).toBe(false);
  });

  test('more than ten years means more, from the day that the set names', () => {
    const ten = (filingDate: string) => says(of('maintained'), facts({ filingDate })).holds;
    expect([ten('2010-12-31'), ten('2011-01-01'), ten('2011-01-02')]).toEqual([true, false, false]);
    expect(says(of('maintained', { from: 'grant' }), facts()).holds).toBe(false);
    expect(says(of('maintained'), facts({ legalStatus: 'lapsed' })).holds).toBe(false);
    expect(says(of('maintained'), facts({ legalStatus: 'unknown' })).holds).toBeNull();
  });

  test('a pledge needs a threshold and an amount', () => {
    const pledge = (amount: string) =>
      facts({
        events: [
          {
            date: '2019-01-01',
            office: 'CN',
            code: '',
            text: '质押登记',
            kind: 'pledge',
            detail: { 质押金额: amount },
          },
        ],
      });
    expect(says(of('pledge'), pledge('500万元')).holds).toBeNull();
    const least = of('pledge', { least: 5_000_000 });
    expect([says(least, pledge('500万元')).holds, says(least, pledge('499.9万元')).holds]).toEqual([
      true,
      false,
    ]);
    expect(says(least, pledge('')).holds).toBeNull();
    expect(says(least, facts()).holds).toBe(false);
  });

  test('an award is one that the register names', () => {
    const award = { register: 'patent-awards', no: 'ZL0001', title: '一种织机', date: null };
    expect(says(of('award'), facts()).holds).toBeNull();
    expect(says(of('award'), facts(), new Map([['patent-awards', []]])).holds).toBe(false);
    expect(says(of('award'), facts(), new Map([['patent-awards', [award]]])).holds).toBe(true);
  });

  test('only a Chinese invention in force is of high value, by any criterion; what is open is said', () => {
    const result = (holds: boolean | null) => ({ key: 'x', title: '甲', holds, why: '', evidence: [] });
    expect(highValue(facts(), [result(false), result(true)]).met).toBe(true);
    expect(highValue(facts(), [result(false), result(null)]).met).toBeNull();
    expect(highValue(facts(), [result(false)]).met).toBe(false);
    for (const more of [
      { type: 'utility' },
      { granted: false },
      { legalStatus: 'lapsed' },
      { country: 'US' },
    ])
      expect(highValue(facts(more as Partial<ValueFacts>), [result(true)]).met).toBe(false);
    expect(highValue(facts({ legalStatus: 'unknown' }), [result(true)]).met).toBeNull();
  });
});

test('sums are read as gazettes write them', () => {
  const sums: [string, number | null][] = [
    ['500万元', 5_000_000],
    ['1.2亿元', 120_000_000],
    ['人民币3,000,000元整', 3_000_000],
    ['２００百万', 200_000_000],
    ['5000', 5000],
    ['若干', null],
    ['', null],
    ['500万美元', null],
  ];
  for (const [text, sum] of sums) expect([text, yuanOf(text)]).toEqual([text, sum]);
});

describe('scores', () => {
  test('the platform’s own scheme has weights that add up to one in each scenario', () => {
    for (const { key, weights } of DEFAULT_SCHEME.scenarios)
      expect([
        key,
        Object.values(weights)
          .reduce((a, b) => a + b, 0)
          .toFixed(6),
      ]).toEqual([key, '1.000000']);
  });

  test('steps give the points of the highest that is reached', () => {
    const steps = [
      { from: 5, points: 40 },
      { from: 1, points: 20 },
    ];
    expect([0, 1, 4.9, 5, 50].map((v) => pointsOf(steps, v))).toEqual([0, 20, 20, 40, 40]);
  });

  test('indicators that nobody knows count neither for nor against, and the known weight is said', () => {
    const scheme: ValueScheme = {
      ...DEFAULT_SCHEME,
      indicators: DEFAULT_SCHEME.indicators.filter((i) => ['claims', 'market'].includes(i.key)),
      scenarios: [{ key: 'one', title: '甲', weights: { claims: 0.4, market: 0.6 } }],
    };
    const computed = computedOf(facts(), '2021-01-01');
    expect(scoresOf(scheme, computed, new Map())[0]).toMatchObject({ points: 60, known: 0.4, grade: 'A' });
    expect(scoresOf(scheme, computed, new Map([['market', 10]]))[0]).toMatchObject({
      points: 30,
      known: 1,
      grade: 'C',
    });
    const nothing = { ...computed, claims: null };
    expect(scoresOf(scheme, nothing, new Map())[0]).toMatchObject({ points: null, known: 0, grade: null });
  });
});

test('renewal counts whole years that were kept; spread is none where all is one class', () => {
  expect(renewedYears(facts(), '2021-05-09')).toBe(10);
  expect(renewedYears(facts(), '2021-05-10')).toBe(11);
  expect(renewedYears(facts({ legalStatus: 'lapsed', legalStatusDate: '2015-05-11' }), '2021-01-01')).toBe(5);
  expect(renewedYears(facts({ legalStatus: 'lapsed' }), '2021-01-01')).toBeNull();
  expect(renewedYears(facts(), '2040-01-01')).toBe(20);
  expect([spread([]), spread([3]), spread([1, 1])]).toEqual([null, 0, 0.5]);
});
