import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Grant } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { grantsOf } from './identities.ts';
import { type OidcLinkKind, withAuth } from './tables.ts';

/** Whom the identity provider may sign in to an account, as an administrator entered it. */
export interface OidcLink {
  kind: OidcLinkKind;
  value: string;
}

/** An account as administrators see it. Nothing is ever deleted: who leaves is disabled. */
export interface Account {
  id: string;
  username: string;
  name: string;
  /** Null where the account has no address of its own. */
  email: string | null;
  disabledAt: Date | null;
  /** Rises with every change; give it back with the next change to notice a colleague's. */
  version: number;
  grants: Grant[];
  hasPassword: boolean;
  twoFactor: boolean;
  /** `joined` once the named person signed in through the provider. */
  oidc: (OidcLink & { joined: boolean }) | null;
  createdAt: Date;
  lastSignInAt: Date | null;
}

/** Which accounts to list; `search` looks in user name, name and e-mail. */
export interface AccountFilter {
  search?: string | undefined;
  role?: string | undefined;
  disabled?: boolean | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

const noMail = '@users.invalid';

/** The address to store: everybody has one, and those without an own get one that can never receive mail. */
export function storedEmail(email: string | null | undefined, username: string): string {
  return email ? email.trim().toLowerCase() : `${username}${noMail}`;
}

/** The address as people know it, null where there is none. */
export function realEmail(stored: string): string | null {
  return stored.endsWith(noMail) ? null : stored;
}

/** The stored form of a user name: what looks the same is the same. */
export function normalUsername(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Accounts with everything that {@link toAccount} needs; the user is `u`. */
export function accountRows(db: Records) {
  return withAuth(db)
    .selectFrom('auth.user as u')
    .leftJoin('auth.oidcLink as l', 'l.userId', 'u.id')
    .select((eb) => [
      'u.id',
      'u.username',
      'u.name',
      'u.email',
      'u.disabledAt',
      'u.version',
      'u.createdAt',
      'u.lastSignInAt',
      'l.kind',
      'l.value',
      sql<boolean>`coalesce(u.two_factor_enabled, false)`.as('twoFactor'),
      signsInBy('credential').as('hasPassword'),
      signsInBy('oidc').as('joined'),
      grantsOf(eb.ref('u.id'), db),
    ]);
}

function signsInBy(provider: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from auth.account a where a.user_id = u.id and a.provider_id = ${provider})`;
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof accountRows>['executeTakeFirstOrThrow']>>;

/** One row of {@link accountRows} as an account. */
export function toAccount(row: AccountRow): Account {
  const { kind, value, joined, email, username, ...rest } = row;
  return {
    ...rest,
    username: username ?? '',
    email: realEmail(email),
    oidc: kind !== null && value !== null ? { kind, value, joined } : null,
  };
}

/** The condition of a filter on the user `u`. */
export function fits(filter: AccountFilter): RawBuilder<SqlBool> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  const words = filter.search?.trim();
  if (words) {
    const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(u.username ilike ${like} or u.name ilike ${like} or u.email ilike ${like})`);
  }
  if (filter.disabled !== undefined)
    parts.push(filter.disabled ? sql`u.disabled_at is not null` : sql`u.disabled_at is null`);
  if (filter.role !== undefined)
    parts.push(
      sql`exists (select 1 from account_grant r where r.user_id = u.id and r.role = ${filter.role})`,
    );
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`;
}
