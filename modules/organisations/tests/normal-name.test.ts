import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { addressCloseness } from '../server/closeness.ts';
import { normalName } from '../server/normal-name.ts';

/** Texts as names are made of, with what typing varies. */
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'云洲精密机械有限责任公司集团股份合伙（）()【】·•.．。-—–, ，、"“”&＆　 ０9Ａaß'),
      fc.constantFrom('Co., Ltd.', ' co ltd', 'Limited', 'company', '有限公司', '\u200b', '\ufeff', '\u0301'),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
/** Names of Chinese characters, letters and figures alone. */
const plain = fc
  .array(fc.constantFrom(...'云洲东都精密机械电子科技研究院学校abcxyzABC0123456789'), {
    minLength: 1,
    maxLength: 20,
  })
  .map((parts) => parts.join(''));
const full = (text: string) =>
  text.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');

describe('the normal form of a name', () => {
  test('is its own normal form, and has no spaces', () => {
    fc.assert(
      fc.property(name, (text) => {
        const normal = normalName(text);
        expect(normalName(normal)).toBe(normal);
        expect(normal).not.toMatch(/\s|\u200b|\ufeff/);
        expect(normal).toBe(normal.normalize('NFKC').toLowerCase());
      }),
      { numRuns: 1000 },
    );
  });

  test('is the same in every width and case, and with spaces anywhere between', () => {
    fc.assert(
      fc.property(plain, fc.nat(), (text, at) => {
        const normal = normalName(text);
        expect(normalName(full(text))).toBe(normal);
        expect(normalName(text.toUpperCase())).toBe(normal);
        expect(normalName(` ${text}\u3000`)).toBe(normal);
        const cut = at % (text.length + 1);
        // A space within Latin letters can make a word of its own out of them; between Chinese characters it cannot.
        if (!/[a-z]/i.test(text)) expect(normalName(`${text.slice(0, cut)} ${text.slice(cut)}`)).toBe(normal);
      }),
    );
  });

  test('keeps two names of characters and figures apart unless they differ in case alone', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const words = /limited|company|corporation|incorporated/i;
        if (words.test(a + b)) return;
        expect(normalName(a) === normalName(b)).toBe(a.toLowerCase() === b.toLowerCase());
      }),
    );
  });

  test.each([
    ['云洲（海）机械有限公司', '云洲(海)机械有限公司', '云洲 【海】 机械有限公司', '云洲〔海〕机械有限公司'],
    [
      'Yunzhou Tools Co., Ltd.',
      'YUNZHOU TOOLS CO.,LTD',
      'Yunzhou Tools Company Limited',
      'yunzhou tools co ltd',
    ],
    [
      '约翰·史密斯公司',
      '约翰•史密斯公司',
      '约翰．史密斯公司',
      '约翰・史密斯公司',
      '约翰 · 史密斯公司',
      '约翰。史密斯公司',
    ],
    ['云洲—东都公司', '云洲——东都公司', '云洲-东都公司', '云洲－东都公司', '云洲–东都公司'],
    ['Ａ＆Ｂ云洲“新”公司', 'a&b云洲"新"公司', 'A & B云洲"新"公司'],
    ['Yunzhou, Inc.', 'Yunzhou Inc', 'YUNZHOU INCORPORATED'],
    ['云洲3.5公司', '云洲３．５公司'],
  ])('of %s covers its other spellings', (first, ...others) => {
    for (const other of others) expect(normalName(other)).toBe(normalName(first));
  });

  test.each([
    [
      '云洲机械有限公司',
      '云洲机械有限责任公司',
      '云洲机械股份有限公司',
      '云洲机械（集团）有限公司',
      '云洲机械集团有限公司',
    ],
    ['Yunzhou Ltd', 'Yunzhou Co Ltd', 'Yunzhou Inc', 'Yunzhou LLC'],
    ['云洲3.5公司', '云洲35公司'],
    ['甲公司，乙公司', '甲公司乙公司'],
    ['云洲一中', '云洲1中'],
  ])('keeps %s and others apart', (...names) => {
    expect(new Set(names.map(normalName)).size).toBe(names.length);
  });

  test('of nothing is nothing', () => {
    for (const text of ['', ' \u3000\t', '\u200b\ufeff', '.', '。', '——', '/'])
      expect(normalName(text)).toBe('');
  });
});

describe('the closeness of addresses', () => {
  test('is symmetric, between 0 and 1, and 1 for the same', () => {
    fc.assert(
      fc.property(fc.oneof(name, plain), fc.oneof(name, plain), (a, b) => {
        const close = addressCloseness(a, b);
        expect(close).toBe(addressCloseness(b, a));
        expect(close).toBeGreaterThanOrEqual(0);
        expect(close).toBeLessThanOrEqual(1);
      }),
    );
    fc.assert(
      fc.property(plain, (a) => {
        expect(addressCloseness(a, ` ${full(a)}`)).toBe(1);
      }),
    );
  });

  test.each([
    ['某省云洲市东都区星湖大道２０号', '东都区星湖大道20号'],
    ['云洲市东都区星湖大道二十号三楼', '云洲市东都区星湖大道20号3楼'],
    ['东都区三里路一百零八号', '东都区 三里路108号'],
    ['东都区三里路一〇八号', '中国某省云洲市东都区三里路108号。'],
  ])('knows %s and %s for the same', (a, b) => expect(addressCloseness(a, b)).toBe(1));

  test('falls with what differs, and is 0 where nothing is said', () => {
    const at = '云洲市东都区星湖大道20号创业园3幢';
    const near = addressCloseness(at, '东都区星湖大道20号');
    const street = addressCloseness(at, '东都区星湖大道115号');
    const far = addressCloseness(at, '云洲市西屏县滨江镇五村8组');
    expect(near).toBeGreaterThan(street);
    expect(street).toBeGreaterThan(far);
    expect(far).toBeLessThan(0.3);
    expect(addressCloseness('', '')).toBe(0);
    expect(addressCloseness('东都区', ' ')).toBe(0);
    // In the name of a road a numeral is a name.
    expect(addressCloseness('三里路', '3里路')).toBeLessThan(1);
  });
});
