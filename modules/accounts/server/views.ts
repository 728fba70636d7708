import type { Account, TokenInfo } from '#kernel/auth/auth';
import type { FileInfo } from '#kernel/files/files';
import type { Platform } from '#kernel/module';
import type { Grant } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import type { AccountView, FileView, GrantView } from '../contract.ts';

/** A moment for JSON. */
export const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Grants with the titles of their roles and today's names of departments and regions. */
export async function grantViews(platform: Platform, grants: readonly Grant[]): Promise<GrantView[]> {
  if (grants.length === 0) return [];
  const lookup = await directory(platform).lookup();
  const today = platform.clock.today();
  return grants.map((g) => ({
    role: g.role,
    title: platform.policy.roles.get(g.role)?.title ?? { zh: g.role, en: g.role },
    organisation: g.organisation
      ? { id: g.organisation, name: lookup.departmentName(g.organisation, today)?.zh ?? g.organisation }
      : null,
    region: g.region
      ? { id: g.region, name: lookup.regionAt(g.region, today)?.at.name.zh ?? g.region }
      : null,
  }));
}

/** An account for the administrator's pages. */
export async function accountView(platform: Platform, account: Account): Promise<AccountView> {
  const disabled = account.disabledAt !== null;
  return {
    ...account,
    grants: await grantViews(platform, account.grants),
    disabledAt: iso(account.disabledAt),
    createdAt: account.createdAt.toISOString(),
    lastSignInAt: iso(account.lastSignInAt),
    abilities: { disable: !disabled, enable: disabled, resetTwoFactor: account.twoFactor },
  };
}

/** A token without its secret, on a day and for somebody who may revoke it. */
export function tokenView(token: TokenInfo, now: Date) {
  const expired = token.expiresAt !== null && token.expiresAt <= now;
  const state = token.revokedAt ? ('revoked' as const) : expired ? ('expired' as const) : ('active' as const);
  return {
    ...token,
    state,
    createdAt: token.createdAt.toISOString(),
    expiresAt: iso(token.expiresAt),
    lastUsedAt: iso(token.lastUsedAt),
    revokedAt: iso(token.revokedAt),
    abilities: { revoke: state !== 'revoked' },
  };
}

/** A kept file. */
export function fileView({ id, name, size, mediaType, sha256, createdAt }: FileInfo): FileView {
  return { id, name, size, mediaType, sha256, createdAt: createdAt.toISOString() };
}
