import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Searched } from '../../contract.ts';
import { PatentSearch } from '../address.ts';
import { narrowToYear, readSpanEnd, yearOfSpan } from './days.ts';
import { pageCount, pageNumbers } from './page-numbers.ts';
import { piecesOf } from './pieces.ts';
import { conditionsOf, without } from './relax.ts';

const day = fc
  .date({ min: new Date('1985-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('first and last day as typed', () => {
  test.each([
    ['', '', ''],
    ['2019', '2019-01-01', '2019-12-31'],
    ['２０１９', '2019-01-01', '2019-12-31'],
    ['2019年', '2019-01-01', '2019-12-31'],
    ['2019-02', '2019-02-01', '2019-02-28'],
    ['2020.2', '2020-02-01', '2020-02-29'],
    ['201906', '2019-06-01', '2019-06-30'],
    ['2019年6月', '2019-06-01', '2019-06-30'],
    ['2019-06-15', '2019-06-15', '2019-06-15'],
    ['20190615', '2019-06-15', '2019-06-15'],
    ['2019年6月15日', '2019-06-15', '2019-06-15'],
    ['2019-13', null, null],
    ['2019-02-30', null, null],
    ['20196', null, null],
    ['昨天', null, null],
  ])('%s', (typed, from, to) => {
    expect(readSpanEnd(typed, 'from')).toBe(from);
    expect(readSpanEnd(typed, 'to')).toBe(to);
  });

  test('a whole date reads the same at both ends', () => {
    fc.assert(
      fc.property(day, (d) => {
        expect(readSpanEnd(d, 'from')).toBe(d);
        expect(readSpanEnd(d, 'to')).toBe(d);
      }),
    );
  });

  test('narrowing to a year never widens a span and stays in the year', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1985, max: 2030 }).map(String), (a, b, year) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const span = narrowToYear({ from, to }, year);
        const inBoth = (d: string) => d >= from && d <= to && d.startsWith(year);
        for (const d of [a, b, `${year}-01-01`, `${year}-07-01`, `${year}-12-31`])
          expect(d >= span.from && d <= span.to).toBe(inBoth(d));
      }),
    );
    expect(narrowToYear({}, '2018')).toEqual({ from: '2018-01-01', to: '2018-12-31' });
  });

  test('a span says its year only when it lies within one', () => {
    expect(yearOfSpan({ from: '2018-01-01', to: '2018-12-31' })).toBe('2018');
    expect(yearOfSpan({ from: '2018-01-01', to: '2019-12-31' })).toBeNull();
    expect(yearOfSpan({ from: '2018-01-01' })).toBeNull();
  });
});

describe('marked pieces', () => {
  test('mark what they should', () => {
    expect(
      piecesOf('包括电机和传感器', [
        [2, 2],
        [5, 2],
      ]),
    ).toEqual([
      { at: 0, text: '包括', marked: false },
      { at: 2, text: '电机', marked: true },
      { at: 4, text: '和', marked: false },
      { at: 5, text: '传感', marked: true },
      { at: 7, text: '器', marked: false },
    ]);
  });

  test('together are the text, whatever the marks', () => {
    const marks = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 })));
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), marks, (text, list) => {
        expect(
          piecesOf(text, list)
            .map((p) => p.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('page numbers', () => {
  test('name gaps only where more than one page is left out', () => {
    expect(pageNumbers(1, 1)).toEqual([1]);
    expect(pageNumbers(1, 4)).toEqual([1, 2, 3, 4]);
    expect(pageNumbers(5, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pageNumbers(50, 1523)).toEqual([1, null, 48, 49, 50, 51, 52, null, 1523]);
  });

  test('rise, and hold the first, the current and the last page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), fc.integer({ min: 1, max: 1e8 }), (a, b) => {
        const [page, pages] = [Math.min(a, b), Math.max(a, b)];
        const shown = pageNumbers(page, pages).filter((p) => p !== null);
        expect(shown).toEqual([...new Set(shown)].sort((x, y) => x - y));
        expect(shown).toEqual(expect.arrayContaining([1, page, pages]));
        expect(shown.length).toBeLessThanOrEqual(9);
      }),
    );
  });

  test('a page more for one result more', () => {
    expect([0, 1, 20, 21].map((total) => pageCount(total, 20))).toEqual([1, 1, 1, 2]);
  });
});

describe('conditions', () => {
  const nothing: Searched = {
    words: [],
    numbers: [],
    from: null,
    to: null,
    applicant: null,
    ipc: null,
    region: null,
    type: null,
    legalStatus: null,
  };

  test('name everything that limits a search', () => {
    expect(conditionsOf(nothing)).toEqual([]);
    const all = conditionsOf({
      words: ['电机', 'a b'],
      numbers: ['CN106844774', 'CN106844774A'],
      from: '2018-01-01',
      to: '2018-12-31',
      applicant: '大学',
      ipc: 'A47L',
      region: 'r1',
      type: 'design',
      legalStatus: 'lapsed',
    });
    expect(all.map((c) => c.kind)).toEqual(
      'word word number applicant ipc span region type status'.split(' '),
    );
    expect(conditionsOf({ ...nothing, from: '2018-01-01' })).toEqual([{ kind: 'from', text: '2018-01-01' }]);
    expect(conditionsOf({ ...nothing, to: '2018-12-31' })).toEqual([{ kind: 'to', text: '2018-12-31' }]);
  });

  test('leaving a word out keeps the others as they must be typed', () => {
    const searched = { ...nothing, words: ['电机', 'a b', 'x'], numbers: ['CN106844774A', 'CN106844774'] };
    expect(without({ kind: 'word', text: 'x' }, searched).q).toBe('电机 "a b" CN106844774A');
    expect(without({ kind: 'number', text: '' }, searched).q).toBe('电机 "a b" x');
    expect(without({ kind: 'word', text: '电机' }, { ...nothing, words: ['电机'] }).q).toBeUndefined();
  });

  test('leaving anything out goes back to the first page', () => {
    expect(without({ kind: 'span', text: '' }, nothing)).toEqual({
      from: undefined,
      to: undefined,
      page: undefined,
    });
    expect(without({ kind: 'status', text: 'lapsed' }, nothing)).toEqual({
      status: undefined,
      page: undefined,
    });
  });
});

test('an address with nonsense in it still opens, and the first page is not written out', () => {
  const read = PatentSearch.parse({
    q: '电机',
    from: '2018-02-31',
    to: 'gestern',
    type: 'song',
    status: '',
    page: '1',
    size: '5000',
    ipc: ['a', 'b'],
  });
  expect(read).toEqual({ q: '电机' });
  expect(PatentSearch.parse({ page: '7', size: '50' })).toEqual({ page: 7, size: 50 });
});
