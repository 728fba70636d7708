import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { reason, type StoreLog } from '../errors.ts';

// Calendar dates stay 'YYYY-MM-DD': a JS Date would shift them with the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (s) => s);
// bigint holds fen and counters; beyond 2^53 a Number would be wrong without saying so.
pg.types.setTypeParser(pg.types.builtins.INT8, (s) => {
  const n = Number(s);
  if (!Number.isSafeInteger(n)) throw new RangeError(`bigint ${s} does not fit a JavaScript number`);
  return n;
});

/** Where the records are: an embedded server's socket folder, or the address of a server. */
export type RecordsAddress = { socketDir: string } | { url: string };

/** Settings for `pg.Client` and `pg.Pool`. The environment (PGPORT, PGSSLMODE …) must not lead the embedded case astray. */
export function clientConfig(at: RecordsAddress, database = 'zc'): pg.ClientConfig {
  const common = {
    application_name: `zc ${process.pid}`,
    connectionTimeoutMillis: 10_000,
    // Own servers may be set to another zone; "today" is Shanghai's everywhere on this platform.
    options: '-c timezone=Asia/Shanghai',
  };
  if ('url' in at) return { ...common, connectionString: at.url };
  return {
    ...common,
    host: at.socketDir,
    port: 5432,
    user: 'zc',
    password: '',
    database,
    ssl: false,
  };
}

/** Opens the pool. An idle connection that breaks is logged and replaced, never an uncaught error. */
export function openPool(at: RecordsAddress, log: StoreLog): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(at), max: 20 });
  pool.on('error', (e) => {
    // The owner stops the server while the last goodbyes are still on their way.
    if (!pool.ended && !pool.ending) log('warn', 'a connection to the records broke', { reason: reason(e) });
  });
  return pool;
}

/** Kysely over the pool: camelCase in TypeScript, snake_case in SQL, keys inside JSON untouched. */
export function openKysely(pool: pg.Pool): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
