import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import {
  compareSymbols,
  levelOf,
  normaliseSymbol,
  rangeKeys,
  sortKey,
  spelledParent,
} from '../contract/classes.ts';

const digits = (max: number) => fc.integer({ min: 0, max }).map(String);
const subclass = fc
  .tuple(
    fc.constantFrom(...'ABCDEFGHY'),
    fc.integer({ min: 1, max: 99 }),
    fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  )
  .map(([s, c, l]) => `${s}${String(c).padStart(2, '0')}${l}`);
const group = fc
  .tuple(
    subclass,
    fc.integer({ min: 1, max: 9999 }),
    fc.tuple(digits(9), digits(9), fc.stringMatching(/^(\d{0,3}[1-9])?$/)),
  )
  .map(([s, g, [a, b, more]]) => `${s}${g}/${a}${b}${more}`);
const symbol = fc.oneof(
  subclass,
  group,
  subclass.map((s) => s.slice(0, 3)),
  subclass.map((s) => s.slice(0, 1)),
);

describe('symbols', () => {
  test.each([
    ['A01B1/02', 'A01B1/02'],
    ['A01B 1/02', 'A01B1/02'],
    ['a01b  1/02 ', 'A01B1/02'],
    ['A01B0001020000', 'A01B1/02'],
    ['A01B1-02', 'A01B1/02'],
    ['A01B1_02', 'A01B1/02'],
    ['Ａ０１Ｂ１／０２', 'A01B1/02'],
    ['A01B 1/02 (2006.01)', 'A01B1/02'],
    ['A01B1/02(2006.01)I', 'A01B1/02'],
    ['A01B   1/02        20060101AFI20051206RMJP', 'A01B1/02'],
    ['A01B1', 'A01B1/00'],
    ['H01L0021306500', 'H01L21/3065'],
    ['G01N33/5750', 'G01N33/575'],
    ['A01B0010100000', 'A01B10/10'],
    ['A01B2201/00', 'A01B2201/00'],
    ['Y02E10/50', 'Y02E10/50'],
    ['A01', 'A01'],
    ['h', 'H'],
  ])('%s is %s', (text, wanted) => {
    expect(normaliseSymbol(text)).toBe(wanted);
  });

  test.each([
    '',
    'I01B',
    'A1',
    'A00',
    'A01B1/',
    'A01B1/2',
    'A01B0/00',
    'A01B00010200001',
    'A01B1/02 and more',
    '１２３',
    'A01B1/0000000',
  ])('%j is none', (text) => {
    expect(normaliseSymbol(text)).toBeNull();
    expect(sortKey(text)).toBeNull();
  });

  test('any text is read without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = normaliseSymbol(text);
        if (found !== null) expect(normaliseSymbol(found)).toBe(found);
      }),
    );
  });

  test('the key is a spelling of its symbol, and as long as ST.8 says', () => {
    fc.assert(
      fc.property(symbol, (s) => {
        const key = sortKey(s)!;
        expect(normaliseSymbol(key)).toBe(normaliseSymbol(s));
        if (s.includes('/')) expect(key).toMatch(/^[A-HY]\d\d[A-Z]\d{10}$/);
      }),
    );
  });

  test('keys stand in the order of the scheme', () => {
    fc.assert(
      fc.property(symbol, symbol, (a, b) => {
        // Section, class, subclass, number of the main group, then the digits of the subgroup like decimals.
        const parts = (s: string) => {
          const [, head = '', main = '0', sub = ''] = /^([A-HY]\d*[A-Z]?)(?:(\d+)\/(\d+))?$/.exec(s) ?? [];
          return { head, main: Number(main), sub: Number(`0.${sub || '0'}`) };
        };
        const [x, y] = [parts(a), parts(b)];
        const wanted =
          x.head !== y.head ? (x.head < y.head ? -1 : 1) : Math.sign(x.main - y.main || x.sub - y.sub);
        expect(Math.sign(compareSymbols(a, b))).toBe(wanted);
      }),
    );
    const listed = [
      'A',
      'A01',
      'A01B',
      'A01B1/00',
      'A01B1/02',
      'A01B1/021',
      'A01B1/03',
      'A01B1/10',
      'A01B9/00',
      'A01B10/00',
      'A01C',
    ];
    expect([...listed].reverse().sort(compareSymbols)).toEqual(listed);
  });

  test('a range holds its ends, and all of a main group at its end', () => {
    const inside = (range: { low: string; high: string } | null, s: string) =>
      range !== null && sortKey(s)! >= range.low && sortKey(s)! <= range.high;
    const range = rangeKeys('A01B1/02', 'A01B1/08');
    expect(
      ['A01B1/00', 'A01B1/02', 'A01B1/021', 'A01B1/08', 'A01B1/081', 'A01B3/00'].map((s) => inside(range, s)),
    ).toEqual([false, true, true, true, false, false]);
    expect(inside(rangeKeys('A01B51/00', 'A01B75/00'), 'A01B75/99')).toBe(true);
    expect(inside(rangeKeys('A01B51/00', 'A01B75/00'), 'A01B76/00')).toBe(false);
    expect(inside(rangeKeys('A01B', 'A01D'), 'A01D101/02')).toBe(true);
    expect(inside(rangeKeys('A', 'A'), 'A99Z1/00')).toBe(true);
    expect(rangeKeys('A01D', 'A01B')).toBeNull();
    expect(rangeKeys('x', 'A01B')).toBeNull();
    fc.assert(
      fc.property(group, (s) => {
        expect(inside(rangeKeys(s, s), s)).toBe(true);
      }),
    );
  });

  test('every symbol lies in what its spelling says', () => {
    fc.assert(
      fc.property(group, (s) => {
        const canonical = normaliseSymbol(s)!;
        const path: string[] = [];
        for (let at: string | null = canonical; at !== null; at = spelledParent(at)) path.unshift(at);
        const levels = path.map(levelOf);
        expect(levels.slice(0, 4)).toEqual(['section', 'class', 'subclass', 'main-group']);
        expect([...path].sort(compareSymbols)).toEqual(path);
      }),
    );
  });
});
