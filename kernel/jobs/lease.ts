import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import type { Trx } from '#kernel/records';

const keyOf = (worker: string) => `jobs worker ${worker}`;

/** Channel on which a queue is named into which work was put. */
export const SENT = 'zhicheng_jobs';

/**
 * Sign of life of a worker: a lock of the record store on a connection of its own, which ends with the process however
 * that ends. No clock is asked, so a worker that merely works long is never taken for dead. The same connection hears of work that was
 * sent.
 */
export class Lease {
  readonly worker = newId();
  #client: pg.PoolClient | undefined;
  #ended = false;

  /** @param sent told the name of a queue when work was put into it, by any process. */
  constructor(
    readonly pool: pg.Pool,
    readonly log: Log,
    readonly sent: (queue: string) => void,
  ) {}

  /** Takes the lease, and takes it again whenever the connection breaks. */
  async take(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [keyOf(this.worker)]);
      client.on('notification', ({ payload = '' }) => this.sent(payload));
      await client.query(`listen ${SENT}`);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const lost = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      client.release(true);
      void this.#again();
    };
    client.once('error', lost);
    client.once('end', lost);
    this.#client = client;
  }

  async #again(): Promise<void> {
    for (let pause = 100; !this.#ended; pause = Math.min(pause * 2, 5000)) {
      try {
        return await this.take();
      } catch (err) {
        this.log.warn({ err }, 'job worker: the sign of life could not be renewed');
        await sleep(pause, undefined, { ref: false });
      }
    }
  }

  /** Gives the lease up. */
  async end(): Promise<void> {
    this.#ended = true;
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    await client.query('select pg_advisory_unlock_all()').catch(() => {});
    // Never back into the pool: the connection may just have broken without our having heard of it.
    client.release(true);
  }
}

/** Is that worker gone? Its lock is free then; it is tried inside the transaction and let go with it. */
export async function isGone(trx: Trx, worker: string): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${keyOf(worker)}, 0)) as free`.execute(trx);
  return rows[0]?.free === true;
}
