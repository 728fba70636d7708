import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { candidateKeys, keysOf, readApplication, readPublication } from '../query/numbers.ts';

const publication = (text: string, country = '') => {
  const read = readPublication(text, country);
  return read.ok ? read.value.number : null;
};
const application = (text: string) => {
  const read = readApplication(text, '2026-01-01');
  return read.ok ? read.value.number : null;
};

describe('publication numbers', () => {
  test.each([
    ['CN106844774A', 'CN106844774A'],
    ['ＣＮ１０６８４４７７４Ａ', 'CN106844774A'],
    ['CN 106844774 A', 'CN106844774A'],
    ['cn106844774.a', 'CN106844774A'],
    ['CN1387401', 'CN1387401'],
    ['EP00007054A1', 'EP0007054A1'],
    ['EP0 240 590B1', 'EP0240590B1'],
    ['US2002/0066904A1', 'US20020066904A1'],
    ['US2002066904A1', 'US20020066904A1'],
    ['US07318131B2', 'US7318131B2'],
    ['US 7,654,321 B2', 'US7654321B2'],
    ['USDES374176S', 'USD374176S'],
    ['WO9912345', 'WO1999012345'],
    ['WO99/13800', 'WO1999013800'],
    ['WO2018/012345A1', 'WO2018012345A1'],
    ['WO0402618A2', 'WO2004002618A2'],
    ['JP2000-347427', 'JP2000347427'],
    ['DE31 00 442C1', 'DE3100442C1'],
  ])('%s → %s', (text, number) => expect(publication(text)).toBe(number));

  test('an office beside the number helps', () =>
    expect(publication('106844774A', 'CN')).toBe('CN106844774A'));
  test.each(['', '专利', 'CN', 'CN306844774A', 'CN12345678901234A', '../x', '2013.01.02'])(
    '%j is none',
    (text) => expect(publication(text)).toBeNull(),
  );
});

describe('application numbers', () => {
  test.each([
    ['CN201220249767.4', 'CN201220249767.4'],
    ['ZL202010566088.9', 'CN202010566088.9'],
    ['ZL 2015 1 0958772.0', 'CN201510958772.0'],
    ['2015109587720', 'CN201510958772.0'],
    ['201510958772', 'CN201510958772.0'],
    ['02112242.3', 'CN02112242.3'],
    ['cn201220249766.x', 'CN201220249766.X'],
    ['85100001', 'CN85100001'],
    ['PCT/CN2017/012345', 'PCT/CN2017/012345'],
    ['PCT/US99/9417', 'PCT/US1999/009417'],
    ['US15/123456', 'US15/123456'],
  ])('%s → %s', (text, number) => expect(application(text)).toBe(number));
  test.each(['202410123456.7', '197010123456.7', '209910123456.7', '', '号码'])('%j is refused', (text) =>
    expect(application(text)).toBeNull(),
  );
});

describe('spellings of one record', () => {
  const read = readPublication('CN109462287A');
  const applied = readApplication('201811107071.6');
  if (!read.ok || !applied.ok) throw new Error('unreadable');
  const keys = keysOf(read.value, applied.value);
  test.each([
    'CN201811107071.6',
    '201811107071.6',
    '201811107071',
    'ZL201811107071.6',
    'ZL 2018 1 1107071.6',
    'ＺＬ２０１８１１１０７０７１．６',
    'CN109462287A',
    'CN109462287',
    'CN 109462287 A',
    '109462287',
  ])('%s', (text) => expect(keys.some((key) => candidateKeys(text).includes(key))).toBe(true));
  test('another kind of the same number is another publication', () =>
    expect(keys.some((key) => candidateKeys('CN109462287B').includes(key))).toBe(false));
  test.each(['机器人', 'PLC', '2019', '12345', 'A47L', 'abcdefgh', 'pm2500000x'])('%s is a word', (text) =>
    expect(candidateKeys(text)).toEqual([]),
  );
  test('any text is read without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        candidateKeys(text);
        readPublication(text);
        readApplication(text);
      }),
    );
  });
});
