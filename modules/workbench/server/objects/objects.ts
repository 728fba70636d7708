import type { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import { LIMITS, WORKBENCH_PUBLISH, type WorkbenchObject } from '../../contract.ts';
import {
  accountOf,
  type Bench,
  type By,
  demandOrganisation,
  organisationNames,
  organisationsOf,
  records,
  trace,
} from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { type ObjectRow, type Opened, objectView, objectViews, openObject, rightOf } from './access.ts';
import { log } from './log.ts';

/** What of an object its keepers set. */
export interface ObjectBody {
  name: string;
  note: string;
  organisation: string | null;
  public: boolean;
}

/** Objects that an account may work with; those open to everybody; or those it deleted and may bring back. */
export async function listObjects(
  bench: Bench,
  by: By,
  { kind, show }: { kind?: 'collection' | 'tree' | undefined; show: 'mine' | 'public' | 'deleted' },
) {
  const account = by.actor.kind === 'user' ? by.actor.id : null;
  const own = organisationsOf(by.actor);
  let query = records(bench)
    .selectFrom('workbenchObject as o')
    .leftJoin('workbenchShare as s', (j) =>
      j.onRef('s.object', '=', 'o.id').on('s.account', '=', account ?? ''),
    )
    .selectAll('o')
    .select('s.edit as shared')
    .where('o.deletedAt', show === 'deleted' ? 'is not' : 'is', null)
    .orderBy('o.updatedAt', 'desc')
    .orderBy('o.id')
    .limit(LIMITS.objects * 2);
  if (kind) query = query.where('o.kind', '=', kind);
  if (show === 'public') query = query.where('o.public', '=', true);
  else
    query = query.where((e) =>
      e.or([
        e('o.owner', '=', account ?? ''),
        ...(own.length > 0 ? [e('o.organisation', 'in', own)] : []),
        ...(show === 'mine' ? [e('s.account', 'is not', null)] : []),
      ]),
    );
  const rows = await query.execute();
  const opened: Opened[] = rows.map(({ shared, ...row }) => ({ row, right: rightOf(by.actor, row, shared) }));
  return {
    objects: await objectViews(bench, by, opened),
    organisations: await organisationNames(bench, own),
    publish: account !== null && bench.platform.policy.can(by.actor, WORKBENCH_PUBLISH),
  };
}

/** One object. */
export async function getObject(bench: Bench, by: By, id: string): Promise<WorkbenchObject> {
  return objectView(bench, by, await openObject(records(bench), by, id, 'read'));
}

/** A new object of the asker. */
export async function createObject(
  bench: Bench,
  by: By,
  body: ObjectBody & { kind: ObjectRow['kind'] },
): Promise<WorkbenchObject> {
  const owner = accountOf(by);
  await demandOrganisation(bench, by, body.organisation);
  if (body.public) bench.platform.policy.demand(by.actor, WORKBENCH_PUBLISH);
  const now = bench.platform.clock.now();
  const row = await records(bench)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(trx as never, `workbench objects ${owner}`);
      const { n } = await trx
        .selectFrom('workbenchObject')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('owner', '=', owner)
        .where('kind', '=', body.kind)
        .where('deletedAt', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(n) >= LIMITS.objects) throw tooMany(body.kind, Number(n) + 1);
      const made = await trx
        .insertInto('workbenchObject')
        .values({
          id: newId(),
          ...body,
          owner,
          ownerName: by.actor.name,
          createdAt: now,
          updatedAt: now,
          updatedByName: by.actor.name,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await log(bench, trx, by, { object: made.id, action: 'create', detail: { name: made.name } });
      await trace(bench, trx, by, traced(made, 'create', { ...body }));
      return made;
    });
  return objectView(bench, by, { row, right: 'manage' });
}

function tooMany(kind: ObjectRow['kind'], now: number): AppError {
  return workbenchError('workbench_limit', {
    what: kind === 'collection' ? '专利集' : '分类导航',
    what_en: kind === 'collection' ? 'collections' : 'classification trees',
    most: LIMITS.objects,
    now,
  });
}

function traced(row: Pick<ObjectRow, 'id' | 'kind'>, action: string, detail: Record<string, unknown>) {
  const objectType = `workbench-${row.kind}`;
  return { action: `workbench.${row.kind}.${action}`, objectType, objectId: row.id, detail };
}

/** Changes name, note and reach. Whoever moves it to an organisation must belong to it. */
export async function changeObject(
  bench: Bench,
  by: By,
  id: string,
  { version, ...body }: ObjectBody & { version: number },
): Promise<WorkbenchObject> {
  const before = await openObject(records(bench), by, id, 'manage');
  if (body.organisation !== before.row.organisation) await demandOrganisation(bench, by, body.organisation);
  if (body.public && !before.row.public) bench.platform.policy.demand(by.actor, WORKBENCH_PUBLISH);
  const opened = await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { row: old } = await openObject(trx, by, id, 'manage', { version, lock: 'update' });
      const row = await trx
        .updateTable('workbenchObject')
        .set({
          ...body,
          version: old.version + 1,
          updatedAt: bench.platform.clock.now(),
          updatedByName: by.actor.name,
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const { name, note, organisation } = old;
      const detail = { ...body, was: { name, note, organisation, public: old.public } };
      await log(bench, trx, by, { object: id, action: 'change', detail });
      await trace(bench, trx, by, traced(row, 'change', detail));
      return row;
    });
  return getObject(bench, by, opened.id).catch(() =>
    // Whoever gives it to others may lose it from sight.
    objectView(bench, by, { row: opened, right: 'read' }),
  );
}

/** Replaces the accounts it is shared with. @throws AppError `workbench_no_account` */
export async function shareObject(
  bench: Bench,
  by: By,
  id: string,
  { shares, version }: { shares: readonly { username: string; edit: boolean }[]; version: number },
): Promise<WorkbenchObject> {
  await openObject(records(bench), by, id, 'manage');
  const found = await Promise.all(
    shares.map(async (s) => ({
      ...s,
      account: await bench.platform.auth.findAccountByUsername(s.username.trim()),
    })),
  );
  const missing = found.filter((s) => !s.account || s.account.disabledAt !== null).map((s) => s.username);
  if (missing.length > 0) throw workbenchError('workbench_no_account', { names: missing.join('、') });
  const wanted = new Map(found.map((s) => [s.account!.id, s]));
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { row } = await openObject(trx, by, id, 'manage', { version, lock: 'update' });
      wanted.delete(row.owner);
      await trx.deleteFrom('workbenchShare').where('object', '=', id).execute();
      if (wanted.size > 0)
        await trx
          .insertInto('workbenchShare')
          .values([...wanted].map(([account, s]) => ({ object: id, account, edit: s.edit })))
          .execute();
      await trx
        .updateTable('workbenchObject')
        .set({
          version: row.version + 1,
          updatedAt: bench.platform.clock.now(),
          updatedByName: by.actor.name,
        })
        .where('id', '=', id)
        .execute();
      const list = [...wanted.values()].map((s) => ({ username: s.account!.username, edit: s.edit }));
      await log(bench, trx, by, { object: id, action: 'share', detail: { shares: list } });
      await trace(bench, trx, by, traced(row, 'share', { name: row.name, shares: list }));
    });
  return getObject(bench, by, id);
}

