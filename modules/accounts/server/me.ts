import { type Route, route } from '#kernel/http/route';
import { isDemo } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import { getMe } from '../contract.ts';
import { unreadOf } from './inbox.ts';
import { grantViews } from './views.ts';

/** Longest time, in milliseconds, for which "no demonstration data" is believed. */
const KEEP = 60_000;

/** `GET /api/me`. A visitor costs no question to the store. */
export function meRoutes(platform: Platform): Route[] {
  const { auth, pack, policy } = platform;
  const demo = rememberDemo(platform);
  return [
    route(getMe, async ({ actor, request, reply }) => {
      reply.header('cache-control', 'no-store');
      const account = actor.id === null ? undefined : await auth.findAccount(actor.id);
      if (actor.via === 'session') await auth.prolong(request, reply);
      return {
        actor: {
          kind: actor.kind,
          id: actor.id,
          name: actor.name,
          username: account?.username ?? null,
          via: actor.via,
        },
        permissions: policy.held(actor),
        grants: await grantViews(platform, actor.grants),
        unread: actor.id === null ? 0 : await unreadOf(platform, actor.id),
        demo: await demo(),
        city: { id: pack.city.id, name: pack.city.name },
        oidc: auth.oidcName === null ? null : { name: auth.oidcName },
        security: account ? { hasPassword: account.hasPassword, twoFactor: account.twoFactor } : null,
      };
    }),
  ];
}

/** The mark is set once and never taken back, so a yes is kept for good and a no for a minute. */
function rememberDemo(platform: Platform): () => Promise<boolean> {
  let known: boolean | undefined;
  let until = 0;
  return async () => {
    if (known && performance.now() < until) return known;
    if (known !== true && performance.now() >= until) {
      known = await isDemo(platform);
      until = known ? Number.POSITIVE_INFINITY : performance.now() + KEEP;
    }
    return known ?? false;
  };
}
