import { type Kysely, sql } from 'kysely';
import { newId } from '#kernel/ids';
import { lockInTrx, type Records } from '#kernel/records';
import { usageOf } from '#kernel/usage';
import {
  type AlertKind,
  type Kept,
  LIMITS,
  type Watch,
  type WatchKind,
  type WatchNotice,
} from '../../contract.ts';
import { accountOf, type Bench, type By, readable, records, trace } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { openObject } from '../objects/access.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import { readKept, type StoredQuery } from '../queries/kept.ts';
import { openSaved } from '../queries/saved.ts';
import { type WorkbenchTables, withWorkbench } from '../tables.ts';
import { applicantQuery, classQuery } from './asks.ts';
import { keepRows } from './run.ts';

/** What a new watch is made of. */
export interface WatchBody extends Kept {
  name: string;
  notice: WatchNotice;
  kind: WatchKind;
  subject: string;
  saved?: string | undefined;
  collection?: string | undefined;
}

const gone = () => workbenchError('workbench_gone', { what: '监视', what_en: 'The watch' });

/** The account's watches; `id` narrows to one. */
async function views(bench: Bench, by: By, id?: string): Promise<Watch[]> {
  const account = accountOf(by);
  const published = await bench.corpus.version();
  let query = records(bench)
    .selectFrom('workbenchWatch as w')
    .leftJoin('workbenchQuery as q', 'q.id', 'w.saved')
    .leftJoin('workbenchObject as o', 'o.id', 'w.collection')
    .selectAll('w')
    .select(['q.name as queryName', 'q.reading as queryReading', 'o.name as objectName'])
    .select((e) => [
      e
        .selectFrom('workbenchRun as r')
        .select(sql<number>`coalesce(sum(r.fresh + r.changed + r.gone), 0)::int`.as('n'))
        .whereRef('r.watch', '=', 'w.id')
        .where('r.readAt', 'is', null)
        .as('unread'),
      e
        .selectFrom('workbenchRun as r')
        .select((f) => f.fn.max<Date | null>('r.at').as('at'))
        .whereRef('r.watch', '=', 'w.id')
        .as('lastAt'),
    ])
    .where('w.account', '=', account)
    .where('w.feed', '=', false)
    .where('w.deletedAt', 'is', null)
    .orderBy('w.id', 'desc');
  if (id !== undefined) query = query.where('w.id', '=', id);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    q: row.q,
    dialect: row.dialect,
    filter: row.filter,
    reading: row.kind === 'saved' ? (row.queryReading ?? '') : row.reading,
    subject: row.subject,
    of:
      row.saved !== null
        ? { id: row.saved, name: row.queryName ?? '' }
        : row.collection !== null
          ? { id: row.collection, name: row.objectName ?? '' }
          : null,
    active: row.active,
    notice: row.notice,
    seenVersion: row.seenVersion,
    behind: row.active ? Math.max(0, published - row.seenVersion) : 0,
    unread: Number(row.unread ?? 0),
    error: by.lang === 'en' ? row.errorEn : row.errorZh,
    lastAt: row.lastAt?.toISOString() ?? null,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** All watches of the account with what is unread. */
export async function listWatches(bench: Bench, by: By) {
  const watches = await views(bench, by);
  return {
    watches,
    unread: watches.reduce((sum, w) => sum + w.unread, 0),
    corpusVersion: await bench.corpus.version(),
  };
}

/** One watch. @throws AppError `workbench_gone` */
export async function getWatch(bench: Bench, by: By, id: string): Promise<Watch> {
  const [watch] = await views(bench, by, id);
  if (!watch) throw gone();
  return watch;
}

async function asked(bench: Bench, by: By, body: WatchBody): Promise<Partial<StoredQuery>> {
  switch (body.kind) {
    case 'query':
      // It runs without its owner, and must mean the same for as long as it lives.
      return readKept(bench, by, body, false);
    case 'applicant':
    case 'class': {
      if (body.subject === '') throw workbenchError('workbench_empty_query');
      const q = body.kind === 'applicant' ? applicantQuery(body.subject) : classQuery(body.subject);
      return readKept(bench, by, { q, dialect: 'zc', filter: '' }, false);
    }
    case 'saved':
      if (!body.saved) throw workbenchError('workbench_empty_query');
      await openSaved(bench, by, body.saved);
      return {};
    case 'collection': {
      if (!body.collection) throw workbenchError('workbench_empty_query');
      await openObject(records(bench), by, body.collection, 'read', { kind: 'collection' });
      return {};
    }
  }
}

/** A new watch; it begins with the present content of the corpus. */
export async function createWatch(bench: Bench, by: By, body: WatchBody): Promise<Watch> {
  const account = accountOf(by);
  const query = await asked(bench, by, body);
  const seenVersion = await bench.corpus.version();
  const id = newId();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(trx as never, `workbench watches ${account}`);
      const { n } = await trx
        .selectFrom('workbenchWatch')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('account', '=', account)
        .where('feed', '=', false)
        .where('deletedAt', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(n) >= LIMITS.watches)
        throw workbenchError('workbench_limit', {
          what: '监视',
          what_en: 'watches',
          most: LIMITS.watches,
          now: Number(n) + 1,
        });
      await usageOf(bench.platform).hold(trx as never, by.actor, 'watches');
      const { name, kind, notice } = body;
      await trx
        .insertInto('workbenchWatch')
        .values({
          ...{ id, account, name, kind, notice, seenVersion, ...query },
          subject: kind === 'applicant' || kind === 'class' ? body.subject : '',
          saved: kind === 'saved' ? body.saved! : null,
          collection: kind === 'collection' ? body.collection! : null,
          createdAt: bench.platform.clock.now(),
        })
        .execute();
      await trace(bench, trx, by, traced(id, 'create', { name, kind }));
    });
  await keepRows(bench);
  return getWatch(bench, by, id);
}

