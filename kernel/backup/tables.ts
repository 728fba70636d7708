import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';

/** Schemas that are not kept: the queue's (runs are queued again from `job_run`) and PostgreSQL's own. */
const LEFT_OUT = ['jobs', 'pg_catalog', 'information_schema'];

/** The list of applied migrations belongs to the tables themselves and is never moved between installations. */
const MIGRATIONS = 'schema_migration';

/** Rows read or written at once, and bytes after which a batch is closed earlier. */
const BATCH_ROWS = 2000;
const BATCH_BYTES = 8 * 1024 ** 2;

/** Every record table as `schema.name`, referenced tables before those that refer to them. */
export async function recordTables(client: pg.ClientBase): Promise<string[]> {
  const tables = await client.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema <> all ($1) and table_name <> $2 order by 1`,
    [LEFT_OUT, MIGRATIONS],
  );
  const references = await client.query<{ child: string; parent: string }>(
    `select cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
     from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
     join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
     where k.contype = 'f' and k.conrelid <> k.confrelid`,
  );
  const out: string[] = [];
  const place = (name: string): void => {
    if (out.includes(name)) return;
    for (const r of references.rows) if (r.child === name && r.parent !== name) place(r.parent);
    out.push(name);
  };
  for (const t of tables.rows) place(t.name);
  return out;
}

/** A table's rows as JSON lines, read through a cursor. `table` comes from {@link recordTables}, never from outside. */
export async function* recordRows(
  client: pg.ClientBase,
  table: string,
  counter: { rows: number },
): AsyncGenerator<string> {
  await client.query(
    `declare backup no scroll cursor for select row_to_json(t)::text as line from ${quoted(table)} t`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${BATCH_ROWS} from backup`);
    if (rows.length === 0) break;
    counter.rows += rows.length;
    yield `${rows.map((r) => r.line).join('\n')}\n`;
  }
  await client.query('close backup');
}

/** Writes JSON lines back into a table; PostgreSQL itself reads the types, so no number or date passes through JavaScript. */
export async function insertRecords(
  client: pg.ClientBase,
  table: string,
  lines: AsyncIterable<string>,
): Promise<number> {
  // What PostgreSQL derives from other columns it derives again.
  const { rows: columns } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [quoted(table)],
  );
  const list = columns.map(({ name }) => name);
  let batch: string[] = [];
  let size = 0;
  let rows = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await client.query(
      `insert into ${quoted(table)} (${list.join(', ')}) overriding system value
       select ${list.map((name) => `r.${name}`).join(', ')} from json_populate_recordset(null::${quoted(table)}, $1::json) r`,
      [`[${batch.join(',')}]`],
    );
    rows += batch.length;
    batch = [];
    size = 0;
  };
  for await (const line of lines) {
    batch.push(line);
    size += line.length;
    if (batch.length >= BATCH_ROWS || size >= BATCH_BYTES) await flush();
  }
  await flush();
  return rows;
}

/** Last values of the sequences by `schema.name`; one that was never asked is left out. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select schemaname || '.' || sequencename as name, last_value::text as value from pg_sequences
     where schemaname <> all ($1) and last_value is not null order by 1`,
    [LEFT_OUT],
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.value]));
}

/** Migrations that both stores have gone through, as `store module/name checksum`. */
export async function readMigrations(client: pg.ClientBase, corpus: ClickHouseClient): Promise<string[]> {
  const columns = `module || '/' || name || ' ' || checksum as line`;
  const records = await client.query<{ line: string }>(`select ${columns} from ${MIGRATIONS}`);
  const found = await corpus.query({
    query: `select ${columns} from ${MIGRATIONS}`,
    format: 'JSONEachRow',
  });
  return [
    ...records.rows.map((r) => `records ${r.line}`),
    ...(await found.json<{ line: string }>()).map((r) => `corpus ${r.line}`),
  ].sort();
}

/** Comment of a corpus table whose rows are made from others, and made again where it is empty. */
const DERIVED = 'derived';

/**
 * Tables of the corpus that hold data of their own: no views, and none with the comment `derived`. Those that a view fills from
 * others come last, so that what the view writes while the others are restored can be emptied again.
 */
export async function corpusTables(corpus: ClickHouseClient): Promise<string[]> {
  const found = await corpus.query({
    query: `select name, engine, create_table_query as made from system.tables
            where database = currentDatabase() and name != '${MIGRATIONS}' and comment != '${DERIVED}' order by name`,
    format: 'JSONEachRow',
  });
  const all = await found.json<{ name: string; engine: string; made: string }>();
  const fed = new Set(
    all
      .filter((t) => t.engine === 'MaterializedView')
      .map(
        (t) => /^CREATE MATERIALIZED VIEW \S+ (?:ON CLUSTER \S+ )?TO (?:\S+\.)?`?(\w+)`?/.exec(t.made)?.[1],
      ),
  );
  const own = all.filter((t) => t.engine.endsWith('MergeTree')).map((t) => t.name);
  return [...own.filter((t) => !fed.has(t)), ...own.filter((t) => fed.has(t))];
}

/**
 * A corpus table's rows as JSON lines: one query, which sees the table as it was when it began, whatever is written or
 * merged meanwhile. It is read as fast as it is taken, so memory stays flat.
 */
export async function* corpusRows(
  corpus: ClickHouseClient,
  table: string,
  counter: { rows: number },
): AsyncGenerator<string> {
  const found = await corpus.query({
    query: 'select * from {table:Identifier}',
    query_params: { table },
    format: 'JSONEachRow',
    clickhouse_settings: { max_execution_time: 0 },
  });
  for await (const rows of found.stream<unknown>()) {
    counter.rows += rows.length;
    yield rows.map((r) => `${r.text}\n`).join('');
  }
}

/** Writes JSON lines back into an empty corpus table, as one stream. `table` is one of {@link corpusTables}. */
export async function insertCorpus(
  corpus: ClickHouseClient,
  table: string,
  lines: AsyncIterable<string>,
): Promise<number> {
  let rows = 0;
  const pieces = async function* () {
    let piece = '';
    for await (const line of lines) {
      rows += 1;
      piece += `${line}\n`;
      if (piece.length > 256 * 1024) {
        yield piece;
        piece = '';
      }
    }
    if (piece !== '') yield piece;
  };
  // The name stands in the text: the embedded corpus streams an insert only into a table that it can read there.
  const { stream } = await corpus.exec({
    query: `insert into \`${table}\` format JSONEachRow`,
    values: Readable.from(pieces(), { objectMode: false }),
    clickhouse_settings: { max_execution_time: 0 },
  });
  for await (const _ of stream);
  return rows;
}

/** A table name `schema.name` for SQL text. */
export function quoted(table: string): string {
  return table
    .split('.')
    .map((p) => `"${p.replaceAll('"', '""')}"`)
    .join('.');
}
