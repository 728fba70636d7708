import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import { AppError } from '#kernel/errors';
import type { Log } from '#kernel/log';
import { type Actor, anonymous, type Policy } from '#kernel/policy/policy';
import type { Records, Trx } from '#kernel/records';
import { type AccountUseCases, accountUseCases } from './accounts.ts';
import { isSecure, openBetterAuth } from './better.ts';
import { mountBridge } from './bridge.ts';
import { findCookie, sessionCookieName, signCookie } from './cookie.ts';
import { Identities } from './identities.ts';
import { authSecret } from './secret.ts';
import { withAuth } from './tables.ts';
import { Throttle } from './throttle.ts';
import { type TokenUseCases, tokenUseCases } from './tokens.ts';

export type { Account, AccountFilter, OidcLink } from './account.ts';
export type { AccountChange, By, NewAccount } from './accounts.ts';
export type { NewToken, TokenInfo } from './tokens.ts';

/** What accounts stand on; the migrations of the kernel have run. */
export interface AuthOptions {
  config: Pick<
    Config,
    | 'ZC_DATA'
    | 'ZC_ORIGIN'
    | 'ZC_OIDC_ISSUER'
    | 'ZC_OIDC_CLIENT_ID'
    | 'ZC_OIDC_CLIENT_SECRET'
    | 'ZC_OIDC_NAME'
  >;
  records: Records;
  policy: Policy;
  clock: Clock;
  log: Log;
}

/** Accounts, sign-in and tokens: who sends a request, and what administrators do with accounts. */
export interface Auth extends AccountUseCases, TokenUseCases {
  /**
   * One transaction for changes of accounts together with what a module stores beside them: all of it or nothing. Inside
   * it use the given use cases alone. A change of an existing account locks the accounts before its line in the audit log,
   * so make such changes before lines of your own.
   */
  changing<T>(work: (trx: Trx, accounts: AccountUseCases) => Promise<T>): Promise<T>;
  /**
   * Who sends this request: the owner of a Bearer token, else of the session cookie, else a visitor. Throws
   * `token_invalid` (401) for a token that is unknown, expired, revoked or of a disabled account; a bad cookie is a visitor.
   */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Registers `/api/auth/*` (kernel/auth/calls.ts lists the calls). */
  mount(app: FastifyInstance): void;
  /** Prolongs the session that the request carries, when it is a day old; the web calls it as `GET /api/me`. */
  prolong(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Name of the identity provider on the sign-in button, or null when none is configured. */
  readonly oidcName: string | null;
  /** Opens a session without a password and returns its Cookie header: for tests and measurements only. */
  openSession(userId: string): Promise<string>;
  /** Forgets sessions, second steps and counts that have run out. */
  clean(): Promise<void>;
}

export const Auth = {
  /** Opens accounts. The identity provider is asked in the background: one that is down delays nothing. */
  async open(o: AuthOptions): Promise<Auth> {
    const secret = authSecret(o.config.ZC_DATA);
    const cookieName = sessionCookieName(isSecure(o.config));
    const identities = new Identities(o.records, o.clock, secret);
    const changed = () => identities.forget();
    const better = openBetterAuth({ ...o, secret });
    const hash = async (password: string) => (await better.$context).password.hash(password);
    const accounts = accountUseCases({ ...o, hash, changed });
    const tokens = tokenUseCases({ ...o, changed });
    const throttle = new Throttle(o.records);

    async function authenticate(request: FastifyRequest): Promise<Actor> {
      const { authorization, cookie } = request.headers;
      const bearer = /^Bearer +(.*)$/i.exec(authorization ?? '');
      // Other schemes belong to a proxy in front.
      if (bearer) return identities.byToken(bearer[1]?.trim() ?? '');
      const value = findCookie(cookie, cookieName);
      return value === null ? anonymous : identities.bySession(value);
    }

    return {
      ...accounts,
      ...tokens,
      async changing(work) {
        const result = await o.records.transaction().execute((trx) => {
          const within = accountUseCases({ ...o, records: trx, trx, hash, changed: () => {} });
          return work(trx, within);
        });
        changed();
        return result;
      },
      authenticate,
      oidcName: o.config.ZC_OIDC_ISSUER ? o.config.ZC_OIDC_NAME : null,
      mount: (app) =>
        mountBridge(app, {
          ...o,
          better,
          identities,
          accounts,
          throttle,
          cookieName,
          origin: o.config.ZC_ORIGIN,
          oidc: o.config.ZC_OIDC_ISSUER !== undefined,
          authenticate,
        }),
      async prolong(request, reply) {
        const { cookie } = request.headers;
        if (!cookie || findCookie(cookie, cookieName) === null) return;
        const { headers } = await better.api.getSession({
          headers: new Headers({ cookie }),
          returnHeaders: true,
        });
        const cookies = headers.getSetCookie();
        if (cookies.length > 0) reply.header('set-cookie', cookies);
      },
      async openSession(userId) {
        const { internalAdapter } = await better.$context;
        const session = await internalAdapter.createSession(userId);
        if (!session) throw new AppError('not_found', { what: userId });
        return `${cookieName}=${signCookie(session.token, secret)}`;
      },
      async clean() {
        const db = withAuth(o.records);
        const now = new Date();
        await db.deleteFrom('auth.session').where('expiresAt', '<', now).execute();
        await db.deleteFrom('auth.verification').where('expiresAt', '<', now).execute();
        await throttle.clean(o.clock.now());
      },
    };
  },
};
