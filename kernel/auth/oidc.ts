import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import type { Records } from '#kernel/records';
import { type OidcLinkKind, withAuth } from './tables.ts';

/** The claims of a verified ID token or user-info answer that decide whom it names. */
export interface OidcProfile {
  sub?: string | number | null;
  email?: string | null;
  email_verified?: unknown;
  preferred_username?: unknown;
  name?: string | null;
}

/** What a profile claims to be, in the form in which administrators' entries are stored. An unproven e-mail is none. */
export function claimsOf(profile: OidcProfile): { kind: OidcLinkKind; value: string }[] {
  const claims: { kind: OidcLinkKind; value: string }[] = [];
  if (profile.sub != null) claims.push({ kind: 'subject', value: String(profile.sub) });
  if (typeof profile.email === 'string' && isTrue(profile.email_verified))
    claims.push({ kind: 'email', value: profile.email.toLowerCase() });
  if (typeof profile.preferred_username === 'string')
    claims.push({ kind: 'username', value: profile.preferred_username.toLowerCase() });
  return claims;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/**
 * Joins a verified profile to the account that an administrator named for it, on its first sign-in. From then on the
 * provider's subject alone counts. Strangers stay unjoined and are refused by better-auth, which may not sign anybody up.
 * Returns the fields that better-auth demands of every profile.
 */
export async function linkFromProvider(
  records: Records,
  log: Log,
  profile: OidcProfile,
): Promise<{ email: string; name: string }> {
  const subject = profile.sub == null ? null : String(profile.sub);
  const claims = claimsOf(profile);
  if (subject !== null) {
    const db = withAuth(records);
    const known = await db
      .selectFrom('auth.account')
      .select('id')
      .where('providerId', '=', 'oidc')
      .where('accountId', '=', subject)
      .executeTakeFirst();
    if (!known) {
      const links = await db
        .selectFrom('auth.oidcLink as l')
        .innerJoin('auth.user as u', 'u.id', 'l.userId')
        .select(['l.userId', 'l.kind', 'l.value'])
        .where('u.disabledAt', 'is', null)
        .where((eb) =>
          eb.or(claims.map((c) => eb.and([eb('l.kind', '=', c.kind), eb('l.value', '=', c.value)]))),
        )
        .execute();
      // The strongest claim decides: subject before e-mail before user name, as claimsOf orders them.
      const link = claims.flatMap((c) => links.filter((l) => l.kind === c.kind && l.value === c.value))[0];
      if (link) {
        const now = new Date();
        const made = await db
          .insertInto('auth.account')
          .columns(['id', 'userId', 'accountId', 'providerId', 'password', 'createdAt', 'updatedAt'])
          .expression((eb) =>
            eb
              .selectFrom('auth.user')
              .select((s) => [
                s.val(newId()).as('id'),
                'id as userId',
                s.val(subject).as('accountId'),
                s.val('oidc').as('providerId'),
                s.val<string | null>(null).as('password'),
                s.val(now).as('createdAt'),
                s.val(now).as('updatedAt'),
              ])
              .where('id', '=', link.userId)
              // One person at the provider per account: a second one is a stranger.
              .where((w) =>
                w.not(
                  w.exists(
                    w
                      .selectFrom('auth.account as a')
                      .select('a.id')
                      .where('a.userId', '=', link.userId)
                      .where('a.providerId', '=', 'oidc'),
                  ),
                ),
              ),
          )
          .onConflict((c) => c.columns(['providerId', 'accountId']).doNothing())
          .returning('userId')
          .executeTakeFirst();
        log.info({ userId: link.userId, by: link.kind, joined: Boolean(made) }, 'identity provider account');
      }
    }
  }
  return { email: profile.email ?? `${subject ?? 'nobody'}@users.invalid`, name: profile.name ?? '' };
}
