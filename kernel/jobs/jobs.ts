import type pg from 'pg';
import PgBoss from 'pg-boss';
import type * as z from 'zod';
import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import { Lease, SENT } from './lease.ts';
import { recoverRuns } from './recover.ts';

/** What a running job may use: report how far it is and learn that the worker is stopping. */
export interface JobContext {
  /** Id of the run; `GET /api/jobs/{id}` shows its progress. */
  runId: string;
  /** Shows progress; `total` may be unknown (null). Cheap to call often: written at most twice a second. */
  progress(done: number, total: number | null, note?: string): void;
  /**
   * True once the worker was asked to stop: finish the current step, keep what is done, and return. A job that has seen
   * this is run again after the next start.
   */
  readonly stopping: boolean;
}

/** Work that runs in the background, survives a restart and is tried again when it fails. Handlers must be repeatable. */
export interface JobDef<T = unknown> {
  name: string;
  schema: z.ZodType<T>;
  /** Tries after the first one; 0 by default. */
  retries?: number;
  /** How many runs of this job one worker works on at the same time; 1 by default. */
  concurrency?: number;
  /** Cron line in Asia/Shanghai for work that comes round. The schema must accept `{}`. */
  cron?: string;
  run(data: T, context: JobContext): Promise<void>;
}

/** Declares a job and keeps its exact types. */
export function job<T>(def: JobDef<T>): JobDef<T> {
  return def;
}

/** What lies in the queue. Work that comes round by cron has no `data`. */
interface Queued {
  data?: unknown;
}

/** How often a worker looks for work that another one left behind, in milliseconds. */
const LOOK = 60_000;

/**
 * How often each queue is looked into, in seconds. Work that is sent is announced and taken at once; this finds what comes by time:
 * tries after a pause, what was put back, what a broken connection did not hear of.
 */
const POLL = 2;

/** The queue of background work (pg-boss in the record store). */
export class Jobs {
  readonly #sender: PgBoss;
  readonly #defs: ReadonlyMap<string, JobDef<never>>;
  #worker: { boss: PgBoss; lease: Lease; timer: NodeJS.Timeout } | undefined;
  /** Runs under way here, by id, with the name of their queue. */
  readonly #running = new Map<string, string>();
  #stopping = false;

  constructor(
    readonly pool: pg.Pool,
    readonly records: Records,
    readonly log: Log,
    defs: readonly JobDef<never>[],
  ) {
    // Only workers look after the queue and its timetable; whoever merely sends leaves that alone.
    this.#sender = this.#boss({ supervise: false, schedule: false });
    this.#defs = new Map(defs.map((d) => [d.name, d]));
    if (this.#defs.size !== defs.length) throw new Error('a job is declared twice');
  }

  #boss(options: { supervise: boolean; schedule: boolean }): PgBoss {
    const boss = new PgBoss({
      db: { executeSql: (text: string, values?: unknown[]) => this.pool.query(text, values) },
      schema: 'jobs',
      ...options,
    });
    boss.on('error', (error) => this.log.error({ err: error }, 'job queue'));
    return boss;
  }

