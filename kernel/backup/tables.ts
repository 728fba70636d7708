import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';

/** Tables of the queue: what waits there is made again by those who sent it. */
const LEFT_OUT = ['jobs', 'pg_catalog', 'information_schema'];

/** Rows read or written at once. */
const BATCH = 2000;

/** Every record table as `schema.name`, referenced tables before those that refer to them. */
export async function recordTables(client: pg.ClientBase): Promise<string[]> {
  const tables = await client.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema <> all ($1) order by 1`,
    [LEFT_OUT],
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
    const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from backup`);
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
  let batch: string[] = [];
  let rows = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await client.query(
      `insert into ${quoted(table)} overriding system value
       select r.* from json_populate_recordset(null::${quoted(table)}, $1::json) r`,
      [`[${batch.join(',')}]`],
    );
    rows += batch.length;
    batch = [];
  };
  for await (const line of lines) {
    if (line === '') continue;
    batch.push(line);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return rows;
}

/** Tables of the corpus that hold data of their own (no views). */
export async function corpusTables(corpus: ClickHouseClient): Promise<string[]> {
  const found = await corpus.query({
    query: `select name from system.tables where database = currentDatabase() and engine like '%MergeTree' order by name`,
    format: 'JSONEachRow',
  });
  return (await found.json<{ name: string }>()).map((t) => t.name);
}

/** A corpus table's rows as JSON lines: part by part and a few thousand rows at a time, so memory stays flat. */
export async function* corpusChunks(
  corpus: ClickHouseClient,
  table: string,
  counter: { rows: number },
): AsyncGenerator<string> {
  const found = await corpus.query({
    query:
      'select name, toUInt32(rows) as rows from system.parts where database = currentDatabase() and table = {table:String} and active order by name',
    query_params: { table },
    format: 'JSONEachRow',
  });
  const parts = await found.json<{ name: string; rows: number }>();
  for (const part of parts)
    for (let from = 0; from < Number(part.rows); from += BATCH) {
      const page = await corpus.query({
        query:
          'select * from {table:Identifier} where _part = {part:String} and _part_offset >= {from:UInt64} and _part_offset < {to:UInt64}',
        query_params: { table, part: part.name, from, to: from + BATCH },
        format: 'JSONEachRow',
      });
      const text = await page.text();
      const lines = text.split('\n').filter((l) => l !== '');
      counter.rows += lines.length;
      if (lines.length > 0) yield `${lines.join('\n')}\n`;
    }
}

/** Writes JSON lines back into a corpus table. */
export async function insertCorpus(
  corpus: ClickHouseClient,
  table: string,
  lines: AsyncIterable<string>,
): Promise<number> {
  let batch: unknown[] = [];
  let rows = 0;
  const flush = async () => {
    if (batch.length > 0) await corpus.insert({ table, values: batch, format: 'JSONEachRow' });
    rows += batch.length;
    batch = [];
  };
  for await (const line of lines) {
    if (line === '') continue;
    batch.push(JSON.parse(line));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return rows;
}

/** A table name `schema.name` for SQL text. */
export function quoted(table: string): string {
  return table
    .split('.')
    .map((p) => `"${p.replaceAll('"', '""')}"`)
    .join('.');
}
