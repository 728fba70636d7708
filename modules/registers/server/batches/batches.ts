import * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { readRecord } from '#kernel/fields/read';
import { newId } from '#kernel/ids';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Trx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import { type BatchState, type bulkChange, EntryQuery } from '../../contract.ts';
import { type Access, accessTo, demandOpen, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { STEPS } from '../domain/states.ts';
import { type By, issuesOf, readingOf } from '../entries/entries.ts';
import { targetsOf } from '../entries/targets.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { narrow } from '../lists/narrow.ts';
import type { EntryData } from '../tables.ts';
import { apply } from './apply.ts';
import { batchError } from './errors.ts';
import { prepare } from './prepare.ts';
import { type BatchRequest, withBatches } from './tables.ts';
import type { ImportForm } from './upload.ts';
import { BATCH_STATES, batchQuery, type StoredBatch } from './views.ts';

const Data = z.object({ batch: z.uuid() });

/** The background work behind imports and bulk changes. */
export class BatchJobs {
  readonly prepare: JobDef<{ batch: string }>;
  readonly apply: JobDef<{ batch: string }>;

  constructor(readonly platform: Platform) {
    // A small file does not wait for a large one; writers of one register wait for each other anyway.
    this.prepare = job({
      name: 'registers.batch-prepare',
      schema: Data,
      concurrency: 2,
      run: ({ batch }, context) => prepare(platform, batch, context),
    });
    this.apply = job({
      name: 'registers.batch-apply',
      schema: Data,
      concurrency: 2,
      run: ({ batch }, context) => apply(platform, batch, context),
    });
  }
}

/** Demands that the asker keeps the register, at least in some region. Throws 404 and 403. */
export async function demandKeeper(
  platform: Platform,
  by: Pick<By, 'actor'>,
  register: string,
): Promise<{ model: RegisterModel; access: Access }> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, by.actor, model);
  demandOpen(access, model);
  if (!somewhere(access.keep))
    throw new AppError('forbidden', { permission: '保管名册', permission_en: 'Keep registers' });
  return { model, access };
}

/** A batch that the asker may see: keepers everywhere see all of a register, others their own. Throws 404 and 403. */
export async function openBatch(platform: Platform, by: Pick<By, 'actor'>, id: string): Promise<StoredBatch> {
  const batch = (await batchQuery(platform).where('b.id', '=', id).executeTakeFirst()) as
    | StoredBatch
    | undefined;
  const missing = () => new AppError('not_found', { what: `批次 ${id}` });
  if (!batch) throw missing();
  const { access } = await demandKeeper(platform, by, batch.register);
  if (access.keep !== 'all' && batch.actorId !== by.actor.id) throw missing();
  return batch;
}

/** Batches of a register that the asker may see, latest first. */
export async function batchesOf(
  platform: Platform,
  by: Pick<By, 'actor'>,
  register: string,
): Promise<StoredBatch[]> {
  const { access } = await demandKeeper(platform, by, register);
  let query = batchQuery(platform).where('b.register', '=', register);
  if (access.keep !== 'all') query = query.where('b.actorId', '=', by.actor.id ?? '');
  return (await query
    .orderBy('b.createdAt', 'desc')
    .orderBy('b.id', 'desc')
    .limit(200)
    .execute()) as StoredBatch[];
}

/** Begins an import of a file that was received. */
export async function beginImport(
  platform: Platform,
  jobs: BatchJobs,
  by: By,
  register: string,
  form: ImportForm,
): Promise<StoredBatch> {
  const { mode, from, state, reason, basis, file, sheet, columns } = form;
  needsDay(mode, from, by.lang);
  return begin(platform, jobs, by, register, {
    request: { kind: 'import', state, columns: columns ?? null },
    fileId: file.id,
    sheet: sheet ?? null,
    mode,
    fromDay: mode === 'change' ? (from ?? null) : null,
    reason: reason ?? null,
    basis: basis ?? null,
    detail: { file: file.name },
  });
}

function needsDay(mode: 'correct' | 'change', from: string | undefined, lang: Lang): void {
  if (mode !== 'change' || from !== undefined) return;
  throw registerError('registers_needs_day', { action: '变更', action_en: 'change' }, [
    { path: '/from', code: 'required', message: lang === 'zh' ? '请填写自哪一天起' : 'Give the day' },
  ]);
}

/** Begins a bulk change. What would be wrong for every entry is said at once. */
export async function beginBulk(
  platform: Platform,
  jobs: BatchJobs,
  by: By,
  register: string,
  body: z.output<typeof bulkChange.body>,
): Promise<StoredBatch> {
  const { model, access } = await demandKeeper(platform, by, register);
  const { select, change, reason, basis } = body;
  if ('query' in select) {
    const query = EntryQuery.safeParse(Object.fromEntries(new URLSearchParams(select.query)));
    if (!query.success)
      throw registerError('registers_query', {
        why: String(query.error.issues[0]?.path[0] ?? ''),
        why_en: query.error.issues[0]?.message ?? '',
      });
    narrow(model, access, query.data, platform.clock.today());
  }
  const common = { fileId: null, sheet: null, reason: reason || null, basis: basis || null, detail: {} };
  if ('action' in change) {
    const step = STEPS[change.action];
    const words = { action: step.label.zh, action_en: step.label.en };
    if (step.reason && !reason) throw registerError('registers_needs_reason', words);
    if (step.day && change.on === undefined) throw registerError('registers_needs_day', words);
    const request: BatchRequest = {
      kind: 'bulk',
      select,
      change: { action: change.action, on: change.on ?? null },
    };
    return begin(platform, jobs, by, register, { ...common, request, mode: 'correct', fromDay: null });
  }
  needsDay(change.mode, change.from, by.lang);
  const set = await readSet(platform, model, change.set, by.lang);
  return begin(platform, jobs, by, register, {
    ...common,
    request: { kind: 'bulk', select, change: { set } },
    mode: change.mode,
    fromDay: change.mode === 'change' ? (change.from ?? null) : null,
  });
}