  /** Opens the queue; every queue exists before anything is sent (pg-boss drops jobs for unknown queues in silence). */
  async start(): Promise<void> {
    await this.#sender.start();
    for (const def of this.#defs.values())
      await this.#sender.createQueue(def.name, {
        name: def.name,
        retryLimit: def.retries ?? 0,
        retryDelay: 5,
        retryBackoff: true,
        expireInHours: 23,
      });
  }

  /** Starts working: only in processes that are workers. What a worker that died left behind is queued again first. */
  async work(): Promise<void> {
    const boss = this.#boss({ supervise: true, schedule: true });
    await boss.start();
    const workers = new Map<string, string[]>();
    const lease = new Lease(this.pool, this.log, (queue) => {
      for (const id of workers.get(queue) ?? []) boss.notifyWorker(id);
    });
    await lease.take();
    const look = () =>
      this.recover().catch((err) => this.log.warn({ err }, 'job queue: looking for work left behind'));
    this.#worker = { boss, lease, timer: setInterval(look, LOOK) };
    this.#worker.timer.unref();
    await this.recover();
    for (const { name } of await boss.getSchedules())
      if (!this.#defs.get(name)?.cron) await boss.unschedule(name);
    for (const def of this.#defs.values()) {
      if (def.cron) await boss.schedule(def.name, def.cron, {}, { tz: 'Asia/Shanghai' });
      const lanes: string[] = [];
      workers.set(def.name, lanes);
      for (let lane = 0; lane < (def.concurrency ?? 1); lane++)
        lanes.push(
          await boss.work<Queued>(
            def.name,
            { pollingIntervalSeconds: POLL, includeMetadata: true },
            async ([one]: PgBoss.JobWithMetadata<Queued>[]) => {
              if (one) await this.#run(def, one, lease.worker);
            },
          ),
        );
    }
  }

  /**
   * Queues runs again that a worker left behind when it was killed, and runs that are in no queue because the record
   * store was restored from a backup. Called at the start of a worker and each minute. Returns how many.
   */
  recover(): Promise<number> {
    return recoverRuns(this.records, [...this.#defs.keys()], this.#worker?.lease.worker ?? null, (trx, run) =>
      this.#enqueue(trx, run.name, run.id, run.data),
    );
  }

  /**
   * Queues work and returns the run's id. With `trx` it is queued if and only if that transaction commits. With
   * `singleton` nothing is queued while the same key waits or runs; then null.
   */
  async send<T>(
    def: JobDef<T>,
    data: T,
    options: { trx?: Trx; singleton?: string } = {},
  ): Promise<string | null> {
    const { trx, singleton } = options;
    if (!trx)
      return this.records.transaction().execute((own) => this.send(def, data, { ...options, trx: own }));
    if (!this.#defs.has(def.name)) throw new Error(`job ${def.name} is not declared by any module`);
    const parsed: unknown = def.schema.parse(data);
    if (singleton !== undefined) {
      await lockInTrx(trx, `job ${def.name} ${singleton}`);
      const { rows } = await executor(trx).executeSql(
        "select 1 from jobs.job where name = $1 and singleton_key = $2 and state < 'completed' limit 1",
        [def.name, singleton],
      );
      if (rows.length > 0) return null;
    }
    const id = newId();
    await trx
      .insertInto('jobRun')
      .values({ id, name: def.name, state: 'waiting', data: JSON.stringify(parsed ?? null) })
      .execute();
    await this.#enqueue(trx, def.name, id, parsed, singleton);
    return id;
  }

  async #enqueue(trx: Trx, name: string, id: string, data: unknown, singleton?: string): Promise<void> {
    const queued: Queued = { data };
    const sent = await this.#sender.send(name, queued, {
      id,
      ...(singleton !== undefined && { singletonKey: singleton }),
      db: executor(trx),
    });
    if (sent === null) throw new Error(`job ${name} was not accepted by the queue`);
    // Heard by the workers once the transaction has committed, and never where it has not.
    await executor(trx).executeSql('select pg_notify($1, $2)', [SENT, name]);
  }

  async #run(def: JobDef<never>, one: PgBoss.JobWithMetadata<Queued>, worker: string): Promise<void> {
    const { id } = one;
    const byCron = one.data?.data === undefined;
    const begun = { state: 'running' as const, startedAt: new Date(), worker };
    this.#running.set(id, def.name);
    await this.records
      .insertInto('jobRun')
      .values({ id, name: def.name, ...begun })
      .onConflict((c) => c.column('id').doUpdateSet({ ...begun, error: null, finishedAt: null }))
      .execute();
    let last = 0;
    let toldToStop = false;
    const self = this;
    const context: JobContext = {
      runId: id,
      get stopping() {
        toldToStop ||= self.#stopping;
        return self.#stopping;
      },
      progress: (done, total, note) => {
        if (performance.now() - last < 500 && done !== total) return;
        last = performance.now();
        this.records
          .updateTable('jobRun')
          .set({ done, total, ...(note !== undefined && { note }) })
          .where('id', '=', id)
          .execute()
          .catch((err) => this.log.warn({ err }, 'job progress'));
      },
    };
    try {
      await def.run(def.schema.parse(one.data?.data ?? {}) as never, context);
      if (toldToStop) await this.#putBack(id, def.name);
      // Work that comes round each minute would fill the list of runs with nothing to see.
      else if (byCron) await this.records.deleteFrom('jobRun').where('id', '=', id).execute();
      else await this.#mark(id, { state: 'done', error: null, finishedAt: new Date() });
    } catch (err) {
      this.log.error({ err, job: def.name, runId: id }, 'job failed');
      const error = err instanceof Error ? err.message : String(err);
      const again = one.retryCount < one.retryLimit;
      await this.#mark(
        id,
        again ? { state: 'waiting', error } : { state: 'failed', error, finishedAt: new Date() },
      );
      throw err;
    } finally {
      this.#running.delete(id);
    }
  }

  async #mark(
    id: string,
    set: { state: 'waiting' | 'done' | 'failed'; error?: string | null; finishedAt?: Date },
  ): Promise<void> {
    await this.records.updateTable('jobRun').set(set).where('id', '=', id).execute();
  }

  /** Back into the queue, as if it had not begun (pg-boss counts a retry by `started_on`); the next worker takes it. */
  async #putBack(id: string, name: string): Promise<void> {
    await this.#mark(id, { state: 'waiting' });
    await this.pool.query(
      `update jobs.job set state = 'retry', start_after = now(), started_on = null, completed_on = null
        where name = $1 and id = $2 and state in ('active', 'failed')`,
      [name, id],
    );
  }

  /** Lets running jobs reach a safe point, then stops. What is not done by then is done after the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const worker = this.#worker;
    if (worker) {
      clearInterval(worker.timer);
      await worker.boss.stop({ graceful: true, wait: true, timeout: 8000, close: false });
      for (const [id, name] of this.#running) await this.#putBack(id, name);
      await worker.lease.end();
    }
    await this.#sender.stop({ graceful: false, close: false });
  }
}

/** Lets pg-boss write inside one of our transactions. */
function executor(trx: Trx) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const compiled = { sql: text, parameters: values, query: { kind: 'RawNode' } } as never;
      return (await trx.executeQuery(compiled)) as unknown as { rows: unknown[] };
    },
  };
}
