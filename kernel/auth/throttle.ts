import { sql } from 'kysely';
import type { Records } from '#kernel/records';
import { authError } from './errors.ts';
import { withAuth } from './tables.ts';

/**
 * Wrong passwords allowed within a window. One address alone cannot reach a user name's limit, so nobody locks a colleague
 * out by guessing; many addresses together are still bounded.
 */
export const throttle = { seconds: 300, perAddress: 20, perUsername: 100 } as const;

/**
 * Counts sign-in attempts in the record store, so that all processes count together. An attempt is counted before the
 * password is looked at (many at once cannot slip through together) and taken back when it was right: an office behind
 * one address is not locked out by signing in correctly.
 */
export class Throttle {
  constructor(readonly records: Records) {}

  /** Counts one attempt. Throws `sign_in_locked` with the seconds left when a limit is reached. */
  async begin(address: string, username: string, now: Date): Promise<void> {
    for (const [key, limit] of this.#keys(address, username)) {
      const seconds = await this.count(key, limit, now);
      if (seconds > 0) throw authError('sign_in_locked', { seconds });
    }
  }

  /**
   * Counts once more under a key, for anything that must not be done without end. Gives 0 within the limit, else the
   * seconds until the window has passed.
   */
  async count(key: string, limit: number, now: Date): Promise<number> {
    const start = new Date(now.getTime() - throttle.seconds * 1000);
    const row = await withAuth(this.records)
      .insertInto('auth.attempt')
      .values({ key, count: 1, firstAt: now })
      .onConflict((c) =>
        c.column('key').doUpdateSet({
          count: sql<number>`case when auth.attempt.first_at <= ${start} then 1 else auth.attempt.count + 1 end`,
          firstAt: sql<Date>`case when auth.attempt.first_at <= ${start} then ${now} else auth.attempt.first_at end`,
        }),
      )
      .returning(['count', 'firstAt'])
      .executeTakeFirstOrThrow();
    if (row.count <= limit) return 0;
    const left = row.firstAt.getTime() + throttle.seconds * 1000 - now.getTime();
    return Math.max(1, Math.ceil(left / 1000));
  }

  /** Takes the attempt back after the right password: the user name starts afresh, the address has one less. */
  async succeed(address: string, username: string): Promise<void> {
    const db = withAuth(this.records);
    const [[addressKey], [usernameKey]] = this.#keys(address, username);
    await db.deleteFrom('auth.attempt').where('key', '=', usernameKey).execute();
    await db
      .updateTable('auth.attempt')
      .set((eb) => ({ count: eb('count', '-', 1) }))
      .where('key', '=', addressKey)
      .where('count', '>', 0)
      .execute();
  }

  /** Forgets windows that have passed. */
  async clean(now: Date): Promise<void> {
    await withAuth(this.records)
      .deleteFrom('auth.attempt')
      .where('firstAt', '<=', new Date(now.getTime() - throttle.seconds * 1000))
      .execute();
  }

  #keys(address: string, username: string): [[string, number], [string, number]] {
    return [
      [`address ${address}`, throttle.perAddress],
      [`username ${username.toLowerCase().slice(0, 100)}`, throttle.perUsername],
    ];
  }
}
