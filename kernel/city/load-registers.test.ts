import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { brokenPack, type Edit, YUNZHOU } from '../testing/cities/broken.ts';
import { REGISTER_SLIPS } from '../testing/cities/register-slips.ts';
import { type Fault, pathText } from './faults.ts';
import { loadCityPack } from './load.ts';
import type { CityPack } from './schema.ts';

const made: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((pack) => pack.remove()));
});

const A = 'registers/alliances.yaml';
const F = 'registers/strong-firms.yaml';
const C = 'registers/certified-firms.yaml';
const E = 'registers/economic-figures.yaml';

async function broken(...edits: Edit[]): Promise<string> {
  const pack = await brokenPack(edits);
  made.push(pack);
  return pack.dir;
}

async function packOf(dir: string): Promise<CityPack> {
  const result = await loadCityPack(dir);
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 2));
  return result.pack;
}

async function faultsOf(dir: string): Promise<Fault[]> {
  const result = await loadCityPack(dir);
  return result.ok ? [] : result.faults;
}

const ids = (pack: CityPack) => pack.registers.map((register) => register.id);

/** The alliances under another id and prefix, with more changed. */
async function another(id: string, prefix: string, change: (text: string) => string = (text) => text) {
  const text = await readFile(path.join(YUNZHOU, A), 'utf8');
  const write = change(text.replace('id: alliances', `id: ${id}`).replace('prefix: LM', `prefix: ${prefix}`));
  return { file: `registers/${id}.yaml`, write };
}

describe('the folder of registers', () => {
  it('gives the registers in order of their group and their place in it', async () => {
    expect(ids(await packOf(YUNZHOU))).toEqual([
      'alliances',
      'strong-firms',
      'certified-firms',
      'economic-figures',
    ]);
    const late = await another('leagues', 'LE', (text) => text.replace('order: 1', 'order: 2'));
    const same = await another('a-leagues', 'AL', (text) => text.replace('order: 1', 'order: 2'));
    const first = await another('zones', 'ZO', (text) => text.replace('group: industry', 'group: regions'));
    const dir = await broken(late, same, first);
    expect(ids(await packOf(dir)).slice(0, 4)).toEqual(['zones', 'alliances', 'a-leagues', 'leagues']);
  });

  it('may be missing or empty', async () => {
    const dir = await broken({ file: 'registers', remove: true });
    expect((await packOf(dir)).registers).toEqual([]);
    await mkdir(path.join(dir, 'registers'));
    expect((await packOf(dir)).registers).toEqual([]);
  });

  it('counts in the checksum, its notes do not', async () => {
    const original = (await packOf(YUNZHOU)).hash;
    const noted = await broken(
      { file: 'registers/README.md', write: 'notes' },
      { file: 'registers/.DS_Store', write: 'x' },
    );
    expect((await packOf(noted)).hash).toBe(original);
    const changed = await broken();
    await appendFile(path.join(changed, E), '\n');
    expect((await packOf(changed)).hash).not.toBe(original);
    const more = await broken(await another('leagues', 'LE'));
    expect((await packOf(more)).hash).not.toBe(original);
  });

  it('refuses links that lead outside, and follows those that stay inside', async () => {
    const outside = await broken();
    const file = await broken({ file: E, link: path.join(outside, E) });
    expect(await faultsOf(file)).toMatchObject([{ code: 'path-escapes', file: E }]);
    const folder = await broken({ file: 'registers', link: path.join(outside, 'registers') });
    expect(await faultsOf(folder)).toMatchObject([{ code: 'path-escapes', file: 'registers' }]);
    const linked = await broken({ file: E, link: '../kept.yaml' });
    await writeFile(path.join(linked, 'kept.yaml'), await readFile(path.join(YUNZHOU, E)));
    expect(ids(await packOf(linked))).toContain('economic-figures');
  });

  it('says of a folder or a file that is no text where it is', async () => {
    const dir = await broken({ file: E, remove: true });
    await mkdir(path.join(dir, E));
    expect(await faultsOf(dir)).toMatchObject([{ code: 'not-a-file', file: E }]);
    const gbk = await broken({ file: E, write: Uint8Array.from([0x61, 0x3a, 0x0a, 0xd4, 0xc6]) });
    expect(await faultsOf(gbk)).toMatchObject([{ code: 'not-utf8', file: E, line: 2 }]);
  });

  it('does not call references wrong because the register they name has a slip of its own', async () => {
    const measure = { id: 'registers.strong-firms.firms', note: '由名册计算' };
    const bound: Edit = { file: 'indicators.yaml', set: ['indicators', 2, 'measure'], to: measure };
    expect(await faultsOf(await broken(bound))).toEqual([]);
    for (const slip of [
      { file: F, find: 'group: enterprises', put: 'group: enterprise' },
      { file: F, write: 'id: [strong-firms' },
    ]) {
      const faults = await faultsOf(await broken(bound, slip));
      expect(faults.map((fault) => fault.file)).toEqual([F]);
    }
  });
});

