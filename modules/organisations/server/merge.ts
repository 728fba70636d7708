import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { lockInTrx, type Trx } from '#kernel/records';
import type { mergeOrganisations } from '../contract.ts';
import { type By, liveForChange, momentText } from './change.ts';
import { organisationError } from './errors.ts';
import { type Adopted, adoptable, withOrganisations } from './tables.ts';
import { docOf, type Live, writeVersions } from './versions.ts';
import { fieldLabels } from './views.ts';

type Merge = z.output<(typeof mergeOrganisations)['body']>;

/**
 * Merges one organisation into another. The survivor keeps its name and what it has, and takes over code, address and region
 * where it has none; the other stays as it is and leads to the survivor. Gives the merge's id. Throws `organisations_same`,
 * and for either what `liveForChange` throws.
 */
export async function merge(platform: Platform, by: By, body: Merge): Promise<string> {
  const now = platform.clock.now();
  const { reason } = body;
  if (body.survivor.id === body.loser.id) throw organisationError('organisations_same');
  return platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'organisations');
    const survivor = await liveForChange(trx, body.survivor.id, body.survivor.version);
    const loser = await liveForChange(trx, body.loser.id, body.loser.version);
    const adopted: Adopted = {};
    for (const field of adoptable)
      if (survivor[field] === null && loser[field] !== null) adopted[field] = loser[field];
    const writing = { now, by: by.actor };
    // The one that gives its code away first: two living ones cannot share it.
    await writeVersions(trx, writing, [
      { live: { ...loser, mergedInto: survivor.id }, action: 'merged', reason },
    ]);
    await writeVersions(trx, writing, [{ live: { ...survivor, ...adopted }, action: 'merge', reason }]);
    const id = newId();
    await withOrganisations(trx)
      .insertInto('organisationMerge')
      .values({
        ...{ id, survivorId: survivor.id, loserId: loser.id, reason, adopted: JSON.stringify(adopted) },
        ...{ at: now, byId: by.actor.id, byName: by.actor.name },
      })
      .execute();
    await audit(trx, now, {
      ...by,
      action: 'organisations.merge',
      objectType: 'organisation',
      objectId: survivor.id,
      detail: { merge: id, survivor: survivor.name, loser: loser.name, loserId: loser.id, adopted, reason },
    });
    return id;
  });
}

/**
 * Takes a merge back: the other is again what it was, and the survivor gives back what it took over. What was changed on the
 * survivor since and has nothing to do with the merge stays. Throws `not_found`, `organisations_undone`,
 * `organisations_undo_later`, `organisations_undo_field`, `organisations_undo_code`.
 */
export async function undo(platform: Platform, by: By, id: string): Promise<void> {
  const now = platform.clock.now();
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'organisations');
    const made = await withOrganisations(trx)
      .selectFrom('organisationMerge')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!made) throw new AppError('not_found', { what: '这次合并 / this merge' });
    if (made.undoneAt)
      throw organisationError('organisations_undone', {
        ...{ by: made.undoneByName, at: momentText(made.undoneAt) },
      });
    const survivor = await read(trx, made.survivorId);
    const loser = await read(trx, made.loserId);
    if (survivor.mergedInto) {
      const into = await read(trx, survivor.mergedInto);
      throw organisationError('organisations_undo_later', { survivor: survivor.name, into: into.name });
    }
    for (const field of adoptable) {
      const was = made.adopted[field];
      if (was !== undefined && survivor[field] !== was)
        throw organisationError('organisations_undo_field', {
          ...{ survivor: survivor.name, was, is: survivor[field] ?? '—' },
          ...{ field_zh: fieldLabels[field]!.zh, field_en: fieldLabels[field]!.en.toLowerCase() },
        });
    }
    const given = Object.fromEntries(Object.keys(made.adopted).map((field) => [field, null]));
    const after = { ...survivor, ...given };
    await demandOwnCode(trx, loser, after);
    const writing = { now, by: by.actor };
    const reason = made.reason;
    await writeVersions(trx, writing, [{ live: after, action: 'undo', reason }]);
    await writeVersions(trx, writing, [{ live: { ...loser, mergedInto: null }, action: 'undone', reason }]);
    await withOrganisations(trx)
      .updateTable('organisationMerge')
      .set({ undoneAt: now, undoneById: by.actor.id, undoneByName: by.actor.name })
      .where('id', '=', id)
      .execute();
    await audit(trx, now, {
      ...by,
      action: 'organisations.merge.undo',
      objectType: 'organisation',
      objectId: survivor.id,
      detail: { merge: id, survivor: survivor.name, loser: loser.name, loserId: loser.id },
    });
  });
}

async function read(trx: Trx, id: string): Promise<Live> {
  const row = await withOrganisations(trx)
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...docOf(row), id, version: row.version, nameNormal: row.nameNormal };
}

/** Would anybody else have the loser's code once it stands by itself again? */
async function demandOwnCode(trx: Trx, loser: Live, survivor: Live): Promise<void> {
  if (loser.code === null) return;
  const holder = await withOrganisations(trx)
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('code', '=', loser.code)
    .where('mergedInto', 'is', null)
    .executeTakeFirst();
  if (holder && (holder.id !== survivor.id || survivor.code === loser.code))
    throw organisationError('organisations_undo_code', { code: loser.code, name: holder.name });
}
