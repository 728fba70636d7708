import type pg from 'pg';
import PgBoss from 'pg-boss';
import type * as z from 'zod';
import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import type { Records, Trx } from '#kernel/records';

/** What a running job may use: report how far it is and learn that the worker is stopping. */
export interface JobContext {
  /** Id of the run; `GET /api/jobs/{id}` shows its progress. */
  runId: string;
  /** Shows progress; `total` may be unknown (null). Cheap to call often: written at most twice a second. */
  progress(done: number, total: number | null, note?: string): void;
  /** True once the worker was asked to stop: finish the current step, keep what is done, and return. */
  readonly stopping: boolean;
}

/** Work that runs in the background, survives a restart and is tried again when it fails. Handlers must be repeatable. */
export interface JobDef<T = unknown> {
  name: string;
  schema: z.ZodType<T>;
  /** Tries after the first one; 0 by default. */
  retries?: number;
  /** Cron line in Asia/Shanghai for work that comes round. The schema must accept `{}`. */
  cron?: string;
  run(data: T, context: JobContext): Promise<void>;
}

/** Declares a job and keeps its exact types. */
export function job<T>(def: JobDef<T>): JobDef<T> {
  return def;
}

/** The queue of background work (pg-boss in the record store). */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #defs: ReadonlyMap<string, JobDef<never>>;
  #stopping = false;

  constructor(
    pool: pg.Pool,
    readonly records: Records,
    readonly log: Log,
    defs: readonly JobDef<never>[],
  ) {
    this.#boss = new PgBoss({
      db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
      schema: 'jobs',
    });
    this.#boss.on('error', (error) => log.error({ err: error }, 'job queue'));
    this.#defs = new Map(defs.map((d) => [d.name, d]));
    if (this.#defs.size !== defs.length) throw new Error('a job is declared twice');
  }

  /** Opens the queue; every queue exists before anything is sent (pg-boss drops jobs for unknown queues in silence). */
  async start(): Promise<void> {
    await this.#boss.start();
    for (const def of this.#defs.values())
      await this.#boss.createQueue(def.name, {
        name: def.name,
        retryLimit: def.retries ?? 0,
        retryDelay: 5,
        retryBackoff: true,
        expireInHours: 23,
      });
  }

  /** Starts working: only in processes that are workers. */
  async work(): Promise<void> {
    for (const def of this.#defs.values()) {
      if (def.cron) await this.#boss.schedule(def.name, def.cron, {}, { tz: 'Asia/Shanghai' });
      await this.#boss.work<{ runId?: string; data?: unknown }>(
        def.name,
        { pollingIntervalSeconds: 0.5 },
        async ([one]) => {
          if (one) await this.#run(def, one.data?.runId ?? newId(), one.data?.data ?? {});
        },
      );
    }
  }

  /**
   * Queues work and returns the run's id. With `trx` it is queued if and only if that transaction commits. With
   * `singleton` nothing is queued while the same key waits or runs; then null.
   */
  async send<T>(
    def: JobDef<T>,
    data: T,
    options: { trx?: Trx; singleton?: string; runId?: string } = {},
  ): Promise<string | null> {
    const runId = options.runId ?? newId();
    const db = options.trx ?? this.records;
    await db
      .insertInto('jobRun')
      .values({ id: runId, name: def.name, state: 'waiting' })
      .onConflict((c) => c.column('id').doUpdateSet({ state: 'waiting', error: null, finishedAt: null }))
      .execute();
    const id = await this.#boss.send(
      def.name,
      { runId, data: def.schema.parse(data) as object },
      {
        ...(options.singleton && { singletonKey: options.singleton }),
        ...(options.trx && { db: executor(options.trx) }),
      },
    );
    if (id === null) {
      await db.deleteFrom('jobRun').where('id', '=', runId).where('startedAt', 'is', null).execute();
      if (!options.singleton) throw new Error(`job ${def.name} was not accepted by the queue`);
      return null;
    }
    return runId;
  }

  async #run(def: JobDef<never>, runId: string, data: unknown): Promise<void> {
    const now = () => new Date();
    await this.records
      .insertInto('jobRun')
      .values({ id: runId, name: def.name, state: 'running', startedAt: now() })
      .onConflict((c) => c.column('id').doUpdateSet({ state: 'running', startedAt: now(), error: null }))
      .execute();
    let last = 0;
    const self = this;
    const context: JobContext = {
      runId,
      get stopping() {
        return self.#stopping;
      },
      progress: (done, total, note) => {
        if (Date.now() - last < 500 && done !== total) return;
        last = Date.now();
        this.records
          .updateTable('jobRun')
          .set({ done, total, ...(note !== undefined && { note }) })
          .where('id', '=', runId)
          .execute()
          .catch((err) => this.log.warn({ err }, 'job progress'));
      },
    };
    try {
      await def.run(def.schema.parse(data) as never, context);
      await this.#finish(runId, 'done', null);
    } catch (err) {
      this.log.error({ err, job: def.name, runId }, 'job failed');
      await this.#finish(runId, 'failed', err instanceof Error ? err.message : String(err));
      throw err;
    }
  }

  async #finish(runId: string, state: 'done' | 'failed', error: string | null): Promise<void> {
    await this.records
      .updateTable('jobRun')
      .set({ state, error, finishedAt: new Date() })
      .where('id', '=', runId)
      .execute();
  }

  /** Lets running jobs reach a safe point, then stops. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#boss.stop({ graceful: true, wait: true, timeout: 10_000, close: false });
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
