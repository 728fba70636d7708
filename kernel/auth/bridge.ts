import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { audit } from '#kernel/audit/audit';
import type { Clock } from '#kernel/clock';
import { AppError } from '#kernel/errors';
import type { Log } from '#kernel/log';
import type { Actor } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import type { AccountUseCases } from './accounts.ts';
import type { Better } from './better.ts';
import { type AuthCall, authCalls } from './calls.ts';
import { findCookie } from './cookie.ts';
import { authError } from './errors.ts';
import type { Identities } from './identities.ts';
import { checkPassword } from './password.ts';
import { withAuth } from './tables.ts';
import type { Throttle } from './throttle.ts';

/** What the bridge between Fastify and better-auth stands on. */
export interface BridgeContext {
  better: Better;
  records: Records;
  clock: Clock;
  log: Log;
  identities: Identities;
  accounts: AccountUseCases;
  throttle: Throttle;
  cookieName: string;
  oidc: boolean;
  /** Address under which people reach the platform, when it is configured. */
  origin: string | undefined;
  authenticate(request: FastifyRequest): Promise<Actor>;
}

const root = '/api/auth';

/** Registers the calls of {@link authCalls}; any other address below `/api/auth` answers 404. */
export function mountBridge(app: FastifyInstance, ctx: BridgeContext): void {
  app.route({
    method: ['GET', 'POST'],
    url: `${root}/*`,
    schema: { hide: true } as object,
    handler: (request, reply) => answer(ctx, request, reply),
  });
}

async function answer(ctx: BridgeContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const path = new URL(request.url, 'http://any').pathname.slice(root.length);
  const call = Object.hasOwn(authCalls, path) ? authCalls[path] : undefined;
  if (!call || call.method !== request.method || (path.endsWith('/social') && !ctx.oidc))
    throw new AppError('not_found', { what: request.url.split('?')[0] });
  if (call.method === 'POST') refuseOtherSites(ctx, request);
  const body = readBody(call, request.body);
  const before = await ctx.authenticate(request);
  const username = path === '/sign-in/username' ? String(body?.username) : null;
  if (username !== null) await ctx.throttle.begin(request.ip, username, ctx.clock.now());
  if (path === '/change-password') await checkNewPassword(ctx, before, String(body?.newPassword));

  const response = await ctx.better.handler(toWebRequest(request, body));
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  reply.header('cache-control', 'no-store');
  if (response.status >= 400) {
    const error = await toAppError(response);
    if (username !== null)
      ctx.log.info({ username, ip: request.ip, code: error.code, reqId: request.id }, 'sign-in refused');
    throw error;
  }
  if (username !== null) await ctx.throttle.succeed(request.ip, username);
  ctx.identities.forget();
  await trace(ctx, request, call, before, cookies);
  if (response.status >= 300) return reply.redirect(response.headers.get('location') ?? '/', response.status);
  const json = ((await response.json().catch(() => null)) ?? {}) as Record<string, unknown>;
  const out = call.answer(json);
  if (typeof out.totpURI === 'string') out.totpURI = await nameTotp(ctx, before, out.totpURI);
  return reply.send(out);
}

/** Another site may not sign its visitors in here either, so a foreign Origin is refused with or without a cookie. */
function refuseOtherSites(ctx: BridgeContext, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (!origin || (ctx.origin && origin === new URL(ctx.origin).origin)) return;
  const ours = `${URL.canParse(origin) ? new URL(origin).protocol : 'http:'}//${request.host}`;
  // Through the parser both lose the port that their scheme implies.
  if (!URL.canParse(ours) || new URL(ours).origin !== origin) throw new AppError('cross_origin');
}

function readBody(call: AuthCall, raw: unknown): Record<string, unknown> | undefined {
  if (!call.body) return undefined;
  const parsed = call.body.safeParse(raw ?? undefined);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'validation',
    {},
    parsed.error.issues.map((i) => ({
      path: `/body/${i.path.join('/')}`,
      code: i.code,
      message: i.message,
    })),
  );
}

async function checkNewPassword(ctx: BridgeContext, actor: Actor, password: string): Promise<void> {
  if (actor.id === null || actor.via !== 'session') throw new AppError('not_signed_in');
  const account = await ctx.accounts.findAccount(actor.id);
  checkPassword(password, [account?.username ?? '', actor.name]);
}

/** Headers that better-auth needs; addresses of proxies and the like come from Fastify alone. */
const passed = [
  'cookie',
  'origin',
  'referer',
  'user-agent',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
];

