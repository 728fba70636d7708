import type { ClickHouseClient } from '@clickhouse/client';
import { select } from '../corpus/client.ts';

/** What changed in a result between two versions of the corpus. Publication numbers, sorted. */
export interface Difference {
  /** Match now and did not before. */
  fresh: string[];
  /** Matched before and match now, with other content. */
  changed: string[];
  /** Matched before and match no longer, or were taken back. */
  gone: string[];
}

/** A condition made with access `read`, and its parameters under names that no other condition of the statement has. */
export interface Condition {
  where: string;
  params: Record<string, unknown>;
}

/** Few rows, each looked at many times: worth more than one thread, which the engine would not think of so few. */
const ON_ALL_CORES = {
  merge_tree_min_rows_for_concurrent_read: 512,
  merge_tree_min_bytes_for_concurrent_read: 65_536,
};

/**
 * Decides many conditions in one pass over the rows that came or ended after version `from` up to `to`. Rows that came and
 * ended in between were never seen by anybody and do not count.
 */
export async function changesOf(
  corpus: ClickHouseClient,
  conditions: readonly Condition[],
  from: number,
  to: number,
): Promise<Difference[]> {
  const ended =
    'doc in (select doc from patent_dead where version > {fromVersion:UInt32} and version <= {toVersion:UInt32})';
  const flags = conditions.map(({ where }) => `toUInt8(${where})`).join(',\n');
  const rows = await select<{ publication: string; came: number; hits: number[] }>(
    corpus,
    `select publication, came, hits from (
       select number as publication, toUInt8(version > {fromVersion:UInt32}) as came,
              arrayFilter((i, hit) -> hit != 0, range(${conditions.length}), [${flags}]) as hits
         from patent_document
        where version <= {toVersion:UInt32} and (version > {fromVersion:UInt32}) != (${ended}))
      where notEmpty(hits)`,
    Object.assign({ fromVersion: from, toVersion: to }, ...conditions.map((c) => c.params)),
    ON_ALL_CORES,
  );
  const was = conditions.map(() => new Set<string>());
  const is = conditions.map(() => new Set<string>());
  for (const { publication, came, hits } of rows)
    for (const i of hits) (came ? is : was)[i]!.add(publication);
  const sorted = (list: Iterable<string>) => [...list].sort();
  return conditions.map((_, i) => ({
    fresh: sorted([...is[i]!].filter((n) => !was[i]!.has(n))),
    changed: sorted([...is[i]!].filter((n) => was[i]!.has(n))),
    gone: sorted([...was[i]!].filter((n) => !is[i]!.has(n))),
  }));
}
