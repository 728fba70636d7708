import { sql } from 'kysely';
import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { readRecord } from '#kernel/fields/read';
import { upgrade } from '#kernel/fields/upgrade';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Trx } from '#kernel/records';
import type { Entry, MergeView, mergeEntries } from '../../contract.ts';
import { type Access, accessTo, demandOpen, reaches, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { corrected, type Segment } from '../domain/segments.ts';
import { type By, issuesOf, readingOf } from '../entries/entries.ts';
import { type Asker, entryView } from '../entries/entry-view.ts';
import { keyOf, regionOf } from '../entries/project.ts';
import { type Head, type Item, keyHolders, loadHeads, storeItems } from '../entries/store.ts';
import { findCycle, targetsOf } from '../entries/targets.ts';
import { cycleError, keyTaken, lockRegister } from '../entries/write.ts';
import type { Writing } from '../entries/writing.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { schemaState } from '../schemas.ts';
import { type EntryData, withRegisters } from '../tables.ts';

function writing(platform: Platform, by: By, model: RegisterModel, access: Access): Writing {
  return {
    platform,
    model,
    access,
    actor: by.actor,
    requestId: by.requestId,
    schemaVersion: schemaState(platform, model.decl.id).version,
  };
}

function demandKeep(access: Access, model: RegisterModel, regions: readonly (string | null)[]): void {
  demandOpen(access, model);
  if (!regions.every((r) => reaches(access.keep, r)) || !somewhere(access.keep))
    throw new AppError('forbidden', { permission: '保管名册', permission_en: 'Keep registers' });
}

/** Merges one entry into another: one remains with the given content, the other leads to it. */
export async function merge(
  platform: Platform,
  by: By,
  register: string,
  body: z.output<typeof mergeEntries.body>,
): Promise<{ merge: MergeView; entry: Entry }> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, by.actor, model);
  demandKeep(access, model, []);
  const targets = await targetsOf(platform.records, platform.pack, model, [body.data]);
  const read = readRecord(model, body.data, { ...(await readingOf(platform, 'json')), ...targets });
  if (read.issues.length > 0)
    throw registerError(
      'registers_invalid',
      { count: read.issues.length },
      issuesOf(read.issues, by.lang, '/data'),
    );
  const id = newId();
  await platform.records.transaction().execute(async (trx) => {
    await lockRegister(trx, register);
    const [keep, drop] = [body.survivor, body.loser].map((e) => ({ ...e, no: e.no.toUpperCase() }));
    if (!keep || !drop || keep.no === drop.no)
      throw registerError('registers_query', {
        why: '不能与自身合并',
        why_en: 'an entry cannot be merged into itself',
      });
    const heads = await loadHeads(trx, model, [keep.no, drop.no]);
    const survivor = demandHead(heads.get(keep.no), keep.no, keep.version);
    const loser = demandHead(heads.get(drop.no), drop.no, drop.version);
    demandKeep(access, model, [
      contentRegion(model, survivor),
      contentRegion(model, loser),
      regionOf(model, read.data),
    ]);
    const last = survivor.segments.length - 1;
    // What fields of earlier schemas hold is not the asker's to see or lose.
    const data = { ...upgrade(model, survivor.segments[last]?.data ?? {}).retired, ...read.data };
    const segments = corrected(survivor.segments, last, data);
    await refuseCycle(trx, model, survivor.id, data);
    const items: Item[] = [
      {
        ...stay(survivor, body.reason),
        action: 'merge',
        segments,
        key: keyOf(model, read.data)?.key ?? null,
      },
      {
        ...stay(loser, body.reason),
        action: 'merge',
        state: 'removed',
        void: true,
        mergedInto: survivor.id,
        key: null,
      },
    ];
    await refuseTaken(trx, model, items, [survivor.id, loser.id]);
    const w = writing(platform, by, model, access);
    await storeItems(trx, w, items);
    const now = platform.clock.now();
    await withRegisters(trx)
      .insertInto('registerMerge')
      .values({
        id,
        register,
        survivor: survivor.id,
        survivorBefore: survivor.version,
        survivorAfter: survivor.version + 1,
        loser: loser.id,
        loserBefore: loser.version,
        loserAfter: loser.version + 1,
        reason: body.reason,
        at: now,
        byId: by.actor.id,
        byName: by.actor.name,
        undoneAt: null,
        undoneByName: null,
      })
      .execute();
    await audit(trx, now, {
      actor: by.actor,
      action: 'registers.merge',
      objectType: 'register-entry',
      objectId: survivor.no,
      detail: { loser: loser.no, reason: body.reason },
      requestId: by.requestId,
    });
  });
  return {
    merge: await mergeOf(platform, by, register, id),
    entry: await entryView(platform, by, register, body.survivor.no),
  };
}

