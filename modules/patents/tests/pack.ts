import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { rootPath } from '#kernel/paths';

/** Nantong's own pack, for its addresses. */
export async function nantong(): Promise<CityPack> {
  const loaded = await loadCityPack(rootPath('cities/nantong'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
  return loaded.pack;
}
