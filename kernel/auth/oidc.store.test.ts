import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { system } from '#kernel/policy/policy';
import { type TestProvider, testProvider } from '#kernel/testing/oidc';
import { browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import type { OidcLink } from './auth.ts';

let t: TestPlatform;
let provider: TestProvider;
beforeAll(async () => {
  // It warns of runtimes that it does not know and of its own defaults.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'info').mockImplementation(() => {});
  provider = await testProvider(`${browser.origin}/api/auth/callback/oidc`);
  t = await open(provider.issuer);
});
afterAll(async () => {
  await t.close();
  await provider.close();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  await t.clean();
  provider.people.clear();
});

const open = (issuer: string) =>
  testPlatform({
    env: {
      ZC_ORIGIN: browser.origin,
      ZC_OIDC_ISSUER: issuer,
      ZC_OIDC_CLIENT_ID: 'zhicheng',
      ZC_OIDC_CLIENT_SECRET: 'a-secret-of-the-city',
      ZC_OIDC_NAME: '市统一身份认证',
    },
  });

const by = { actor: system };
const account = (username: string, oidc: OidcLink | null, more: object = {}) =>
  t.platform.auth.createAccount(by, { username, name: username, oidc, ...more });

/** A browser that keeps cookies for both sites and follows redirects until it is back on one of our pages. */
async function signInAs(subject: string, body: object = { callbackURL: '/plan' }) {
  provider.signIn(subject);
  const ours = new Map<string, string>();
  const theirs = new Map<string, string>();
  const send = (jar: Map<string, string>) => [...jar].map(([k, v]) => `${k}=${v}`).join('; ');
  const begun = await t.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/social',
    payload: body,
    headers: browser,
  });
  if (begun.statusCode !== 200)
    return { status: begun.statusCode, page: '', cookie: '', code: begun.json().code };
  for (const c of begun.cookies) ours.set(c.name, encodeURIComponent(c.value));
  let next = begun.json().url as string;
  expect(next).toContain('code_challenge_method=S256');
  for (let hop = 0; hop < 12; hop++) {
    if (next.startsWith('/') && !next.startsWith('/api/')) break;
    if (next.startsWith(browser.origin) || next.startsWith('/')) {
      const url = new URL(next, browser.origin);
      if (!url.pathname.startsWith('/api/')) break;
      const answer = await t.app.inject({
        url: url.pathname + url.search,
        headers: { host: browser.host, cookie: send(ours) },
      });
      for (const c of answer.cookies) ours.set(c.name, encodeURIComponent(c.value));
      expect(answer.statusCode).toBe(302);
      next = String(answer.headers.location);
    } else {
      const answer = await fetch(next, { redirect: 'manual', headers: { cookie: send(theirs) } });
      for (const c of answer.headers.getSetCookie()) {
        const [pair] = c.split(';');
        const [name, value] = (pair as string).split(/=(.*)/s);
        theirs.set(name as string, value as string);
      }
      const to = answer.headers.get('location');
      expect(to, await answer.text()).not.toBeNull();
      next = new URL(to as string, next).href;
    }
  }
  return { status: 200, page: next, cookie: send(ours), code: '' };
}

const actorOf = (cookie: string) => t.platform.auth.authenticate({ headers: { cookie } } as never);

