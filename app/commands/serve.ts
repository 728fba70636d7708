import { type Part, serve } from '../serve.ts';
import { type Command, Refusal, text } from './command.ts';

/** `zc serve`: the platform until it is told to stop. */
export const serveCommand: Command = {
  name: 'serve',
  usage: ['serve [--only web|worker]'],
  about: {
    zh: '启动平台；--only 只启动网页或后台任务',
    en: 'Start the platform; --only starts web or worker alone',
  },
  details: {
    zh: ['环境变量见 docs/operations.md：ZC_DATA 数据目录，ZC_PORT 端口，ZC_CITY 城市包，ZC_DEMO 演示数据'],
    en: [
      'Variables: docs/operations.md — ZC_DATA folder, ZC_PORT port, ZC_CITY city pack, ZC_DEMO demonstration',
    ],
  },
  options: { only: { type: 'string' } },
  async run(context) {
    const only = text(context, 'only');
    if (only !== undefined && only !== 'web' && only !== 'worker')
      throw new Refusal({ zh: '--only 只能是 web 或 worker', en: '--only takes web or worker' });
    const running = await serve((only ?? 'all') as Part, (line) => {
      if (!context.json) console.log(line);
    });
    if (context.json) console.log(JSON.stringify({ ok: true, address: running.address }));
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
    await running.close();
    return 0;
  },
};
