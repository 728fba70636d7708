import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import { browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { Identities } from './identities.ts';
import { authSecret } from './secret.ts';
import { throttle } from './throttle.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await testPlatform();
});
afterAll(() => t.close());
beforeEach(() => t.clean());

const by = { actor: system };
const password = 'river lamp nine stones';

interface From {
  remoteAddress?: string;
  headers?: Record<string, string>;
}

const post = (path: string, payload: object, from: From = {}, on = t) =>
  on.app.inject({
    method: 'POST',
    url: `/api/auth${path}`,
    payload,
    ...(from.remoteAddress && { remoteAddress: from.remoteAddress }),
    headers: { ...browser, ...from.headers },
  });

const signIn = (pw: string, from: From = {}, on = t) =>
  post('/sign-in/username', { username: 'wang', password: pw }, from, on);

const make = (username: string) => t.platform.auth.createAccount(by, { username, name: username, password });

describe('limits', () => {
  it('count each address by itself, whatever the client claims to be', async () => {
    await make('wang');
    const guess = (n: number) =>
      signIn('wrong but long', {
        remoteAddress: '203.0.113.9',
        headers: { 'x-forwarded-for': `198.51.100.${n}`, 'x-zc-ip': `198.51.100.${n}` },
      });
    const answers = [];
    for (let n = 0; n <= throttle.perAddress; n++) answers.push((await guess(n)).statusCode);
    expect(answers.at(-1)).toBe(429);
    expect((await signIn(password, { remoteAddress: '203.0.113.9' })).statusCode).toBe(429);
    expect((await signIn(password, { remoteAddress: '203.0.113.10' })).statusCode).toBe(200);
  }, 60_000);

  it('believe a proxy only when told to', async () => {
    const behind = await testPlatform({ env: { ZC_TRUST_PROXY: 'on' } });
    try {
      await make('wang');
      const from = (address: string): From => ({ headers: { 'x-forwarded-for': address } });
      const keys = async () =>
        (await t.platform.stores.pool.query("select key from auth.attempt where key like 'address%'")).rows;
      await signIn('wrong but long', from('198.51.100.7'), behind);
      expect(await keys()).toEqual([{ key: 'address 198.51.100.7' }]);
      await signIn('wrong but long', from('198.51.100.8'));
      expect(await keys()).toEqual([{ key: 'address 198.51.100.7' }, { key: 'address 127.0.0.1' }]);
    } finally {
      await behind.close();
    }
  });

  it('let nobody through by asking many times at once', async () => {
    await make('wang');
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('wrong but long')));
    const codes = answers.map((a) => a.statusCode);
    expect(codes.filter((c) => c === 401)).toHaveLength(throttle.perAddress);
    expect(codes.filter((c) => c === 429)).toHaveLength(30 - throttle.perAddress);
  }, 60_000);

  it('hold for other calls too, are shared by processes, and say how long to wait', async () => {
    const account = await make('wang');
    const other = await testPlatform();
    try {
      const cookie = await t.platform.auth.openSession(account.id);
      const change = (on: TestPlatform, remoteAddress: string) =>
        post(
          '/change-password',
          { currentPassword: 'wrong', newPassword: 'some other long words' },
          { remoteAddress, headers: { cookie } },
          on,
        );
      const codes = [];
      for (let n = 0; n < 11; n++) codes.push((await change(n % 2 ? t : other, '203.0.113.9')).statusCode);
      expect(codes).toEqual([...Array(10).fill(400), 429]);
      const refused = (await change(t, '203.0.113.9')).json();
      expect(refused.code).toBe('too_many');
      expect(refused.params.seconds).toBeGreaterThan(0);
      expect(refused.params.seconds).toBeLessThanOrEqual(60);
      expect((await change(t, '203.0.113.10')).statusCode).toBe(400);
    } finally {
      await other.close();
    }
  }, 60_000);
});

describe('under https', () => {
  it('the cookie is marked secure, and the configured origin is ours whatever the proxy makes of it', async () => {
    const origin = 'https://zc.example.cn';
    const secure = await testPlatform({ env: { ZC_ORIGIN: origin } });
    try {
      await make('wang');
      const from = (host: string, where: string): From => ({ headers: { host, origin: where } });
      const answer = await signIn(password, from('127.0.0.1:8080', origin), secure);
      expect(answer.statusCode).toBe(200);
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Secure-zc\.session_token=.*; HttpOnly; Secure/,
      );
      const cookie = answer.cookies.map((c) => `${c.name}=${encodeURIComponent(c.value)}`).join('; ');
      const actor = await secure.platform.auth.authenticate({ headers: { cookie } } as never);
      expect(actor.name).toBe('wang');
      const evil = await signIn(password, from('zc.example.cn', 'https://evil.example'), secure);
      expect(evil.statusCode).toBe(403);
      const out = await post(
        '/sign-out',
        {},
        { headers: { host: '127.0.0.1:8080', origin, cookie } },
        secure,
      );
      expect(out.statusCode).toBe(200);
    } finally {
      await secure.close();
    }
  });
});

describe('what is remembered', () => {
  it('is not filled again by an answer that was on its way when the account was disabled', async () => {
    const account = await make('wang');
    const cookie = (await t.platform.auth.openSession(account.id)).split('=').slice(1).join('=');
    const gates: (() => void)[] = [];
    const slow = t.platform.records.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        await new Promise<void>((open) => gates.push(open));
        return result;
      },
    }) as Records;
    const identities = new Identities(slow, t.clock, authSecret(t.config.ZC_DATA));
    const asked = identities.bySession(cookie);
    while (gates.length === 0) await new Promise((next) => setImmediate(next));
    await t.platform.auth.disableAccount(by, account.id);
    identities.forget();
    gates.shift()?.();
    expect((await asked).kind).toBe('user');
    const again = identities.bySession(cookie);
    while (gates.length === 0) await new Promise((next) => setImmediate(next));
    gates.shift()?.();
    expect((await again).kind).toBe('anonymous');
  });

  it('is tidied: what ran out goes, what counts stays', async () => {
    const account = await make('wang');
    const gone = await t.platform.auth.openSession(account.id);
    const { pool } = t.platform.stores;
    await pool.query("update auth.session set expires_at = now() - interval '1 minute'");
    const live = await t.platform.auth.openSession(account.id);
    await signIn('wrong but long');
    await t.platform.auth.clean();
    const count = async (table: string) => (await pool.query(`select count(*) as n from ${table}`)).rows[0].n;
    expect([await count('auth.session'), await count('auth.attempt')]).toEqual([1, 2]);
    const kind = async (cookie: string) =>
      (await t.platform.auth.authenticate({ headers: { cookie } } as never)).kind;
    expect([await kind(gone), await kind(live)]).toEqual(['anonymous', 'user']);
    t.clock.set('2019-06-30T09:10:00+08:00');
    await t.platform.auth.clean();
    t.clock.set('2019-06-30T09:00:00+08:00');
    expect(await count('auth.attempt')).toBe(0);
  });
});
