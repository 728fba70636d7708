import { isAbsolute, join } from 'node:path';
import { renderCheck } from '#kernel/city/check';
import { loadKeptPack } from '#kernel/city/kept';
import type { CityPack } from '#kernel/city/schema';
import type { Config } from '#kernel/config';
import type { Log } from '#kernel/log';
import { rootPath } from '#kernel/paths';
import type { Text } from '#kernel/text';

/** Folder of the city pack as configured: relative to the checkout, or absolute. */
export function packDir(configured: string): string {
  return isAbsolute(configured) ? configured : rootPath(configured);
}

/** A pack that does not load, with its faults in words. */
export class PackError extends Error {
  constructor(readonly text: Text) {
    super(text.en);
    this.name = 'PackError';
  }
}

/** Loads the configured pack or throws with every fault; warnings go to the log. A sound one is kept in the data folder. */
export async function openPack(config: Pick<Config, 'ZC_CITY' | 'ZC_DATA'>, log: Log): Promise<CityPack> {
  const dir = packDir(config.ZC_CITY);
  const result = await loadKeptPack(dir, join(config.ZC_DATA, 'cache'));
  if (!result.ok) {
    const say = (language: 'zh' | 'en') => renderCheck(result, dir, { language, json: false });
    throw new PackError({ zh: say('zh'), en: say('en') });
  }
  for (const w of result.warnings)
    log.info({ file: w.file, line: w.line, path: w.path }, `city pack: ${w.message.en}`);
  return result.pack;
}
