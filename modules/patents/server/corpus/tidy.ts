import { sql } from 'kysely';
import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import { kernelTrx, withPatents } from '../tables.ts';
import { command, select } from './client.ts';
import { corpusState } from './state.ts';

/** Under this name the last tidying stands among the readers: what was replaced since then stays one more round. */
const ROUND = 'tidy';

/** The job that does it: early on Sundays. */
export function tidyJob(platform: Platform): JobDef<Record<string, never>> {
  return job({
    name: 'patents.tidy',
    schema: z.object({}),
    cron: '40 4 * * 0',
    run: async () => {
      await tidy(platform);
    },
  });
}

/**
 * Removes rows that were replaced before the last round and that no reader has still to look at; a search or export that began
 * since then sees all that it may. What sources said (`patent_statement`) stays. Gives the number of rows that went.
 */
export function tidy(platform: Platform): Promise<number> {
  const { corpus } = platform.stores;
  return withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(kernelTrx(trx), 'patents.corpus');
      const { published } = await corpusState(trx);
      const readers = await trx.selectFrom('patentReader').selectAll().execute();
      const round = readers.find((r) => r.reader === ROUND);
      await trx
        .insertInto('patentReader')
        .values({ reader: ROUND, version: published })
        .onConflict((oc) => oc.column('reader').doUpdateSet({ version: published }))
        .execute();
      if (!round) return 0;
      const upTo = Math.min(...readers.map((r) => r.version), published);
      const [dead] = await select<{ n: string }>(
        corpus,
        'select count() as n from patent_dead where version <= {upTo:UInt32}',
        { upTo },
      );
      const gone = Number(dead?.n ?? 0);
      if (gone === 0) return 0;
      // In this order: a row whose end were forgotten first would be seen again.
      const ended = `select doc from patent_dead where version <= ${upTo}`;
      await command(corpus, `delete from patent_document where doc in (${ended})`);
      await command(corpus, `delete from patent_dead where version <= ${upTo}`);
      await sql`update patent_corpus set dead = dead - ${gone}`.execute(trx);
      return gone;
    });
}