/** Place of a field of a register. */
const field = (key: string, ...more: (string | number)[]) => ['schema', 'properties', key, ...more];
const set = (file: string, at: (string | number)[], to: unknown): Edit => ({ file, set: at, to });

describe('a declaration', () => {
  it.each(REGISTER_SLIPS)('with $what is refused', async ({ file, set: path, to, code, at }) => {
    const faults = await faultsOf(await broken({ file, set: path, to }));
    const said = faults.find((fault) => fault.code === code && fault.path === pathText(at));
    expect(said, JSON.stringify(faults)).toBeDefined();
    expect(said!.file).toBe(file);
    for (const text of [said!.message.zh, said!.message.en, said!.remedy.zh, said!.remedy.en])
      expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
  });

  it('hides no field from programs', async () => {
    const dir = await broken({
      file: A,
      find: '    poolSize:',
      put: '    __proto__: { type: boolean }\n    poolSize:',
    });
    expect(await faultsOf(dir)).toMatchObject([{ code: 'unknown-key', path: 'schema.properties.__proto__' }]);
  });

  it('may ask whatever suits a field', async () => {
    const dir = await broken(
      set(F, ['measures', 3, 'where'], {
        intensity: { gt: 0.5, lt: 100 },
        corePatents: { exists: true },
        revenue: { exists: true },
        since: { gte: '2021-01-01', lte: '@day' },
        founded: [1998, 2004],
        listed: false,
        region: { not: ['harbour'] },
        industry: '船舶',
        capital: { gte: 100_000_000 },
      }),
      set(A, ['measures', 0, 'where'], { technologies: 'B63B 3/00', endsOn: '@day' }),
    );
    expect(await faultsOf(dir)).toEqual([]);
  });

  it('shares its place with another without a fault', async () => {
    expect(await faultsOf(await broken(set(C, ['order'], 1)))).toEqual([]);
  });

  it('is suggested where its id, field or measure is misspelt', async () => {
    const dir = await broken(
      set(A, field('leader', 'x-register'), 'strong-firm'),
      set(A, ['list', 1], 'regoin'),
      set('indicators.yaml', ['indicators', 0, 'measure', 'id'], 'registers.alliances.in-forse'),
    );
    const said = (await faultsOf(dir)).map((fault) => fault.message.en).join(' ');
    for (const meant of ['strong-firms', 'region', 'registers.alliances.in-force'])
      expect(said).toContain(`Did you mean “${meant}”?`);
  });

  it('must offer the measures on which indicators stand, in parts and as denominators too', async () => {
    const measure = (id: string, per?: string) => ({ id, ...(per ? { per } : {}), note: '由名册计算' });
    const sound = await broken(
      set('indicators.yaml', ['indicators', 2, 'measure'], measure('registers.strong-firms.firms')),
    );
    expect(await faultsOf(sound)).toEqual([]);
    const dir = await broken(
      set('indicators.yaml', ['indicators', 2, 'measure'], measure('registers.schools.firms')),
      set(
        'indicators.yaml',
        ['indicators', 4, 'parts', 0, 'measure'],
        measure('registers.strong-firms.firms', 'registers.economic-figures.gnp'),
      ),
      set('indicators.yaml', ['indicators', 4, 'parts', 1, 'measure'], measure('registers.strong-firms')),
    );
    expect((await faultsOf(dir)).map((fault) => `${fault.code} ${fault.path}`)).toEqual([
      'register-unknown-measure indicators[2].measure.id',
      'register-unknown-measure indicators[4].parts[0].measure.per',
      'register-unknown-measure indicators[4].parts[1].measure.id',
    ]);
  });
});