describe('sign-in through the identity provider', () => {
  it('lets in whom an administrator named by subject, and remembers them', async () => {
    provider.people.set('u-17', { email: 'wang@elsewhere.example', email_verified: true, name: '王芳' });
    const made = await account('wang', { kind: 'subject', value: 'u-17' });
    expect(made.oidc).toEqual({ kind: 'subject', value: 'u-17', joined: false });
    const first = await signInAs('u-17');
    expect(first.page).toBe('/plan');
    expect(await actorOf(first.cookie)).toMatchObject({
      kind: 'user',
      id: made.id,
      name: 'wang',
      via: 'session',
    });
    expect((await t.platform.auth.findAccount(made.id))?.oidc?.joined).toBe(true);
    const again = await signInAs('u-17');
    expect((await actorOf(again.cookie)).id).toBe(made.id);
    const trail = await t.platform.records.selectFrom('auditLog').select('action').orderBy('seq').execute();
    expect(trail.map((r) => r.action)).toEqual(['account.create', 'account.sign-in', 'account.sign-in']);
    // The provider's tokens are of no use here and are not kept; nor does it overwrite what the city entered.
    const { rows } = await t.platform.stores.pool.query(
      `select coalesce(access_token, refresh_token, id_token) as kept from auth.account`,
    );
    expect(rows).toEqual([{ kept: null }]);
    expect(await t.platform.auth.findAccount(made.id)).toMatchObject({ name: 'wang', email: null });
  });

  it('lets in by a verified e-mail address and by the user name there, in any case of letters', async () => {
    provider.people.set('a', { email: 'Wang@Office.example', email_verified: true });
    provider.people.set('b', { preferred_username: 'Li.Ming' });
    const wang = await account('wang', { kind: 'email', value: 'wang@office.EXAMPLE' });
    const li = await account('li', { kind: 'username', value: 'LI.ming' });
    expect((await actorOf((await signInAs('a')).cookie)).id).toBe(wang.id);
    expect((await actorOf((await signInAs('b')).cookie)).id).toBe(li.id);
  });

  it('keeps to the subject once joined: a name that passes to somebody else opens nothing', async () => {
    provider.people.set('old', { preferred_username: 'wang' });
    const wang = await account('wang', { kind: 'username', value: 'wang' });
    expect((await actorOf((await signInAs('old')).cookie)).id).toBe(wang.id);
    provider.people.set('old', { preferred_username: 'wang.old' });
    provider.people.set('new', { preferred_username: 'wang' });
    expect((await signInAs('new')).page).toMatch(/error=/);
    expect((await actorOf((await signInAs('old')).cookie)).id).toBe(wang.id);
    // Until the administrator names the person anew.
    await t.platform.auth.updateAccount(by, wang.id, { oidc: { kind: 'subject', value: 'new' } });
    expect((await actorOf((await signInAs('new')).cookie)).id).toBe(wang.id);
    expect((await signInAs('old')).page).toMatch(/error=/);
  });

  it('refuses strangers, and those who only look like somebody', async () => {
    await account('wang', { kind: 'email', value: 'wang@office.example' }, { email: 'wang@office.example' });
    await account('boss', null, { email: 'boss@office.example' });
    provider.people.set('stranger', {
      email: 'x@y.example',
      email_verified: true,
      preferred_username: 'boss',
    });
    provider.people.set('unproven', { email: 'wang@office.example', email_verified: false });
    provider.people.set('same-mail', { email: 'boss@office.example', email_verified: true });
    provider.people.set('made-up', { email: 'boss@users.invalid', email_verified: true });
    for (const subject of ['stranger', 'unproven', 'same-mail', 'made-up']) {
      const { page, cookie } = await signInAs(subject);
      expect(page, subject).toMatch(/\/sign-in\?error=/);
      expect((await actorOf(cookie)).kind, subject).toBe('anonymous');
    }
    expect((await t.platform.auth.listAccounts()).total).toBe(2);
    const { rows } = await t.platform.stores.pool.query('select * from auth.account');
    expect(rows).toEqual([]);
  });

  it('refuses the disabled, saying so', async () => {
    provider.people.set('u', {});
    const made = await account('wang', { kind: 'subject', value: 'u' });
    await signInAs('u');
    await t.platform.auth.disableAccount(by, made.id);
    const { page, cookie } = await signInAs('u');
    expect(page).toContain('error=ACCOUNT_DISABLED');
    expect((await actorOf(cookie)).kind).toBe('anonymous');
  });

  it('signs nobody up even when asked to, and returns to our own pages alone', async () => {
    provider.people.set('x', { email: 'x@y.example', email_verified: true });
    const asked = { callbackURL: '/plan', requestSignUp: true, provider: 'github', scopes: ['admin'] };
    expect((await signInAs('x', asked)).page).toMatch(/error=/);
    expect((await t.platform.auth.listAccounts()).total).toBe(0);
    for (const callbackURL of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:1'])
      expect((await signInAs('x', { callbackURL })).status, callbackURL).toBe(400);
  });

  it('refuses an answer that this browser did not ask for', async () => {
    provider.people.set('u', {});
    await account('wang', { kind: 'subject', value: 'u' });
    const answer = await t.app.inject({
      url: '/api/auth/callback/oidc?code=abc&state=0123456789',
      headers: { host: browser.host },
    });
    expect(answer.statusCode).toBe(302);
    expect(String(answer.headers.location)).toMatch(/\/sign-in\?error=/);
    expect(answer.cookies.find((c) => c.name === 'zc.session_token')?.value ?? '').toBe('');
  });

  it('is offered by name, and a provider that is down delays no start and heals', async () => {
    expect(t.platform.auth.oidcName).toBe('市统一身份认证');
    const port = Number(new URL(provider.issuer).port);
    await provider.close();
    const late = await open(provider.issuer);
    try {
      const ask = () =>
        late.app.inject({ method: 'POST', url: '/api/auth/sign-in/social', payload: {}, headers: browser });
      const down = await ask();
      expect([down.statusCode, down.json().code]).toEqual([503, 'oidc_unavailable']);
      provider = await testProvider(`${browser.origin}/api/auth/callback/oidc`, port);
      const up = await ask();
      expect(up.statusCode).toBe(200);
      expect(up.json().url).toContain(provider.issuer);
    } finally {
      await late.close();
    }
  });
});
