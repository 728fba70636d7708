import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import type { ReportBody, ReportForm } from '../contract.ts';
import {
  bodyOf,
  differingFields,
  emptyEntry,
  entryIssues,
  entryOf,
  type FormEntry,
  isLossless,
  placeIssues,
  readNumber,
  sameEntry,
} from '../web/office/form/entry.ts';
import { groupTasks, nextTask, urgencyOf } from '../web/office/tasks/groups.ts';

const part = (id: string) => ({ id, title: id, unit: '家', decimals: 0, target: null, measured: null });
const asked = (...asks: ReportForm['asks']) => ({
  asks,
  parts: asks.includes('parts') ? [part('a'), part('b')] : [],
});
const nothing: ReportBody = {
  value: null,
  range: null,
  parts: null,
  stage: null,
  weight: null,
  explanation: '',
  files: [],
};

describe('numbers as people type them', () => {
  test.each([
    ['12', 12],
    [' 1 234.5 ', 1234.5],
    ['1,234', 1234],
    ['１２．５', 12.5],
    ['−3', -3],
    ['－3.25', -3.25],
    ['1,23', null],
    ['12.', null],
    ['12件', null],
    ['', null],
    ['1e5', null],
    ['..', null],
  ])('%s', (text, number) => expect(readNumber(text)).toBe(number));
});

const numbers = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
  .map((n) => Number(n.toFixed(4)) + 0);

describe('a body and its form', () => {
  const bodies = fc.oneof(
    numbers.map((value) => ({ form: asked('value'), body: { ...nothing, value } })),
    fc
      .tuple(numbers, numbers)
      .map(([min, max]) => ({ form: asked('range'), body: { ...nothing, range: { min, max } } })),
    numbers.map((value) => ({ form: asked('range'), body: { ...nothing, value } })),
    fc
      .tuple(numbers, fc.option(numbers))
      .map(([a, b]) => ({ form: asked('parts'), body: { ...nothing, parts: { a, b } } })),
    fc.string({ minLength: 1 }).map((stage) => ({ form: asked('stage'), body: { ...nothing, stage } })),
    fc.tuple(numbers, numbers).map(([value, w]) => ({
      form: asked('value', 'weight'),
      body: { ...nothing, value, weight: Math.abs(w) + 1 },
    })),
  );

  test('survive the way to the form and back', () => {
    fc.assert(
      fc.property(bodies, fc.string(), ({ form, body }, explanation) => {
        const files = [{ id: 'f1', name: '证明.pdf', size: 3 }];
        const whole = { ...body, explanation, files: ['f1'] };
        // -0 is written "0".
        expect(JSON.parse(JSON.stringify(bodyOf(form, entryOf(form, whole, files))))).toEqual(
          JSON.parse(JSON.stringify(whole)),
        );
      }),
    );
  });

  test('what cannot be read as a number is known to be missing from the body', () => {
    const form = asked('value');
    const typed = (value: string): FormEntry => ({ ...emptyEntry(form), value });
    expect(isLossless(form, typed('12'))).toBe(true);
    expect(isLossless(form, typed('1,200.50'))).toBe(true);
    expect(isLossless(form, typed('12.'))).toBe(false);
    expect(isLossless(form, typed('约12'))).toBe(false);
    const range = asked('range');
    expect(isLossless(range, { ...emptyEntry(range), max: '5' })).toBe(false);
    const weighted = asked('value', 'weight');
    expect(isLossless(weighted, { ...emptyEntry(weighted), value: '1', weight: '0' })).toBe(false);
  });

  test('a range with one number is a number', () => {
    const form = asked('range');
    expect(bodyOf(form, { ...emptyEntry(form), min: '4' })).toMatchObject({ value: 4, range: null });
    expect(bodyOf(form, { ...emptyEntry(form), min: '4', max: '5' })).toMatchObject({
      value: null,
      range: { min: 4, max: 5 },
    });
  });
});

describe('what is wrong', () => {
  test('is said for each field before the server is asked', () => {
    const parts = asked('parts');
    const entry = { ...emptyEntry(parts), parts: { a: 'x', b: '' } };
    expect(entryIssues(parts, entry)).toEqual([
      { field: 'part-a', code: 'number' },
      { field: 'part-b', code: 'required' },
    ]);
    const range = asked('range');
    expect(entryIssues(range, emptyEntry(range))).toEqual([{ field: 'min', code: 'required' }]);
    expect(entryIssues(asked('stage'), emptyEntry(asked('stage')))).toEqual([
      { field: 'stage', code: 'required' },
    ]);
    expect(entryIssues(asked('value'), { ...emptyEntry(asked('value')), value: '1' })).toEqual([]);
  });

  test('is placed at its field, from the rules and from the contract alike', () => {
    const at = (path: string, form = asked('value', 'weight')) =>
      placeIssues(form, [{ path, code: 'c', message: 'm' }]).map((i) => i.field);
    expect(at('/value')).toEqual(['value']);
    expect(at('/body/body/explanation')).toEqual(['explanation']);
    expect(at('/weight')).toEqual(['weight']);
    expect(at('/value', asked('range'))).toEqual(['min']);
    expect(at('/range/max', asked('range'))).toEqual(['max']);
    expect(at('/parts/b', asked('parts'))).toEqual(['part-b']);
    expect(at('/parts/zzz', asked('parts'))).toEqual([]);
    expect(at('/body/key')).toEqual([]);
  });
});

test('two entries differ in the fields that a person changed', () => {
  const form = asked('value');
  const a = { ...emptyEntry(form), value: '1', explanation: 'x' };
  const b = { ...a, value: '2', files: [{ id: '1', name: 'n', size: 1 }] };
  expect(differingFields(form, a, b)).toEqual(['value', 'files']);
  expect(sameEntry(a, { ...a })).toBe(true);
  expect(sameEntry(a, b)).toBe(false);
});

describe('the list of tasks', () => {
  const task = (
    no: number,
    state: 'open' | 'draft' | 'submitted' | 'returned' | 'accepted',
    daysLeft: number,
  ) => ({ no, state, daysLeft, period: '2019-Y', scope: 'city' }) as never;

  test('sorts by urgency; what was submitted is done however late', () => {
    const at = (state: 'open' | 'submitted', days: number) => urgencyOf(task(1, state, days));
    expect([at('open', -1), at('open', 0), at('open', 7), at('open', 8), at('submitted', -9)]).toEqual([
      'overdue',
      'today',
      'week',
      'later',
      'done',
    ]);
    const groups = groupTasks([task(1, 'accepted', 3), task(2, 'open', 3), task(3, 'draft', -3)]);
    expect(groups.map((g) => g.urgency)).toEqual(['overdue', 'week', 'done']);
  });

  test('goes on with the next one that is not done, from the top again at the end', () => {
    const tasks = [
      task(1, 'open', 1),
      task(2, 'submitted', 1),
      task(3, 'accepted', 1),
      task(4, 'returned', 1),
    ];
    const following = (no: string) => nextTask(tasks, { no, period: '2019-Y', scope: 'city' })?.no;
    expect(following('2')).toBe(4);
    expect(following('4')).toBe(1);
    expect(following('99')).toBe(1);
    expect(nextTask([task(1, 'open', 1)], { no: '1', period: '2019-Y', scope: 'city' })).toBeUndefined();
  });
});
