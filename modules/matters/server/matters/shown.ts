import { type RawBuilder, sql } from 'kysely';
import { addDays, type CalendarDate } from '#kernel/calendar/date';
import type { Records } from '#kernel/records';
import { DESK_VIEWS } from '../../contract.ts';

export type View = (typeof DESK_VIEWS)[number];

/** Natural days ahead that count as soon. */
const SOON = 7;

/** What is asked of a desk. */
export interface Asked {
  /** Offices whose matters are shown; at least one. */
  offices: readonly string[];
  /** Ids of matters that are not shown. */
  without: readonly string[];
  /** Whose `mine` it is. */
  account: string;
  /** For whom they cover today, in which office: shown among their own. */
  covers: readonly { account: string; department: string }[];
  today: CalendarDate;
  view: View;
  item?: string | undefined;
  portal?: string | undefined;
  /** Words that must all be there, in number, name or subject. */
  q: string;
  page: number;
  pageSize: number;
}

/** Ids of the matters of a page in their order, and how many each view has. */
export interface Shown {
  ids: string[];
  counts: Record<View, number>;
}

/** The matters of one page of a view, and how many of the same item and words each view shows. */
export async function shownOf(db: Records, asked: Asked): Promise<Shown> {
  const words = asked.q.split(/\s+/).filter((word) => word !== '');
  const past = await handedOn(db, asked, words);
  const { ids, counts } = await (words.length > 0 ? searched(db, asked, words) : listed(db, asked));
  return {
    ids: asked.view === 'transferred' ? past.ids : ids,
    counts: { ...counts, transferred: past.count },
  };
}

/** The views of what an office has. */
type Held = Exclude<View, 'transferred'>;
type HeldShown = { ids: string[]; counts: Record<Held, number> };

/** What offices handed to another body and do not have any more, the latest first: its page where it is asked for, and how many. */
async function handedOn(
  db: Records,
  asked: Asked,
  words: readonly string[],
): Promise<{ ids: string[]; count: number }> {
  const offices = sql.join([...asked.offices]);
  const found = sql`
    from matter join (
      select matter, max(on_day) as sent_on from matter_transfer where from_department in (${offices}) group by matter
    ) sent on sent.matter = matter.id
   where department not in (${offices}) and ${sql.join([ofItem(asked), ...words.map(hasWord)], sql` and `)}`;
  const [counted, page] = await Promise.all([
    sql<{ count: number }>`select count(*)::int as count ${found}`.execute(db),
    asked.view === 'transferred'
      ? sql<{ id: string }>`select id ${found} order by sent_on desc, id ${pageOf(asked)}`.execute(db)
      : { rows: [] },
  ]);
  return { ids: page.rows.map(({ id }) => id), count: counted.rows[0]!.count };
}

/** Views of matters that run. */
type Running = Exclude<Held, 'messages' | 'ended'>;

/** Does somebody have a matter, of an office where one is named? */
function has({ account, department }: { account: string; department?: string }): RawBuilder<boolean> {
  const is = sql<boolean>`handler = ${account}`;
  return department === undefined ? is : sql`(${is} and department = ${department})`;
}

/** What each view shows of the matters that run. */
function runningOf({ account, covers, today }: Asked): Record<Running, RawBuilder<boolean>> {
  return {
    open: sql`true`,
    mine: sql`(${sql.join([{ account }, ...covers].map(has), sql` or `)})`,
    unassigned: sql`handler is null`,
    late: sql`next_on < ${today}::date`,
    soon: sql`next_on between ${today}::date and ${addDays(today, SOON)}::date`,
  };
}

/** Is a matter shown in a view? */
function isIn(asked: Asked, view: Held): RawBuilder<boolean> {
  // A message is answered also where the matter has ended.
  if (view === 'messages') return sql`asked_on is not null`;
  return view === 'ended' ? sql`done_on is not null` : sql`done_on is null and ${runningOf(asked)[view]}`;
}

/** What is due first on top; what ended last; who waits longest. */
function orderOf(view: Held): RawBuilder<unknown> {
  if (view === 'messages') return sql`asked_on, id`;
  return view === 'ended' ? sql`done_on desc, id` : sql`next_on nulls last, id`;
}

function pageOf({ page, pageSize }: Asked): RawBuilder<unknown> {
  return sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;
}

/** A count of each view, under its name. */
function countsOf(conditions: readonly (readonly [Held, RawBuilder<boolean>])[]): RawBuilder<unknown> {
  return sql.join(
    conditions.map(([view, is]) => sql`(count(*) filter (where ${is}))::int as ${sql.ref(view)}`),
  );
}

