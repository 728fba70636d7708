import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { checkUscc, orgCodeCheckCharacter, usccCheckCharacter } from './uscc.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const char = fc.constantFrom(...ALPHABET);
const digits = (n: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n });
const valid = fc
  .tuple(char, char, digits(6), fc.string({ unit: char, minLength: 8, maxLength: 8 }))
  .map(([department, category, adcode, org]) => {
    const first17 = `${department}${category}${adcode}${org}${orgCodeCheckCharacter(org)}`;
    return first17 + usccCheckCharacter(first17);
  });

describe('unified social credit codes', () => {
  it.each([
    '91110000600037341L',
    '9144030071526726XG',
    '914403001922038216',
    '91512081MA62K0260E',
    '91320612MA11001300', // remainder 0: the check character is 0, not the alphabet's 32nd
    '91320612MA110000X1', // remainder 30, X at position 17
  ])('accepts %s', (code) => {
    expect(checkUscc(code)).toMatchObject({ valid: true, normalized: code, reason: null });
  });

  it('takes the code apart and does not ask for a current region code', () => {
    expect(checkUscc('91320612MA110000X1').parts).toEqual({
      department: '9',
      category: '1',
      adcode: '320612',
      orgCode: 'MA110000X',
    });
    const first17 = `913206020${'1234567'}`;
    const former = `${first17}${orgCodeCheckCharacter('01234567')}`;
    expect(checkUscc(former + usccCheckCharacter(former)).valid).toBe(true);
  });

  it('reaches both ends of the modulus', () => {
    expect(usccCheckCharacter('91320612MA1100130')).toBe('0');
    expect(usccCheckCharacter('91320612MA110000X')).toBe('1');
    expect(usccCheckCharacter('10000000000000000')).toBe('Y'); // sum 1, remainder 1
    expect(orgCodeCheckCharacter('00000000')).toBe('0');
  });

  it.each([
    ['91110000600037341', 'length'],
    ['91110000600037341LL', 'length'],
    ['9111000060003734IL', 'character'],
    ['9111000060003734VL', 'character'],
    ['91中110000600037341', 'character'],
    ['91A10000600037341L', 'adcode'],
    ['911100006000373410', 'check-character'],
    ['', 'empty'],
    ['9'.repeat(500), 'too-long'],
  ])('refuses %s: %s', (code, reason) => {
    const answer = checkUscc(code);
    expect(answer).toMatchObject({ valid: false, normalized: null });
    expect(answer.reason?.code).toBe(reason);
    expect(answer.reason?.zh).toMatch(/\p{sc=Han}/u);
    expect(answer.reason?.en).toMatch(/[a-z]/);
  });

  it('tells the expected character and the likely look-alike', () => {
    expect(checkUscc('911100006000373410').parts.expected).toBe('L');
    expect(checkUscc('91110000600037341O').reason?.zh).toContain('是否应为 0');
  });

  it('checks position 17 even when position 18 fits', () => {
    const first17 = `91320612MA110000${'1'}`; // the organisation code ends in X
    const code = first17 + usccCheckCharacter(first17);
    expect(checkUscc(code).reason?.code).toBe('org-check-character');
  });

  it('accepts every code made by the rule, refuses every single slip, normalises once', () => {
    fc.assert(
      fc.property(valid, fc.nat(17), char, (code, at, other) => {
        expect(checkUscc(code)).toMatchObject({ valid: true, normalized: code });
        const slip = code.slice(0, at) + other + code.slice(at + 1);
        expect(checkUscc(slip).valid).toBe(slip === code);
        const wide = code.replaceAll(/./g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0));
        for (const written of [
          code.toLowerCase(),
          ` ${code}\t`,
          `${code.slice(0, 8)}-${code.slice(8)}`,
          wide,
        ]) {
          expect(checkUscc(written).normalized).toBe(code);
        }
      }),
    );
  });
});

const real = new URL('../../../shared/data/validation/uscc_valid.txt', import.meta.url);

describe.skipIf(!existsSync(real))('real codes (skipped without ../shared/data/validation)', () => {
  it('are all valid', () => {
    const codes = readFileSync(real, 'utf8').split('\n').filter(Boolean);
    expect(codes.length).toBe(200);
    expect(codes.filter((code) => !checkUscc(code).valid)).toEqual([]);
  });
});
