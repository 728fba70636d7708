import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { systemClock } from '#kernel/clock';
import { type Config, readConfig } from '#kernel/config';
import { openLog } from '#kernel/log';
import { rootPath } from '#kernel/paths';
import { type Composed, compose } from '#kernel/platform';
import { openStores, type Stores } from '#kernel/stores/index';
import { demoAccounts, prepareDemo } from './demo.ts';
import { modules } from './modules.ts';
import { openPack } from './pack.ts';
import { version } from './version.ts';

/** Which parts of the platform this process runs. */
export type Part = 'all' | 'web' | 'worker';

/** A running platform. */
export interface Running {
  address: string | null;
  composed: Composed;
  stores: Stores;
  close(): Promise<void>;
}

/**
 * Starts the platform: stores, migrations, city pack, demonstration data, server and worker. Prints what a person needs
 * to begin; everything else goes to the log.
 */
export async function serve(
  part: Part,
  say: (line: string) => void,
  config: Config = readConfig(),
): Promise<Running> {
  const log = openLog(config.ZC_LOG, 2);
  const pack = await openPack(config.ZC_CITY, log);
  const stores = await openStores({
    dataDir: config.ZC_DATA,
    databaseUrl: config.DATABASE_URL,
    clickhouseUrl: config.CLICKHOUSE_URL,
    clickhouseCluster: config.CLICKHOUSE_CLUSTER,
    log: (level, message, extra) => log[level](extra ?? {}, message),
  });
  try {
    const composed = await compose({ config, modules, clock: systemClock, log, stores, pack, version });
    const { platform } = composed;
    const demo = await prepareDemo(platform, say);
    await composed.load(demo.fresh);
    if (demo.fresh) await demo.done();
    const app = part === 'worker' ? null : await composed.http(webRoot());
    if (part !== 'web') await platform.jobs.work();
    let address: string | null = null;
    if (app) {
      await app.listen({ host: config.ZC_HOST, port: config.ZC_PORT });
      const bound = app.server.address() as AddressInfo;
      address = config.ZC_ORIGIN ?? `http://${shownHost(config.ZC_HOST)}:${bound.port}`;
      say(`知城 ${pack.city.name.zh} ${version}  ${address}`);
      for (const line of await demoAccounts(platform)) say(line);
    } else say(`知城 worker ${version}`);
    let closing: Promise<void> | undefined;
    const close = () => {
      closing ??= (async () => {
        await app?.close();
        await composed.stop();
        await stores.close();
      })();
      return closing;
    };
    return { address, composed, stores, close };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

function webRoot(): string | undefined {
  const built = rootPath('dist/web');
  return existsSync(built) ? built : undefined;
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
