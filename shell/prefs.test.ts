import { describe, expect, it } from 'vitest';
import { readPrefs } from './kept-prefs.ts';

describe('kept settings', () => {
  it('follow the browser until somebody chose', () => {
    expect(readPrefs(null, 'en-GB', false)).toEqual({
      lang: 'en',
      largePrint: false,
      density: 'normal',
      navFolded: false,
    });
    expect(readPrefs(null, 'zh-CN', true)).toMatchObject({ lang: 'zh', density: 'touch' });
    expect(readPrefs('{"lang":"zh","density":"compact","largePrint":true}', 'en', true)).toMatchObject({
      lang: 'zh',
      density: 'compact',
      largePrint: true,
    });
  });
  it('survive what is broken', () => {
    for (const kept of ['{', 'null', '1', '{"lang":"fr","density":3}'])
      expect(readPrefs(kept, 'zh', false)).toMatchObject({ lang: 'zh', density: 'normal' });
  });
});
