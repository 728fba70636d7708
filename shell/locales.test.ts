/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';

const locales = import.meta.glob<Record<string, Record<string, string>>>(
  ['./locales/*.ts', '../modules/*/web/**/locales/*.ts'],
  { eager: true },
);
const sources = import.meta.glob<string>(
  ['./**/*.{ts,tsx}', '../modules/*/web/**/*.{ts,tsx}', '!**/locales/**', '!**/*.test.ts'],
  { eager: true, query: '?raw', import: 'default' },
);

/** Folder of a locale file → its texts by language. */
const folders = new Map<string, Record<string, Record<string, string>>>();
for (const [path, exported] of Object.entries(locales)) {
  const folder = path.slice(0, path.lastIndexOf('/locales/'));
  const lang = path.slice(path.lastIndexOf('/') + 1, -3);
  folders.set(folder, { ...folders.get(folder), [lang]: exported[lang]! });
}
const places = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
const own = (key: string, all: Record<string, string>) => !key.endsWith('_one') || !(key.slice(0, -4) in all);

describe.each([...folders])('texts of %s', (folder, { zh, en }) => {
  it('are in both languages', () => {
    expect(
      Object.keys(en!)
        .filter((k) => own(k, en!))
        .sort(),
    ).toEqual(Object.keys(zh!).sort());
    for (const texts of [zh!, en!])
      for (const [key, text] of Object.entries(texts)) expect(text, key).not.toBe('');
  });
  it('leave the same places open', () => {
    for (const [key, text] of Object.entries(zh!)) expect(places(en![key]!), key).toEqual(places(text));
  });
  it('are all used', () => {
    // The frame's texts serve every module; a module's serve its own pages.
    const code = Object.entries(sources)
      .filter(([path]) => folder === '.' || path.startsWith(`${folder}/`))
      .map(([, text]) => text)
      .join('\n');
    // Either written out, or begun in a template: `state.${state}`.
    const used = (key: string) =>
      code.includes(`'${key}'`) || code.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`);
    expect(Object.keys(zh!).filter((key) => !used(key))).toEqual([]);
  });
});

describe('pages', () => {
  it('hold no Chinese text of their own', () => {
    const withoutComments = (text: string) =>
      text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"])\/\/.*$/gm, '$1');
    const found = Object.entries(sources)
      .filter(([path]) => path.endsWith('.tsx'))
      .flatMap(([path, text]) =>
        [...withoutComments(text).matchAll(/\p{Script=Han}+/gu)].map((m) => `${path}: ${m[0]}`),
      );
    expect(found).toEqual([]);
  });
});
