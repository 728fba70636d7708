import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import pg from 'pg';
import { openStores, type Stores, type StoresOptions } from '../stores/index.ts';
import { alive } from '../stores/processes.ts';

/** What lives on for the whole worker: with `isolate: false` every test file of a worker shares `globalThis`. */
const shared = globalThis as { zcTestStores?: Promise<Stores> };
const prefix = 'zc-test-';

/** Folder of this worker's embedded test stores. */
export const testDataDir = join(tmpdir(), `${prefix}${process.pid}`);

/**
 * The stores of this test worker, opened once and closed with its process: embedded ones in a temporary folder, or fresh
 * databases on the servers of `DATABASE_URL` and `CLICKHOUSE_URL`. They come without tables: run the migrations you need
 * (applying them again costs a few milliseconds), and clean before each test.
 */
export function testStores(): Promise<Stores> {
  shared.zcTestStores ??= open();
  return shared.zcTestStores;
}

/** Deletes the rows of all record tables except the list of migrations and the job queues' own set-up. */
export async function cleanRecords(): Promise<void> {
  const { pool } = await testStores();
  const { rows } = await pool.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and c.relname <> 'schema_migration'
       and not (n.nspname = 'jobs' and c.relname in ('version', 'queue', 'schedule', 'subscription'))
     order by 1`);
  if (rows.length === 0) return;
  const client = await pool.connect();
  try {
    // One round trip and one transaction; as a replica neither foreign keys nor append-only triggers stand in the way.
    // Deleting beats truncating by far on small tables.
    const deletes = rows.map((r) => `delete from ${r.name};`).join('\n');
    await client.query(`begin; set local session_replication_role = replica; ${deletes} commit`);
  } catch (e) {
    await client.query('rollback');
    // 42501: a server of one's own may not grant that right.
    if ((e as { code?: string }).code !== '42501') throw e;
    await client.query(`truncate ${rows.map((r) => r.name).join(', ')} cascade`);
  } finally {
    client.release();
  }
}

/** Empties all corpus tables except the list of migrations. */
export async function cleanCorpus(): Promise<void> {
  const { corpus } = await testStores();
  const result = await corpus.query({
    query: `select name from system.tables where database = currentDatabase() and engine like '%MergeTree'
             and name != 'schema_migration' and total_rows > 0`,
    format: 'JSONEachRow',
  });
  const query = 'truncate table {name:Identifier}';
  const full = await result.json<{ name: string }>();
  await Promise.all(full.map(({ name }) => corpus.command({ query, query_params: { name } })));
}

async function open(): Promise<Stores> {
  removeLeftovers();
  mkdirSync(testDataDir, { recursive: true, mode: 0o755 });
  const options: StoresOptions = {
    dataDir: testDataDir,
    volatile: true,
    log(level, msg, extra) {
      if (level !== 'info') console.warn(`[stores] ${msg}`, extra ?? '');
    },
    ...(process.env.DATABASE_URL ? { databaseUrl: await freshDatabase(process.env.DATABASE_URL) } : {}),
    ...(process.env.CLICKHOUSE_URL ? { clickhouseUrl: await freshCorpus(process.env.CLICKHOUSE_URL) } : {}),
    ...(process.env.CLICKHOUSE_CLUSTER ? { clickhouseCluster: process.env.CLICKHOUSE_CLUSTER } : {}),
  };
  const stores = await openStores(options);
  process.once('exit', () => {
    stores.closeNow();
    rmSync(testDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  // The runner ends a worker that does not go by a signal; turn it into an ordinary exit.
  process.once('SIGTERM', () => process.exit(143));
  return stores;
}

/** A new database for this worker on a server of one's own; one of the same name is a leftover. */
async function freshDatabase(address: string): Promise<string> {
  const name = `zc_test_${process.pid}`;
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

async function freshCorpus(address: string): Promise<string> {
  const name = `zc_test_${process.pid}`;
  const client = createClient({ url: address });
  try {
    await client.command({ query: `drop database if exists ${name}` });
    await client.command({ query: `create database ${name}` });
  } finally {
    await client.close();
  }
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

/** Workers that were killed could not tidy up: stops their PostgreSQL and removes their folders. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!Number.isInteger(owner) || owner === process.pid || alive(owner)) continue;
    const dir = join(tmpdir(), name);
    try {
      const pid = Number(
        readFileSync(join(dir, 'records', 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0],
      );
      // SIGQUIT: at once, without the care that real data would deserve.
      if (pid > 0) process.kill(pid, 'SIGQUIT');
    } catch {
      // No server left.
    }
    rmSync(dir, { recursive: true, force: true });
  }
}
