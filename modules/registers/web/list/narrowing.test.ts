import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { parseSearch } from '#shell/url';
import { ListSearch } from '../search.ts';
import {
  allChosen,
  chosenOf,
  isNarrowed,
  queryText,
  readFilters,
  toggled,
  viewSearch,
  writeFilters,
} from './narrowing.ts';

const empty = ListSearch.parse({});

describe('the address of a list', () => {
  test('opens whatever was typed into it', () => {
    expect(
      ListSearch.parse({ page: 'x', on: '2019-02-30', desc: 'no', due: '-1', state: 'published' }),
    ).toEqual({
      state: 'published',
    });
    expect(readFilters('{broken')).toEqual({});
    expect(readFilters('["a"]')).toEqual({});
    expect(readFilters('{"level":"x","kind":["a",3],"none":[]}')).toEqual({ kind: ['a'] });
  });

  test('takes a value in and out again', () => {
    const one = { ...empty, ...toggled({ ...empty, page: 3 }, 'state', 'published') };
    expect(one).toEqual({ state: 'published', page: undefined });
    const two = { ...one, ...toggled(one, 'state', 'expired') };
    expect(chosenOf(two, 'state')).toEqual(['published', 'expired']);
    const facet = { ...two, ...toggled(two, 'level', '') };
    expect(chosenOf(facet, 'level')).toEqual(['']);
    expect(allChosen(facet)).toEqual([
      { field: 'state', value: 'published' },
      { field: 'state', value: 'expired' },
      { field: 'level', value: '' },
    ]);
    const out = { ...facet, ...toggled(facet, 'level', '') };
    expect(out.filters).toBeUndefined();
  });

  test('returns to where it was when the same value is pressed twice', () => {
    const field = fc.constantFrom('state', 'region', 'level', 'kind');
    const value = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(field, value), { maxLength: 6 }), field, value, (before, f, v) => {
        let start: ListSearch = empty;
        for (const [a, b] of before)
          if (!chosenOf(start, a).includes(b)) start = { ...start, ...toggled(start, a, b) };
        const there = { ...start, ...toggled(start, f, v) };
        const back = { ...there, ...toggled(there, f, v) };
        const sorted = (s: ListSearch) =>
          allChosen(s)
            .map((c) => `${c.field} ${c.value}`)
            .sort();
        expect(sorted(back)).toEqual(sorted(start));
      }),
    );
  });

  test('is the same whichever facet was chosen first', () => {
    expect(writeFilters({ b: ['1'], a: ['2'] })).toBe(writeFilters({ a: ['2'], b: ['1'] }));
  });

  test('comes back from a saved view, which takes away what it does not name', () => {
    const search: ListSearch = {
      q: '海门 联盟',
      state: 'published,expired',
      filters: '{"level":["a","b"]}',
      sort: 'title',
      desc: 'true',
      page: 4,
    };
    const query = queryText(search, { order: true });
    expect(query).not.toContain('page');
    const opened = viewSearch(query);
    expect(opened).toMatchObject({ q: '海门 联盟', state: 'published,expired', sort: 'title', desc: 'true' });
    expect(opened.filters).toBe('{"level":["a","b"]}');
    expect('region' in opened && opened.region === undefined).toBe(true);
    expect(ListSearch.parse(parseSearch(`?${queryText(search)}`))).toEqual({
      q: search.q,
      state: search.state,
      filters: search.filters,
    });
  });

  test('knows whether it is narrowed', () => {
    expect(isNarrowed({ ...empty, on: '2019-06-30', sort: 'title' })).toBe(false);
    expect(isNarrowed({ ...empty, due: 0 })).toBe(true);
    expect(isNarrowed({ ...empty, filters: '{"level":["a"]}' })).toBe(true);
  });
});
