import type { ClickHouseClient } from '@clickhouse/client';
import type { Platform } from '#kernel/module';
import { select } from '../corpus/client.ts';
import { applicantId } from '../corpus/document.ts';
import { corpusState } from '../corpus/state.ts';
import { withPatents } from '../tables.ts';
import { chainOf } from './links.ts';

/** Names of applicants taken together: which identity stands for which. */
export interface Groups {
  /** SQL that replaces identities in a column by those that stand for them, each once. */
  sql(column: string): string;
  params: Record<string, unknown>;
  /** All identities that count as the one that a name or `id:…` means. */
  members(text: string): string[];
  /** Groups whose own name, which no record need bear, holds a text. */
  called(part: string): string[];
  /** What identities are called. */
  names(ids: readonly string[]): Promise<Map<string, string>>;
}

/** Names of identities that are kept in memory. */
const KEPT_NAMES = 20_000;

/**
 * Groups from a list of merges: member → the identity that stands for it. `called` holds the names of groups that people
 * gave.
 */
export function applicantGroups(
  corpus: ClickHouseClient,
  merged: ReadonlyMap<string, string>,
  called: ReadonlyMap<string, string> = new Map(),
): Groups {
  // An identity is made of its name, so what it is called can be kept.
  const names = new Map<string, string>();
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
    called(part) {
      const wanted = part.toLowerCase();
      return [...called].filter(([, name]) => name.toLowerCase().includes(wanted)).map(([id]) => id);
    },
    async names(ids) {
      const unknown = ids.filter((id) => !called.has(id) && !names.has(id));
      if (unknown.length > 0) {
        const rows = await select<{ id: string; name: string }>(
          corpus,
          'select toString(id) as id, min(name) as name from patent_applicant where id in ({ids:Array(UInt64)}) group by id',
          { ids: unknown.map(BigInt) },
        );
        if (names.size + rows.length > KEPT_NAMES) names.clear();
        for (const row of rows) names.set(row.id, row.name);
      }
      return new Map(
        ids.flatMap((id): [string, string][] => {
          const name = called.get(id) ?? names.get(id);
          return name === undefined ? [] : [[id, name]];
        }),
      );
    },
  };
}

const memory = new WeakMap<object, { version: string | null; groups: Groups }>();

/**
 * The applicants that are taken together now. Kept in memory until a link changes; knowing that costs one short question,
 * or none where the version was read with the state of the corpus.
 */
export async function currentGroups(platform: Platform, version?: string | null): Promise<Groups> {
  const records = withPatents(platform.records);
  const wanted = version === undefined ? (await corpusState(records)).applicants : version;
  const known = memory.get(platform);
  if (known?.version === wanted) return known.groups;
  const links = await records
    .selectFrom('patentApplicantLink')
    .select(['member', 'head', 'headName'])
    .where('state', '=', 'active')
    .execute();
  const heads = new Map(links.map((link) => [link.member, link.head]));
  const merged = new Map([...heads.keys()].map((id) => [id, chainOf(heads, id).at(-1)!]));
  const tops = new Set(merged.values());
  const called = new Map(links.filter((l) => tops.has(l.head)).map((l) => [l.head, l.headName]));
  const groups = applicantGroups(platform.stores.corpus, merged, called);
  memory.set(platform, { version: wanted, groups });
  return groups;
}
