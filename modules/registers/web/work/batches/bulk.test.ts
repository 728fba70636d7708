import { describe, expect, it } from 'vitest';
import type { FieldView } from '../../../contract/declarations.ts';
import { fieldIssues, isBlank, numbersOf, setOf, settable, wrongByField } from './bulk.ts';

const field = (key: string, part: Partial<FieldView> = {}) =>
  ({ key, label: key, type: 'text', items: [], fen: null, computed: false, ...part }) as unknown as FieldView;

describe('what a bulk change is made to', () => {
  it('is each number once, in order', () => {
    expect(numbersOf('LM-0002, LM-0001,,LM-0002')).toEqual(['LM-0002', 'LM-0001']);
    expect(numbersOf(undefined)).toEqual([]);
  });
});

describe('fields of a bulk change', () => {
  it('are typed ones that do not tell entries apart by themselves', () => {
    const fields = [field('code'), field('name'), field('year'), field('share', { computed: true })];
    expect(settable({ fields, keys: [['code'], ['name', 'year']] }).map((f) => f.key)).toEqual([
      'name',
      'year',
    ]);
  });
  it('are all sent, null where they are emptied', () => {
    const fields = [field('level', { type: 'choice' }), field('staff', { type: 'integer' }), field('note')];
    expect(setOf(fields, { level: 'city', staff: '1,200', note: ' ' })).toEqual({
      set: { level: 'city', staff: 1200, note: null },
      problems: [],
    });
  });
  it('name what cannot be read as a number', () => {
    const { problems } = setOf([field('staff', { type: 'integer' })], { staff: 'many' });
    expect(problems.map((p) => p.place)).toEqual(['staff']);
  });
  it('are told to be emptied when nothing stands in them', () => {
    expect([undefined, ' ', [], [{ '': ' ' }], 'x', [{ '': 'x' }]].map(isBlank)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
  it('get what the server says about them', () => {
    const issues = fieldIssues([
      { path: '/body/change/set/staff', message: 'too many' },
      { path: '/body/change/set/years/0/year', message: 'no year' },
      { path: '/body/change/from', message: 'no day' },
      { path: '/body/change/set/staff', message: 'not whole' },
    ]);
    expect(wrongByField(issues)).toEqual({ staff: ['too many', 'not whole'], years: ['no year'] });
  });
});