/** Deletes an object; everything in it stays and comes back with it. */
export async function deleteObject(bench: Bench, by: By, id: string, version: number) {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { row } = await openObject(trx, by, id, 'manage', { version, lock: 'update' });
      await setDeleted(bench, trx, by, row, bench.platform.clock.now());
      await log(bench, trx, by, { object: id, action: 'delete' });
      await trace(bench, trx, by, traced(row, 'delete', { name: row.name }));
    });
  return { id };
}

/** Brings a deleted object back. */
export async function restoreObject(bench: Bench, by: By, id: string): Promise<WorkbenchObject> {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { row } = await openObject(trx, by, id, 'manage', { lock: 'update', deleted: true });
      await setDeleted(bench, trx, by, row, null);
      await log(bench, trx, by, { object: id, action: 'restore' });
      await trace(bench, trx, by, traced(row, 'restore', { name: row.name }));
    });
  return getObject(bench, by, id);
}

async function setDeleted(
  bench: Bench,
  trx: ReturnType<typeof records>,
  by: By,
  row: ObjectRow,
  deletedAt: Date | null,
): Promise<void> {
  await trx
    .updateTable('workbenchObject')
    .set({
      deletedAt,
      version: row.version + 1,
      updatedAt: bench.platform.clock.now(),
      updatedByName: by.actor.name,
    })
    .where('id', '=', row.id)
    .execute();
}
