import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CollectionItem, ItemFilter, Person } from '../../contract.ts';
import { type Bench, type By, records } from '../bench.ts';
import { objectView, openObject } from '../objects/access.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import { wordsOf } from '../objects/standing.ts';
import { tagsOn } from '../tags/marks.ts';

/** A row of a collection with what holds of it. */
export interface ItemRow {
  number: string;
  note: string;
  version: number;
  addedBy: string;
  addedByName: string;
  addedAt: Date;
  choice: 'keep' | 'dismiss' | null;
  disputed: boolean;
  settled: boolean;
  rating: number | null;
  ratings: number;
}

/** SQL of the items of a collection with their standing; `i` and `s` may be narrowed by a condition. */
function from(collection: string): RawBuilder<unknown> {
  return sql`workbench_item i
    left join (select * from workbench_standing where place = ${collection}::uuid) s on s.number = i.number
    where i.collection = ${collection}::uuid and i.removed_at is null`;
}

const COLUMNS = sql`i.number, i.note, i.version, i.added_by as "addedBy", i.added_by_name as "addedByName",
  i.added_at as "addedAt", s.choice, coalesce(s.disputed, false) as disputed, coalesce(s.settled, false) as settled,
  s.rating, coalesce(s.ratings, 0) as ratings`;

function condition(collection: string, filter: ItemFilter): RawBuilder<SqlBool> {
  const parts: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`];
  if (filter.state === 'disputed') parts.push(sql`coalesce(s.disputed, false)`);
  else if (filter.state === 'undecided') parts.push(sql`s.choice is null`);
  else if (filter.state) parts.push(sql`s.choice = ${filter.state}`);
  if (filter.rating !== undefined) parts.push(sql`s.rating >= ${filter.rating}`);
  if (filter.tag !== undefined)
    parts.push(
      sql`exists (select from workbench_tagged t where t.tag = ${filter.tag}::uuid and t.number = i.number)`,
    );
  if (filter.person !== undefined)
    parts.push(sql`(i.added_by = ${filter.person} or exists (select from workbench_decision d
      where d.place = ${collection}::uuid and d.number = i.number and d.account = ${filter.person}))`);
  return sql`${sql.join(parts, sql` and `)}`;
}

/** One page of a collection; the cursor is the place of the last item seen. */
export async function itemPage(
  bench: Bench,
  collection: string,
  filter: ItemFilter,
  cursor: string | undefined,
  limit: number,
): Promise<{ rows: ItemRow[]; next: string | null }> {
  const m = /^(\d{1,16})\.([\w/.-]{1,40})$/.exec(cursor ?? '');
  const after = m
    ? sql`and (i.added_at, i.number) < (to_timestamp((${m[1]}::numeric / 1000)::float8), ${m[2]})`
    : sql``;
  const { rows } = await sql<ItemRow>`select ${COLUMNS} from ${from(collection)}
      and ${condition(collection, filter)} ${after}
    order by i.added_at desc, i.number desc limit ${limit + 1}`.execute(bench.platform.records);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > limit && last ? `${last.addedAt.getTime()}.${last.number}` : null,
  };
}

/** Some items of a collection by number. */
export async function itemRows(
  bench: Bench,
  collection: string,
  numbers: readonly string[],
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${COLUMNS} from ${from(collection)}
    and i.number = any(${[...numbers]}::text[])`.execute(bench.platform.records);
  return rows;
}

/** Items with everything that a page shows of them. */
export async function itemViews(
  bench: Bench,
  by: By,
  collection: string,
  rows: readonly ItemRow[],
): Promise<CollectionItem[]> {
  const numbers = rows.map((row) => row.number);
  const signedIn = by.actor.kind === 'user';
  const [hits, words, tags] = await Promise.all([
    hitsByNumber(bench, numbers),
    signedIn ? wordsOf(records(bench), by, collection, numbers) : new Map<string, never[]>(),
    tagsOn(bench, by, numbers),
  ]);
  return rows.map((row) => {
    const { number, note, version, disputed, settled, rating, ratings } = row;
    const all = words.get(number) ?? [];
    const mine = all.find((w) => w.own && !w.settles);
    return {
      ...{ number, note, version, disputed, settled, rating, ratings },
      hit: hits.get(number) ?? null,
      addedBy: signedIn ? { id: row.addedBy, name: row.addedByName } : { id: '', name: '' },
      addedAt: row.addedAt.toISOString(),
      state: row.choice,
      own: mine ? { choice: mine.choice, rating: mine.rating, why: mine.why } : null,
      decisions: all,
      tags: tags.get(number) ?? [],
    };
  });
}

/** A page of a collection with counts over the whole of it. */
export async function listItems(
  bench: Bench,
  by: By,
  id: string,
  { cursor, limit, ...filter }: ItemFilter & { cursor?: string | undefined; limit: number },
) {
  const opened = await openObject(records(bench), by, id, 'read', { kind: 'collection' });
  const [page, counted, people] = await Promise.all([
    itemPage(bench, id, filter, cursor, limit),
    countItems(bench, id, filter),
    by.actor.kind === 'user' ? peopleOf(bench, id) : [],
  ]);
  const { total, ...counts } = counted;
  return {
    object: await objectView(bench, by, opened),
    total,
    counts,
    people,
    items: await itemViews(bench, by, id, page.rows),
    next: page.next,
  };
}

/** One publication of a collection; `item` is null where it is not in it. */
export async function getItem(bench: Bench, by: By, id: string, number: string) {
  const opened = await openObject(records(bench), by, id, 'read', { kind: 'collection' });
  const rows = await itemRows(bench, id, [number]);
  const [item] = await itemViews(bench, by, id, rows);
  return { object: await objectView(bench, by, opened), item: item ?? null };
}

async function countItems(bench: Bench, collection: string, filter: ItemFilter) {
  const { rows } = await sql<Record<'total' | 'all' | 'keep' | 'dismiss' | 'undecided' | 'disputed', string>>`
    select count(*) as all, count(*) filter (where s.choice = 'keep') as keep,
           count(*) filter (where s.choice = 'dismiss') as dismiss,
           count(*) filter (where s.choice is null) as undecided,
           count(*) filter (where s.disputed) as disputed,
           count(*) filter (where ${condition(collection, filter)}) as total
      from ${from(collection)}`.execute(bench.platform.records);
  const n = rows[0]!;
  return {
    total: Number(n.total),
    all: Number(n.all),
    keep: Number(n.keep),
    dismiss: Number(n.dismiss),
    undecided: Number(n.undecided),
    disputed: Number(n.disputed),
  };
}

async function peopleOf(bench: Bench, collection: string): Promise<Person[]> {
  const { rows } = await sql<Person>`select id, min(name) as name from (
      select added_by as id, added_by_name as name from workbench_item
       where collection = ${collection}::uuid and removed_at is null
      union select account, account_name from workbench_decision where place = ${collection}::uuid) p
    group by id order by name, id limit 200`.execute(bench.platform.records);
  return rows;
}
