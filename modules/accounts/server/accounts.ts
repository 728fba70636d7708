import type { Account } from '#kernel/auth/auth';
import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Grant } from '#kernel/policy/policy';
import { directory } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { accountError } from './errors.ts';
import { accountView } from './views.ts';

/** Accounts and roles, for administrators. */
export function accountRoutes(platform: Platform): Route[] {
  const { auth, policy } = platform;
  const view = (account: Account) => accountView(platform, account);

  /** Grants may name only departments and regions that exist. */
  async function checkPlaces(grants: readonly Grant[]): Promise<readonly Grant[]> {
    const lookup = await directory(platform).lookup();
    for (const g of grants) {
      if (g.organisation && !lookup.department(g.organisation))
        throw accountError('grant_place', { place: g.organisation });
      if (g.region && !lookup.region(g.region)) throw accountError('grant_place', { place: g.region });
    }
    return grants;
  }

  /** A change refused because a colleague was faster carries the account as the web knows it. */
  async function shown(change: Promise<Account>) {
    try {
      return await view(await change);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'account_changed') throw error;
      const current = await view(error.params.current as Account);
      throw new AppError(error.code, { ...error.params, current });
    }
  }

  return [
    route(contract.listAccounts, async ({ query }) => {
      const { page, pageSize } = query;
      const found = await auth.listAccounts({
        search: query.search,
        role: query.role,
        disabled: query.disabled === undefined ? undefined : query.disabled === 'true',
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      return { accounts: await Promise.all(found.accounts.map(view)), total: found.total, page, pageSize };
    }),
    route(contract.getAccount, async ({ params }) => {
      const account = await auth.findAccount(params.id);
      if (!account) throw new AppError('not_found', { what: '账号' });
      return view(account);
    }),
    route(contract.createAccount, async (call) =>
      view(await auth.createAccount(call, { ...call.body, grants: await checkPlaces(call.body.grants) })),
    ),
    route(contract.updateAccount, (call) => shown(auth.updateAccount(call, call.params.id, call.body))),
    route(contract.setGrants, async (call) => {
      const grants = await checkPlaces(call.body.grants);
      return shown(auth.setGrants(call, call.params.id, grants, call.body.version));
    }),
    route(contract.disableAccount, (call) =>
      shown(auth.disableAccount(call, call.params.id, call.body.version)),
    ),
    route(contract.enableAccount, (call) =>
      shown(auth.enableAccount(call, call.params.id, call.body.version)),
    ),
    route(contract.resetPassword, (call) =>
      shown(auth.resetPassword(call, call.params.id, call.body.password, call.body.version)),
    ),
    route(contract.resetTwoFactor, (call) =>
      shown(auth.resetTwoFactor(call, call.params.id, call.query.version)),
    ),
    route(contract.listRoles, async () => ({
      roles: [...policy.roles.values()].map((role) => ({
        ...role,
        permissions: [...policy.permissions.values()]
          .filter((p) => p.roles.includes(role.id))
          .map(({ id, title }) => ({ id, title })),
      })),
    })),
  ];
}