function toWebRequest(request: FastifyRequest, body: Record<string, unknown> | undefined): Request {
  const headers = new Headers({ 'x-zc-ip': request.ip });
  for (const name of passed) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (body) headers.set('content-type', 'application/json');
  let url: URL;
  try {
    url = new URL(request.url, `${request.protocol}://${request.host}`);
  } catch {
    throw new AppError('bad_request', { why: 'Host' });
  }
  return new Request(url, { method: request.method, headers, ...(body && { body: JSON.stringify(body) }) });
}

/** Writes who did what: a sign-in when a visitor came back with a session, else the call's own verb. */
async function trace(
  ctx: BridgeContext,
  request: FastifyRequest,
  call: AuthCall,
  before: Actor,
  cookies: readonly string[],
): Promise<void> {
  const opened = cookies
    .map((c) => findCookie(c.split(';')[0], ctx.cookieName))
    .find((value) => value !== null && value !== '');
  const signedIn = before.kind === 'anonymous' && opened ? await ctx.identities.bySession(opened) : null;
  const actor = signedIn ?? before;
  const action = signedIn ? 'account.sign-in' : call.action;
  if (actor.kind !== 'user' || actor.id === null || !action) return;
  const { id } = actor;
  const now = ctx.clock.now();
  await ctx.records.transaction().execute(async (trx) => {
    if (signedIn)
      await withAuth(trx).updateTable('auth.user').set({ lastSignInAt: now }).where('id', '=', id).execute();
    await audit(trx, now, {
      actor,
      action,
      objectType: 'account',
      objectId: id,
      requestId: request.id,
      detail: signedIn ? { ip: request.ip } : {},
    });
  });
}

/** Shows the user name in the authenticator instead of an address that may be made up. */
async function nameTotp(ctx: BridgeContext, actor: Actor, uri: string): Promise<string> {
  const account = actor.id === null ? undefined : await ctx.accounts.findAccount(actor.id);
  if (!account) return uri;
  return uri.replace(/^(otpauth:\/\/totp\/[^:?]*:)[^?]*/, `$1${encodeURIComponent(account.username)}`);
}

type ErrorOf = () => AppError;
const byCode: Readonly<Record<string, ErrorOf>> = {
  INVALID_USERNAME_OR_PASSWORD: () => authError('sign_in_failed'),
  USERNAME_TOO_SHORT: () => authError('sign_in_failed'),
  USERNAME_TOO_LONG: () => authError('sign_in_failed'),
  INVALID_USERNAME: () => authError('sign_in_failed'),
  PASSWORD_TOO_LONG: () => authError('sign_in_failed'),
  ACCOUNT_DISABLED: () => authError('account_disabled'),
  INVALID_CODE: () => authError('second_factor_wrong'),
  INVALID_BACKUP_CODE: () => authError('backup_code_wrong'),
  INVALID_TWO_FACTOR_COOKIE: () => authError('second_factor_expired'),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => authError('second_factor_expired'),
  ACCOUNT_TEMPORARILY_LOCKED: () => authError('second_factor_locked'),
  TOTP_NOT_ENABLED: () => authError('second_factor_state'),
  TOTP_ALREADY_ENABLED: () => authError('second_factor_state'),
  TWO_FACTOR_NOT_ENABLED: () => authError('second_factor_state'),
  BACKUP_CODES_NOT_ENABLED: () => authError('second_factor_state'),
  INVALID_PASSWORD: () => authError('password_wrong'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => authError('password_absent'),
  PROVIDER_NOT_FOUND: () => authError('oidc_unavailable'),
  INVALID_ORIGIN: () => new AppError('cross_origin'),
  MISSING_OR_NULL_ORIGIN: () => new AppError('cross_origin'),
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: () => new AppError('cross_origin'),
};

/** better-auth's refusals in the platform's words. */
async function toAppError(response: Response): Promise<AppError> {
  const json = ((await response.json().catch(() => null)) ?? {}) as { code?: unknown; message?: unknown };
  const known = byCode[String(json.code)];
  if (known) return known();
  if (response.status === 429)
    return new AppError('too_many', { seconds: Number(response.headers.get('x-retry-after')) || 10 });
  if (response.status === 401) return new AppError('not_signed_in');
  if (response.status === 404) return new AppError('not_found', { what: root });
  // Its own failures come from the record store, whose recovery is a matter of moments.
  if (response.status >= 500) return new AppError('unavailable');
  return new AppError('bad_request', { why: String(json.message ?? json.code ?? response.status) });
}
