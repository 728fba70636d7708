import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { FACETS } from '../../contract/search.ts';
import { recogniseDialect } from '../../query/dialects.ts';
import { PatentSearch } from '../address.ts';
import { type Chosen, formatFilter, readFilter, stateOf, toggled } from '../facets/filter.ts';
import { asAddress, readQuery } from '../query/read.ts';
import { pageCount, pageNumbers } from '../results/page-numbers.ts';
import { piecesOf } from '../results/pieces.ts';
import { asAddressPart, withLongQuery } from './long-query.ts';
import { isOlder, modernised } from './older.ts';

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

const facet = fc.constantFrom(...FACETS);
const value = fc.string({ minLength: 1, maxLength: 12 }).filter((v) => v.trim() !== '');
const choice = fc.record({ facet, value, not: fc.boolean() });

describe('chosen values of facets', () => {
  test('come back from the address as they went, bars and backslashes included', () => {
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 5 }), (list) => {
        const chosen = list.reduce<Chosen[]>((all, one) => toggled(all, one), []);
        expect(readFilter(formatFilter(chosen))).toEqual(chosen);
      }),
    );
    expect(formatFilter([{ facet: 'agency', value: 'A|B\\C', not: true }])).toBe('-agency:A\\|B\\\\C');
    expect(formatFilter([])).toBeUndefined();
  });

  test('what is no filter is left out', () => {
    expect(readFilter('song:x|type:|legalStatus:in-force||-country:US')).toEqual([
      { facet: 'legalStatus', value: 'in-force', not: false },
      { facet: 'country', value: 'US', not: true },
    ]);
  });

  test('the same again takes it back, the other way turns it round', () => {
    const one = { facet: 'country', value: 'US', not: false } as const;
    expect(toggled(toggled([], one), one)).toEqual([]);
    const turned = toggled(toggled([], one), { ...one, not: true });
    expect(turned).toEqual([{ ...one, not: true }]);
    expect(stateOf(turned, 'country', 'US')).toBe('out');
  });
});

describe('reading a query in the browser', () => {
  const parts = (text: string) => {
    const read = readQuery(text, undefined);
    return read.state === 'good' ? read.parts.map((p) => [p.text, asAddress(p.without).q]) : read;
  };

  test('names the conditions that must all hold, and the query without each', () => {
    expect(parts('TI=电机 AND PA=大学 NOT AU=US NOT AU=JP')).toEqual([
      ['TI=电机', 'PA=大学 NOT (AU=US OR AU=JP)'],
      ['PA=大学', 'TI=电机 NOT (AU=US OR AU=JP)'],
      ['NOT AU=US', '(TI=电机 AND PA=大学) NOT AU=JP'],
      ['NOT AU=JP', '(TI=电机 AND PA=大学) NOT AU=US'],
    ]);
  });

  test('nothing is left where only exclusions would be', () => {
    expect(parts('电机 NOT 泵')).toEqual([
      ['电机', undefined],
      ['NOT 泵', '电机'],
    ]);
  });

  test('says where a fault is', () => {
    const read = readQuery('TI=(电机 AND', undefined);
    expect(read.state).toBe('faulty');
    expect(readQuery('  ', undefined).state).toBe('empty');
  });

  test('a query written anew is read the same without naming its language', () => {
    for (const text of ['ti=robot and pa=abc', 'TTL:(solar cell $W5 silicon)', '名称+摘要=机器人']) {
      const read = readQuery(text, undefined);
      if (read.state !== 'good') continue;
      const { q, dialect } = asAddress(read.parsed.expr);
      expect(recogniseDialect(q!) === 'zc' || dialect === 'zc').toBe(true);
    }
  });
});

describe('older addresses', () => {
  test('become a query and chosen values', () => {
    expect(
      modernised({
        q: '电机',
        applicant: '某某大学',
        ipc: 'A47L',
        from: '2018-01-01',
        to: '2018-12-31',
        region: '320602',
        status: 'in-force',
        page: 3,
      }),
    ).toEqual({
      q: '电机 AND PA="某某大学" AND IPC=A47L AND PD=[2018-01-01 TO 2018-12-31]',
      filter: 'region:320602|legalStatus:in-force',
      page: 3,
    });
    expect(modernised({ applicant: 'A "B" C' }).q).toBe('PA="A  B  C"');
    expect(isOlder({ q: 'x' })).toBe(false);
  });

  test('are always read without a fault', () => {
    const made = modernised({ applicant: '大学', ipc: 'A47L 1/03', from: '2018' });
    expect(readQuery(made.q!, made.dialect).state).toBe('good');
  });
});

describe('long queries', () => {
  const store = () => {
    let text: string | null = null;
    return {
      read: () => text,
      write: (t: string) => {
        text = t;
      },
    };
  };

  test('are kept by a short name and come back; short ones stay in the address', () => {
    const here = store();
    const q = `PN=(${Array.from({ length: 1500 }, (_, i) => `CN10600${i}A`).join(' OR ')})`;
    const part = asAddressPart(q, here);
    expect(part.q).toBeUndefined();
    expect(withLongQuery(part, here)).toEqual({ search: { q, long: part.long }, lost: false });
    expect(withLongQuery(part, store()).lost).toBe(true);
    expect(asAddressPart('电机', here)).toEqual({ q: '电机', long: undefined });
    expect(withLongQuery({ q: '电机' }, here).lost).toBe(false);
  });

  test('only the latest are kept', () => {
    const here = store();
    const names = Array.from({ length: 22 }, (_, i) => asAddressPart('电'.repeat(1000) + i, here).long!);
    expect(withLongQuery({ long: names[0]! }, here).lost).toBe(true);
    expect(withLongQuery({ long: names[21]! }, here).lost).toBe(false);
  });
});

test('an address with nonsense in it still opens, and the first page is not written out', () => {
  const read = PatentSearch.parse({
    q: '电机',
    dialect: 'gestern',
    sort: 'song',
    prefer: 'best',
    tab: '',
    page: '1',
    size: '5000',
    ipc: ['a', 'b'],
  });
  expect(read).toEqual({ q: '电机' });
  expect(PatentSearch.parse({ page: '7', size: '50', prefer: 'CN,US' })).toEqual({
    page: 7,
    size: 50,
    prefer: 'CN,US',
  });
});
