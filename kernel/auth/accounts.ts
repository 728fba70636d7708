import { sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Actor, Grant, Policy, Scope } from '#kernel/policy/policy';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import {
  type Account,
  type AccountFilter,
  accountRows,
  fits,
  normalUsername,
  type OidcLink,
  storedEmail,
  toAccount,
} from './account.ts';
import { checkGrants, checkName, checkUsername } from './check.ts';
import { authError } from './errors.ts';
import { checkPassword } from './password.ts';
import { putGrants, putLink, putPassword, unique } from './store.ts';
import { withAuth } from './tables.ts';

/** Who acts, for the audit log. A handler's call fits as it is. */
export interface By {
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  requestId?: string | null;
}

/** What a new account is made of. Without a password it signs in through the identity provider or not at all. */
export interface NewAccount {
  username: string;
  name: string;
  password?: string | undefined;
  email?: string | null | undefined;
  grants?: readonly Grant[] | undefined;
  oidc?: OidcLink | null | undefined;
}

/** Changes of an account; absent fields stay. `version` is the one that was looked at. */
export interface AccountChange {
  version?: number | undefined;
  username?: string | undefined;
  name?: string | undefined;
  email?: string | null | undefined;
  oidc?: OidcLink | null | undefined;
}

/** What the use cases stand on. */
export interface AccountsContext {
  records: Records;
  /** Where given, everything happens in this open transaction instead of one of its own; `records` is the same. */
  trx?: Trx;
  policy: Policy;
  clock: Clock;
  hash(password: string): Promise<string>;
  /** Called after a change was committed. */
  changed(): void;
}

/**
 * What can be done with accounts. Every change and its trace in the audit log are stored together or not at all; with
 * `version` a change fails as `account_changed` (409, the current state in its parameters) when a colleague was faster.
 */
