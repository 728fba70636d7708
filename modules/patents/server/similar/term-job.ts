import { type Kysely, sql } from 'kysely';
import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { lockInTrx, type Trx } from '#kernel/records';
import type { RecordTexts } from './records.ts';
import { forgetTerms, hasTerms, indexTerms, sweepTerms } from './terms.ts';

/** Under this name the index stands among the readers of the corpus. */
const READER = 'similar';

/**
 * Brings the index of terms up to what readers of the corpus see. Each page is written under a lock, and a page that was
 * broken off is written again; whoever calls at the same time waits. Gives the number of records that were looked at.
 */
export async function catchUp(
  platform: Pick<Platform, 'records' | 'stores'>,
  texts: RecordTexts,
  stopping: () => boolean = () => false,
): Promise<number> {
  const { corpus } = platform.stores;
  let seen = 0;
  for await (const { docs, gone, version } of texts.changes(await begin(platform))) {
    await platform.records.transaction().execute(async (trx) => {
      await lockInTrx(trx, 'patents.terms');
      await indexTerms(corpus, docs);
      if (gone.length > 0) await forgetTerms(corpus, gone);
      await sql`insert into patent_reader (reader, version) values (${READER}, ${version})
        on conflict (reader) do update set version = greatest(patent_reader.version, excluded.version)`.execute(
        trx,
      );
    });
    seen += docs.length + gone.length;
    if (stopping()) return seen;
  }
  if (seen > 0)
    await platform.records.transaction().execute(async (trx) => {
      await lockInTrx(trx, 'patents.terms');
      await sweepTerms(corpus);
    });
  return seen;
}

/** The version up to which the index was read. One that is empty begins anew: a restored backup does not hold it. */
async function begin({ records, stores }: Pick<Platform, 'records' | 'stores'>): Promise<number> {
  const to = await readTo(records);
  if (to === 0 || (await hasTerms(stores.corpus))) return to;
  return records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'patents.terms');
    // Another run may have begun it meanwhile.
    if (!(await hasTerms(stores.corpus)))
      await sql`delete from patent_reader where reader = ${READER}`.execute(trx);
    return readTo(trx);
  });
}

async function readTo(records: Platform['records'] | Trx): Promise<number> {
  const { rows } = await sql<{
    version: number;
  }>`select version from patent_reader where reader = ${READER}`.execute(records as unknown as Kysely<never>);
  return Number(rows[0]?.version ?? 0);
}

/** The job that does it each minute; nothing to do is one short question. */
export function termJob(
  platform: Pick<Platform, 'records' | 'stores'>,
  texts: RecordTexts,
): JobDef<Record<string, never>> {
  return job({
    name: 'patents.terms',
    schema: z.object({}),
    cron: '* * * * *',
    run: async (_, context) => {
      await catchUp(platform, texts, () => context.stopping);
    },
  });
}
