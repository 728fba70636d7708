import { type Kysely, sql } from 'kysely';
import { type Added, LIMITS } from '../../contract.ts';
import { accountOf, type Bench, type By, readable, records, trace } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { openObject } from '../objects/access.ts';
import { log } from '../objects/log.ts';
import { readNumbers } from '../objects/numbers.ts';
import { type WorkbenchTables, withWorkbench } from '../tables.ts';

/** From so many numbers on, adding and removing leave a line in the audit log beside the one of the collection. */
const MANY = 100;

/** Adds by number. Numbers that the corpus does not hold are kept: they show once it does. */
export async function addItems(
  bench: Bench,
  by: By,
  id: string,
  input: { numbers?: readonly string[] | undefined; text?: string | undefined },
): Promise<Added> {
  await openObject(records(bench), by, id, 'edit', { kind: 'collection' });
  const { numbers, unknown, unreadable } = await readNumbers(bench, by, input);
  const added = await records(bench)
    .transaction()
    .execute(async (trx) => {
      await openObject(trx, by, id, 'edit', { kind: 'collection', lock: 'share' });
      await demandRoom(trx, id, numbers.length);
      return insertItems(bench, trx, by, id, numbers, 'add', {});
    });
  return { added, already: numbers.length - added, unknown: unknown.slice(0, 1000), unreadable };
}

/** @throws AppError `workbench_limit` where a collection would hold too many */
export async function demandRoom(db: Kysely<WorkbenchTables>, id: string, more: number): Promise<void> {
  const { n } = await db
    .selectFrom('workbenchItem')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('collection', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(n) + more > LIMITS.items)
    throw workbenchError('workbench_limit', {
      what: '一个专利集中的专利',
      what_en: 'publications in a collection',
      most: LIMITS.items,
      now: Number(n) + more,
    });
}

/** Puts numbers into a collection and logs those that were not there. Gives how many those are. */
export async function insertItems(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: Pick<By, 'actor'> & { requestId?: string },
  id: string,
  numbers: readonly string[],
  action: string,
  detail: Record<string, unknown>,
): Promise<number> {
  if (numbers.length === 0) return 0;
  const { rows } = await sql<{ number: string }>`
    insert into workbench_item as i (collection, number, added_at, added_by, added_by_name)
    select ${id}::uuid, number, ${bench.platform.clock.now()}, ${accountOf(by)}, ${by.actor.name}
      from unnest(${[...numbers]}::text[]) as n (number) order by number
    on conflict (collection, number) do update
      set removed_at = null, added_at = excluded.added_at, added_by = excluded.added_by,
          added_by_name = excluded.added_by_name, version = i.version + 1
      where i.removed_at is not null
    returning number`.execute(trx);
  const added = rows.map((row) => row.number);
  if (added.length === 0) return 0;
  await log(bench, trx, by, { object: id, action, numbers: added, detail });
  if (added.length >= MANY)
    await trace(
      bench,
      trx,
      { actor: by.actor, requestId: by.requestId ?? '' },
      {
        action: `workbench.collection.${action}`,
        objectType: 'workbench-collection',
        objectId: id,
        detail: { count: added.length, ...detail },
      },
    );
  return added.length;
}

/** Takes publications out. Their notes and decisions stay, and come back when they are added again. */
export async function removeItems(
  bench: Bench,
  by: By,
  id: string,
  numbers: readonly string[],
): Promise<{ removed: number }> {
  const removed = await records(bench)
    .transaction()
    .execute(async (trx) => {
      await openObject(trx, by, id, 'edit', { kind: 'collection', lock: 'share' });
      return takeOut(bench, trx, by, id, numbers, 'remove', {});
    });
  return { removed: removed.length };
}

