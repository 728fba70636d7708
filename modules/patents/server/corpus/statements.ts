import type { ClickHouseClient } from '@clickhouse/client';
import type { PatentRecords, PatentTrx } from '../tables.ts';
import { select } from './client.ts';
import { emptyContent, type PatentContent } from './content.ts';
import type { Statement } from './resolve.ts';
import type { CorpusState } from './state.ts';

/** Source and trust of every load that counts, by the load's id. Loads that were taken back are not in it. */
export type Loads = ReadonlyMap<string, { source: string; rank: number }>;

/** Reads them; a few hundred rows at most. */
export async function loadLoads(records: PatentRecords | PatentTrx): Promise<Loads> {
  const rows = await records
    .selectFrom('patentImport')
    .innerJoin('patentSource', 'patentSource.id', 'patentImport.sourceId')
    .select(['patentImport.id', 'patentSource.key', 'patentSource.rank'])
    .where('patentImport.withdrawnAt', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, { source: row.key, rank: row.rank }]));
}

/** Everything that was said of some publications and counts, by number. */
export async function readStatements(
  corpus: ClickHouseClient,
  numbers: readonly string[],
  state: CorpusState,
  loads: Loads,
): Promise<Map<string, Statement[]>> {
  const result = new Map<string, Statement[]>();
  if (numbers.length === 0) return result;
  const rows = await select<{
    number: string;
    version: number;
    import_id: string;
    import_row: number;
    content: string;
  }>(
    corpus,
    `select number, version, import_id, import_row, content from patent_statement
      where number in ({numbers:Array(String)}) and version <= {published:UInt32}
      order by number, version, import_row`,
    { numbers, published: state.published },
  );
  for (const row of rows) {
    const load = loads.get(row.import_id);
    if (!load) continue;
    const list = result.get(row.number) ?? [];
    // Fields that were added to the format since are filled in.
    const content: PatentContent = {
      ...emptyContent(row.number),
      ...(JSON.parse(row.content) as PatentContent),
    };
    list.push({ importId: row.import_id, row: row.import_row, version: row.version, ...load, content });
    result.set(row.number, list);
  }
  return result;
}
