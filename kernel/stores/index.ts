import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { openCorpusClient } from './corpus/client.ts';
import { clusterDdl } from './corpus/ddl.ts';
import { askPid, type EmbeddedCorpus, runningCorpus, startCorpus } from './corpus/launcher.ts';
import { reason, StoreError, type StoreLog } from './errors.ts';
import { openKysely, openPool } from './records/connection.ts';
import { type EmbeddedRecords, runningSocket, startRecords } from './records/launcher.ts';

export { reason, StoreError, type StoreErrorCode, type StoreLog } from './errors.ts';

/** Where the stores are and who opens them. */
export interface StoresOptions {
  /** Folder of the embedded stores; made when missing. */
  dataDir: string;
  /** A PostgreSQL server instead of the embedded one (`DATABASE_URL`). */
  databaseUrl?: string | undefined;
  /** A ClickHouse server instead of the embedded one (`CLICKHOUSE_URL`). */
  clickhouseUrl?: string | undefined;
  /** Cluster for replicated tables (`CLICKHOUSE_CLUSTER`). */
  clickhouseCluster?: string | undefined;
  log: StoreLog;
  /** `owner` (default) starts the embedded stores and stops them on close; `client` uses those of a running server. */
  role?: 'owner' | 'client';
  /** Embedded records without fsync: fast, and worthless after a power cut. For tests. */
  volatile?: boolean;
}

/** The two open stores. */
export interface Stores {
  /** Records through Kysely: camelCase names, dates as strings, bigint as safe integers, numeric as strings. */
  records: Kysely<unknown>;
  /** The same records as plain SQL. */
  pool: pg.Pool;
  /** Corpus. 64-bit integers arrive as strings; a query ends after 30 s unless the call says otherwise. */
  corpus: ClickHouseClient;
  /** A corpus table definition in the dialect of the cluster, if there is one. */
  ddl(sql: string): string;
  /** Asks both stores; never throws. */
  health(): Promise<{ records: 'up' | 'down'; corpus: 'up' | 'down' }>;
  /** Closes the connections and, for the owner, stops the embedded stores. May be called twice. */
  close(): Promise<void>;
  /** Ends the embedded stores without waiting, for a process that is ending. */
  closeNow(): void;
  /** Which stores are the embedded ones. */
  embedded: { records: boolean; corpus: boolean };
  /** Process of the embedded corpus that this process owns; undefined otherwise or while it restarts. */
  corpusPid(): number | undefined;
}

/**
 * Opens both stores at the same time.
 * @throws StoreError saying which folder or address, what is wrong and how to mend it.
 */
export async function openStores(o: StoresOptions): Promise<Stores> {
  const dataDir = resolve(o.dataDir);
  if (!o.databaseUrl || !o.clickhouseUrl) makeFolder(dataDir);
  const [records, corpus] = await Promise.allSettled([openRecords(o, dataDir), openCorpus(o, dataDir)]);
  if (records.status === 'rejected' || corpus.status === 'rejected') {
    const opened = [records, corpus].flatMap((r) => (r.status === 'fulfilled' ? [r.value] : []));
    await Promise.allSettled(opened.map((store) => store.close()));
    // With both failing, the records' message names the whole data folder and is the more telling one.
    throw records.status === 'rejected' ? records.reason : (corpus as PromiseRejectedResult).reason;
  }
  const { pool, kysely } = records.value;
  const { client } = corpus.value;
  let closed: Promise<void> | undefined;
  return {
    records: kysely,
    pool,
    corpus: client,
    ddl: (sql) => clusterDdl(sql, o.clickhouseCluster),
    async health() {
      const [r, c] = await Promise.all([
        within(3000, pool.query('select 1')),
        within(3000, pingCorpus(client)),
      ]);
      return { records: r ? 'up' : 'down', corpus: c ? 'up' : 'down' };
    },
    close() {
      closed ??= Promise.all([records.value.close(), corpus.value.close()]).then(() => {});
      return closed;
    },
    closeNow() {
      records.value.embedded?.stopNow();
      corpus.value.embedded?.stopNow();
    },
    embedded: { records: !o.databaseUrl, corpus: !o.clickhouseUrl },
    corpusPid: () => corpus.value.embedded?.pid(),
  };
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (e) {
    throw new StoreError(
      'folder',
      `Cannot make the data folder ${dataDir}: ${reason(e)}. Make it writable, or set ZC_DATA.`,
      { cause: e },
    );
  }
}

const notRunning = (dataDir: string) =>
  new StoreError(
    'not_running',
    `No server is running on the data folder ${dataDir}. Start it with "zc serve", or set ZC_DATA to the folder of the one that runs.`,
  );

async function openRecords(o: StoresOptions, dataDir: string) {
  const dir = join(dataDir, 'records');
  let embedded: EmbeddedRecords | undefined;
  let socketDir: string | undefined;
  if (!o.databaseUrl) {
    if (o.role === 'client') socketDir = runningSocket(dir);
    else {
      embedded = await startRecords({ dir, log: o.log, ...(o.volatile ? { volatile: true } : {}) });
      socketDir = embedded.socketDir;
    }
    if (!socketDir) throw notRunning(dataDir);
  }
  const pool = openPool(o.databaseUrl ? { url: o.databaseUrl } : { socketDir: socketDir! }, o.log);
  const kysely = openKysely(pool);
  const close = async () => {
    await kysely.destroy();
    // Kysely ends the pool only if it has ever used it.
    if (!pool.ending) await pool.end();
    await embedded?.stop();
  };
  try {
    await pool.query('select 1');
  } catch (e) {
    await close();
    if (!o.databaseUrl) throw notRunning(dataDir);
    throw new StoreError(
      'failed',
      `Cannot reach PostgreSQL at DATABASE_URL (${bare(o.databaseUrl)}): ${reason(e)}`,
      { cause: e },
    );
  }
  return { pool, kysely, embedded, close };
}

async function openCorpus(o: StoresOptions, dataDir: string) {
  const dir = join(dataDir, 'corpus');
  let embedded: EmbeddedCorpus | undefined;
  let socket: string | undefined;
  if (!o.clickhouseUrl) {
    if (o.role === 'client') {
      socket = runningCorpus(dir);
      if (!socket || (await askPid(socket)) === undefined) throw notRunning(dataDir);
    } else {
      embedded = await startCorpus({ dir, log: o.log });
      socket = embedded.socket;
    }
  }
  const client = openCorpusClient(o.clickhouseUrl ? { url: o.clickhouseUrl } : { socket: socket! });
  const close = async () => {
    await client.close();
    await embedded?.stop();
  };
  const ping = await client.ping();
  if (!ping.success) {
    await close();
    const where = o.clickhouseUrl ? `at CLICKHOUSE_URL (${bare(o.clickhouseUrl)})` : `in ${dir}`;
    throw new StoreError('failed', `Cannot reach ClickHouse ${where}: ${reason(ping.error)}`, {
      cause: ping.error,
    });
  }
  return { client, embedded, close };
}

async function pingCorpus(client: ClickHouseClient): Promise<void> {
  const ping = await client.ping();
  if (!ping.success) throw ping.error;
}

/** Whether the work succeeds within so many milliseconds. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** An address without its password. */
function bare(address: string): string {
  try {
    const url = new URL(address);
    if (url.password) url.password = '***';
    return url.href;
  } catch {
    return 'not an address';
  }
}
