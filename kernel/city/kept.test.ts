import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import { loadKeptPack } from './kept.ts';
import { loadCityPack } from './load.ts';

const home = mkdtempSync(join(tmpdir(), 'zc-kept-'));
const pack = join(home, 'pack');
const folder = join(home, 'cache');
const file = join(folder, 'city-pack.json');
beforeAll(() => cpSync(rootPath('kernel/testing/cities/yunzhou'), pack, { recursive: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('a pack is the same whether it was read or kept, and read-only either way', async () => {
  const read = await loadCityPack(pack);
  expect(await loadKeptPack(pack, folder)).toEqual(read);
  const kept = await loadKeptPack(pack, folder);
  expect(kept).toEqual(read);
  expect(Object.isFrozen(kept.ok && kept.pack.indicators[0])).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8')).result).toEqual(JSON.parse(JSON.stringify(read)));
});

test('a change of any file is seen, a fault is told each time, and what is kept is not believed when it is damaged', async () => {
  const city = join(pack, 'city.yaml');
  const text = readFileSync(city, 'utf8');
  const name = (result: Awaited<ReturnType<typeof loadKeptPack>>) => result.ok && result.pack.city.name.zh;
  expect(text).toContain('云洲市');
  writeFileSync(city, text.replace('云洲市', '云海市'));
  expect(name(await loadKeptPack(pack, folder))).toBe('云海市');
  writeFileSync(city, text.replace('id:', 'id: ['));
  expect(await loadKeptPack(pack, folder)).toMatchObject({ ok: false });
  expect(await loadKeptPack(pack, folder)).toMatchObject({ ok: false });
  writeFileSync(city, text);
  expect(name(await loadKeptPack(pack, folder))).toBe('云洲市');
  writeFileSync(file, '{"digest":');
  expect(name(await loadKeptPack(pack, folder))).toBe('云洲市');
  expect(name(await loadKeptPack(pack, join(city, 'below a file')))).toBe('云洲市');
});