function demandHead(head: Head | undefined, no: string, version: number): Head {
  if (!head) throw new AppError('not_found', { what: `条目 ${no}` });
  if (head.mergedInto !== null) throw registerError('registers_merged', { into: head.mergedIntoNo ?? '' });
  if (head.state === 'removed')
    throw registerError('registers_step', {
      state: '已移出',
      state_en: 'Removed',
      action: '合并',
      action_en: 'Merge',
    });
  if (head.version !== version)
    throw registerError('registers_changed', {
      no,
      by: head.changedBy,
      at: head.updatedAt.toISOString(),
      version: head.version,
      diff: [],
    });
  return head;
}

function contentRegion(model: RegisterModel, head: Head): string | null {
  return regionOf(model, head.segments.at(-1)?.data ?? {});
}

/** An item that leaves an entry as it is. */
function stay(head: Head, reason: string): Item {
  return {
    head,
    id: head.id,
    action: 'merge',
    state: head.state,
    segments: head.segments,
    endedOn: head.endedOn,
    void: head.void,
    mergedInto: null,
    key: head.key,
    onDay: null,
    reason,
    basis: null,
    submitKey: null,
  };
}

/** Refuses keys that an entry outside of the merge holds. */
async function refuseTaken(
  trx: Trx,
  model: RegisterModel,
  items: readonly Item[],
  own: readonly string[],
): Promise<void> {
  const keys = items.flatMap((i) => (i.key === null ? [] : [i.key]));
  const holder = (await keyHolders(trx, model, keys)).find((h) => !own.includes(h.id));
  const item = items.find((i) => i.key === holder?.key);
  if (holder && item) throw keyTaken(model, item.segments.at(-1)?.data ?? {}, holder);
}

async function refuseCycle(trx: Trx, model: RegisterModel, entry: string, data: EntryData): Promise<void> {
  const cycle = await findCycle(trx, model, entry, data);
  if (cycle) throw cycleError(model, cycle);
}

async function mergeOf(platform: Platform, asker: Asker, register: string, id: string): Promise<MergeView> {
  const [found] = await mergesOf(platform, asker, register, id);
  if (!found) throw new AppError('not_found', { what: '合并记录' });
  return found;
}

/** Merges of a register between entries that the asker keeps, latest first; or one of them. */
export async function mergesOf(
  platform: Platform,
  asker: Asker,
  register: string,
  id?: string,
): Promise<MergeView[]> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, asker.actor, model);
  demandKeep(access, model, []);
  const rows = await withRegisters(platform.records)
    .selectFrom('registerMerge as m')
    .innerJoin('registerEntry as s', 's.id', 'm.survivor')
    .innerJoin('registerEntry as l', 'l.id', 'm.loser')
    .selectAll('m')
    .select([
      's.no as survivorNo',
      's.version as survivorVersion',
      'l.no as loserNo',
      'l.version as loserVersion',
    ])
    .where('m.register', '=', register)
    .$if(id !== undefined, (q) => q.where('m.id', '=', id as string))
    .where(kept('s.id', access))
    .where(kept('l.id', access))
    .orderBy('m.at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(500)
    .execute();
  const titles = await titlesOf(platform, rows);
  return rows.map((row) => ({
    id: row.id,
    survivor: { no: row.survivorNo, title: titles.get(`${row.survivor} ${row.survivorBefore}`) ?? '' },
    loser: { no: row.loserNo, title: titles.get(`${row.loser} ${row.loserBefore}`) ?? '' },
    reason: row.reason,
    at: row.at.toISOString(),
    by: row.byName,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: row.undoneByName,
    abilities: {
      undo:
        row.undoneAt === null &&
        row.survivorVersion === row.survivorAfter &&
        row.loserVersion === row.loserAfter,
    },
  }));
}