/** Matters of an item and a portal, where they are asked for, without those that the asker may not see. */
function ofItem({ item, portal, without }: Asked): RawBuilder<boolean> {
  const is = item === undefined ? sql<boolean>`true` : sql<boolean>`item = ${item}`;
  const through = portal === undefined ? is : sql<boolean>`${is} and portal = ${portal}`;
  return without.length === 0 ? through : sql<boolean>`${through} and id not in (${sql.join([...without])})`;
}

/** Matters of offices, an item and a portal. A list, not an array: the indexes give its order where there is one office. */
function narrowed(asked: Asked): RawBuilder<boolean> {
  return sql`department in (${sql.join([...asked.offices])}) and ${ofItem(asked)}`;
}

/**
 * Without words: running and ended matters are counted each from an index of their own, and the page is the beginning of one. A
 * column that is not in the index, such as the day of the end, would lead the count to every row.
 */
async function listed(db: Records, asked: Asked): Promise<HeldShown> {
  const view = heldView(asked);
  const running = Object.entries(runningOf(asked)) as [Running, RawBuilder<boolean>][];
  const [page, open, messages, ended] = await Promise.all([
    sql<{ id: string }>`
      select id from matter where ${narrowed(asked)} and ${isIn(asked, view)}
       order by ${orderOf(view)} ${pageOf(asked)}`.execute(db),
    sql<Record<Running, number>>`
      select ${countsOf(running)} from matter where ${narrowed(asked)} and done_on is null`.execute(db),
    sql<{ messages: number }>`
      select count(*)::int as messages from matter where ${narrowed(asked)} and asked_on is not null`.execute(
      db,
    ),
    sql<{ ended: number }>`
      select count(*)::int as ended from matter where ${narrowed(asked)} and done_on is not null`.execute(db),
  ]);
  return {
    ids: page.rows.map(({ id }) => id),
    counts: { ...open.rows[0]!, ...messages.rows[0]!, ...ended.rows[0]! },
  };
}

/** The view whose page is read; of those that were handed on the page is read elsewhere, and this one only counted. */
const heldView = ({ view }: Asked): Held => (view === 'transferred' ? 'open' : view);

/** With words: what has them is found once, and counted and put in order from there. */
async function searched(db: Records, asked: Asked, words: readonly string[]): Promise<HeldShown> {
  const view = heldView(asked);
  const held = DESK_VIEWS.filter((one) => one !== 'transferred');
  const views = held.map((one) => [one, isIn(asked, one)] as const);
  const { rows } = await sql<Record<Held, number> & { ids: string[] }>`
    with found as materialized (
      select id, done_on, next_on, asked_on, handler, department from matter where ${narrowed(asked)} and ${sql.join(words.map(hasWord), sql` and `)}
    )
    select ${countsOf(views)},
           array(select id from found where ${isIn(asked, view)} order by ${orderOf(view)} ${pageOf(asked)}) as ids
      from found`.execute(db);
  const { ids, ...counts } = rows[0]!;
  return { ids, counts };
}

/** Portals through which matters of offices came: each is looked up, and none is counted. */
export async function portalsOf(
  db: Records,
  offices: readonly string[],
  known: readonly string[],
): Promise<string[]> {
  if (known.length === 0) return [];
  const { rows } = await sql<{ portal: string }>`
    select portal from unnest(${[...known]}::text[]) known (portal)
     where (select true from matter where matter.portal = known.portal and department in (${sql.join([...offices])}) limit 1)`.execute(
    db,
  );
  return rows.map(({ portal }) => portal);
}

/** Items of which offices have matters: each is looked up, and none is counted. */
export async function itemsOf(db: Records, offices: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ item: string }>`
    select item from (select distinct item from matter_definition) known
     where (select true from matter where matter.item = known.item and department in (${sql.join([...offices])}) limit 1)`.execute(
    db,
  );
  return rows.map(({ item }) => item);
}

/** Is a word in number, name or subject? Pairs of signs lead to the matters by the index; a longer word is then looked for itself. */
function hasWord(word: string): RawBuilder<boolean> {
  const pattern = `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const is = sql<boolean>`search like lower(${pattern})`;
  const length = [...word].length;
  if (length === 1) return is;
  const pairs = sql<boolean>`matter_pairs(search) @> matter_pairs(lower(${word}))`;
  return length === 2 ? pairs : sql`${pairs} and ${is}`;
}
