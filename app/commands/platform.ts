import { systemClock } from '#kernel/clock';
import { type Config, readConfig } from '#kernel/config';
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
  config: Config;
  /** True where a server is running on the same data folder and holds the stores. */
  serverRuns: boolean;
}

/**
 * Opens the platform for one command: through the stores of the server that runs on the data folder, or alone where none
 * does. Everything is closed again afterwards, also when the command fails. With `load` false the city pack is not
 * brought into the stores first.
 */
export async function withPlatform<T>(
  run: (opened: Opened) => Promise<T>,
  { load = true }: { load?: boolean } = {},
): Promise<T> {
  const config = readConfig();
  // Only what was asked for: a command's own words are its output.
  const log = openLog(process.env.ZC_LOG ? config.ZC_LOG : 'error', 2);
  const pack = await openPack(config, log);
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
    try {
      if (load && !serverRuns) await composed.load(false);
      return await run({ composed, stores, config, serverRuns });
    } finally {
      await composed.stop();
    }
  } finally {
    await stores.close();
  }
}
