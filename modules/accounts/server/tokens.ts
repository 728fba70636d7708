import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import * as contract from '../contract.ts';
import { accountError } from './errors.ts';
import { tokenView } from './views.ts';

/** API tokens: everybody's own, and those of others for administrators. */
export function tokenRoutes(platform: Platform): Route[] {
  const { auth, clock, policy } = platform;

  /** Whose tokens are meant; others' need the permission. */
  function ownerFor(actor: Actor, userId: string | undefined): string {
    if (userId !== undefined && userId !== actor.id) policy.demand(actor, contract.accountsManage);
    return userId ?? actor.id ?? '';
  }

  return [
    route(contract.listTokens, async ({ actor, query }) => {
      if (query.all === 'true') policy.demand(actor, contract.accountsManage);
      const filter = query.all === 'true' ? {} : { userId: ownerFor(actor, query.userId) };
      const tokens = await auth.listTokens(filter);
      return { tokens: tokens.map((token) => tokenView(token, clock.now())) };
    }),
    route(contract.createToken, async (call) => {
      // A stolen token must not outlive its revocation by having made others.
      if (call.actor.via === 'token') throw accountError('token_by_token');
      const { name, expiresAt } = call.body;
      return auth.createToken(call, {
        userId: ownerFor(call.actor, call.body.userId),
        name,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      });
    }),
    route(contract.revokeToken, async (call) => {
      const [token] = await auth.listTokens({ id: call.params.id });
      const others = token && token.userId !== call.actor.id;
      // Whether somebody else's token exists is nobody's business.
      if (!token || (others && !policy.can(call.actor, contract.accountsManage)))
        throw new AppError('not_found', { what: '令牌' });
      await auth.revokeToken(call, token.id);
      return { ok: true as const };
    }),
  ];
}
