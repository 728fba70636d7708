import { isDemo } from '#kernel/installation';
import { demoAccounts, prepareDemo } from '../demo.ts';
import type { Command } from './command.ts';
import { withPlatform } from './platform.ts';

/** `zc demo`: loads demonstration data into an empty installation, or shows its accounts again. */
export const demo: Command = {
  name: 'demo',
  usage: ['demo'],
  about: {
    zh: '在空的数据目录中生成演示数据；已有演示数据时显示演示账号',
    en: 'Generate demonstration data in an empty data folder, or show its accounts again',
  },
  async run(context) {
    return withPlatform(async ({ composed }) => {
      const { platform } = composed;
      const before = await isDemo(platform);
      const prepared = await prepareDemo(platform, (line) => context.say({ zh: line, en: line }));
      if (prepared.fresh) {
        await composed.load(true);
        await prepared.done();
      }
      const lines = await demoAccounts(platform);
      const nothing = {
        zh: '数据目录里已有真实数据，没有生成演示数据',
        en: 'The data folder holds real data: no demonstration data was generated',
      };
      const shown = lines.join('\n');
      context.result(
        { ok: lines.length > 0, fresh: prepared.fresh, before, lines },
        lines.length ? { zh: shown, en: shown } : nothing,
      );
      return lines.length > 0 ? 0 : 1;
    });
  },
};
