import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import type { Text } from '#kernel/text';
import { type GrantView, getMe } from '#modules/accounts/contract';
import { call } from './api.ts';
import { queries, queryOf } from './query.ts';
import { finishSignIn } from './sign-in-prompt.ts';

const meQuery = queryOf(getMe, {}, { interactive: false });

/** Who looks at the page and what they may do. Until the answer is there: a visitor. */
export interface Session {
  known: boolean;
  signedIn: boolean;
  id: string | null;
  name: string;
  permissions: ReadonlySet<string>;
  /** Roles with what they are limited to. */
  grants: readonly GrantView[];
  unread: number;
  demo: boolean;
  /** Name of the city; null until the answer is there. */
  city: Text | null;
  /** The city's own sign-in service, when there is one. */
  oidc: { name: string } | null;
  /** `signed-in`, a permission's id, or undefined for everybody. */
  may(permission: string | undefined): boolean;
}

/** The session, followed by the component. */
export function useSession(): Session {
  const { data } = useQuery({ ...meQuery, staleTime: 60_000 });
  const signedIn = data?.actor.kind === 'user';
  const permissions = new Set(data?.permissions ?? []);
  return {
    known: data !== undefined,
    signedIn,
    id: data?.actor.id ?? null,
    name: data?.actor.name ?? '',
    permissions,
    grants: data?.grants ?? [],
    unread: data?.unread ?? 0,
    demo: data?.demo ?? false,
    city: data?.city.name ?? null,
    oidc: data?.oidc ?? null,
    may: (permission) =>
      permission === undefined || (permission === 'signed-in' ? signedIn : permissions.has(permission)),
  };
}

/** Asks for the session before the first page is drawn, so that navigation does not jump. */
export function preloadSession(): void {
  void queries.prefetchQuery(meQuery);
}

/** Result of the password step: signed in, or a code is still to be given. */
export type SignInStep = 'done' | 'second-factor';

/** First step: name and password. Throws ApiError, 401 when they do not fit. */
export async function signIn(username: string, password: string): Promise<SignInStep> {
  const answer = await post('/api/auth/sign-in/username', { username, password });
  if (answer.twoFactorRedirect === true) return 'second-factor';
  await signedIn();
  return 'done';
}

/** Second step: the six digits of the authenticator, or one of the backup codes. */
export async function verifyCode(code: string): Promise<void> {
  const digits = code.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) await post('/api/auth/two-factor/verify-totp', { code: digits });
  else await post('/api/auth/two-factor/verify-backup-code', { code: code.trim() });
  await signedIn();
}

/** Sends the browser to the city's own sign-in service; it comes back to `returnTo`, a path of this site. */
export async function signInElsewhere(returnTo: string): Promise<void> {
  const answer = await post('/api/auth/sign-in/social', {
    callbackURL: returnTo,
    errorCallbackURL: '/sign-in',
  });
  if (typeof answer.url === 'string') location.assign(answer.url);
}

/** Ends the session; what only its owner may see is dropped from memory. */
export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
  // Nothing of one person stays in the window for the next, such as codes of matters.
  sessionStorage.clear();
  await queries.resetQueries();
}

/** A new session may see more: ask everything again, and let waiting calls go on. */
async function signedIn(): Promise<void> {
  await queries.fetchQuery({ ...meQuery, staleTime: 0 });
  finishSignIn(true);
  void queries.invalidateQueries();
}

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const raw = endpoint({
    method: 'POST',
    path,
    summary: '',
    access: 'public',
    body: z.unknown(),
    response: z.record(z.string(), z.unknown()),
  });
  return (await call(raw, { body, interactive: false })) ?? {};
}