/** Does the entry of this column lie where the asker keeps entries? */
function kept(entry: 's.id' | 'l.id', { keep }: Access) {
  if (keep === 'all') return sql<boolean>`true`;
  return sql<boolean>`exists (select 1 from register_slice k where k.entry = ${sql.ref(entry)} and k.last
    and k.recorded_to is null and k.region = any(${[...keep]}::text[]))`;
}

/** Titles that the entries had before they were merged, by entry and version. */
async function titlesOf(
  platform: Platform,
  rows: readonly { survivor: string; survivorBefore: number; loser: string; loserBefore: number }[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const slices = await withRegisters(platform.records)
    .selectFrom('registerSlice')
    .select(['entry', 'version', 'title'])
    .where('entry', 'in', [...new Set(rows.flatMap((r) => [r.survivor, r.loser]))])
    .where('version', 'in', [...new Set(rows.flatMap((r) => [r.survivorBefore, r.loserBefore]))])
    .where('last', '=', true)
    .execute();
  return new Map(slices.map((s) => [`${s.entry} ${s.version}`, s.title]));
}

/** Takes a merge back: both entries are as they were before it, as new versions. */
export async function undoMerge(platform: Platform, by: By, id: string): Promise<MergeView> {
  const row = await withRegisters(platform.records)
    .selectFrom('registerMerge')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '合并记录' });
  const model = registerOf(platform.pack, row.register);
  const access = await accessTo(platform, by.actor, model);
  demandKeep(access, model, []);
  await platform.records.transaction().execute(async (trx) => {
    await lockRegister(trx, row.register);
    const db = withRegisters(trx);
    const nos = await db
      .selectFrom('registerEntry')
      .select(['id', 'no'])
      .where('id', 'in', [row.survivor, row.loser])
      .execute();
    const heads = await loadHeads(
      trx,
      model,
      nos.map((n) => n.no),
    );
    const headOf = (entry: string) => [...heads.values()].find((h) => h.id === entry) as Head;
    const items: Item[] = [];
    const undone = await db
      .selectFrom('registerMerge')
      .select('undoneAt')
      .where('id', '=', id)
      .executeTakeFirst();
    if (undone?.undoneAt)
      throw registerError('registers_step', {
        state: '已撤销',
        state_en: 'undone',
        action: '撤销合并',
        action_en: 'Undo merge',
      });
    for (const [entry, before, after] of [
      [row.survivor, row.survivorBefore, row.survivorAfter],
      [row.loser, row.loserBefore, row.loserAfter],
    ] as const) {
      const head = headOf(entry);
      if (head.version !== after) throw registerError('registers_undo', { no: head.no });
      const slices = await db
        .selectFrom('registerSlice')
        .select(['fromDay', 'data', 'state', 'void'])
        .where('entry', '=', entry)
        .where('version', '=', before)
        .orderBy('segment')
        .execute();
      const segments: Segment[] = slices.map(({ fromDay, data: stored }) => {
        const { data, retired } = upgrade(model, stored);
        return { fromDay, data: { ...data, ...retired } };
      });
      const [last, content] = [slices.at(-1), segments.at(-1)?.data];
      if (!last || !content) throw registerError('registers_undo', { no: head.no });
      demandKeep(access, model, [regionOf(model, content)]);
      items.push({
        ...stay(head, row.reason),
        action: 'unmerge',
        state: last.state,
        void: last.void,
        segments,
        key: keyOf(model, content)?.key ?? null,
      });
    }
    await refuseTaken(trx, model, items, [row.survivor, row.loser]);
    await storeItems(trx, writing(platform, by, model, access), items);
    const now = platform.clock.now();
    await db
      .updateTable('registerMerge')
      .set({ undoneAt: now, undoneByName: by.actor.name })
      .where('id', '=', id)
      .execute();
    await audit(trx, now, {
      actor: by.actor,
      action: 'registers.merge.undo',
      objectType: 'register-entry',
      objectId: headOf(row.survivor).no,
      detail: { merge: id },
      requestId: by.requestId,
    });
  });
  return mergeOf(platform, by, row.register, id);
}