/** The fields to be set in their stored form; emptied ones are null. Throws `registers_invalid`. */
async function readSet(
  platform: Platform,
  model: RegisterModel,
  set: EntryData,
  lang: Lang,
): Promise<EntryData> {
  const targets = await targetsOf(platform.records, platform.pack, model, [set]);
  const reading = { ...(await readingOf(platform, 'json')), ...targets };
  const { data, issues } = readRecord(model, set, reading);
  // Whether a region stood, or a field may be empty, depends on the entry.
  const own = issues.filter((i) => i.code !== 'region-ended' && i.code !== 'region-code-ended');
  const faults = own.filter((i) => i.code !== 'required' || Object.hasOwn(set, i.key));
  if (faults.length > 0 || Object.keys(set).length === 0)
    throw registerError(
      'registers_invalid',
      { count: Math.max(1, faults.length) },
      issuesOf(faults, lang, '/change/set'),
    );
  return Object.fromEntries(
    Object.keys(set).map((key) => {
      const field = model.byKey.get(key) ?? model.fields.find((f) => f.formerly.includes(key));
      const name = field?.key ?? key;
      const later = issues.some((i) => i.key === name);
      return [name, data[name] ?? (later ? set[key] : null)];
    }),
  );
}

interface Beginning {
  request: BatchRequest;
  fileId: string | null;
  sheet: string | null;
  mode: 'correct' | 'change';
  fromDay: string | null;
  reason: string | null;
  basis: string | null;
  detail: Record<string, unknown>;
}

async function begin(
  platform: Platform,
  jobs: BatchJobs,
  by: By,
  register: string,
  { request, detail, ...rest }: Beginning,
): Promise<StoredBatch> {
  const now = platform.clock.now();
  const id = newId();
  await platform.records.transaction().execute(async (trx) => {
    await withBatches(trx)
      .insertInto('registerBatch')
      .values({
        ...rest,
        id,
        register,
        kind: request.kind,
        state: 'preparing',
        request: JSON.stringify(request),
        added: 0,
        changed: 0,
        unchanged: 0,
        rejected: 0,
        done: 0,
        total: null,
        notes: '[]',
        columns: '[]',
        error: null,
        lang: by.lang,
        actorId: by.actor.id ?? '',
        actorName: by.actor.name,
        createdAt: now,
        finishedAt: null,
      })
      .execute();
    await audit(trx, now, {
      actor: by.actor,
      action: `registers.batch.${request.kind}`,
      objectType: 'register-batch',
      objectId: id,
      detail: { register, ...detail },
      requestId: by.requestId,
    });
    await platform.jobs.send(jobs.prepare, { batch: id }, { trx });
  });
  return openBatch(platform, by, id);
}

/** Lets a prepared batch be written, or what is left of one that failed on the way. Asking twice does it once. */
export async function beginApply(
  platform: Platform,
  jobs: BatchJobs,
  by: By,
  id: string,
): Promise<StoredBatch> {
  return step(
    platform,
    by,
    id,
    { from: ['ready', 'failed'], to: 'applying', zh: '写入', en: 'applied' },
    jobs,
  );
}

/** Throws a batch away before it is applied. */
export async function cancel(platform: Platform, by: By, id: string): Promise<StoredBatch> {
  return step(platform, by, id, {
    from: ['ready', 'preparing'],
    to: 'cancelled',
    zh: '放弃',
    en: 'cancelled',
  });
}

async function step(
  platform: Platform,
  by: By,
  id: string,
  { from, to, zh, en }: { from: BatchState[]; to: BatchState; zh: string; en: string },
  jobs?: BatchJobs,
): Promise<StoredBatch> {
  const seen = await openBatch(platform, by, id);
  const now = platform.clock.now();
  await platform.records.transaction().execute(async (trx) => {
    const db = withBatches(trx);
    const batch = await db
      .selectFrom('registerBatch')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (!from.includes(batch.state) || (batch.state === 'failed' && batch.total === null)) {
      const state = BATCH_STATES[batch.state];
      throw batchError('registers_batch_state', {
        state: state.zh,
        state_en: state.en,
        what: zh,
        what_en: en,
      });
    }
    const total = batch.added + batch.changed;
    const done = jobs ? await writtenRows(trx, id) : 0;
    if (jobs && total === done) throw batchError('registers_batch_nothing');
    await db
      .updateTable('registerBatch')
      .set(jobs ? { state: to, done, total, error: null, finishedAt: null } : { state: to, finishedAt: now })
      .where('id', '=', id)
      .execute();
    await audit(trx, now, {
      actor: by.actor,
      action: `registers.batch.${to === 'applying' ? 'apply' : 'cancel'}`,
      objectType: 'register-batch',
      objectId: id,
      detail: { register: seen.register, added: batch.added, changed: batch.changed },
      requestId: by.requestId,
    });
    if (jobs) await platform.jobs.send(jobs.apply, { batch: id }, { trx });
  });
  return openBatch(platform, by, id);
}

/** Rows that were written already. */
async function writtenRows(trx: Trx, batch: string): Promise<number> {
  const { count } = await withBatches(trx)
    .selectFrom('registerBatchRow')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('batch', '=', batch)
    .where('applied', '=', true)
    .executeTakeFirstOrThrow();
  return Number(count);
}
