import type { ClickHouseClient } from '@clickhouse/client';
import { select } from '../corpus/client.ts';
import { applicantId } from '../corpus/document.ts';

/** Names of applicants taken together: which identity stands for which. */
export interface Groups {
  /** SQL that replaces identities in a column by those that stand for them, each once. */
  sql(column: string): string;
  params: Record<string, unknown>;
  /** All identities that count as the one that a name or `id:…` means. */
  members(text: string): string[];
  /** What identities are called. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
}

/**
 * Groups from a list of merges: member → the identity that stands for it. `called` holds the names of groups that people
 * gave.
 */
export function applicantGroups(
  corpus: ClickHouseClient,
  merged: ReadonlyMap<string, string>,
  called: ReadonlyMap<string, string> = new Map(),
): Groups {
  const leader = (id: string) => merged.get(id) ?? id;
  const all = new Map<string, string[]>();
  for (const [member, head] of merged) all.set(head, [...(all.get(head) ?? []), member]);
  return {
    sql: (column) =>
      merged.size === 0
        ? column
        : `arrayDistinct(arrayMap(a -> transform(a, {groupMembers:Array(UInt64)}, {groupHeads:Array(UInt64)}, a), ${column}))`,
    params:
      merged.size === 0
        ? {}
        : { groupMembers: [...merged.keys()].map(BigInt), groupHeads: [...merged.values()].map(BigInt) },
    members(text) {
      const id = /^id:(\d{1,20})$/.exec(text)?.[1] ?? applicantId(text);
      const head = leader(id);
      return [head, ...(all.get(head) ?? [])];
    },
    async names(ids) {
      if (ids.length === 0) return new Map();
      const rows = await select<{ id: string; name: string }>(
        corpus,
        'select toString(id) as id, min(name) as name from patent_applicant where id in ({ids:Array(UInt64)}) group by id',
        { ids: ids.map(BigInt) },
      );
      return new Map([
        ...rows.map((row): [string, string] => [row.id, row.name]),
        ...[...called].filter(([id]) => ids.includes(id)),
      ]);
    },
  };
}
