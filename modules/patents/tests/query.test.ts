import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PatentQuery } from '../contract.ts';
import type { Places } from '../server/places.ts';
import { planSearch, readIpcPrefix, readQuery, splitQuery } from '../server/query.ts';

const places: Places = {
  all: ['city', 'a'],
  locate: () => ({ region: '', precision: 'none' }),
  resolve: (text) => (text === '320600' || text === 'city' ? 'city' : null),
  within: () => ['city', 'a'],
};
const plan = (query: Partial<PatentQuery>, personal = false) =>
  planSearch({ page: 1, size: 20, ...query }, places, '2026-01-01', personal);

describe('words', () => {
  test.each([
    ['机器人  抓手', ['机器人', '抓手']],
    ['“机器人 抓手” 船', ['机器人 抓手', '船']],
    ['机器人　ＰＬＣ', ['机器人', 'ＰＬＣ']],
    ['"never closed', ['never closed']],
    ['', []],
    ['""', []],
  ])('%s', (q, words) => expect(splitQuery(q)).toEqual(words));
  test('a number anywhere is a number, a phrase loses the space beside Chinese', () => {
    expect(readQuery('机器人 CN106844774A "采用 PLC"')).toEqual({
      words: ['机器人', '采用plc'],
      numbers: [['p:CN106844774A']],
    });
    expect(readQuery('ZL 2018 1 1107071.6').numbers).toEqual([['a:CN201811107071']]);
  });
});

describe('IPC', () => {
  test.each([
    ['A', 'A'],
    ['a47', 'A47'],
    ['A47L', 'A47L'],
    ['A47L 1/03', 'A47L1/03'],
    ['Ａ47Ｌ１／03', 'A47L1/03'],
    ['A47L1', 'A47L1/'],
    ['A47L 1/', 'A47L1/'],
    ['A01B 0001/02', 'A01B1/02'],
    ['E01B3/32(2006.01)I', 'E01B3/32'],
  ])('%s → %s', (text, prefix) => expect(readIpcPrefix(text)).toBe(prefix));
  test.each(['Z', '47', 'A4', 'A47 1/03', '机器', "A'; drop table patent", 'A47L1/03/4'])(
    '%s is refused',
    (text) => expect(() => readIpcPrefix(text)).toThrow(),
  );
});

describe('conditions', () => {
  test('hold no text of the user', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (q, applicant) => {
        const { where, params } = plan({ q, applicant });
        const fixed = where.replaceAll(/\{\w+:[\w()]+\}/g, '');
        expect(fixed).toMatch(/^[a-zA-Z_()>,\s0-9\-.]*$/);
        for (const name of where.matchAll(/\{(\w+):/g)) expect(params).toHaveProperty(name[1]!);
      }),
    );
  });
  test('strangers search organisations only', () => {
    expect(plan({ applicant: '张三' }).where).toContain('organisation_text');
    expect(plan({ applicant: '张三' }, true).where).toContain('applicant_text');
  });
  test('what cannot be understood is refused, never dropped', () => {
    expect(() => plan({ region: '999999' })).toThrow();
    expect(() => plan({ from: '2020-01-02', to: '2020-01-01' })).toThrow();
    expect(() => plan({ q: Array.from({ length: 40 }, (_, i) => `词${i}`).join(' ') })).toThrow();
  });
  test('the reading is told', () => {
    expect(
      plan({ q: '机器人 机器人 船', ipc: 'A47L 1', region: '320600', from: '2013-01-01' }).searched,
    ).toMatchObject({
      words: ['机器人', '船'],
      ipc: 'A47L1/',
      region: 'city',
      from: '2013-01-01',
      to: null,
    });
  });
});
