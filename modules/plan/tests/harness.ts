import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { rootPath } from '#kernel/paths';

/** Loads a pack that must be sound. */
export async function packAt(...segments: string[]): Promise<CityPack> {
  const result = await loadCityPack(rootPath(...segments));
  if (!result.ok) throw new Error(result.faults.map((f) => `${f.file}:${f.line} ${f.message.en}`).join('\n'));
  return result.pack;
}

/** The pack of the first city. */
export const nantong = () => packAt('cities', 'nantong');

/** The small fictitious city. */
export const yunzhou = () => packAt('kernel', 'testing', 'cities', 'yunzhou');
