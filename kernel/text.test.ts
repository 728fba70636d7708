import { describe, expect, test } from 'vitest';
import { fill, fillText, langOf } from './text.ts';

describe('texts', () => {
  test('are filled in both languages; an unknown place stays to be seen', () => {
    expect(fillText({ zh: '{n} 项，{what}', en: '{n} of {what}' }, { n: 3 })).toEqual({
      zh: '3 项，{what}',
      en: '3 of {what}',
    });
    expect(fill('{constructor} {toString}', {})).toBe('{constructor} {toString}');
    expect(fill('{a}', { a: '{b}', b: 'never' })).toBe('{b}');
    expect(fill('{cost}', { cost: '$& $1' })).toBe('$& $1');
  });

  test.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en', 'en'],
    ['EN-gb, zh;q=0.5', 'en'],
    ['de,en;q=0.9', 'zh'],
    ['enm', 'zh'],
  ] as const)('the language of %j is %s', (header, lang) => {
    expect(langOf(header)).toBe(lang);
  });
});