export function accountUseCases(ctx: AccountsContext) {
  const { records, policy } = ctx;
  const inOne = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    ctx.trx ? work(ctx.trx) : records.transaction().execute(work);

  async function createAccount(by: By, input: NewAccount): Promise<Account> {
    const username = checkUsername(input.username);
    const name = checkName(input.name);
    if (input.password !== undefined) checkPassword(input.password, [username, name]);
    const grants = checkGrants(policy, input.grants ?? []);
    const password = input.password === undefined ? null : await ctx.hash(input.password);
    const id = newId();
    const account = await unique(() =>
      inOne(async (trx) => {
        const now = ctx.clock.now();
        const email = storedEmail(input.email, username);
        await withAuth(trx)
          .insertInto('auth.user')
          .values({ id, name, username, email, createdAt: now, updatedAt: now })
          .execute();
        if (password) await putPassword(trx, id, password, now);
        await putGrants(trx, id, grants, by.actor.id, now);
        if (input.oidc) await putLink(trx, id, input.oidc);
        await audit(trx, now, {
          ...trace(by, 'account.create', id),
          detail: { username, name, grants, oidc: input.oidc ?? null, password: password !== null },
        });
        return read(trx, id);
      }),
    );
    ctx.changed();
    return account;
  }

  async function updateAccount(by: By, id: string, change: AccountChange): Promise<Account> {
    const wanted = {
      ...(change.username !== undefined && { username: checkUsername(change.username) }),
      ...(change.name !== undefined && { name: checkName(change.name) }),
      ...(change.email !== undefined && { email: change.email }),
      ...(change.oidc !== undefined && { oidc: change.oidc }),
    };
    return alter(by, id, change.version, 'account.update', async (trx, before) => {
      const after = { ...before, ...wanted };
      await withAuth(trx)
        .updateTable('auth.user')
        .set({
          username: after.username,
          name: after.name,
          email: storedEmail(after.email, after.username),
        })
        .where('id', '=', id)
        .execute();
      if (change.oidc !== undefined) await putLink(trx, id, change.oidc);
      const fields = Object.keys(wanted) as (keyof typeof wanted)[];
      const part = (a: Partial<Account>) => Object.fromEntries(fields.map((f) => [f, a[f] ?? null]));
      return { before: part(before), after: part(wanted as Partial<Account>) };
    });
  }

  /** Replaces all grants. Throws `last_administrator` when nobody enabled would be administrator any more. */
  async function setGrants(by: By, id: string, grants: readonly Grant[], version?: number): Promise<Account> {
    const wanted = checkGrants(policy, grants);
    return alter(by, id, version, 'account.grants', async (trx, before) => {
      await trx.deleteFrom('accountGrant').where('userId', '=', id).execute();
      await putGrants(trx, id, wanted, by.actor.id, ctx.clock.now());
      await keepAnAdministrator(trx, before);
      return { before: before.grants, after: wanted };
    });
  }

  /** Ends every session and makes tokens useless, at once. Throws `last_administrator`. */
  async function disableAccount(by: By, id: string, version?: number): Promise<Account> {
    return alter(by, id, version, 'account.disable', async (trx, before) => {
      await withAuth(trx)
        .updateTable('auth.user')
        .set({ disabledAt: before.disabledAt ?? ctx.clock.now() })
        .where('id', '=', id)
        .execute();
      await endSessions(trx, id);
      await keepAnAdministrator(trx, before);
    });
  }

  /** Lets a disabled account in again, with the grants it had. */
  async function enableAccount(by: By, id: string, version?: number): Promise<Account> {
    return alter(by, id, version, 'account.enable', async (trx) => {
      await withAuth(trx).updateTable('auth.user').set({ disabledAt: null }).where('id', '=', id).execute();
    });
  }

  /** Sets a new password and ends every session of the account. */
  async function resetPassword(by: By, id: string, password: string, version?: number): Promise<Account> {
    const account = await findAccount(id);
    if (!account) throw noAccount();
    checkPassword(password, [account.username, account.name]);
    const hash = await ctx.hash(password);
    return alter(by, id, version, 'account.password.reset', async (trx) => {
      await putPassword(trx, id, hash, ctx.clock.now());
      await endSessions(trx, id);
    });
  }

  /** Takes the second factor away, for somebody who lost it; the next sign-in needs the password alone. */
  async function resetTwoFactor(by: By, id: string, version?: number): Promise<Account> {
    return alter(by, id, version, 'account.two-factor.reset', async (trx) => {
      const db = withAuth(trx);
      await db.deleteFrom('auth.twoFactor').where('userId', '=', id).execute();
      await db.updateTable('auth.user').set({ twoFactorEnabled: false }).where('id', '=', id).execute();
      await endSessions(trx, id);
    });
  }

  /** The account of an id, or undefined. */
  async function findAccount(id: string): Promise<Account | undefined> {
    const row = await accountRows(records).where('u.id', '=', id).executeTakeFirst();
    return row && toAccount(row);
  }

  /** The account of a user name, or undefined. */
  async function findAccountByUsername(username: string): Promise<Account | undefined> {
    const row = await accountRows(records)
      .where('u.username', '=', normalUsername(username))
      .executeTakeFirst();
    return row && toAccount(row);
  }

  /** A page of accounts in the order of their user names, with the number of all that fit. */
  async function listAccounts(filter: AccountFilter = {}): Promise<{ accounts: Account[]; total: number }> {
    const [rows, count] = await Promise.all([
      accountRows(records)
        .where(fits(filter))
        .orderBy('u.username')
        .orderBy('u.id')
        .limit(filter.limit ?? 100)
        .offset(filter.offset ?? 0)
        .execute(),
      withAuth(records)
        .selectFrom('auth.user as u')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where(fits(filter))
        .executeTakeFirstOrThrow(),
    ]);
    return { accounts: rows.map(toAccount), total: count.total };
  }

  /**
   * Ids of the enabled accounts that hold a permission in that scope, as {@link Policy.can} decides; for notifications.
   * Inside a transaction give it as `db`.
   */
  async function usersHolding(
    permission: string,
    scope: Scope = {},
    db: Records | Trx = records,
  ): Promise<string[]> {
    const def = policy.permissions.get(permission);
    if (!def) throw new Error(`unknown permission ${permission}`);
    if (def.roles.length === 0) return [];
    const rows = await withAuth(db)
      .selectFrom('accountGrant as g')
      .innerJoin('auth.user as u', 'u.id', 'g.userId')
      .select(['u.id', 'u.name', 'g.role', 'g.organisation', 'g.region'])
      .where('u.disabledAt', 'is', null)
      .where('g.role', 'in', [...def.roles])
      .orderBy('u.id')
      .execute();
    const holding = rows.filter((row) =>
      policy.can({ kind: 'user', id: row.id, name: row.name, grants: [row], via: null }, permission, scope),
    );
    return [...new Set(holding.map((row) => row.id))];
  }

  /** One change of one account: locked, compared with the version that was looked at, counted up and traced. */
  async function alter(
    by: By,
    id: string,
    version: number | undefined,
    action: string,
    apply: (trx: Trx, before: Account) => Promise<object | undefined>,
  ): Promise<Account> {
    const account = await unique(() =>
      inOne(async (trx) => {
        // One lock for all accounts: two administrators who each take the other's role must not both succeed.
        await lockInTrx(trx, 'accounts');
        const row = await accountRows(trx).where('u.id', '=', id).executeTakeFirst();
        if (!row) throw noAccount();
        const before = toAccount(row);
        if (version !== undefined && version !== before.version)
          throw authError('account_changed', {
            username: before.username,
            version: before.version,
            current: before,
          });
        const detail = await apply(trx, before);
        const now = ctx.clock.now();
        await withAuth(trx)
          .updateTable('auth.user')
          .set({ version: before.version + 1, updatedAt: now })
          .where('id', '=', id)
          .execute();
        await audit(trx, now, {
          ...trace(by, action, id),
          detail: { username: before.username, ...detail },
        });
        return read(trx, id);
      }),
    );
    ctx.changed();
    return account;
  }

  return {
    createAccount,
    updateAccount,
    setGrants,
    disableAccount,
    enableAccount,
    resetPassword,
    resetTwoFactor,
    findAccount,
    findAccountByUsername,
    listAccounts,
    usersHolding,
  };
}

/** See {@link accountUseCases}. */
export type AccountUseCases = ReturnType<typeof accountUseCases>;

const noAccount = () => new AppError('not_found', { what: '账号' });

function trace(by: By, action: string, objectId: string) {
  return { actor: by.actor, requestId: by.requestId ?? null, action, objectType: 'account', objectId };
}

async function read(trx: Trx, id: string): Promise<Account> {
  return toAccount(await accountRows(trx).where('u.id', '=', id).executeTakeFirstOrThrow());
}

async function endSessions(trx: Trx, userId: string): Promise<void> {
  await withAuth(trx).deleteFrom('auth.session').where('userId', '=', userId).execute();
}

/** After a change that may have taken an administrator away: at least one must be left. */
async function keepAnAdministrator(trx: Trx, before: Account): Promise<void> {
  const was = before.disabledAt === null && before.grants.some((g) => g.role === 'administrator');
  if (!was) return;
  const left = await withAuth(trx)
    .selectFrom('accountGrant as g')
    .innerJoin('auth.user as u', 'u.id', 'g.userId')
    .select(sql<number>`1`.as('one'))
    .where('g.role', '=', 'administrator')
    .where('u.disabledAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (!left) throw authError('last_administrator');
}
