import { readConfig } from '#kernel/config';
import { type Command, text, WrongUse } from './command.ts';

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
  verbs: { '': 0 },
  async run(context) {
    const only = text(context, 'only');
    if (only !== undefined && only !== 'web' && only !== 'worker')
      throw new WrongUse({ zh: '--only 只能是 web 或 worker', en: '--only takes web or worker' });
    const told = stopSignal();
    const config = readConfig();
    const [{ openLog }, { openPack }] = await Promise.all([import('#kernel/log'), import('../pack.ts')]);
    const log = openLog(config.ZC_LOG, 2);
    // Loading the platform takes a while: faults of configuration and city pack are told before.
    const pack = await openPack(config, log);
    const { serve, Stopped } = await import('../serve.ts');
    try {
      const running = await serve({
        config,
        log,
        pack,
        part: only ?? 'all',
        say: (line) => (context.json ? undefined : console.log(line)),
        stop: told,
      });
      if (context.json) console.log(JSON.stringify({ ok: true, address: running.address }));
      await new Promise<void>((resolve) => {
        if (told.aborted) resolve();
        else told.addEventListener('abort', () => resolve(), { once: true });
      });
      await running.close();
    } catch (error) {
      // Told to stop while it was still starting: everything is closed again already.
      if (!(error instanceof Stopped)) throw error;
    }
    return 0;
  },
};

/**
 * Aborted once this process is told to stop. Ctrl-C arrives twice, from the terminal and from the process that started
 * this one, so later signals change nothing; and when that process is killed, its end of the channel closes.
 */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('disconnect', stop);
  process.channel?.unref();
  return controller.signal;
}
