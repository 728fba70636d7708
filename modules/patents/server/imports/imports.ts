import { sql } from 'kysely';
import * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { type ColumnMapping, type ImportPreview, type ImportState, PATENTS_IMPORT } from '../../contract.ts';
import type { Locate } from '../corpus/content.ts';
import { patentError } from '../errors.ts';
import { kernelTrx, type PatentRecords, type PatentTrx, withPatents } from '../tables.ts';
import { FIELD_NAMES, missingFields, suggestMapping } from './columns.ts';
import { type ImportDeps, requeueOrphans, runImport } from './import-run.ts';
import { findImport, type ImportRow, importRows, STATE_NAMES } from './import-views.ts';
import { findMapping, getMapping, rememberMapping } from './mappings.ts';
import { isTable, readHead, type TableHead } from './rows.ts';
import { knownSource, namedSource } from './source-rows.ts';
import type { Upload } from './upload.ts';

/** Who asks, for the audit log. */
export interface By {
  actor: Actor;
  requestId: string;
}

/** What people do with imports, and the background work behind it. */
export class Imports {
  readonly records: PatentRecords;
  readonly job: JobDef<{ importId: string }>;
  readonly recoverJob: JobDef<Record<string, never>>;

  constructor(
    readonly platform: Platform,
    readonly locate: Locate,
  ) {
    this.records = withPatents(platform.records);
    this.job = job({
      name: 'patents.import',
      // A small file does not wait for a large one.
      concurrency: 2,
      schema: z.object({ importId: z.uuid() }),
      run: ({ importId }, context) => runImport(this.deps(), importId, context),
    });
    this.recoverJob = job({
      name: 'patents.import.recover',
      schema: z.object({}),
      cron: '* * * * *',
      run: () => this.recover(),
    });
  }

  deps(): ImportDeps {
    const { stores, files, clock, log, events } = this.platform;
    return { records: this.records, corpus: stores.corpus, files, locate: this.locate, clock, log, events };
  }

  /** Queues imports again whose worker ended in the middle. */
  async recover(): Promise<void> {
    await requeueOrphans(this.records, (importId, trx) =>
      this.platform.jobs.send(this.job, { importId }, { trx: kernelTrx(trx) }),
    );
  }

  /** Looks into an uploaded file. Throws when it has no heads. */
  async preview(upload: Upload): Promise<ImportPreview> {
    const { file, format } = upload;
    const common = { fileId: file.id, file: file.name, size: file.size, format };
    if (!isTable(format)) {
      const nothing = { header: [], rows: [], mapping: {}, missing: [], sheets: [] };
      return { ...common, ...nothing, sheet: null, encoding: 'utf-8', delimiter: null, remembered: null };
    }
    const head = await this.head(upload);
    const chosen = await this.#mappingFor(upload, head);
    return {
      ...common,
      encoding: head.encoding,
      delimiter: head.delimiter,
      sheets: head.sheets,
      sheet: head.sheet,
      header: head.header,
      rows: head.rows,
      mapping: chosen.mapping,
      remembered: chosen.remembered,
      missing: missingFields(chosen.mapping),
    };
  }

  async head(upload: Upload): Promise<TableHead> {
    const head = await readHead(upload);
    if (!head) throw patentError('patents_no_header');
    return head;
  }

