import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/errors';
import { sha256 } from '#kernel/ids';
import { type Actor, anonymous, type Grant } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { openCookie } from './cookie.ts';
import { withAuth } from './tables.ts';

/** Longest time, in milliseconds, for which another process may not have noticed a change. */
const KEEP = 5000;
/** Most identities remembered; more than that and all are looked up afresh. */
const MOST = 10_000;

/** The shape of every API token: easy to find in a leak, and checked before the store is asked. */
export const tokenPattern = /^zc_[A-Za-z0-9_-]{43}$/;

interface Known {
  actor: Actor;
  until: number;
  /** End of the token itself; null for sessions and tokens without end. */
  ends: Date | null;
}

/**
 * Turns what a request carries into an actor. Answers are kept for at most five seconds; a change made in this process
 * ({@link forget}) counts at once.
 */
export class Identities {
  readonly #known = new Map<string, Known>();
  #generation = 0;

  constructor(
    readonly records: Records,
    readonly clock: Clock,
    readonly secret: string,
  ) {}

  /** Drops everything remembered: called after every change of an account, token or session. */
  forget(): void {
    this.#generation++;
    this.#known.clear();
  }

  /** The owner of a session cookie; a visitor where it is forged, expired or its account disabled. */
  async bySession(cookie: string): Promise<Actor> {
    const token = openCookie(cookie, this.secret);
    if (token === null) return anonymous;
    return (await this.#remember(`session ${token}`, () => this.#session(token))) ?? anonymous;
  }

  /** The owner of an API token. Throws `token_invalid`, the same for unknown, expired, revoked and disabled. */
  async byToken(token: string): Promise<Actor> {
    const actor = tokenPattern.test(token)
      ? await this.#remember(`token ${token}`, () => this.#token(token))
      : null;
    if (!actor) throw new AppError('token_invalid');
    return actor;
  }

  async #remember(
    key: string,
    load: () => Promise<{ actor: Actor; ends: Date | null } | null>,
  ): Promise<Actor | null> {
    const hit = this.#known.get(key);
    if (hit && hit.until > performance.now() && (!hit.ends || hit.ends > this.clock.now())) return hit.actor;
    const generation = this.#generation;
    const found = await load();
    if (this.#known.size >= MOST) this.#known.clear();
    if (!found) this.#known.delete(key);
    // What was read before a change that came in the meantime is not kept.
    else if (generation === this.#generation)
      this.#known.set(key, { ...found, until: performance.now() + KEEP });
    return found?.actor ?? null;
  }

  async #session(token: string) {
    const row = await withAuth(this.records)
      .selectFrom('auth.session as s')
      .innerJoin('auth.user as u', 'u.id', 's.userId')
      .select((eb) => ['u.id', 'u.name', grantsOf(eb.ref('u.id'), this.records)])
      .where('s.token', '=', token)
      // Sessions live by the clock of the machine, as the library that makes them does.
      .where('s.expiresAt', '>', sql<Date>`now()`)
      .where('u.disabledAt', 'is', null)
      .executeTakeFirst();
    return row ? { actor: toActor(row, 'session'), ends: null } : null;
  }

  async #token(token: string) {
    const now = this.clock.now();
    const row = await withAuth(this.records)
      .selectFrom('apiToken as t')
      .innerJoin('auth.user as u', 'u.id', 't.userId')
      .select((eb) => [
        'u.id',
        'u.name',
        't.id as tokenId',
        't.expiresAt',
        't.lastUsedAt',
        grantsOf(eb.ref('u.id'), this.records),
      ])
      .where('t.tokenHash', '=', sha256(token))
      .where('t.revokedAt', 'is', null)
      .where((eb) => eb.or([eb('t.expiresAt', 'is', null), eb('t.expiresAt', '>', now)]))
      .where('u.disabledAt', 'is', null)
      .executeTakeFirst();
    if (!row) return null;
    if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000)
      await this.records
        .updateTable('apiToken')
        .set({ lastUsedAt: now })
        .where('id', '=', row.tokenId)
        .execute();
    return { actor: toActor(row, 'token'), ends: row.expiresAt };
  }
}

/** All grants of the account that `userId` refers to, as one JSON column `grants` in a stable order. */
export function grantsOf(userId: ReturnType<typeof sql.ref> | object, records: Records) {
  return jsonArrayFrom(
    records
      .selectFrom('accountGrant as g')
      .select(['g.role', 'g.organisation', 'g.region'])
      .where('g.userId', '=', userId as never)
      .orderBy('g.role')
      .orderBy('g.organisation')
      .orderBy('g.region'),
  ).as('grants');
}

function toActor(row: { id: string; name: string; grants: Grant[] }, via: 'session' | 'token'): Actor {
  return { kind: 'user', id: row.id, name: row.name, grants: row.grants, via };
}
