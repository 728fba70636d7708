import { describe, expect, test } from 'vitest';
import { configTable } from '#kernel/config';
import { textOf } from './checkout.ts';

const manual = textOf('docs/operations.md');

/** The manual's table of variables: name, default (null for none) and meaning. */
const rows = [...manual.matchAll(/^\| `([A-Z_]+)` +\| +(?:`([^`]*)`|–) +\| +(.+?) +\|$/gm)].map((m) => ({
  name: m[1] as string,
  fallback: m[2] ?? null,
  meaning: (m[3] as string).replace(/\.$/, ''),
}));

/** A default as it is typed into the environment. */
function written(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

describe("the operator's manual", () => {
  test('names every variable, in the order of the table, with its default and meaning', () => {
    const wanted = Object.entries(configTable).map(([name, v]) => ({
      name,
      fallback: written(v.schema.parse(undefined)),
      meaning: v.about.en,
    }));
    expect(rows).toEqual(wanted);
  });

  test('speaks of no variable that is not read', () => {
    const named = [...manual.matchAll(/\b(ZC_[A-Z_]+|DATABASE_URL|CLICKHOUSE_[A-Z]+)\b/g)].map((m) => m[1]);
    expect(Object.keys(configTable)).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  test('tells of starting, stores, backup, accounts, proxy, watching and upgrading', () => {
    for (const words of ['npm start', 'ZC_DEMO=off', 'zc.mjs backup', 'zc.mjs restore', 'zc.mjs user create'])
      expect(manual).toContain(words);
    for (const heading of [
      'Two stores',
      'Backup and restore',
      'Accounts',
      'Behind a proxy',
      'Watching it',
      'Upgrading',
    ])
      expect(manual).toMatch(new RegExp(`^## ${heading}`, 'm'));
  });
});
