import { sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import { system } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import type { MatterContext } from './context.ts';
import { changesOf, coursesOf, erasOf } from './eras.ts';
import type { MatterFile } from './file.ts';
import { append, linked, type NewEntry, writeEntries } from './log.ts';
import { clockRows, nextDay } from './settle.ts';
import { type KnownDue, type LogRow, type MatterTables, withMatters } from './tables.ts';

/** Matters that are reckoned in one transaction. */
const BATCH = 500;

type ClockRow = MatterTables['matterClock'];

/** Are there running matters whose clocks were reckoned with another calendar or other limits? */
export async function isStale({ platform, definitions }: MatterContext): Promise<boolean> {
  const row = await withMatters(platform.records)
    .selectFrom('matter')
    .select('id')
    .where('doneOn', 'is', null)
    .where('rules', '!=', definitions.rules)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Reckons the clocks of all running matters with today's calendar and limits. Where a last day moves, the matter's log says from
 * which day to which. Can be broken off and goes on where it was.
 * @returns how many matters were looked at, and in how many a last day moved.
 */
export async function reckonAll(
  ctx: MatterContext,
  on: { stopping: () => boolean; progress: (done: number) => void } = {
    stopping: () => false,
    progress: () => {},
  },
): Promise<{ looked: number; moved: number }> {
  const sum = { looked: 0, moved: 0 };
  // Those that somebody held are looked at in another round.
  for (let before = -1; before < sum.looked; ) {
    before = sum.looked;
    for (let last: string | null = null; ; ) {
      const batch = await reckonBatch(ctx, last);
      if (batch.last === null) break;
      sum.looked += batch.looked;
      sum.moved += batch.moved;
      on.progress(sum.looked);
      if (on.stopping()) return sum;
      last = batch.last;
    }
  }
  return sum;
}

/** Reckons the next matters after one, in the order of their ids; `last` is null where there was none. */
async function reckonBatch(
  ctx: MatterContext,
  after: string | null,
): Promise<{ looked: number; moved: number; last: string | null }> {
  const { platform, definitions } = ctx;
  const now = platform.clock.now();
  return platform.records.transaction().execute(async (trx) => {
    const db = withMatters(trx);
    const rows = await db
      .selectFrom('matter')
      .select(['id', 'number', 'definition', 'version'])
      .where('doneOn', 'is', null)
      .where('rules', '!=', definitions.rules)
      .$if(after !== null, (all) => all.where('id', '>', after!))
      .orderBy('id')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute();
    if (rows.length === 0) return { looked: 0, moved: 0, last: null };
    const ids = rows.map(({ id }) => id);
    const [logs, before] = await Promise.all([
      db
        .selectFrom('matterLog')
        .select(['matter', 'seq', 'action', 'onDay', 'hash'])
        .where('matter', 'in', ids)
        .orderBy('matter')
        .orderBy('seq')
        .execute()
        .then(grouped),
      db
        .selectFrom('matterClock')
        .selectAll()
        .where('matter', 'in', ids)
        .orderBy('run')
        .execute()
        .then(grouped),
    ]);
    const changes = grouped(await changesOf(trx, ids));
    const moved: Moved[] = [];
    for (const row of rows) {
      const { id, number, version } = row;
      const eras = await erasOf(definitions, trx, row, changes.get(id) ?? []);
      const log = logs.get(id) ?? [];
      const { definition } = eras.at(-1)!;
      const { course } = coursesOf(eras, log);
      const clocks = clockRows(definition, id, course);
      const dues = movedDues(before.get(id) ?? [], clocks);
      if (dues.length === 0) continue;
      const entry = linked(log.at(-1)!.hash, now, id, version + 1, reckoned(dues, definitions.rules));
      moved.push({ number, entry, clocks });
    }
    if (moved.length > 0) await storeMoved(trx, definitions.rules, moved);
    const kept = new Set(moved.map(({ entry }) => entry.matter));
    const rest = ids.filter((id) => !kept.has(id));
    if (rest.length > 0)
      await db.updateTable('matter').set({ rules: definitions.rules }).where('id', 'in', rest).execute();
    if (moved.length > 0)
      await audit(trx, now, {
        ...{ actor: system, action: 'matters.reckoned', objectType: 'calendar', objectId: definitions.rules },
        detail: { matters: moved.map(({ number }) => number) },
      });
    return { looked: rows.length, moved: moved.length, last: ids.at(-1)! };
  });
}

/**
 * Reckons a matter that is about to be entered something in: a last day that another calendar moved is known to have moved before
 * what happens under the new one. The caller holds its row.
 * @returns the number of the matter's latest entry.
 */
export async function reckonFirst(
  { platform, definitions }: MatterContext,
  trx: Trx,
  { row, definition, course }: MatterFile,
): Promise<number> {
  if (row.rules === definitions.rules || row.doneOn !== null) return row.version;
  const before = await withMatters(trx)
    .selectFrom('matterClock')
    .selectAll()
    .where('matter', '=', row.id)
    .orderBy('run')
    .execute();
  const dues = movedDues(before, clockRows(definition, row.id, course));
  if (dues.length === 0) return row.version;
  await append(trx, platform.clock.now(), row.id, row.version + 1, reckoned(dues, definitions.rules));
  return row.version + 1;
}

/** The entry that says which last days moved. */
function reckoned(dues: KnownDue[], rules: string): NewEntry {
  return {
    ...{ kind: 'reckoned', action: null, onDay: null, role: null, recorded: false },
    ...{ key: null, keyHash: null, actor: system },
    content: { note: '', papers: [], answers: null, dues, rules },
  };
}

/** A matter in which a last day moved, with the entry that says so. */
interface Moved {
  number: string;
  entry: LogRow;
  clocks: ClockRow[];
}

/** Writes the entries and what follows from them, for all matters of a batch at once. */
async function storeMoved(trx: Trx, rules: string, moved: readonly Moved[]): Promise<void> {
  const db = withMatters(trx);
  await writeEntries(
    trx,
    moved.map(({ entry }) => entry),
  );
  const ids = moved.map(({ entry }) => entry.matter);
  await db.deleteFrom('matterClock').where('matter', 'in', ids).execute();
  await db
    .insertInto('matterClock')
    .values(moved.flatMap(({ clocks }) => clocks))
    .execute();
  const next = moved.map(({ clocks }) => nextDay(clocks));
  await db
    .updateTable('matter')
    .from(
      sql<{ id: string; nextOn: string | null }>`unnest(${ids}::uuid[], ${next}::date[])`.as<'v'>(
        sql`v (id, next_on)`,
      ),
    )
    .set({ version: sql`matter.version + 1`, nextOn: sql`v.next_on`, rules })
    .whereRef('matter.id', '=', 'v.id')
    .execute();
}

/** Last days that differ, of the clocks that run or stand. */
function movedDues(before: readonly ClockRow[], after: readonly ClockRow[]): KnownDue[] {
  return after.flatMap(({ run, clock, due, provisional, endedOn }) => {
    const was = before.find((one) => one.run === run);
    if (endedOn !== null || was?.due === due) return [];
    return [{ clock, due, was: was?.due ?? null, provisional }];
  });
}

function grouped<R extends { matter: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) groups.set(row.matter, [...(groups.get(row.matter) ?? []), row]);
  return groups;
}
