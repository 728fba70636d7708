import { describe, expect, test } from 'vitest';
import { AppError, defineErrors, errorTable } from './errors.ts';

describe('errors', () => {
  test('carry status, both texts, parameters and issues', () => {
    const issue = { path: '/value', code: 'negative', message: 'x' };
    const error = new AppError('too_large', { limit: '4.0 MB' }, [issue]);
    expect(error).toMatchObject({
      status: 413,
      code: 'too_large',
      params: { limit: '4.0 MB' },
      issues: [issue],
      text: { zh: '内容超过上限 4.0 MB，请拆分后再传' },
    });
    expect(error.message).toBe(error.text.en);
  });

  test('of an unknown code, or of a code that is taken, are a mistake of the programme', () => {
    expect(() => new AppError('no_such_code')).toThrow('unknown error code no_such_code');
    const row = { status: 418, zh: '壶', en: 'teapot' };
    const made = defineErrors({ test_teapot: row });
    expect(made('test_teapot').status).toBe(418);
    expect(() => defineErrors({ test_teapot: row })).toThrow('defined twice');
    expect(() => defineErrors({ forbidden: row })).toThrow('defined twice');
  });

  test('have a code that programs can rely on, a status of a failure and two texts with the same places', () => {
    // Codes of modules may be among them, whose texts name a place twice in one language.
    const places = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+?)(?:_(?:en|zh))?\}/g)].map((m) => m[1]))].sort();
    for (const [code, def] of errorTable()) {
      expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(def.status).toBeGreaterThanOrEqual(400);
      expect(def.status).toBeLessThan(600);
      expect([code, places(def.en)]).toEqual([code, places(def.zh)]);
    }
  });
});
