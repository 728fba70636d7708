import type { ClickHouseClient } from '@clickhouse/client';
import { select } from '../corpus/client.ts';

/** A part of what is told about a result: its counts, its facets, the keys of a page. */
export interface Part {
  /** Columns of the result that the part reads, by name, as SQL over `patent_document`. Equal names mean equal SQL. */
  columns: Record<string, string>;
  /** Reads `result`; gives `v Array(String)` and `n`, a number. */
  sql: string;
  params?: Record<string, unknown>;
}

/** A row of a part. */
export interface PartRow {
  v: string[];
  n: number;
}

/**
 * Records up to which the rows of a result are kept in memory for all parts of one statement (some 100 bytes a row). Beyond
 * it the engine finds them again for each part.
 */
const KEPT = 5_000_000;

/**
 * Reads several parts of one result in one statement, so that the corpus looks for it once. The rows of a part come in no
 * order.
 */
export async function readParts<K extends string>(
  corpus: ClickHouseClient,
  source: { from: string; where: string; documents: number },
  params: Record<string, unknown>,
  parts: Record<K, Part>,
): Promise<Record<K, PartRow[]>> {
  const names = Object.keys(parts) as K[];
  const columns: Record<string, string> = Object.assign({}, ...names.map((name) => parts[name].columns));
  const picked = Object.entries(columns).map(([name, sql]) => (name === sql ? name : `${sql} as ${name}`));
  const kept = names.length > 1 && source.documents <= KEPT;
  const rows = await select<{ part: number; v: string[]; n: number | string }>(
    corpus,
    `with result as ${kept ? 'materialized ' : ''}(select ${picked.join(', ')} from ${source.from} where ${source.where})
     ${names.map((name, i) => `select toUInt8(${i}) as part, v, n from (${parts[name].sql})`).join('\nunion all ')}`,
    Object.assign({}, params, ...names.map((name) => parts[name].params)),
    kept ? { enable_materialized_cte: 1 } : {},
  );
  const read = Object.fromEntries(names.map((name) => [name, [] as PartRow[]])) as Record<K, PartRow[]>;
  for (const row of rows) read[names[row.part]!].push({ v: row.v, n: Number(row.n) });
  return read;
}
