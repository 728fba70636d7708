import { renderCheck } from '#kernel/city/check';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { rootPath } from '#kernel/paths';

/** Packs that this worker has read: with `isolate: false` every test file of a worker shares `globalThis`. */
const shared = globalThis as { zcTestPacks?: Map<string, Promise<CityPack>> };

/**
 * A pack of the checkout that must be sound, by the parts of its path. It is read once per worker, because reading a whole city
 * takes over a second; a pack is frozen, so files may share it. Throws with every fault.
 */
export function packAt(...segments: string[]): Promise<CityPack> {
  const dir = rootPath(...segments);
  shared.zcTestPacks ??= new Map();
  const known = shared.zcTestPacks.get(dir) ?? read(dir);
  shared.zcTestPacks.set(dir, known);
  return known;
}

async function read(dir: string): Promise<CityPack> {
  const result = await loadCityPack(dir);
  if (!result.ok) throw new Error(renderCheck(result, dir, { language: 'en', json: false }));
  return result.pack;
}
