import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import type { IndicatorView } from '../contract.ts';
import {
  countLights,
  differenceOf,
  filterRows,
  groupRows,
  isGoal,
  measuredDigits,
  reportedText,
  targetCells,
  targetText,
  yearOf,
} from '../web/board-rows.ts';

const years = ['2017', '2018', '2019', '2020'];
const department = (id: string) => ({ id, calledThen: id, answersNow: [{ id, name: id }] });
const row = (change: Partial<IndicatorView>): IndicatorView => ({
  no: 1,
  title: 't',
  fullTitle: 't',
  project: 'p1',
  task: 'a',
  kind: 'stock',
  direction: 'up',
  unit: '件',
  decimals: 0,
  targets: {},
  stages: {},
  printed: {},
  lead: [department('d1')],
  assist: [],
  measured: null,
  reported: null,
  basis: null,
  expected: null,
  light: 'met',
  reason: '',
  contradictory: false,
  uncertain: false,
  ...change,
});
const reported = (change: Partial<NonNullable<IndicatorView['reported']>>) => ({
  value: 5,
  max: null,
  stage: null,
  period: '2019-H1',
  asOf: '2019-06-30',
  origin: 'city' as const,
  coverage: null,
  ...change,
});
const frame = {
  projects: [
    {
      id: 'p1',
      name: '一',
      nameInRoadmap: null,
      en: 'one',
      tasks: [
        { id: 'a', name: '甲', nameInRoadmap: null, en: 'a' },
        { id: 'b', name: '乙', nameInRoadmap: null, en: 'b' },
      ],
    },
    { id: 'p2', name: '二', nameInRoadmap: null, en: 'two', tasks: [] },
  ],
};
const words = { goals: 'goals', nameOf: (e: { name: string }) => e.name };

describe('target cells', () => {
  it('join a text that holds for years in a row, and never numbers', () => {
    const cells = targetCells(
      row({
        targets: { '2017': 3, '2018': null, '2019': null, '2020': null },
        printed: { '2017': '3个', '2018': '按需求', '2019': '按需求', '2020': '按需求' },
      }),
      years,
    );
    expect(cells).toEqual([
      { years: ['2017'], text: '3', number: true },
      { years: ['2018', '2019', '2020'], text: '按需求', number: false },
    ]);
    expect(targetCells(row({ targets: { '2017': 1, '2018': 1 } }), ['2017', '2018'])).toHaveLength(2);
  });
  it('take the stage before the printed text', () => {
    const cells = targetCells(
      row({ targets: {}, stages: { '2017': '设计' }, printed: { '2017': '完成设计。' } }),
      ['2017'],
    );
    expect(cells[0]!.text).toBe('设计');
  });
  it('cover every year exactly once', () => {
    const target = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 9 }));
    const text = fc.oneof(fc.constant(null), fc.constantFrom('x', 'y'));
    const byYear = <T>(value: fc.Arbitrary<T>) =>
      fc.tuple(value, value, value, value).map((v) => Object.fromEntries(years.map((y, i) => [y, v[i]!])));
    fc.assert(
      fc.property(byYear(target), byYear(text), (targets, printed) => {
        const cells = targetCells(row({ targets, printed }), years);
        expect(cells.flatMap((c) => c.years)).toEqual(years);
      }),
    );
  });
  it('show whole targets without decimals and ranges with both ends', () => {
    expect(targetText(21, 2)).toBe('21');
    expect(targetText(2.5, 2)).toBe('2.50');
    expect(targetText({ min: 5, max: 6 }, 0)).toBe('5–6');
    expect(targetText(null, 0)).toBeNull();
  });
});

