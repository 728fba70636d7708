import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenPack } from '../testing/cities/broken.ts';
import { keysOf } from '../testing/keys-of.ts';
import { loadCityPack } from './load.ts';
import { Register } from './schema.ts';

const PAGE = fileURLToPath(new URL('../../docs/registers.md', import.meta.url));

describe('the page about registers', () => {
  it('shows a register that loads, and an indicator that stands on it', async () => {
    const text = await readFile(PAGE, 'utf8');
    const [declaration, binding] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((m) => m[1]!);
    expect(declaration).toMatch(/^# registers\/pilot-schools\.yaml\n/);
    const before = '    rule:\n      version: 1\n      text: 年末有效的试点学校数。';
    const pack = await brokenPack([
      { file: 'registers/pilot-schools.yaml', write: declaration! },
      { file: 'indicators.yaml', find: before, put: `    ${binding}${before}` },
    ]);
    try {
      const result = await loadCityPack(pack.dir);
      if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
      expect(result.warnings).toEqual([]);
      const register = result.pack.registers.find(({ id }) => id === 'pilot-schools');
      const bound = result.pack.indicators.find(({ no }) => no === '3')!.measure!.id;
      expect(register!.measures.map(({ id }) => `registers.pilot-schools.${id}`)).toContain(bound);
    } finally {
      await pack.remove();
    }
  });

  it('explains every key of a declaration', async () => {
    const text = await readFile(PAGE, 'utf8');
    const keys = keysOf(Register);
    expect(keys.size).toBeGreaterThan(70);
    const table = text.slice(text.indexOf('## Every key'), text.indexOf('## When a register changes'));
    const named = new Set([...table.matchAll(/`([\w-]+)(?:: [\w-]+)?`/g)].map((m) => m[1]));
    expect([...keys].filter((key) => !named.has(key))).toEqual([]);
  });
});
