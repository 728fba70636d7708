import * as z from 'zod';
import { type JobContext, type JobDef, job } from '#kernel/jobs/jobs';
import { Kept } from '../../contract.ts';
import { accountOf, actorOf, type Bench, type By, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { readKept, toRun } from '../queries/kept.ts';
import { demandRoom, insertItems } from './change.ts';

const Data = z.object({
  collection: z.uuid(),
  account: z.string(),
  lang: z.enum(['zh', 'en']),
  query: Kept,
  reading: z.string(),
  total: z.int(),
});
type Data = z.output<typeof Data>;

/** Numbers that are put in at once. */
const PAGE = 10_000;

/** Puts everything that a query finds into a collection. May be run again from the beginning: nothing counts twice. */
export class AddResult {
  readonly job: JobDef<Data>;

  constructor(readonly bench: Bench) {
    this.job = job({
      name: 'workbench.add-result',
      schema: Data,
      retries: 3,
      concurrency: 2,
      run: (data, context) => this.run(data, context),
    });
  }

  /** Checks that there is room for all of it, and queues the work. */
  async begin(by: By, collection: string, query: Kept): Promise<{ job: string; total: number }> {
    const { bench } = this;
    await openObject(records(bench), by, collection, 'edit', { kind: 'collection' });
    // The account may forget what it refers to before the work begins.
    const { reading, ...kept } = await readKept(bench, by, query, false);
    const total = await bench.corpus.count(toRun(kept), by.actor, by.lang);
    await demandRoom(records(bench), collection, total);
    const account = accountOf(by);
    const data = { collection, account, lang: by.lang, query: kept, reading, total };
    const id = await bench.platform.jobs.send(this.job, data);
    return { job: id!, total };
  }

  /** The work itself. Rights are asked anew for each page: they may have been taken away. */
  async run(data: Data, context: Pick<JobContext, 'stopping' | 'progress'>): Promise<void> {
    const { bench } = this;
    const { collection, query, lang, reading } = data;
    const actor = await actorOf(bench.platform.auth, data.account);
    if (!actor) throw new Error(`the account ${data.account} is not there`);
    const by = { actor, lang, requestId: '' };
    let done = 0;
    context.progress(0, data.total);
    for await (const page of bench.corpus.numbers(toRun(query), actor, lang, PAGE)) {
      if (context.stopping) return;
      await records(bench)
        .transaction()
        .execute(async (trx) => {
          await openObject(trx, by, collection, 'edit', { kind: 'collection', lock: 'share' });
          await demandRoom(trx, collection, 0);
          await insertItems(bench, trx, by, collection, page, 'add-result', {
            query: reading.slice(0, 4000),
          });
        });
      done += page.length;
      context.progress(done, Math.max(done, data.total));
    }
    context.progress(done, done);
  }
}
