import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { reason, StoreError } from './errors.ts';
import type { Stores } from './index.ts';

/** A module and the folder of its migrations (`NNNN_name.sql` for records, `NNNN_name.corpus.sql` for the corpus). */
export interface MigrationDir {
  module: string;
  dir: string;
}

interface Migration {
  module: string;
  name: string;
  number: number;
  file: string;
  sql: string;
  checksum: string;
}

interface Applied {
  module: string;
  name: string;
  checksum: string;
}

/** Advisory lock under which migrations run, so that several servers may start at once. */
const lockKey = [0x7a63, 2] as const;

/**
 * Brings the records' tables up to date: every file once, forward only, each in a transaction of its own, in the order
 * of their numbers and, among equal numbers, of `dirs`.
 * @returns the files applied now, as `module/name`.
 * @throws StoreError `migration` naming the file, when one fails, was changed after it was applied, or is missing.
 */
export async function migrateRecords(pool: pg.Pool, dirs: readonly MigrationDir[]): Promise<string[]> {
  const wanted = readMigrations(dirs, 'records');
  return locked(pool, async (client) => {
    await provideUuidv7(client);
    await client.query(`create table if not exists schema_migration (
      module text not null, name text not null, checksum text not null,
      applied_at timestamptz not null default now(), primary key (module, name))`);
    const { rows } = await client.query<Applied>('select module, name, checksum from schema_migration');
    return applyAll(wanted, rows, dirs, async (m) => {
      await client.query('begin');
      try {
        await client.query(m.sql);
        await client.query('insert into schema_migration (module, name, checksum) values ($1, $2, $3)', [
          ...[m.module, m.name, m.checksum],
        ]);
        await client.query('commit');
      } catch (e) {
        await client.query('rollback').catch(() => {});
        throw failed(m, e, (e as { position?: string }).position);
      }
    });
  });
}

/** Servers before PostgreSQL 18 have no `uuidv7()`: they get one in SQL (microseconds since 1970 as theirs, then random bits). */
async function provideUuidv7(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regprocedure('uuidv7()') is not null as there",
  );
  if (rows[0]?.there) return;
  // Of a random UUID only the bits behind its version digit are taken over; they include the variant.
  await client.query(`create function uuidv7() returns uuid language sql volatile parallel safe as $$
    select (lpad(to_hex(floor(us / 1000)::bigint), 12, '0') || '7' || lpad(to_hex(floor(mod(us, 1000) * 4.096)::bigint), 3, '0')
      || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
      from (select extract(epoch from clock_timestamp()) * 1000000 as us) as clock $$`);
}

/**
 * The same for the corpus. Its engine has no transactions: a file that failed in the middle runs again from its start, so
 * every statement must bear being repeated (`create table if not exists …`). Statements end with a semicolon at the end of
 * a line and pass through {@link Stores.ddl}.
 */
export async function migrateCorpus(
  stores: Pick<Stores, 'pool' | 'corpus' | 'ddl'>,
  dirs: readonly MigrationDir[],
): Promise<string[]> {
  const wanted = readMigrations(dirs, 'corpus');
  const { corpus, ddl } = stores;
  const run = (query: string) =>
    corpus.command({ query: ddl(query), clickhouse_settings: { max_execution_time: 0 } });
  return locked(stores.pool, async () => {
    await run(`create table if not exists schema_migration /*cluster*/ (
      module String, name String, checksum String, applied_at DateTime default now()
    ) engine = MergeTree() order by (module, name)`);
    const result = await corpus.query({
      query: 'select module, name, checksum from schema_migration',
      format: 'JSONEachRow',
    });
    const rows = await result.json<Applied>();
    return applyAll(wanted, rows, dirs, async (m) => {
      for (const statement of splitStatements(m.sql)) {
        try {
          await run(statement);
        } catch (e) {
          throw failed(m, e, undefined, statement);
        }
      }
      const { module, name, checksum } = m;
      await corpus.insert({
        table: 'schema_migration',
        values: [{ module, name, checksum }],
        format: 'JSONEachRow',
      });
    });
  });
}

/** Statements of a file: each ends with a semicolon that ends its line; comment lines and empty ones are no statements. */
export function splitStatements(sql: string): string[] {
  return sql
    .split(/;[ \t]*(?:--[^\n]*)?(?:\r?\n|$)/)
    .map((s) => s.trim())
    .filter((s) => s.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '');
}

async function locked<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('select pg_advisory_lock($1, $2)', [...lockKey]);
    try {
      return await work(client);
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [...lockKey]).catch((e) => {
        broken = e;
      });
    }
  } finally {
    // A connection that may still hold the lock must not go back into the pool.
    client.release(broken);
  }
}

/** Checks what was applied against the files and runs the rest. Modules that are not given are left alone. */
async function applyAll(
  wanted: Migration[],
  applied: Applied[],
  dirs: readonly MigrationDir[],
  run: (m: Migration) => Promise<void>,
): Promise<string[]> {
  const key = (m: { module: string; name: string }) => `${m.module}/${m.name}`;
  const files = new Map(wanted.map((m) => [key(m), m]));
  const done = new Set<string>();
  for (const row of applied) {
    const dir = dirs.find((d) => d.module === row.module)?.dir;
    if (dir === undefined) continue;
    const file = files.get(key(row));
    if (!file) {
      throw new StoreError(
        'migration',
        `The migration ${key(row)} was applied to this data, but its file is missing from ${dir}. Restore it (applied migrations are never renamed or removed), or start the release that wrote the data.`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new StoreError(
        'migration',
        `The migration ${file.file} was changed after it had been applied to this data. Put back its former text and write the change as a new migration.`,
      );
    }
    done.add(key(row));
  }
  const news = wanted.filter((m) => !done.has(key(m)));
  for (const m of news) await run(m);
  return news.map(key);
}

/** Reads the files in the order in which they are applied. */
function readMigrations(dirs: readonly MigrationDir[], kind: 'records' | 'corpus'): Migration[] {
  const all = dirs.flatMap(({ module, dir }, place) => {
    const names = list(dir).filter((n) => n.endsWith('.corpus.sql') === (kind === 'corpus'));
    const numbers = new Set<number>();
    return names.map((file) => {
      const m = /^(\d{4})_[a-z0-9_]+(?:\.corpus)?\.sql$/.exec(file);
      const path = join(dir, file);
      if (!m)
        throw new StoreError('migration', `${path} is not named NNNN_name.sql (four digits, small letters).`);
      const number = Number(m[1]);
      if (numbers.has(number)) {
        throw new StoreError(
          'migration',
          `${path} has a number that another migration of ${module} has: take the next free one.`,
        );
      }
      numbers.add(number);
      const sql = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return {
        module,
        name: file.replace(/(\.corpus)?\.sql$/, ''),
        number,
        file: path,
        sql,
        checksum,
        place,
      };
    });
  });
  return all.sort((a, b) => a.number - b.number || a.place - b.place);
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((n) => n.endsWith('.sql'))
      .sort();
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw e;
  }
}

function failed(m: Migration, e: unknown, position?: string, statement?: string): StoreError {
  const line = position ? m.sql.slice(0, Number(position) - 1).split('\n').length : undefined;
  const where =
    line !== undefined ? `, line ${line}` : statement ? `, statement "${statement.slice(0, 80)}…"` : '';
  return new StoreError('migration', `The migration ${m.file}${where} failed: ${reason(e)}`, { cause: e });
}