describe('groups', () => {
  it('follow the plan, goals last, nothing lost', () => {
    const rows = [
      row({ no: 3, task: 'b' }),
      row({ no: 1, task: 'a' }),
      row({ no: 'G1', project: 'p1', task: null, light: 'no-data' }),
      row({ no: 9, project: 'unknown', task: null, light: 'behind' }),
    ];
    const groups = groupRows(rows, frame, words);
    expect(groups.map((g) => g.name)).toEqual(['一', 'unknown', 'goals']);
    expect(groups[0]!.tasks.map((t) => t.name)).toEqual(['甲', '乙']);
    expect(groups.flatMap((g) => g.tasks.flatMap((t) => t.rows))).toHaveLength(rows.length);
    expect(groups.at(-1)!.goals).toBe(true);
  });
  it('keep every row whatever its project and task', () => {
    const any = fc.record({
      no: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom('G1', 'G2')),
      project: fc.constantFrom('p1', 'p2', 'p3'),
      task: fc.constantFrom('a', 'b', 'c', null),
    });
    fc.assert(
      fc.property(fc.array(any), (changes) => {
        const rows = changes.map(row);
        const kept = groupRows(rows, frame, words).flatMap((g) => g.tasks.flatMap((t) => t.rows));
        expect(new Set(kept)).toEqual(new Set(rows));
        expect(kept).toHaveLength(rows.length);
      }),
    );
  });
  it('filter by project and by leading or assisting department', () => {
    const rows = [row({ no: 1 }), row({ no: 2, lead: [], assist: [department('d2')], project: 'p2' })];
    expect(filterRows(rows, { department: 'd2' }).map((r) => r.no)).toEqual([2]);
    expect(filterRows(rows, { project: 'p1' }).map((r) => r.no)).toEqual([1]);
    expect(filterRows(rows, { project: 'p1', department: 'd2' })).toEqual([]);
  });
  it('tell goals from rows of the table', () => {
    expect([isGoal({ no: 'G4' }), isGoal({ no: 4 })]).toEqual([true, false]);
  });
});

describe('figures of a row', () => {
  it('count lights so that they sum up', () => {
    const light = fc.constantFrom('met' as const, 'at-risk' as const, 'behind' as const, 'no-data' as const);
    fc.assert(
      fc.property(fc.array(light), (lights) => {
        const c = countLights(lights.map((l) => ({ light: l })));
        expect(c.met + c.atRisk + c.behind + c.noData).toBe(c.total);
        expect(c.total).toBe(lights.length);
      }),
    );
  });
  it('compare measured with reported, and say whether both are of one day', () => {
    const measured = { value: 7, measure: 'm', facts: 1 };
    expect(differenceOf(row({ measured, reported: reported({}) }), '2019-06-30')).toEqual({
      value: 2,
      sameDay: true,
    });
    expect(differenceOf(row({ measured, reported: reported({}) }), '2019-07-01')!.sameDay).toBe(false);
    expect(differenceOf(row({ measured }), '2019-06-30')).toBeNull();
    const stage = { id: 's', label: '运行', rank: 2 };
    expect(differenceOf(row({ measured, reported: reported({ stage, value: 2 }) }), '2019-06-30')).toBeNull();
  });
  it('show a quotient of whole numbers with a digit, whole figures as the plan counts them', () => {
    expect(measuredDigits(7.5, 0)).toBe(1);
    expect(measuredDigits(7, 0)).toBe(0);
    expect(measuredDigits(7, 2)).toBe(2);
    expect(measuredDigits(null, 0)).toBe(0);
  });

  it('show a reported number, range or stage', () => {
    expect(reportedText(reported({ value: 1234.5 }), 1)).toBe('1,234.5');
    expect(reportedText(reported({ value: 5, max: 6 }), 0)).toBe('5–6');
    expect(reportedText(reported({ stage: { id: 's', label: '运行', rank: 2 } }), 0)).toBe('运行');
    expect(reportedText(reported({ value: null }), 0)).toBeNull();
    expect(reportedText(null, 0)).toBeNull();
  });
  it('know the column of a date', () => {
    expect(yearOf('2019-06-30', years)).toBe('2019');
    expect(yearOf('2026-01-01', years)).toBeNull();
  });
});
