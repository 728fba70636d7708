import { existsSync } from 'node:fs';
import type { ClickHouseClient } from '@clickhouse/client';
import { type Kysely, sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/errors';
import type { Events } from '#kernel/events';
import type { Files } from '#kernel/files/files';
import type { Log } from '#kernel/log';
import { system } from '#kernel/policy/policy';
import { lockInTrx } from '#kernel/records';
import { TableError } from '#kernel/tables/errors';
import { type BatchRow, writeBatch } from '../corpus/batch.ts';
import type { Locate } from '../corpus/content.ts';
import { patentError } from '../errors.ts';
import type { RowFault, RowSource, SourceRow } from '../sources/raw.ts';
import { kernelTrx, type PatentRecords, type PatentTables, type PatentTrx } from '../tables.ts';
import { buildContent } from './build.ts';
import { keepSaid } from './compare.ts';
import { importFinished } from './events.ts';
import { openRows } from './rows.ts';

/** What an import works with. */
export interface ImportDeps {
  records: PatentRecords;
  corpus: ClickHouseClient;
  files: Files;
  locate: Locate;
  clock: Clock;
  log: Log;
  events: Pick<Events, 'emit'>;
  /** Rows per batch, 4,000 unless given. */
  batchRows?: number;
  /** Called when a batch is in the corpus and not yet in the records; tests end the process here. */
  afterWrite?(batch: number): Promise<void>;
}

/** How the work is told to stop and shows its progress. */
export interface RunContext {
  readonly stopping: boolean;
  progress(done: number, total: number | null, note?: string): void;
}

/** Rows per batch, and characters after which a batch is closed earlier. */
const BATCH_ROWS = 4000;
const BATCH_CHARS = 8_000_000;
const MOST_FAULTS = 10;
const SHOWN_VALUE = 500;

/** Another worker has taken the import over. */
class TakenOver extends Error {}

/**
 * Works through an import from its last checkpoint until it is done, paused, cancelled, failed, or the worker stops. Only
 * one process at a time runs an import (a lock that ends with its holder); a second call returns at once. Counts and
 * position are stored in one transaction per batch, after the batch is in the corpus.
 */
export async function runImport(deps: ImportDeps, importId: string, context: RunContext): Promise<void> {
  await deps.records.connection().execute(async (connection) => {
    if (!(await tryLock(connection, importId))) return;
    try {
      const taken = await take(deps.records, importId, deps.clock.now());
      if (taken) await new Run(deps, taken, context).work();
    } catch (error) {
      if (!(error instanceof TakenOver)) throw error;
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${lockName(importId)}, 0))`
        .execute(connection)
        .catch(() => {});
    }
  });
}

const lockName = (importId: string) => `patents.import ${importId}`;

async function tryLock(db: Kysely<PatentTables>, importId: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`
    select pg_try_advisory_lock(hashtextextended(${lockName(importId)}, 0)) as ok`.execute(db);
  return rows[0]?.ok === true;
}

/**
 * Hands imports back to the queue that are said to run while no process holds them: their worker ended in the middle.
 * `send` queues one inside the given transaction.
 */
export async function requeueOrphans(
  records: PatentRecords,
  send: (importId: string, trx: PatentTrx) => Promise<unknown>,
): Promise<void> {
  const running = await records
    .selectFrom('patentImport')
    .select('id')
    .where('state', '=', 'running')
    .execute();
  if (running.length === 0) return;
  await records.connection().execute(async (connection) => {
    for (const { id } of running) {
      if (!(await tryLock(connection, id))) continue;
      await records.transaction().execute(async (trx) => {
        const orphan = await trx
          .updateTable('patentImport')
          .set({ state: 'waiting' })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .returning('id')
          .executeTakeFirst();
        if (orphan) await send(id, trx);
      });
      await sql`select pg_advisory_unlock(hashtextextended(${lockName(id)}, 0))`.execute(connection);
    }
  });
}

async function take(records: PatentRecords, importId: string, now: Date) {
  return records
    .updateTable('patentImport')
    .set((eb) => ({
      state: 'running',
      epoch: eb('epoch', '+', 1),
      startedAt: eb.fn.coalesce('startedAt', eb.val(now)),
      finishedAt: null,
      errorCode: null,
      errorParams: null,
    }))
    .where('id', '=', importId)
    .where('state', 'in', ['waiting', 'running'])
    .returningAll()
    .executeTakeFirst();
}

type Taken = NonNullable<Awaited<ReturnType<typeof take>>>;

/** One stretch of work on one import. */
class Run {
  readonly #deps: ImportDeps;
  readonly #import: Taken;
  readonly #context: RunContext;
  #batch: number;
  #requested: 'pause' | 'cancel' | null;
  #lastCommit = performance.now();

  constructor(deps: ImportDeps, taken: Taken, context: RunContext) {
    this.#deps = deps;
    this.#import = taken;
    this.#context = context;
    this.#batch = taken.batch;
    this.#requested = taken.requested;
  }

  async work(): Promise<void> {
    try {
      if (this.#requested === null) await this.#readAll();
      if (this.#requested !== null) await this.#end(this.#requested === 'pause' ? 'paused' : 'cancelled');
    } catch (error) {
      if (error instanceof TakenOver) throw error;
      this.#deps.log.error({ err: error, importId: this.#import.id }, 'patent import');
      await this.#fail(error);
    }
  }

  async #readAll(): Promise<void> {
    const { id, format, fileId } = this.#import;
    const stored = fileId === null ? undefined : await this.#deps.files.find(fileId);
    const path = stored && this.#deps.files.pathOf(stored.sha256);
    if (!path || format === 'demo' || !existsSync(path)) throw patentError('patents_file_gone');
    const source = openRows({ ...this.#import, format, path }, this.#import.position);
    const today = this.#deps.clock.today();
    let pending: Promise<void> = Promise.resolve();
    const newBatch = (position: number) => new Batch(position, this.#deps.batchRows ?? BATCH_ROWS);
    let batch = newBatch(this.#import.position);
    const send = async () => {
      // One batch is written while the next one is read.
      await pending;
      if (this.#requested !== null || this.#context.stopping) return false;
      const full = batch;
      batch = newBatch(full.position);
      pending = this.#commit(full, source);
      pending.catch(() => {});
      return true;
    };
    try {
      for await (const row of source) {
        batch.add(row, today);
        if (batch.full && !(await send())) return;
      }
    } catch (error) {
      // What was read before the file broke off still counts.
      if (!batch.empty) await send();
      await pending;
      throw error;
    }
    if (!batch.empty && !(await send())) return;
    await pending;
    if (this.#requested === 'pause') this.#requested = null;
    if (this.#requested !== null) return;
    await this.#finish();
    this.#deps.log.info({ importId: id }, 'patent import finished');
  }

  /** Writes a batch to the corpus and its checkpoint to the records, again after a store was away for a moment. */
  async #commit(batch: Batch, source: RowSource): Promise<void> {
    this.#batch += 1;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#commitOnce(batch, source.share);
        return;
      } catch (error) {
        if (attempt >= 5 || !isStoreAway(error)) throw error;
        this.#deps.log.warn(
          { err: error, importId: this.#import.id, attempt },
          'patent import: batch repeated',
        );
        await new Promise((done) => setTimeout(done, 250 * 2 ** attempt));
      }
    }
  }

  async #commitOnce(batch: Batch, share: number): Promise<void> {
    const { id, epoch, size } = this.#import;
    const stored = await this.#deps.records.transaction().execute(async (trx) => {
      // One batch at a time over all imports, so that two of them never both take the same publication for new.
      await lockInTrx(kernelTrx(trx), 'patents.corpus');
      const version = await nextVersion(trx);
      const at = this.#deps.clock.now();
      const stamp = { importId: id, version, at, demo: false };
      const { corpus, locate } = this.#deps;
      const { counts, orphans } = await writeBatch(corpus, trx, batch.rows, stamp, locate);
      const lost = new Set(orphans);
      const said = batch.rows.filter((r) => !lost.has(r.row)).map((r) => r.content.number);
      await keepSaid(corpus, id, version, said);
      await this.#deps.afterWrite?.(this.#batch);
      const rejects = [...batch.rejects, ...orphans.map((row) => ({ row, faults: [ORPHAN] }))];
      await insertRejects(trx, id, rejects);
      const now = performance.now();
      const row = await trx
        .updateTable('patentImport')
        .set((eb) => ({
          batch: this.#batch,
          position: batch.position,
          accepted: eb('accepted', '+', counts.accepted),
          updated: eb('updated', '+', counts.updated),
          unchanged: eb('unchanged', '+', counts.unchanged),
          rejected: eb('rejected', '+', rejects.length),
          runMs: eb('runMs', '+', Math.round(now - this.#lastCommit)),
          bytesDone: sql<number>`greatest(bytes_done, ${Math.floor(size * share)}::bigint)`,
        }))
        .where('id', '=', id)
        .where('epoch', '=', epoch)
        .returning(['requested', 'bytesDone'])
        .executeTakeFirst();
      if (!row) throw new TakenOver();
      return row;
    });
    this.#lastCommit = performance.now();
    this.#requested = stored.requested;
    this.#context.progress(stored.bytesDone, size);
  }

  async #finish(): Promise<void> {
    await this.#deps.records.transaction().execute(async (trx) => {
      const row = await this.#setEnd(trx, 'done');
      const { id, fileName, format, accepted, updated, unchanged, rejected } = row;
      const counts = {
        read: accepted + updated + unchanged + rejected,
        accepted,
        updated,
        unchanged,
        rejected,
      };
      await audit(kernelTrx(trx), this.#deps.clock.now(), {
        actor: system,
        action: 'patents.import.finish',
        objectType: 'patent-import',
        objectId: id,
        detail: { file: fileName, ...counts },
      });
      await this.#deps.events.emit(kernelTrx(trx), importFinished, {
        importId: id,
        file: fileName,
        format,
        counts,
      });
    });
    this.#context.progress(this.#import.size, this.#import.size);
  }

  async #end(state: 'paused' | 'cancelled'): Promise<void> {
    await this.#deps.records.transaction().execute(async (trx) => {
      await this.#setEnd(trx, state);
      await this.#trace(trx, state === 'paused' ? 'patents.import.paused' : 'patents.import.cancelled');
    });
  }

  /** Leaves a line in the audit log: what was written so far counts from now on, and figures are computed anew. */
  async #trace(trx: PatentTrx, action: string): Promise<void> {
    await audit(kernelTrx(trx), this.#deps.clock.now(), {
      actor: system,
      action,
      objectType: 'patent-import',
      objectId: this.#import.id,
    });
  }

  async #setEnd(trx: PatentTrx, state: 'done' | 'paused' | 'cancelled') {
    const row = await trx
      .updateTable('patentImport')
      .set({
        state,
        requested: null,
        ...(state !== 'paused' && { finishedAt: this.#deps.clock.now() }),
        ...(state === 'done' && { bytesDone: this.#import.size }),
      })
      .where('id', '=', this.#import.id)
      .where('epoch', '=', this.#import.epoch)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new TakenOver();
    return row;
  }

  async #fail(error: unknown): Promise<void> {
    const known = error instanceof AppError ? error : null;
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error);
    const code = known?.code ?? (isStoreAway(error) ? 'patents_store' : 'patents_import_broken');
    await this.#deps.records.transaction().execute(async (trx) => {
      await trx
        .updateTable('patentImport')
        .set({
          state: 'failed',
          requested: null,
          errorCode: code,
          errorParams: JSON.stringify(known ? plain(known.params) : { why }),
          finishedAt: this.#deps.clock.now(),
        })
        .where('id', '=', this.#import.id)
        .where('epoch', '=', this.#import.epoch)
        .execute();
      await this.#trace(trx, 'patents.import.failed');
    });
  }
}

function plain(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([k, v]) => [k, typeof v === 'number' ? v : String(v)]),
  );
}

/** Rows read since the last checkpoint. */
class Batch {
  readonly rows: BatchRow[] = [];
  readonly rejects: { row: number; faults: RowFault[] }[] = [];
  #chars = 0;

  /** `position`: last row of the file that is in this batch or an earlier one. */
  constructor(
    public position: number,
    readonly limit: number,
  ) {}

  get empty(): boolean {
    return this.rows.length === 0 && this.rejects.length === 0;
  }

  get full(): boolean {
    return this.rows.length + this.rejects.length >= this.limit || this.#chars >= BATCH_CHARS;
  }

  add(source: SourceRow, today: string): void {
    this.position = source.row;
    const built = source.raw
      ? buildContent(source.raw, today)
      : ({ ok: false, faults: source.faults } as const);
    if (!built.ok) {
      this.rejects.push({ row: source.row, faults: built.faults.slice(0, MOST_FAULTS) });
      return;
    }
    const { content } = built;
    this.rows.push({ row: source.row, content });
    this.#chars += content.abstract.length + content.description.length + 500;
    for (const claim of content.claims) this.#chars += claim.length;
  }
}

const ORPHAN: RowFault = {
  field: '',
  value: '',
  reason: {
    zh: '这一行只补充已有记录（没有名称），但库中没有这件专利；请先导入其著录项目',
    en: 'This row only adds to a known record (it has no title), and the record is not known: import its bibliographic data first',
  },
};

/** The next place in the order of all writes to the corpus. */
export async function nextVersion(trx: PatentTrx): Promise<number> {
  const { rows } = await sql<{ version: string }>`select nextval('patent_version')::text as version`.execute(
    trx,
  );
  return Number(rows[0]!.version);
}

async function insertRejects(
  trx: PatentTrx,
  importId: string,
  rejects: readonly { row: number; faults: RowFault[] }[],
): Promise<void> {
  const values = rejects.flatMap(({ row, faults }) =>
    faults.map((fault, seq) => ({
      importId,
      row,
      seq,
      field: fault.field.slice(0, 200),
      value: fault.value.slice(0, SHOWN_VALUE).toWellFormed().replaceAll('\0', ''),
      reasonZh: fault.reason.zh,
      reasonEn: fault.reason.en,
    })),
  );
  for (let from = 0; from < values.length; from += 2000)
    await trx
      .insertInto('patentImportReject')
      .values(values.slice(from, from + 2000))
      .execute();
}

/** A store that restarts or cannot be reached; asking again is safe. */
function isStoreAway(error: unknown): boolean {
  if (error instanceof TableError || error instanceof AppError || error instanceof TakenOver) return false;
  const e = error as { code?: unknown; message?: string };
  return /^(ECONN|EPIPE|ENOENT$|57P0|08|53)|socket hang up|timeout|Connection terminated|not queryable/i.test(
    `${typeof e.code === 'string' ? e.code : ''} ${e.message ?? ''}`.trim(),
  );
}
