import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { checkAdcode } from './adcode.ts';
import type { RegionSpell } from './check.ts';
import { checkCopyright } from './copyright.ts';
import { checkIpc } from './ipc.ts';
import { identifierKinds } from './kinds.ts';
import { checkLocarno } from './locarno.ts';
import { checkTrademark, isNiceClass } from './trademark.ts';

const today = '2026-06-30';

describe('copyright registration numbers', () => {
  it.each([
    [
      '国作登字-2018-F-00673505',
      '国作登字-2018-F-00673505',
      { office: '国', category: 'F', categoryName: '美术' },
    ],
    ['国作登字-2019-L-00836044', '国作登字-2019-L-00836044', { categoryName: '其他', year: 2019 }],
    ['国作登字-2026-A-00037559', '国作登字-2026-A-00037559', { categoryName: null }],
    ['粤作登字-2019-F-00006098', '粤作登字-2019-F-00006098', { office: '粤', serial: '00006098' }],
    ['苏作登字-2012-J-3105', '苏作登字-2012-J-3105', { office: '苏', serial: '3105', type: 'work' }],
    ['苏作登字—2012－ｊ–3105号', '苏作登字-2012-J-3105', {}],
    ['登记号：国作登字2018F00673505', '国作登字-2018-F-00673505', {}],
    ['作品著作权登记号: 苏作登字 2012 - J - 3105', '苏作登字-2012-J-3105', {}],
    ['软著登字第1234567号', '软著登字第1234567号', { type: 'software', year: null }],
    ['2018sr123456', '2018SR123456', { type: 'software', year: 2018, serial: '123456' }],
  ])('accepts %s', (written, normalized, parts) => {
    expect(checkCopyright(written, { today })).toMatchObject({ valid: true, normalized, parts });
  });

  it.each([
    ['台作登字-2018-F-00673505', 'format'],
    ['国作登字-2018-FF-00673505', 'format'],
    ['国作登字-18-F-00673505', 'format'],
    ['国作登字-2018-F-', 'format'],
    ['国作登字-2018-F-006735051', 'format'],
    ['国作登字-2027-F-00673505', 'year'],
    ['国作登字-1989-F-00673505', 'year'],
    ['2027SR123456', 'year'],
    ['软著登字第号', 'format'],
  ])('refuses %s: %s', (written, code) => {
    expect(checkCopyright(written, { today })).toMatchObject({ valid: false, reason: { code } });
  });
});

