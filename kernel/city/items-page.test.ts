import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenPack } from '../testing/cities/broken.ts';
import { keysOf } from '../testing/keys-of.ts';
import { loadCityPack } from './load.ts';
import { ServiceItem } from './schema.ts';
import { RecordSchema } from './schema-fields.ts';

const PAGE = fileURLToPath(new URL('../../docs/items.md', import.meta.url));

describe('the page about service items', () => {
  it('shows an item that loads', async () => {
    const text = await readFile(PAGE, 'utf8');
    const [declaration] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((m) => m[1]!);
    expect(declaration).toMatch(/^# items\/reading-room\.yaml\n/);
    const pack = await brokenPack([{ file: 'items/reading-room.yaml', write: declaration! }]);
    try {
      const result = await loadCityPack(pack.dir);
      if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
      expect(result.warnings).toEqual([]);
      expect(result.pack.items.map((item) => [item.id, item.from])).toEqual([
        ['leads', '2021-01-01'],
        ['letters', '2011-01-01'],
        ['letters', '2021-01-01'],
        ['reading-room', '2022-01-01'],
      ]);
    } finally {
      await pack.remove();
    }
  });

  it('explains every key of a declaration', async () => {
    const text = await readFile(PAGE, 'utf8');
    const table = text.slice(text.indexOf('## Every key'));
    const named = new Set([...table.matchAll(/`([\w-]+)`/g)].map((m) => m[1]));
    // Fields are explained on the page about registers.
    const elsewhere = new Set(['zh', 'en', ...keysOf(RecordSchema)]);
    expect([...keysOf(ServiceItem)].filter((key) => !named.has(key) && !elsewhere.has(key))).toEqual([]);
  });
});
