import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { checkCnApplication, cnApplicationCheckDigit } from './cn-application.ts';
import { checkCnPublication } from './cn-publication.ts';
import { checkIpc } from './ipc.ts';

const today = '2026-06-30';
const check = (value: string) => checkCnApplication(value, { today });
const pad = (n: number, width: number) => String(n).padStart(width, '0');
const type = fc.constantFrom('1', '2', '3', '8', '9');
const newForm = fc
  .tuple(fc.integer({ min: 2003, max: 2026 }), type, fc.nat(9_999_999))
  .map(([year, t, n]) => `${year}${t}${pad(n, 7)}`);
const oldForm = fc
  .tuple(fc.constantFrom(85, 86, 90, 99, 0, 1, 2, 3), type, fc.nat(99_999))
  .map(([year, t, n]) => `${pad(year, 2)}${t}${pad(n, 5)}`);
const valid = fc.oneof(newForm, oldForm).map((digits) => `${digits}.${cnApplicationCheckDigit(digits)}`);

describe('application numbers', () => {
  it.each([
    ['200310102344.5', '200310102344.5', null],
    ['ZL202010566088.9', '202010566088.9', 'ZL'],
    ['ZL201510958772.0', '201510958772.0', 'ZL'],
    ['ZL200510096239.4', '200510096239.4', 'ZL'],
    ['CN201710117081.7', '201710117081.7', 'CN'],
    ['98108095.2', '98108095.2', null],
    ['981080952', '98108095.2', null],
    ['2017101170817', '201710117081.7', null],
    ['ｚｌ２０２０１０５６６０８８．９', '202010566088.9', 'ZL'],
    [' zl 2020 1056 6088 . 9 ', '202010566088.9', 'ZL'],
  ])('accepts %s', (written, normalized, prefix) => {
    expect(check(written)).toMatchObject({ valid: true, normalized, parts: { prefix }, reason: null });
  });

  it('takes new and old numbers apart', () => {
    expect(check('ZL202010566088.9').parts).toEqual({
      prefix: 'ZL',
      form: 'new',
      year: 2020,
      typeDigit: '1',
      type: 'invention',
      typeName: '发明',
      pct: 0,
      serial: '0566088',
      checkDigit: '9',
    });
    expect(check('98108095.2').parts).toMatchObject({ form: 'old', year: 1998, serial: '08095' });
    const pct = `2010800${pad(12_345, 5)}`;
    expect(check(`${pct}.${cnApplicationCheckDigit(pct)}`).parts).toMatchObject({
      type: 'invention',
      pct: 1,
    });
    const early = '01230001';
    expect(check(`${early}.${cnApplicationCheckDigit(early)}`).parts).toMatchObject({
      year: 2001,
      type: 'utility-model',
    });
  });

  it('writes the check digit 10 as X, in either case', () => {
    const all = Array.from({ length: 100 }, (_, n) => `20051000${pad(n, 4)}`);
    const digits = all.find((d) => cnApplicationCheckDigit(d) === 'X');
    expect(check(`${digits}.x`)).toMatchObject({ valid: true, normalized: `${digits}.X` });
  });

  it.each([
    ['202410123456.7', 'check-digit'],
    ['202410123456', 'check-digit-missing'],
    ['98108095', 'check-digit-missing'],
    ['198410123456.7', 'year'],
    ['202710000000.0', 'year'],
    ['04108095.2', 'year'],
    ['202040566088.9', 'type'],
    ['20201056608.9', 'format'],
    ['US202010566088.9', 'format'],
    ['202010566088..9', 'format'],
    ['CN106844774A', 'format'],
    ['', 'empty'],
  ])('refuses %s: %s', (written, code) => {
    const answer = check(written);
    expect(answer).toMatchObject({ valid: false, normalized: null, reason: { code } });
  });

  it('tells the digit that would fit', () => {
    expect(check('202410123456.7').parts.expected).toBe('0');
    expect(check('98108095').parts.expected).toBe('2');
  });

  it('counts the future from the given day', () => {
    const digits = '202610000001';
    const number = `${digits}.${cnApplicationCheckDigit(digits)}`;
    expect(checkCnApplication(number, { today: '2026-01-01' }).valid).toBe(true);
    expect(checkCnApplication(number, { today: '2025-12-31' }).reason?.code).toBe('year');
  });

  it('accepts every number made by the rule, refuses every single slip, normalises once', () => {
    fc.assert(
      fc.property(valid, fc.nat(13), fc.constantFrom(...'0123456789X'), (number, at, other) => {
        expect(check(number)).toMatchObject({ valid: true, normalized: number });
        for (const written of [`ZL${number}`, `cn ${number.toLowerCase()}`, number.replace('.', '')]) {
          expect(check(written).normalized).toBe(number);
        }
        const slip = number.slice(0, at) + other + number.slice(at + 1);
        if (at < number.length && number.charAt(at) !== '.') expect(check(slip).valid).toBe(slip === number);
      }),
    );
  });
});

describe('publication numbers', () => {
  it.each([
    ['CN106844774A', 'CN106844774A', 'invention', 0],
    ['cn 202644312 u', 'CN202644312U', 'utility-model', 1],
    ['ＣＮ３０２１２３４５６Ｓ', 'CN302123456S', 'design', 1],
    ['CN1234567A', 'CN1234567A', 'invention', 0],
    ['CN1234567C', 'CN1234567C', 'invention', 1],
    ['CN2345678Y', 'CN2345678Y', 'utility-model', 1],
    ['CN3123456D', 'CN3123456D', 'design', 1],
    ['CN106844774B2', 'CN106844774B2', 'invention', 1],
  ])('accepts %s', (written, normalized, kind, granted) => {
    expect(checkCnPublication(written)).toMatchObject({
      valid: true,
      normalized,
      parts: { type: kind, granted },
    });
  });

  it.each([
    ['CN106844774U', 'kind-mismatch'],
    ['CN202644312A', 'kind-mismatch'],
    ['CN402644312S', 'kind-mismatch'],
    ['CN106844774', 'format'],
    ['CN106844774|', 'format'],
    ['CN106844774X', 'format'],
    ['106844774A', 'format'],
    ['CN123456A', 'format'],
    ['CN1068447740A', 'format'],
    ['CN106844774A12', 'format'],
  ])('refuses %s: %s', (written, code) => {
    expect(checkCnPublication(written)).toMatchObject({ valid: false, normalized: null, reason: { code } });
  });
});

const real = new URL('../../../shared/data/patents-zh/carrotc-cnipr-export/cnipr_199.jsonl', import.meta.url);

describe.skipIf(!existsSync(real))('a real export (skipped without ../shared/data/patents-zh)', () => {
  it('has only valid numbers and classes', () => {
    const rows = readFileSync(real, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(rows.length).toBe(199);
    for (const row of rows) {
      expect(check(row.申请号 ?? '').reason).toBeNull();
      expect(check(row.申请号 ?? '').parts.year).toBe(Number(row.申请日?.slice(0, 4)));
      expect(checkCnPublication(row['公开（公告）号'] ?? '').reason).toBeNull();
      for (const symbol of [row.主分类号 ?? '', ...(row.分类号 ?? '').split(';')]) {
        expect(checkIpc(symbol)).toMatchObject({ valid: true, parts: { level: 'group' } });
      }
    }
  });
});
