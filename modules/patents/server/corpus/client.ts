import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';

/** Settings of every query of this module. */
export const QUERY_SETTINGS = {
  // With a text index in the condition, this shortcut of ORDER BY … LIMIT returns nothing or too little (26.7).
  use_top_k_dynamic_filtering: 0,
} as const;

/** Inserts rows that were already written as lines of JSON. Resolves when the corpus has acknowledged them. */
export async function insertLines(corpus: ClickHouseClient, table: string, lines: Buffer): Promise<void> {
  const { stream } = await corpus.exec({
    query: `insert into ${table} format JSONEachRow`,
    values: Readable.from([lines], { objectMode: false }),
    clickhouse_settings: { max_execution_time: 0 },
  });
  for await (const _ of stream);
}

/** Runs a query of this module and gives its rows. */
export async function select<T>(
  corpus: ClickHouseClient,
  query: string,
  params: Record<string, unknown> = {},
  settings: Record<string, string | number> = {},
): Promise<T[]> {
  const result = await corpus.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    clickhouse_settings: { ...QUERY_SETTINGS, ...settings },
  });
  return result.json<T>();
}

/** Runs a statement that gives no rows, and waits until it has taken effect. */
export async function command(corpus: ClickHouseClient, query: string): Promise<void> {
  await corpus.command({
    query,
    clickhouse_settings: { max_execution_time: 0, mutations_sync: '1', lightweight_deletes_sync: '1' },
  });
}
