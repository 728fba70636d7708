import { resolve } from 'node:path';
import { renderCheck } from '#kernel/city/check';
import { loadCityPack } from '#kernel/city/load';
import { type Command, Refusal } from './command.ts';

/** `zc city check DIR`: validates a city pack without starting anything. */
export const city: Command = {
  name: 'city',
  usage: ['city check DIR'],
  about: {
    zh: '检查城市包：逐条列出文件、行号、问题和改法',
    en: 'Check a city pack: every fault with file, line and remedy',
  },
  async run(context) {
    const [verb, dir] = context.words;
    if (verb !== 'check' || !dir)
      throw new Refusal({ zh: '用法：zc city check 目录', en: 'Usage: zc city check DIR' });
    const result = await loadCityPack(resolve(dir));
    console.log(renderCheck(result, dir, { language: context.lang, json: context.json }));
    return result.ok ? 0 : 1;
  },
};
