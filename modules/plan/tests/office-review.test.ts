import { describe, expect, test } from 'vitest';
import { cityToday, daysBetween, weekday } from '../web/office/dates.ts';
import { bodyOf, entryOf } from '../web/office/form/entry.ts';
import { correctionForm } from '../web/office/review/correction-form.ts';
import { listQuery, neighbours, pageSize } from '../web/office/review/list-query.ts';

describe('the walk through a list of reports', () => {
  const none = { before: [], after: [] };

  test('knows its place over all pages and stays on the page while it can', () => {
    expect(neighbours('b', 2, ['a', 'b', 'c'], none)).toEqual({
      place: pageSize + 2,
      before: { id: 'a', page: 2 },
      after: { id: 'c', page: 2 },
    });
  });

  test('goes over the edge of a page', () => {
    const edge = { before: ['x', 'y'], after: ['z'] };
    expect(neighbours('a', 2, ['a', 'b'], edge).before).toEqual({ id: 'y', page: 1 });
    expect(neighbours('b', 2, ['a', 'b'], edge).after).toEqual({ id: 'z', page: 3 });
    expect(neighbours('a', 1, ['a'], none)).toEqual({ place: 1, before: null, after: null });
  });

  test('is not offered for a report that the list does not hold', () => {
    expect(neighbours('q', 1, ['a'], none)).toEqual({ place: null, before: null, after: null });
  });

  test('asks for the pages of the list it came from', () => {
    const search = { period: '2019-Y', state: 'submitted' as const, no: undefined, scope: undefined };
    expect(listQuery(search)).toMatchObject({
      period: '2019-Y',
      state: 'submitted',
      page: 1,
      size: pageSize,
    });
    expect(listQuery({ ...search, page: 3 }, -1).page).toBe(2);
  });
});

describe('the form of a correction', () => {
  const indicator = {
    kind: 'cumulative' as const,
    unit: '件',
    decimals: 0,
    stageList: [{ id: 'trial', label: '试运行', rank: 1 }],
    parts: undefined,
  };
  const empty = {
    value: null,
    range: null,
    parts: null,
    stage: null,
    weight: null,
    explanation: 'x',
    files: ['f'],
  };
  const part = { id: 'a', title: '甲', unit: '家' };
  const files = [{ id: 'f', name: '证明.pdf', size: 1 }];

  test.each([
    ['a number', indicator, { value: 238 }, ['value']],
    ['a share with its denominator', indicator, { value: 40, weight: 300 }, ['value', 'weight']],
    ['a range', { ...indicator, kind: 'range' as const }, { range: { min: 4, max: 5 } }, ['range']],
    ['one number of a range', { ...indicator, kind: 'range' as const }, { value: 4 }, ['range']],
    ['a stage', { ...indicator, kind: 'milestone' as const }, { stage: 'trial' }, ['stage']],
    ['parts', { ...indicator, kind: 'composite' as const, parts: [part] }, { parts: { a: 3 } }, ['parts']],
  ])('asks again for %s, and unchanged says the same', (_, of, said, asks) => {
    const body = { ...empty, ...said };
    const form = correctionForm({ body, measured: null, measuredParts: [] }, of as never);
    expect(form.asks).toEqual(asks);
    expect(bodyOf(form, entryOf(form, body, files))).toEqual(body);
  });
});

test('days are counted as calendar dates, whatever the clocks do', () => {
  expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
  expect(daysBetween('2020-01-15', '2020-01-03')).toBe(-12);
  expect(weekday('2020-01-19')).toBe(0);
  // Half past four in the afternoon in London is half past midnight of the next day in the city.
  expect(cityToday(new Date('2020-01-03T16:30:00Z'))).toBe('2020-01-04');
});