  async #mappingFor(upload: Upload, head: TableHead) {
    const { mapping, mappingId } = upload;
    if (mapping) return { mapping, remembered: null };
    const saved = mappingId
      ? await getMapping(this.records, mappingId)
      : await findMapping(this.records, head.header);
    if (saved) return { mapping: saved.mapping, remembered: { id: saved.id, name: saved.name } };
    return { mapping: suggestMapping(head.header), remembered: null };
  }

  /** Begins an import: what would stop every row stops it here, with the reason. */
  async create(by: By, upload: Upload): Promise<ImportRow> {
    const { platform } = this;
    const head = isTable(upload.format) ? await this.head(upload) : null;
    const mapping = head ? (await this.#mappingFor(upload, head)).mapping : null;
    if (mapping) refuseIncomplete(mapping);
    const now = platform.clock.now();
    const id = newId(now.getTime());
    return this.records.transaction().execute(async (trx) => {
      if (head && upload.mapping)
        await rememberMapping(trx, now, head.header, upload.mapping, upload.mappingName);
      const row = await trx
        .insertInto('patentImport')
        .values({
          id,
          fileId: upload.file.id,
          fileName: upload.file.name,
          size: upload.file.size,
          format: upload.format,
          sourceId:
            upload.source === null ? await knownSource(trx, 'file') : await namedSource(trx, upload.source),
          label: upload.label,
          sheet: head?.sheet ?? null,
          encoding: head ? (upload.encoding ?? head.encoding) : 'utf-8',
          delimiter: upload.delimiter ?? head?.delimiter ?? null,
          headerRow: head?.headerRow ?? null,
          mapping: mapping ? JSON.stringify(mapping) : null,
          state: 'waiting',
          createdBy: by.actor.id,
          createdByName: by.actor.name,
          createdByRole: this.#roleOf(by.actor),
          createdAt: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await this.#audit(trx, by, 'create', row);
      await platform.jobs.send(this.job, { importId: id }, { trx: kernelTrx(trx) });
      return (await findImport(trx, id))!;
    });
  }

  #roleOf(actor: Actor): string {
    return this.platform.policy.grantsOf(actor, PATENTS_IMPORT)[0]?.role ?? actor.kind;
  }

  /** Pauses after the current batch; an import that still waits stops at once. */
  pause(by: By, id: string): Promise<ImportRow> {
    return this.#change(by, id, 'pause', { waiting: { state: 'paused' }, running: { requested: 'pause' } });
  }

  /** Goes on from the last checkpoint. */
  resume(by: By, id: string): Promise<ImportRow> {
    const again = { state: 'waiting', requested: null, errorCode: null, errorParams: null } as const;
    return this.#change(by, id, 'resume', { paused: again, failed: again });
  }

  /** Stops for good; what was written stays. */
  cancel(by: By, id: string): Promise<ImportRow> {
    const at = { state: 'cancelled', requested: null, finishedAt: this.platform.clock.now() } as const;
    return this.#change(by, id, 'cancel', {
      waiting: at,
      paused: at,
      failed: at,
      running: { requested: 'cancel' },
    });
  }

  async #change(
    by: By,
    id: string,
    action: keyof typeof ACTIONS,
    changes: Partial<Record<ImportState, Partial<Pick<ImportRow, 'state' | 'requested' | 'finishedAt'>>>>,
  ): Promise<ImportRow> {
    return this.records.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('patentImport')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw notFound();
      const change = changes[row.state];
      if (!change || (row.format === 'demo' && action === 'resume')) {
        const [state, name] = [STATE_NAMES[row.state], ACTIONS[action]];
        throw patentError('patents_import_state', {
          state: `${state.zh} (${state.en})`,
          action: `${name.zh} (${name.en})`,
        });
      }
      const changed = await trx
        .updateTable('patentImport')
        .set(change)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await this.#audit(trx, by, action, changed);
      if (changed.state === 'waiting' && row.state !== 'waiting')
        await this.platform.jobs.send(this.job, { importId: id }, { trx: kernelTrx(trx) });
      return (await findImport(trx, id))!;
    });
  }

  async #audit(trx: PatentTrx, by: By, action: string, row: AuditedImport): Promise<void> {
    await audit(kernelTrx(trx), this.platform.clock.now(), {
      ...by,
      action: `patents.import.${action}`,
      objectType: 'patent-import',
      objectId: row.id,
      detail: { file: row.fileName, size: row.size, format: row.format },
    });
  }

  /** The import's row. Throws `not_found`. */
  async get(id: string): Promise<ImportRow> {
    const row = await findImport(this.records, id);
    if (!row) throw notFound();
    return row;
  }

  /** Imports, newest first; the cursor is the last id seen. Generated data has an id that says nothing of its time. */
  async list(
    cursor: string | undefined,
    limit: number,
    source?: string,
  ): Promise<{ rows: ImportRow[]; next: string | null }> {
    const rows = await importRows(this.records)
      .$if(source !== undefined, (q) => q.where('patentSource.key', '=', source!))
      .$if(cursor !== undefined && z.uuid().safeParse(cursor).success, (q) =>
        q.where(
          sql<boolean>`(patent_import.created_at, patent_import.id) < (select created_at, id from patent_import where id = ${cursor})`,
        ),
      )
      .orderBy('patentImport.createdAt', 'desc')
      .orderBy('patentImport.id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? page.at(-1)!.id : null };
  }
}

type AuditedImport = Pick<ImportRow, 'id' | 'fileName' | 'size' | 'format'>;

const ACTIONS = {
  pause: { zh: '暂停', en: 'paused' },
  resume: { zh: '继续', en: 'resumed' },
  cancel: { zh: '取消', en: 'cancelled' },
} as const;

function notFound(): AppError {
  return new AppError('not_found', { what: '这次导入 (import)' });
}

function refuseIncomplete(mapping: ColumnMapping): void {
  const missing = missingFields(mapping).map((field) => FIELD_NAMES[field]!);
  if (missing.length === 0) return;
  throw patentError('patents_mapping', { missing: missing.map((m) => `“${m.zh}” (${m.en})`).join('、') });
}
