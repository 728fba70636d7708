import { systemClock } from '#kernel/clock';
import { readConfig } from '#kernel/config';
import { openLog } from '#kernel/log';
import { type Composed, compose } from '#kernel/platform';
import { type Actor, system } from '#kernel/policy/policy';
import { openStores, StoreError, type Stores } from '#kernel/stores/index';
import { modules } from '../modules.ts';
import { openPack } from '../pack.ts';
import { version } from '../version.ts';

/** The command line as an actor in logs. */
export const commandLine: Actor = { ...system, name: '命令行' };

/** A platform opened for one command. */
export interface Opened {
  composed: Composed;
  stores: Stores;
  /** True where a server is running on the same data folder and holds the stores. */
  serverRuns: boolean;
}

/**
 * Opens the platform for one command: through the stores of the server that runs on the data folder, or alone where none
 * does. Everything is closed again afterwards, also when the command fails.
 */
export async function withPlatform<T>(run: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig();
  const log = openLog(process.env.ZC_LOG ?? 'error', 2);
  const pack = await openPack(config.ZC_CITY, log);
  const base = {
    dataDir: config.ZC_DATA,
    databaseUrl: config.DATABASE_URL,
    clickhouseUrl: config.CLICKHOUSE_URL,
    clickhouseCluster: config.CLICKHOUSE_CLUSTER,
    log: (level: 'info' | 'warn' | 'error', message: string, extra?: object) =>
      log[level](extra ?? {}, message),
  };
  let serverRuns = true;
  const stores = await openStores({ ...base, role: 'client' }).catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'not_running') throw error;
    serverRuns = false;
    return openStores({ ...base, role: 'owner' });
  });
  try {
    const composed = await compose({ config, modules, clock: systemClock, log, stores, pack, version });
    if (!serverRuns) await composed.load(false);
    try {
      return await run({ composed, stores, serverRuns });
    } finally {
      await composed.stop();
    }
  } finally {
    await stores.close();
  }
}
