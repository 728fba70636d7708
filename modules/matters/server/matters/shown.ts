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
  today: CalendarDate;
  view: View;
  item?: string | undefined;
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
  return words.length > 0 ? searched(db, asked, words) : listed(db, asked);
}

/** Views of matters that run. */
type Running = Exclude<View, 'messages' | 'ended'>;

/** What each view shows of the matters that run. */
function runningOf({ account, today }: Asked): Record<Running, RawBuilder<boolean>> {
  return {
    open: sql`true`,
    mine: sql`handler = ${account}`,
    unassigned: sql`handler is null`,
    late: sql`next_on < ${today}::date`,
    soon: sql`next_on between ${today}::date and ${addDays(today, SOON)}::date`,
  };
}

/** Is a matter shown in a view? */
function isIn(asked: Asked, view: View): RawBuilder<boolean> {
  // A message is answered also where the matter has ended.
  if (view === 'messages') return sql`asked_on is not null`;
  return view === 'ended' ? sql`done_on is not null` : sql`done_on is null and ${runningOf(asked)[view]}`;
}

/** What is due first on top; what ended last; who waits longest. */
function orderOf(view: View): RawBuilder<unknown> {
  if (view === 'messages') return sql`asked_on, id`;
  return view === 'ended' ? sql`done_on desc, id` : sql`next_on nulls last, id`;
}

function pageOf({ page, pageSize }: Asked): RawBuilder<unknown> {
  return sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;
}

/** A count of each view, under its name. */
function countsOf(conditions: readonly (readonly [View, RawBuilder<boolean>])[]): RawBuilder<unknown> {
  return sql.join(
    conditions.map(([view, is]) => sql`(count(*) filter (where ${is}))::int as ${sql.ref(view)}`),
  );
}

/** Matters of offices and an item. A list, not an array: the indexes give its order where there is one office. */
function narrowed({ offices, item, without }: Asked): RawBuilder<boolean> {
  const ofItem = item === undefined ? sql`` : sql` and item = ${item}`;
  const seen = without.length === 0 ? sql`` : sql` and id not in (${sql.join([...without])})`;
  return sql`department in (${sql.join([...offices])})${ofItem}${seen}`;
}

/**
 * Without words: running and ended matters are counted each from an index of their own, and the page is the beginning of one. A
 * column that is not in the index, such as the day of the end, would lead the count to every row.
 */
async function listed(db: Records, asked: Asked): Promise<Shown> {
  const running = Object.entries(runningOf(asked)) as [Running, RawBuilder<boolean>][];
  const [page, open, messages, ended] = await Promise.all([
    sql<{ id: string }>`
      select id from matter where ${narrowed(asked)} and ${isIn(asked, asked.view)}
       order by ${orderOf(asked.view)} ${pageOf(asked)}`.execute(db),
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

/** With words: what has them is found once, and counted and put in order from there. */
async function searched(db: Records, asked: Asked, words: readonly string[]): Promise<Shown> {
  const views = DESK_VIEWS.map((view) => [view, isIn(asked, view)] as const);
  const { rows } = await sql<Record<View, number> & { ids: string[] }>`
    with found as materialized (
      select id, done_on, next_on, asked_on, handler from matter where ${narrowed(asked)} and ${sql.join(words.map(hasWord), sql` and `)}
    )
    select ${countsOf(views)},
           array(select id from found where ${isIn(asked, asked.view)} order by ${orderOf(asked.view)} ${pageOf(asked)}) as ids
      from found`.execute(db);
  const { ids, ...counts } = rows[0]!;
  return { ids, counts };
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
