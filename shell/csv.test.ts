import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('CSV', () => {
  it('begins with a BOM and quotes what needs it', () => {
    expect(
      toCsv([
        ['年', '说明'],
        [2019, '含"存量",复核\n后'],
      ]),
    ).toBe('\uFEFF年,说明\r\n2019,"含""存量"",复核\n后"\r\n');
  });
  it('defuses formulas but leaves negative numbers alone', () => {
    expect(toCsv([['=1+1', -3, '-x', null]])).toBe("\uFEFF'=1+1,-3,'-x,\r\n");
  });
});