async function takeOut(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: By,
  id: string,
  numbers: readonly string[],
  action: string,
  detail: Record<string, unknown>,
): Promise<string[]> {
  const rows = await trx
    .updateTable('workbenchItem')
    .set((e) => ({ removedAt: bench.platform.clock.now(), version: e('version', '+', 1) }))
    .where('collection', '=', id)
    .where('number', '=', sql<string>`any(${[...new Set(numbers)].sort()}::text[])`)
    .where('removedAt', 'is', null)
    .returning('number')
    .execute();
  const removed = rows.map((row) => row.number);
  if (removed.length === 0) return [];
  await log(bench, trx, by, { object: id, action, numbers: removed, detail });
  if (removed.length >= MANY)
    await trace(bench, trx, by, {
      action: `workbench.collection.${action}`,
      objectType: 'workbench-collection',
      objectId: id,
      detail: { count: removed.length, ...detail },
    });
  return removed;
}

/** Moves or copies publications with their notes and decisions; what the other collection has stays as it is there. */
export async function transferItems(
  bench: Bench,
  by: By,
  id: string,
  { to, numbers, how }: { to: string; numbers: readonly string[]; how: 'move' | 'copy' },
): Promise<{ transferred: number; already: number }> {
  if (to === id) return { transferred: 0, already: numbers.length };
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      // In one order, so that two who move between the same collections do not wait for each other.
      const rights = new Map([
        [id, how === 'move' ? ('edit' as const) : ('read' as const)],
        [to, 'edit' as const],
      ]);
      const names = new Map<string, string>();
      for (const one of [...rights.keys()].sort()) {
        const { row } = await openObject(trx, by, one, rights.get(one)!, {
          kind: 'collection',
          lock: 'share',
        });
        names.set(one, row.name);
      }
      const there = await trx
        .selectFrom('workbenchItem')
        .select(['number', 'note'])
        .where('collection', '=', id)
        .where('number', '=', sql<string>`any(${[...new Set(numbers)]}::text[])`)
        .where('removedAt', 'is', null)
        .execute();
      const found = there.map((row) => row.number);
      await demandRoom(trx, to, found.length);
      const transferred = await insertItems(bench, trx, by, to, found, `${how}-in`, {
        from: { id, name: names.get(id) },
      });
      await sql`update workbench_item i set note = f.note, version = i.version + 1
          from workbench_item f
         where f.collection = ${id}::uuid and i.collection = ${to}::uuid and f.number = i.number
           and f.number = any(${found}::text[]) and i.note = '' and f.note <> ''`.execute(trx);
      await sql`insert into workbench_decision (place, number, account, account_name, choice, rating, why, settles, at)
        select ${to}::uuid, number, account, account_name, choice, rating, why, settles, at
          from workbench_decision where place = ${id}::uuid and number = any(${found}::text[]) order by seq
        on conflict do nothing`.execute(trx);
      if (how === 'move')
        await takeOut(bench, trx, by, id, found, 'move-out', { to: { id: to, name: names.get(to) } });
      return { transferred, already: found.length - transferred };
    });
}

/** Changes an item's note. Who saved meanwhile is not overwritten. @throws AppError `workbench_changed` */
export async function noteItem(
  bench: Bench,
  by: By,
  id: string,
  number: string,
  { note, version }: { note: string; version: number },
): Promise<{ number: string; note: string; version: number }> {
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      await openObject(trx, by, id, 'edit', { kind: 'collection', lock: 'share' });
      const item = await trx
        .selectFrom('workbenchItem')
        .select(['note', 'version'])
        .where('collection', '=', id)
        .where('number', '=', number)
        .where('removedAt', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      if (!item) throw workbenchError('workbench_gone', { what: number, what_en: number });
      if (item.version !== version) {
        const last = await withWorkbench(trx as never)
          .selectFrom('workbenchLog')
          .select(['accountName', 'at'])
          .where('object', '=', id)
          .where(sql<boolean>`${number} = any(numbers)`)
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        throw workbenchError('workbench_changed', {
          by: last?.accountName ?? '',
          at: last ? readable(last.at) : '',
          name: number,
          version: item.version,
          current: { note: item.note, version: item.version },
        });
      }
      const next = version + 1;
      await trx
        .updateTable('workbenchItem')
        .set({ note, version: next })
        .where('collection', '=', id)
        .where('number', '=', number)
        .execute();
      await log(bench, trx, by, {
        object: id,
        action: 'note',
        numbers: [number],
        detail: { note, was: item.note },
      });
      return { number, note, version: next };
    });
}