/** How many watches each account has; paused ones count, because they can be resumed at any moment. */
export async function watchesHeld(
  db: Records,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (accounts.length === 0) return new Map();
  const rows = await withWorkbench(db)
    .selectFrom('workbenchWatch')
    .select((e) => ['account', e.fn.countAll<number>().as('n')])
    .where('account', 'in', [...accounts])
    .where('feed', '=', false)
    .where('deletedAt', 'is', null)
    .groupBy('account')
    .execute();
  return new Map(rows.map((row) => [row.account, Number(row.n)]));
}

function traced(id: string, action: string, detail: Record<string, unknown>) {
  return { action: `workbench.watch.${action}`, objectType: 'workbench-watch', objectId: id, detail };
}

async function lockWatch(trx: Kysely<WorkbenchTables>, by: By, id: string, version: number) {
  const row = await trx
    .selectFrom('workbenchWatch')
    .selectAll()
    .where('id', '=', id)
    .where('account', '=', accountOf(by))
    .where('feed', '=', false)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw gone();
  if (row.version !== version)
    throw workbenchError('workbench_changed', {
      by: by.actor.name,
      at: readable(row.createdAt),
      name: row.name,
      version: row.version,
    });
  return row;
}

/** Renames, pauses or resumes a watch, or changes how it tells. Resumed, it begins with the present content. */
export async function changeWatch(
  bench: Bench,
  by: By,
  id: string,
  { version, ...set }: { name: string; notice: WatchNotice; active: boolean; version: number },
): Promise<Watch> {
  const published = await bench.corpus.version();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const old = await lockWatch(trx, by, id, version);
      const resumed = set.active && !old.active;
      await trx
        .updateTable('workbenchWatch')
        .set({
          ...set,
          version: version + 1,
          ...(resumed && { seenVersion: published, errorZh: null, errorEn: null }),
        })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'change', set));
    });
  await keepRows(bench);
  return getWatch(bench, by, id);
}

/** Deletes a watch. Its alerts go with it, and so does what waits in the outbox for it. */
export async function deleteWatch(bench: Bench, by: By, id: string, version: number) {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const row = await lockWatch(trx, by, id, version);
      await trx
        .updateTable('workbenchWatch')
        .set({ deletedAt: bench.platform.clock.now(), active: false })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'delete', { name: row.name }));
    });
  await keepRows(bench);
  return { id };
}

const RUN = [
  ...(['r.id', 'r.watch', 'r.fromVersion', 'r.toVersion', 'r.fresh', 'r.changed'] as const),
  ...(['r.gone', 'r.at', 'r.readAt', 'r.seq'] as const),
];

interface RunRow {
  id: string;
  watch: string;
  fromVersion: number;
  toVersion: number;
  fresh: number;
  changed: number;
  gone: number;
  at: Date;
  readAt: Date | null;
}

function runJson({ id, watch, fromVersion, toVersion, fresh, changed, gone, at, readAt }: RunRow) {
  return {
    ...{ id, watch, fromVersion, toVersion, fresh, changed, gone },
    at: at.toISOString(),
    read: readAt !== null,
  };
}

/** What a watch found, latest first. */
export async function listRuns(
  bench: Bench,
  by: By,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  await getWatch(bench, by, id);
  let query = records(bench)
    .selectFrom('workbenchRun as r')
    .select(RUN)
    .where('r.watch', '=', id)
    .orderBy('r.seq', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined && /^\d{1,15}$/.test(cursor)) query = query.where('r.seq', '<', Number(cursor));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  return { runs: page.map(runJson), next: rows.length > limit ? String(page.at(-1)!.seq) : null };
}

/** The publications of one run, by kind and number. */
export async function listAlerts(
  bench: Bench,
  by: By,
  id: string,
  { kind, cursor, limit }: { kind?: AlertKind | undefined; cursor?: string | undefined; limit: number },
) {
  const run = await records(bench)
    .selectFrom('workbenchRun as r')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select(RUN)
    .where('r.id', '=', id)
    .where('w.account', '=', accountOf(by))
    .where('w.feed', '=', false)
    .where('w.deletedAt', 'is', null)
    .executeTakeFirst();
  if (!run) throw gone();
  let query = records(bench)
    .selectFrom('workbenchAlert')
    .select(['kind', 'number'])
    .where('run', '=', id)
    .orderBy('kind')
    .orderBy('number')
    .limit(limit + 1);
  if (kind) query = query.where('kind', '=', kind);
  const m = /^(fresh|changed|gone) (.{1,60})$/.exec(cursor ?? '');
  if (m) query = query.where((e) => e(e.refTuple('kind', 'number'), '>', e.tuple(m[1] as AlertKind, m[2]!)));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const hits = await hitsByNumber(
    bench,
    page.map((row) => row.number),
  );
  const last = page.at(-1);
  return {
    run: runJson(run),
    alerts: page.map((row) => ({ ...row, hit: hits.get(row.number) ?? null })),
    next: rows.length > limit && last ? `${last.kind} ${last.number}` : null,
  };
}

/** Marks one run, or all of a watch, as read or unread. */
export async function readRuns(
  bench: Bench,
  by: By,
  id: string,
  { run, read }: { run?: string | undefined; read: boolean },
): Promise<{ unread: number }> {
  await getWatch(bench, by, id);
  let query = records(bench)
    .updateTable('workbenchRun')
    .set({ readAt: read ? bench.platform.clock.now() : null })
    .where('watch', '=', id)
    .where('readAt', read ? 'is' : 'is not', null);
  if (run !== undefined) query = query.where('id', '=', run);
  await query.execute();
  return { unread: (await getWatch(bench, by, id)).unread };
}
