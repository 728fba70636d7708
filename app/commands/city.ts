import { resolve } from 'node:path';
import type { Command } from './command.ts';

/** `zc city check DIR`: validates a city pack without starting anything. */
export const city: Command = {
  name: 'city',
  usage: ['city check DIR'],
  about: {
    zh: '检查城市包：逐条列出文件、行号、问题和改法',
    en: 'Check a city pack: every fault with file, line and remedy',
  },
  verbs: { check: 1 },
  async run(context) {
    const [, dir] = context.words as [string, string];
    const [{ renderCheck }, { loadCityPack }] = await Promise.all([
      import('#kernel/city/check'),
      import('#kernel/city/load'),
    ]);
    const result = await loadCityPack(resolve(dir));
    console.log(renderCheck(result, dir, { language: context.lang, json: context.json }));
    return result.ok ? 0 : 1;
  },
};
