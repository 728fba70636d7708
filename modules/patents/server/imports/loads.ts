import * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import { lockInTrx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import type { PatentSource } from '../../contract.ts';
import { select } from '../corpus/client.ts';
import type { Locate } from '../corpus/content.ts';
import { rebuild } from '../corpus/rebuild.ts';
import { patentError } from '../errors.ts';
import { kernelTrx, type PatentRecords, withPatents } from '../tables.ts';
import { compareLoads, loadBefore } from './compare.ts';
import { nextVersion } from './import-run.ts';
import { findImport, type ImportRow } from './import-views.ts';
import type { By } from './imports.ts';

/** Publications put together again in one transaction. */
const CHUNK = 2000;

/** What a load without another one beside it is compared to. */
const NOTHING = {
  same: 0,
  different: 0,
  onlyThis: 0,
  onlyOther: 0,
  examples: { different: [], onlyThis: [], onlyOther: [] },
};

/** What people do with sources and with loads that have ended. */
export class Loads {
  readonly records: PatentRecords;
  readonly job: JobDef<{ importId: string | null }>;

  constructor(
    readonly platform: Platform,
    readonly locate: Locate,
  ) {
    this.records = withPatents(platform.records);
    this.job = job({
      name: 'patents.rebuild',
      schema: z.object({ importId: z.uuid().nullable() }),
      run: ({ importId }, context) => this.rebuildAll(importId, context),
    });
  }

  async sources(): Promise<PatentSource[]> {
    const rows = await this.records
      .selectFrom('patentSource')
      .leftJoin('patentImport', 'patentImport.sourceId', 'patentSource.id')
      .select(['patentSource.key', 'nameZh', 'nameEn', 'licence', 'rank'])
      .select((eb) => eb.fn.count<number>('patentImport.id').as('loads'))
      .groupBy('patentSource.id')
      .orderBy('rank')
      .orderBy('patentSource.key')
      .execute();
    return rows.map((row) => ({ ...row, loads: Number(row.loads) }));
  }

  async createSource(by: By, body: Omit<PatentSource, 'loads'>): Promise<PatentSource> {
    return this.records.transaction().execute(async (trx) => {
      const made = await trx
        .insertInto('patentSource')
        .values(body)
        .onConflict((oc) => oc.column('key').doNothing())
        .returningAll()
        .executeTakeFirst();
      if (!made) throw patentError('patents_source_taken', { key: body.key });
      await this.#trace(trx as never, by, 'patents.source.create', made.id, { key: body.key });
      return { ...body, loads: 0 };
    });
  }

  async changeSource(by: By, key: string, body: Omit<PatentSource, 'loads' | 'key'>): Promise<PatentSource> {
    await this.records.transaction().execute(async (trx) => {
      const before = await trx
        .selectFrom('patentSource')
        .selectAll()
        .where('key', '=', key)
        .forUpdate()
        .executeTakeFirst();
      if (!before) throw new AppError('not_found', { what: `数据来源 ${key} (source)` });
      await trx.updateTable('patentSource').set(body).where('id', '=', before.id).execute();
      await this.#trace(trx as never, by, 'patents.source.change', before.id, { key, rank: body.rank });
      if (before.rank === body.rank) return;
      // Its trust matters only for what it spoke of.
      const loads = await trx
        .selectFrom('patentImport')
        .select('id')
        .where('sourceId', '=', before.id)
        .where('withdrawnAt', 'is', null)
        .execute();
      for (const load of loads)
        await this.platform.jobs.send(this.job, { importId: load.id }, { trx: kernelTrx(trx) });
    });
    return (await this.sources()).find((s) => s.key === key)!;
  }

  /** Takes a load back. Its statements count no longer from now on; records follow in the background. */
  async withdraw(by: By, id: string): Promise<ImportRow> {
    await this.records.transaction().execute(async (trx) => {
      // Nobody writes to the corpus while the statement's source goes.
      await lockInTrx(kernelTrx(trx), 'patents.corpus');
      const row = await trx
        .updateTable('patentImport')
        .set({ withdrawnAt: this.platform.clock.now(), withdrawnByName: by.actor.name })
        .where('id', '=', id)
        .where('state', 'in', ['done', 'cancelled'])
        .where('withdrawnAt', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!row) throw (await findImport(trx, id)) ? patentError('patents_withdraw_state') : notFound();
      await this.#trace(trx as never, by, 'patents.import.withdraw', id, {});
      await this.platform.jobs.send(this.job, { importId: id }, { trx: kernelTrx(trx) });
    });
    return (await findImport(this.records, id))!;
  }

  /**
   * Puts records together again: those that a load spoke of, or all. In pieces, each visible at once; a repeated run finds
   * what is already right and writes nothing.
   */
  async rebuildAll(
    importId: string | null,
    context: { readonly stopping: boolean; progress(done: number, total: number | null): void },
  ): Promise<void> {
    let after = '';
    let done = 0;
    for (;;) {
      if (context.stopping) {
        await this.platform.jobs.send(this.job, { importId });
        return;
      }
      const rows = await select<{ number: string }>(
        this.platform.stores.corpus,
        `select distinct number from patent_statement
          where number > {after:String} ${importId === null ? '' : 'and import_id = {importId:UUID}'}
          order by number limit ${CHUNK}`,
        { after, ...(importId !== null && { importId }) },
      );
      if (rows.length === 0) break;
      await this.records.transaction().execute(async (trx) => {
        await lockInTrx(kernelTrx(trx), 'patents.corpus');
        const version = await nextVersion(trx);
        await rebuild(
          this.platform.stores.corpus,
          trx,
          rows.map((r) => r.number),
          version,
          this.locate,
        );
      });
      after = rows.at(-1)!.number;
      done += rows.length;
      context.progress(done, null);
    }
    // Figures follow: a line in the log makes every board look again.
    await this.records.transaction().execute((trx) =>
      audit(kernelTrx(trx), this.platform.clock.now(), {
        actor: system,
        action: 'patents.rebuild.finish',
        objectType: 'patent-import',
        objectId: importId ?? '',
        detail: { records: done },
      }),
    );
  }

  /** A load beside another one, by default the one before it of the same source. */
  async compare(id: string, other: string | undefined) {
    const load = await findImport(this.records, id);
    const before = load && (other ?? (await loadBefore(this.records, load)));
    if (load && before === undefined) return { with: null, ...NOTHING };
    const beside = before && (await findImport(this.records, before));
    if (!load || !beside) throw notFound();
    return {
      with: beside.id,
      ...(await compareLoads(this.records, this.platform.stores.corpus, load, beside)),
    };
  }

  async #trace(
    trx: Parameters<typeof kernelTrx>[0],
    by: By,
    action: string,
    objectId: string,
    detail: object,
  ): Promise<void> {
    await audit(kernelTrx(trx), this.platform.clock.now(), {
      ...by,
      action,
      objectType: action.startsWith('patents.source') ? 'patent-source' : 'patent-import',
      objectId,
      detail: detail as Record<string, unknown>,
    });
  }
}

/** A source in the reader's language. */
export function sourceName(source: { nameZh: string; nameEn: string }, lang: Lang): string {
  return lang === 'zh' || source.nameEn === '' ? source.nameZh : source.nameEn;
}

function notFound(): AppError {
  return new AppError('not_found', { what: '这次导入 (import)' });
}
