import { describe, expect, it } from 'vitest';
import { addDays, diffDays } from '#kernel/calendar/date';
import fc from '#kernel/testing/property';
import { checkResidentId, residentIdCheckCharacter } from './resident-id.ts';

const today = '2026-06-30';
const check = (value: string) => checkResidentId(value, { today });
const birth = fc
  .integer({ min: 0, max: diffDays('1900-01-01', today) })
  .map((n) => addDays('1900-01-01', n).replaceAll('-', ''));
const valid = fc
  .tuple(fc.integer({ min: 110_000, max: 999_999 }), birth, fc.nat(999))
  .map(([adcode, date, serial]) => `${adcode}${date}${String(serial).padStart(3, '0')}`)
  .map((first17) => first17 + residentIdCheckCharacter(first17));

describe('resident identity numbers', () => {
  it.each([
    '34052419800101001X',
    '440524188001010014',
    '11010519491231002X',
    '360426199101010071',
    '320612199001010010',
    '320614198512310013',
  ])('accepts %s', (id) => {
    expect(check(id)).toMatchObject({ valid: true, normalized: id });
  });

  it('turns the old form into the new', () => {
    expect(check('370986890623212')).toMatchObject({
      valid: true,
      normalized: '370986198906232123',
      parts: { form: 15, birthDate: '1989-06-23', sex: 'female' },
    });
  });

  it('takes the number apart; the region code may be a former one', () => {
    expect(check('34052419800101001x').parts).toEqual({
      adcode: '340524',
      birthDate: '1980-01-01',
      sex: 'male',
      form: 18,
    });
  });

  it.each([
    ['34052419800101001', 'format'],
    ['3405241980010100X1', 'format'],
    ['34052419800101001Y', 'format'],
    ['340524198002300011', 'birth-date'],
    ['340524202607010011', 'birth-date'],
    ['340524100001010011', 'birth-date'],
    ['370986890231212', 'birth-date'],
    ['040524198001010010', 'adcode'],
    ['340524198001010011', 'check-character'],
  ])('refuses %s: %s', (id, code) => {
    expect(check(id)).toMatchObject({ valid: false, normalized: null, reason: { code } });
  });

  it('never completes a wrong number for the asker', () => {
    const answer = check('340524198001010011');
    expect(answer.parts).toEqual({});
    expect(JSON.stringify(answer.reason)).not.toMatch(/X|34052/);
  });

  it('accepts every number made by the rule, refuses every single slip, normalises once', () => {
    fc.assert(
      fc.property(valid, fc.nat(17), fc.constantFrom(...'0123456789X'), (id, at, other) => {
        expect(check(id)).toMatchObject({ valid: true, normalized: id });
        expect(check(` ${id.slice(0, 6)} ${id.slice(6).toLowerCase()}`).normalized).toBe(id);
        const slip = id.slice(0, at) + other + id.slice(at + 1);
        expect(check(slip).valid).toBe(slip === id);
        if (id.slice(6, 8) === '19') {
          expect(check(id.slice(0, 6) + id.slice(8, 17)).normalized).toBe(id);
        }
      }),
    );
  });
});
