import { newId } from '#kernel/ids';
import type { Grant } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import type { OidcLink } from './account.ts';
import { authError } from './errors.ts';
import { withAuth } from './tables.ts';

/** Sets the password hash of an account, which better-auth keeps as the account `credential`. */
export async function putPassword(trx: Trx, userId: string, hash: string, now: Date): Promise<void> {
  await withAuth(trx)
    .insertInto('auth.account')
    .values({
      id: newId(),
      userId,
      accountId: userId,
      providerId: 'credential',
      password: hash,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((c) => c.columns(['providerId', 'accountId']).doUpdateSet({ password: hash, updatedAt: now }))
    .execute();
}

/** Adds grants; the caller has checked them and taken the old ones away. */
export async function putGrants(
  trx: Trx,
  userId: string,
  grants: readonly Grant[],
  createdBy: string | null,
  now: Date,
): Promise<void> {
  if (grants.length === 0) return;
  await trx
    .insertInto('accountGrant')
    .values(grants.map((g) => ({ userId, ...g, createdBy, createdAt: now })))
    .execute();
}

/** Names the person at the identity provider (or nobody), and parts the account from whoever was joined before. */
export async function putLink(trx: Trx, userId: string, link: OidcLink | null): Promise<void> {
  const db = withAuth(trx);
  await db.deleteFrom('auth.account').where('userId', '=', userId).where('providerId', '=', 'oidc').execute();
  await db.deleteFrom('auth.oidcLink').where('userId', '=', userId).execute();
  if (!link) return;
  // A subject is taken to the letter; e-mail addresses and user names are compared in lower case.
  const value = link.kind === 'subject' ? link.value.trim() : link.value.trim().toLowerCase();
  await db.insertInto('auth.oidcLink').values({ userId, kind: link.kind, value }).execute();
}

const fields: Record<string, { zh: string; en: string }> = {
  user_username_key: { zh: '用户名', en: 'user name' },
  user_email_key: { zh: '电子邮箱', en: 'e-mail address' },
  oidc_link_kind_value_key: { zh: '统一身份认证标识', en: 'identity at the provider' },
};

/** Runs a change and turns a value that belongs to another account into `account_exists` (409) naming the field. */
export async function unique<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const e = error as { code?: unknown; constraint?: unknown; detail?: unknown };
    const field = fields[String(e.constraint)];
    if (e.code !== '23505' || !field) throw error;
    const value = /=\((.*)\)/.exec(String(e.detail))?.[1] ?? '';
    throw authError('account_exists', { field_zh: field.zh, field_en: field.en, value });
  }
}
