import { expect, test } from 'vitest';
import { errorTable } from '#kernel/errors';
import { modules } from '../modules.ts';

/** Names of the places of a text; `{why_zh}` and `{why_en}` are the same place in two languages. */
const places = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+?)(?:_(?:en|zh))?\}/g)].map((m) => m[1]))].sort();

test('every error of every module has a code for programs, a status, and two texts with the same places', () => {
  expect(modules.length).toBeGreaterThan(3);
  expect(errorTable().size).toBeGreaterThan(50);
  for (const [code, def] of errorTable()) {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect([code, def.status >= 400 && def.status < 600]).toEqual([code, true]);
    expect([code, places(def.en)]).toEqual([code, places(def.zh)]);
    expect([code, /\p{Script=Han}|^\{/u.test(def.zh)]).toEqual([code, true]);
    expect([code, /\p{Script=Han}/u.test(def.en)]).toEqual([code, false]);
  }
});
