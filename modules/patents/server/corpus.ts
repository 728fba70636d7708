import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';

/** Settings of every query of this module. */
export const QUERY_SETTINGS = {
  // With a text index in the condition, this shortcut of ORDER BY … LIMIT returns nothing or too little (26.7).
  use_top_k_dynamic_filtering: 0,
  use_skip_indexes_if_final_exact_mode: 1,
} as const;

/** Inserts rows that were already written as lines of JSON. Resolves when the corpus has acknowledged them. */
export async function insertLines(corpus: ClickHouseClient, lines: Buffer): Promise<void> {
  const { stream } = await corpus.exec({
    query: 'insert into patent format JSONEachRow',
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
): Promise<T[]> {
  const result = await corpus.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    clickhouse_settings: QUERY_SETTINGS,
  });
  return result.json<T>();
}
