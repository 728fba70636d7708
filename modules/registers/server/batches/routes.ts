import { type Route, route } from '#kernel/http/route';
import type { JobDef } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import * as contract from '../../contract.ts';
import type { By } from '../entries/entries.ts';
import { send } from '../transfer/routes.ts';
import {
  BatchJobs,
  batchesOf,
  beginApply,
  beginBulk,
  beginImport,
  cancel,
  demandKeeper,
  openBatch,
} from './batches.ts';
import { rejectsOf } from './rejects.ts';
import { withBatches } from './tables.ts';
import { receiveImport } from './upload.ts';
import { batchView, rowViews, type StoredBatch, type StoredRow } from './views.ts';

/** Imports and bulk changes: their endpoints and the jobs behind them. */
export function batchParts(platform: Platform): { routes: Route[]; jobs: JobDef<never>[] } {
  const jobs = new BatchJobs(platform);
  return {
    routes: batchRoutes(platform, jobs),
    jobs: [jobs.prepare as JobDef<never>, jobs.apply as JobDef<never>],
  };
}

/** Endpoints of imports and bulk changes. */
export function batchRoutes(platform: Platform, jobs: BatchJobs): Route[] {
  const view = (batch: StoredBatch, { lang }: { lang: Lang }) => batchView(platform, batch, lang, true);
  return [
    route(contract.importEntries, async (by) => {
      const { register } = by.params;
      // Who may not import sends no file.
      await demandKeeper(platform, by, register);
      const form = await receiveImport(platform, by.actor, by.request);
      return view(await beginImport(platform, jobs, by, register, form), by);
    }),
    route(contract.bulkChange, async (by) =>
      view(await beginBulk(platform, jobs, by, by.params.register, by.body), by),
    ),
    route(contract.listBatches, async (by) => {
      const found = await batchesOf(platform, by, by.params.register);
      return { batches: await Promise.all(found.map((batch) => view(batch, by))) };
    }),
    route(contract.getBatch, async (by) => view(await openBatch(platform, by, by.params.id), by)),
    route(contract.listBatchRows, (by) => rowPage(platform, by, by.params.id, by.query)),
    route(contract.batchRejects, async (by) => {
      const batch = await openBatch(platform, by, by.params.id);
      return send(by.reply, await rejectsOf(platform, batch, by.lang));
    }),
    route(contract.applyBatch, async (by) => view(await beginApply(platform, jobs, by, by.params.id), by)),
    route(contract.cancelBatch, async (by) => view(await cancel(platform, by, by.params.id), by)),
  ];
}

async function rowPage(
  platform: Platform,
  by: By,
  id: string,
  { kind, after, limit }: { kind?: StoredRow['kind'] | undefined; after: number; limit: number },
) {
  const batch = await openBatch(platform, by, id);
  const { added, changed, unchanged, rejected } = batch;
  let query = withBatches(platform.records)
    .selectFrom('registerBatchRow')
    .selectAll()
    .where('batch', '=', id)
    .where('row', '>', after)
    .orderBy('row')
    .limit(limit + 1);
  if (kind) query = query.where('kind', '=', kind);
  const rows = (await query.execute()) as StoredRow[];
  const page = rows.slice(0, limit);
  return {
    rows: await rowViews(platform, batch, page, by.lang),
    total: kind ? batch[kind] : added + changed + unchanged + rejected,
    next: rows.length > limit ? (page.at(-1)?.row ?? null) : null,
  };
}
