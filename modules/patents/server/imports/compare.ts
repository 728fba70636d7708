import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import { insertLines, select } from '../corpus/client.ts';
import type { PatentRecords } from '../tables.ts';
import type { ImportRow } from './import-views.ts';

/** Publications of each difference that are shown. */
const EXAMPLES = 20;

/** Keeps which publications a batch of a load spoke of, so that loads can be compared. */
export async function keepSaid(
  corpus: ClickHouseClient,
  importId: string,
  version: number,
  numbers: readonly string[],
): Promise<void> {
  const distinct = [...new Set(numbers)];
  if (distinct.length === 0) return;
  const lines = distinct.map((number) => JSON.stringify({ import_id: importId, number, version }));
  await insertLines(corpus, 'patent_said', Buffer.from(lines.join('\n')));
}

/** The load before one of the same source that has ended and counts, or undefined. */
export async function loadBefore(records: PatentRecords, load: ImportRow): Promise<string | undefined> {
  const row = await records
    .selectFrom('patentImport')
    .select('id')
    .where('sourceId', '=', load.sourceId)
    .where(sql<boolean>`(created_at, id) < (select created_at, id from patent_import where id = ${load.id})`)
    .where('withdrawnAt', 'is', null)
    .where('state', 'in', ['done', 'cancelled'])
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/**
 * Two loads beside each other: publications in both with the same word, in both with different words, in one only. A load that
 * repeated what its source had said before has that word.
 */
export async function compareLoads(
  records: PatentRecords,
  corpus: ClickHouseClient,
  a: ImportRow,
  b: ImportRow,
) {
  const wordsOf = async (load: ImportRow) => {
    const rows = await records
      .selectFrom('patentImport')
      .select('id')
      .where('sourceId', '=', load.sourceId)
      .where((eb) => eb.or([eb('withdrawnAt', 'is', null), eb('id', '=', load.id)]))
      .execute();
    return rows.map((row) => row.id);
  };
  const until = (load: string) =>
    `(select greatest((select max(version) from patent_said where import_id = {${load}:UUID}),
                      (select max(version) from patent_statement where import_id = {${load}:UUID})))`;
  const [sum] = await select<{
    same: string;
    different: string;
    only_this: string;
    only_other: string;
    differ: string[];
    here: string[];
    there: string[];
  }>(
    corpus,
    `with said as (
        select number, max(import_id = {a:UUID}) as in_a, max(import_id = {b:UUID}) as in_b
          from (select import_id, number from patent_said where import_id in ({a:UUID}, {b:UUID})
                union all select import_id, number from patent_statement where import_id in ({a:UUID}, {b:UUID}))
         group by number),
      words as (
        select number,
               argMaxIf(source_hash, (version, import_row), import_id in {as:Array(UUID)} and version <= ${until('a')}) as x,
               argMaxIf(source_hash, (version, import_row), import_id in {bs:Array(UUID)} and version <= ${until('b')}) as y
          from patent_statement where number in (select number from said) group by number)
      select countIf(in_a and in_b and x = y) as same, countIf(in_a and in_b and x != y) as different,
             countIf(not in_b) as only_this, countIf(not in_a) as only_other,
             arraySlice(arraySort(groupArrayIf(number, in_a and in_b and x != y)), 1, ${EXAMPLES}) as differ,
             arraySlice(arraySort(groupArrayIf(number, not in_b)), 1, ${EXAMPLES}) as here,
             arraySlice(arraySort(groupArrayIf(number, not in_a)), 1, ${EXAMPLES}) as there
        from said left join words using (number)`,
    { a: a.id, b: b.id, as: await wordsOf(a), bs: await wordsOf(b) },
  );
  return {
    same: Number(sum?.same ?? 0),
    different: Number(sum?.different ?? 0),
    onlyThis: Number(sum?.only_this ?? 0),
    onlyOther: Number(sum?.only_other ?? 0),
    examples: { different: sum?.differ ?? [], onlyThis: sum?.here ?? [], onlyOther: sum?.there ?? [] },
  };
}