describe('IPC symbols', () => {
  it.each([
    ['A47L', 'A47L', { level: 'subclass', class: 'A47', edition: null }],
    ['A47L 1/03', 'A47L 1/03', { level: 'group', mainGroup: 1, subgroup: '03', symbol: 'A47L1/03' }],
    ['a47l1/03', 'A47L 1/03', { subclass: 'A47L' }],
    ['E01B3/32(2006.01)I', 'E01B 3/32', { edition: '2006.01', role: 'I' }],
    ['A47L 1/03 [2006.01]', 'A47L 1/03', { edition: '2006.01', role: null }],
    ['Ｈ０１Ｌ　２１／０２', 'H01L 21/02', { section: 'H' }],
    ['H01L0021/02', 'H01L 21/02', { mainGroup: 21 }],
    ['C07D 403/123456', 'C07D 403/123456', { subgroup: '123456' }],
    ['A47L[2006.01]', 'A47L', { edition: '2006.01' }],
  ])('accepts %s', (written, normalized, parts) => {
    expect(checkIpc(written)).toMatchObject({ valid: true, normalized, parts });
  });

  it.each([
    ['A', 'incomplete'],
    ['A47', 'incomplete'],
    ['Y02E', 'cpc-section'],
    ['I47L', 'format'],
    ['A47L 1', 'format'],
    ['A47L 1/3', 'format'],
    ['A47L 12345/03', 'format'],
    ['A47L 1/0312345', 'format'],
    ['A47L 0/03', 'group'],
    ['A47LI', 'format'],
    ['A47L 1/03 [2006]', 'format'],
    ['25-01', 'format'],
  ])('refuses %s: %s', (written, code) => {
    expect(checkIpc(written)).toMatchObject({ valid: false, reason: { code } });
  });

  const scheme = new URL('../../../shared/data/classification/ipc_zh_2026.01.csv', import.meta.url);
  it.skipIf(!existsSync(scheme))(
    'accepts the whole scheme (skipped without ../shared/data/classification)',
    () => {
      const symbols = readFileSync(scheme, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
        .filter(([, level]) => level === 'subclass' || level === 'main-group' || level === 'subgroup')
        .map(([code]) => code ?? '');
      expect(symbols.length).toBeGreaterThan(70_000);
      // Five rows of E01D have lost the end of their code in that file.
      const odd = symbols.filter((symbol) => checkIpc(symbol).parts.symbol !== symbol);
      expect(odd).toEqual(['E01D101/0', 'E01D101/1', 'E01D101/2', 'E01D101/3', 'E01D101/4']);
    },
  );
});

describe('Locarno classes', () => {
  it.each([
    ['LOC(13) Cl. 06-13', 'LOC(13) Cl. 06-13', { edition: 13, class: '06', subclass: '13' }],
    ['loc (13) cl.06－13', 'LOC(13) Cl. 06-13', {}],
    ['06-13', '06-13', { edition: null }],
    ['0613', '06-13', {}],
    ['6-13', '06-13', {}],
    ['05-05(11)', 'LOC(11) Cl. 05-05', { edition: 11 }],
    ['32-99', '32-99', {}],
  ])('accepts %s', (written, normalized, parts) => {
    expect(checkLocarno(written)).toMatchObject({ valid: true, normalized, parts });
  });

  it.each([
    ['33-01', 'class'],
    ['00-01', 'class'],
    ['06-00', 'subclass'],
    ['613', 'format'],
    ['LOC(0) Cl. 06-13', 'edition'],
    ['LOC(13) Cl. 06-13(12)', 'edition'],
    ['A47L', 'format'],
  ])('refuses %s: %s', (written, code) => {
    expect(checkLocarno(written)).toMatchObject({ valid: false, reason: { code } });
  });
});

describe('region codes', () => {
  const spell = (
    code: string,
    name: string,
    validFrom: string | null,
    validTo: string | null,
    successors: string[] = [],
  ): RegionSpell => ({ code, name, validFrom, validTo, successors, list: 'gb2260' });
  const spells = [
    spell('320602', '城区', null, '1991-12-31', ['320602']),
    spell('320602', '崇川区', '1992-01-01', '2020-06-30', ['320613']),
    spell('320613', '崇川区', '2020-07-01', null),
    spell('320683', '通州市', '1993-01-01', '2009-06-30', ['320612']),
  ];
  const regions = (code: string) => spells.filter((s) => s.code === code);

  it('finds the spell of the day asked for', () => {
    expect(checkAdcode('320602', { regions, asOf: '2017-06-30' })).toMatchObject({
      valid: true,
      normalized: '320602',
      parts: {
        name: '崇川区',
        status: 'current',
        successors: '320613',
        prefecture: '320600',
        province: '320000',
      },
    });
    expect(checkAdcode('320602', { regions, asOf: '1990-01-01' }).parts.name).toBe('城区');
    expect(checkAdcode('320602', { regions, asOf: '2020-06-30' }).parts.status).toBe('current');
    expect(checkAdcode('320602', { regions, today })).toMatchObject({
      valid: true,
      parts: { name: '崇川区', status: 'former', validTo: '2020-06-30', successors: '320613' },
    });
    expect(checkAdcode('320613', { regions, asOf: '2017-06-30' }).parts.status).toBe('future');
    expect(checkAdcode('３２０６１３', { regions, today }).parts).toMatchObject({
      status: 'current',
      successors: null,
    });
  });

  it('refuses a code that never existed, but only when it can know', () => {
    expect(checkAdcode('320699', { regions, today })).toMatchObject({
      valid: false,
      reason: { code: 'unknown-code' },
    });
    expect(checkAdcode('320699')).toMatchObject({ valid: true, parts: { level: 'county-or-above' } });
  });

  it.each([
    ['320612120', 'town'],
    ['320612120001', 'village'],
  ])('takes %s for a %s', (code, level) => {
    expect(checkAdcode(code)).toMatchObject({ valid: true, parts: { level } });
  });

  it.each(['32061', '3206120', '020612', '32061A', '南通市'])('refuses the form of %s', (code) => {
    expect(checkAdcode(code)).toMatchObject({ valid: false, reason: { code: 'format' } });
  });
});

describe('trade mark numbers', () => {
  it.each([
    ['12345678', '12345678', 'national'],
    ['第1234567号', '1234567', 'national'],
    ['12345678a', '12345678A', 'divided'],
    ['g1234567', 'G1234567', 'international'],
  ])('accepts %s', (written, normalized, kind) => {
    expect(checkTrademark(written)).toMatchObject({ valid: true, normalized, parts: { kind } });
  });

  it.each(['123456789', '12345678AB', 'G12', 'A12345678', '0000', '12-34'])('refuses %s', (written) => {
    expect(checkTrademark(written).valid).toBe(false);
  });

  it('knows the classes of goods and services', () => {
    expect([0, 1, 24, 45, 46, 1.5].map(isNiceClass)).toEqual([false, true, true, true, false, false]);
  });
});

describe('every kind', () => {
  const examples: Record<string, string> = {
    uscc: '91110000600037341L',
    'cn-application': '202010566088.9',
    'cn-publication': 'CN106844774A',
    'resident-id': '34052419800101001X',
    copyright: '国作登字-2018-F-00673505',
    ipc: 'A47L 1/03',
    locarno: 'LOC(13) Cl. 06-13',
    adcode: '320612',
  };

  it('has an example here', () => {
    expect(Object.keys(identifierKinds).sort()).toEqual(Object.keys(examples).sort());
  });

  it.each(Object.entries({ ...identifierKinds, trademark: checkTrademark }))(
    '%s never throws, keeps its promises and is idempotent',
    (kind, check) => {
      const near = examples[kind] ?? '12345678A';
      const text = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 250 }),
        fc.string({
          unit: fc.constantFrom(...near, ...near.toLowerCase(), ' ', '－', '0', '1', '9'),
          maxLength: 24,
        }),
        fc.constant(near),
      );
      fc.assert(
        fc.property(text, (value) => {
          const answer = check(value, { today });
          expect(answer.valid).toBe(answer.reason === null);
          expect(answer.valid).toBe(answer.normalized !== null);
          if (answer.normalized !== null) {
            const again = check(answer.normalized, { today });
            expect(again).toMatchObject({ valid: true, normalized: answer.normalized });
          } else {
            expect(answer.reason?.zh).toMatch(/\p{sc=Han}/u);
            // What was typed is quoted as it was typed.
            expect(answer.reason?.en.replaceAll(/"[^"]*"/g, '')).not.toMatch(/\p{sc=Han}(?!.*\d)/u);
          }
        }),
        { numRuns: 400 },
      );
      expect(check('')).toMatchObject({ valid: false, reason: { code: 'empty' } });
      expect(check('　 \u200b')).toMatchObject({ valid: false, reason: { code: 'empty' } });
      expect(check('1'.repeat(201))).toMatchObject({ valid: false, reason: { code: 'too-long' } });
    },
  );
});
