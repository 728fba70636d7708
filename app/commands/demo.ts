import type { Command } from './command.ts';

/** `zc demo`: loads demonstration data into an empty installation, or shows its accounts again. */
export const demo: Command = {
  name: 'demo',
  usage: ['demo'],
  about: {
    zh: '在空的数据目录中生成演示数据；已有演示数据时显示演示账号',
    en: 'Generate demonstration data in an empty data folder, or show its accounts again',
  },
  verbs: { '': 0 },
  async run(context) {
    const [{ demoAccounts, demoLines, prepareDemo }, { withPlatform }] = await Promise.all([
      import('../demo.ts'),
      import('./platform.ts'),
    ]);
    return withPlatform(async ({ composed }) => {
      const { platform } = composed;
      const prepared = await prepareDemo(platform, 'on', (line) => context.say({ zh: line, en: line }));
      if (prepared.fresh) {
        await composed.load(true);
        await prepared.done();
      }
      const shown = (await demoLines(platform)).join('\n');
      context.result(
        { ok: true, fresh: prepared.fresh, accounts: await demoAccounts(platform) },
        { zh: shown, en: shown },
      );
      return 0;
    });
  },
};
