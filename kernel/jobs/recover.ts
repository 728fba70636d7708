import { sql } from 'kysely';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import { isGone } from './lease.ts';

/** A run that is in no queue. */
export interface LostRun {
  id: string;
  name: string;
  data: unknown;
}

interface OpenRun extends LostRun {
  worker: string | null;
  /** State of its entry in the queue; null where there is none. */
  entry: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed' | null;
  retryCount: number | null;
  retryLimit: number | null;
}

/** Workers that may die over one run, besides its own retries, before it is given up. */
const DEATHS = 5;

/**
 * Brings runs and queue together: what a worker left when it was killed goes back into the queue, what is in no queue is
 * put into it by `enqueue`. Runs of living workers, and of `own`, are left alone. Returns how many are queued again.
 */
export async function recoverRuns(
  records: Records,
  names: readonly string[],
  own: string | null,
  enqueue: (trx: Trx, run: LostRun) => Promise<void>,
): Promise<number> {
  if (names.length === 0) return 0;
  return records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'jobs recover');
    const { rows } = await sql<OpenRun>`
      select r.id, r.name, r.data, r.worker, j.state as entry, j.retry_count, j.retry_limit
        from job_run r left join jobs.job j on j.name = r.name and j.id = r.id
       where r.state in ('waiting', 'running') and r.name = any (${sql.val(names)}::text[])
         and (r.worker is not null or j.state is null or j.state > 'active')
       order by r.id`.execute(trx);
    const gone = new Map<string | null, boolean>([[null, true]]);
    let again = 0;
    for (const run of rows) {
      const { worker } = run;
      if (worker !== null && worker === own) continue;
      if (!gone.has(worker)) gone.set(worker, await isGone(trx, worker as string));
      if (!gone.get(worker)) continue;
      if (await settle(trx, run, enqueue)) again++;
    }
    return again;
  });
}

/** True when the run is queued again. */
async function settle(
  trx: Trx,
  run: OpenRun,
  enqueue: (trx: Trx, run: LostRun) => Promise<void>,
): Promise<boolean> {
  const mark = (set: { state: 'waiting' | 'done' | 'failed'; error?: string; finishedAt?: Date }) =>
    trx
      .updateTable('jobRun')
      .set({ ...set, worker: null })
      .where('id', '=', run.id)
      .execute();
  const give = async (error: string) => {
    await mark({ state: 'failed', error, finishedAt: new Date() });
    return false;
  };
  switch (run.entry) {
    case null:
      await enqueue(trx, run);
      break;
    case 'active':
      if ((run.retryCount ?? 0) >= (run.retryLimit ?? 0) + DEATHS) {
        await setEntry(trx, run, 'failed');
        return give(`given up: the worker ended ${DEATHS + 1} times while it was at this`);
      }
      await setEntry(trx, run, 'retry');
      break;
    case 'completed':
      await mark({ state: 'done', finishedAt: new Date() });
      return false;
    case 'cancelled':
    case 'failed':
      return give('the queue gave this up');
  }
  await mark({ state: 'waiting' });
  return true;
}

/** Turns the entry of a worker that is gone into one that waits, or that is given up. */
async function setEntry(trx: Trx, run: OpenRun, state: 'retry' | 'failed'): Promise<void> {
  await sql`
    update jobs.job set state = ${state}, start_after = now()
     where name = ${run.name} and id = ${run.id} and state = 'active'`.execute(trx);
}
