import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import fc from '#kernel/testing/property';
import { formatSearch, parseSearch, readSearch } from './url.ts';

describe('the part after ?', () => {
  it('stays text: a code is no number', () => {
    expect(parseSearch('?region=320612&asOf=2019-06-30')).toEqual({ region: '320612', asOf: '2019-06-30' });
  });
  it('keeps repeated names as a list', () => {
    expect(parseSearch('light=met&light=behind')).toEqual({ light: ['met', 'behind'] });
  });
  it('leaves out what is empty', () => {
    expect(formatSearch({ a: '', b: undefined, c: null, d: [] })).toBe('');
  });
  it('comes back as it went', () => {
    const name = fc.stringMatching(/^[a-z]{1,6}$/).filter((n) => n !== '__proto__');
    const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
    const value = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (search) => {
        expect(parseSearch(formatSearch(search))).toEqual(search);
      }),
    );
  });
  it('falls back to the defaults when nothing fits', () => {
    const schema = z.object({
      year: z
        .string()
        .regex(/^\d{4}$/)
        .optional(),
    });
    expect(readSearch(schema, { year: 'x' })).toEqual({});
    expect(readSearch(schema, { year: '2019', other: '1' })).toEqual({ year: '2019' });
  });
});
