import { randomBytes } from 'node:crypto';
import { audit } from '#kernel/audit/audit';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/errors';
import { newId, sha256 } from '#kernel/ids';
import type { Records } from '#kernel/records';
import type { By } from './accounts.ts';
import { withAuth } from './tables.ts';

/** A token as its owner sees it; the token itself is shown once, when it is made. */
export interface TokenInfo {
  id: string;
  userId: string;
  username: string;
  name: string;
  /** Its last four characters, to tell tokens apart. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** What a token is made of; the account is named by id or by user name. */
export interface NewToken {
  userId: string;
  name: string;
  expiresAt?: Date | null | undefined;
}

/** What the use cases stand on. */
export interface TokensContext {
  records: Records;
  clock: Clock;
  /** Called after a change was committed. */
  changed(): void;
}

/** API tokens for machines: 256 random bits behind `zc_`; the store keeps their SHA-256 alone. */
export function tokenUseCases({ records, clock, changed }: TokensContext) {
  /** Makes a token for an enabled account. The answer holds the only copy. */
  async function createToken(by: By, input: NewToken): Promise<{ id: string; token: string }> {
    const token = `zc_${randomBytes(32).toString('base64url')}`;
    const id = newId();
    await records.transaction().execute(async (trx) => {
      const now = clock.now();
      const user = await withAuth(trx)
        .selectFrom('auth.user')
        .select(['id', 'username'])
        .where('id', '=', input.userId)
        .where('disabledAt', 'is', null)
        .forShare()
        .executeTakeFirst();
      if (!user) throw new AppError('not_found', { what: '可用的账号' });
      if (input.expiresAt && input.expiresAt <= now)
        throw new AppError('validation', {}, [
          { path: '/body/expiresAt', code: 'past', message: 'the end of a token lies in the future' },
        ]);
      await trx
        .insertInto('apiToken')
        .values({
          id,
          userId: user.id,
          name: input.name,
          tokenHash: sha256(token),
          hint: token.slice(-4),
          createdAt: now,
          expiresAt: input.expiresAt ?? null,
        })
        .execute();
      await audit(trx, now, {
        actor: by.actor,
        requestId: by.requestId ?? null,
        action: 'token.create',
        objectType: 'token',
        objectId: id,
        detail: { username: user.username, name: input.name, expiresAt: input.expiresAt ?? null },
      });
    });
    return { id, token };
  }

  /** Makes a token useless, at once in this process and within five seconds in others. Repeating it changes nothing. */
  async function revokeToken(by: By, id: string): Promise<void> {
    await records.transaction().execute(async (trx) => {
      const now = clock.now();
      const row = await trx
        .updateTable('apiToken')
        .set({ revokedAt: now })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .returning(['userId', 'name'])
        .executeTakeFirst();
      if (!row) return;
      await audit(trx, now, {
        actor: by.actor,
        requestId: by.requestId ?? null,
        action: 'token.revoke',
        objectType: 'token',
        objectId: id,
        detail: row,
      });
    });
    changed();
  }

  /** Tokens of one account, or of all, newest first; revoked ones too. */
  async function listTokens(filter: { userId?: string | undefined; id?: string | undefined } = {}) {
    let query = withAuth(records)
      .selectFrom('apiToken as t')
      .innerJoin('auth.user as u', 'u.id', 't.userId')
      .select([
        't.id',
        't.userId',
        'u.username',
        't.name',
        't.hint',
        't.createdAt',
        't.expiresAt',
        't.lastUsedAt',
        't.revokedAt',
      ])
      .orderBy('t.createdAt', 'desc')
      .orderBy('t.id', 'desc')
      .limit(1000);
    if (filter.userId !== undefined) query = query.where('t.userId', '=', filter.userId);
    if (filter.id !== undefined) query = query.where('t.id', '=', filter.id);
    const rows = await query.execute();
    return rows.map((r): TokenInfo => ({ ...r, username: r.username ?? '' }));
  }

  return { createToken, revokeToken, listTokens };
}

/** See {@link tokenUseCases}. */
export type TokenUseCases = ReturnType<typeof tokenUseCases>;
