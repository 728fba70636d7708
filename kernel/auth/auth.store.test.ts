import { createOTP } from '@better-auth/utils/otp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { system } from '#kernel/policy/policy';
import { browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import type { Account } from './auth.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await testPlatform();
});
afterAll(() => t.close());
beforeEach(() => t.clean());

const by = { actor: system };
const password = 'river lamp nine stones';
const leader = { role: 'leader', organisation: null, region: null };

/** Posts to a sign-in call as a browser would. */
function post(path: string, payload: object, cookie = '', origin: string = browser.origin) {
  const headers = { host: browser.host, ...(origin && { origin }), ...(cookie && { cookie }) };
  return t.app.inject({ method: 'POST', url: `/api/auth${path}`, payload, headers });
}

type Answer = Awaited<ReturnType<typeof post>>;

/** The cookies of an answer, as the next request sends them. */
function cookiesOf(answer: Answer, before = ''): string {
  const jar = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((c) => c.split(/=(.*)/s) as [string, string]),
  );
  for (const c of answer.cookies)
    if (c.maxAge === 0) jar.delete(c.name);
    else jar.set(c.name, encodeURIComponent(c.value));
  return [...jar].map(([k, v]) => `${k}=${v}`).join('; ');
}

const actorOf = (headers: Record<string, string>) => t.platform.auth.authenticate({ headers } as never);

const person = (username: string, more: object = {}): Promise<Account> =>
  t.platform.auth.createAccount(by, {
    username,
    name: `${username} 的名字`,
    password,
    grants: [leader],
    ...more,
  });

describe('signing in', () => {
  it('opens a session that names the account and its grants, and leaves a trace', async () => {
    const account = await person('wang.fang');
    const answer = await post('/sign-in/username', { username: ' WANG.Fang ', password });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ twoFactorRedirect: false });
    expect(String(answer.headers['set-cookie'])).toMatch(/^zc\.session_token=.*HttpOnly; SameSite=Lax$/);
    expect(await actorOf({ cookie: cookiesOf(answer) })).toEqual({
      kind: 'user',
      id: account.id,
      name: 'wang.fang 的名字',
      grants: [leader],
      via: 'session',
    });
    const trail = await t.platform.records.selectFrom('auditLog').selectAll().orderBy('seq').execute();
    expect(trail.map((r) => [r.action, r.objectId])).toEqual([
      ['account.create', account.id],
      ['account.sign-in', account.id],
    ]);
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true, rows: 2 });
    expect((await t.platform.auth.findAccount(account.id))?.lastSignInAt).toEqual(t.clock.now());
  });

  it('says the same for a wrong password and for nobody', async () => {
    await person('wang');
    const wrong = await post('/sign-in/username', { username: 'wang', password: 'not the password' });
    const nobody = await post('/sign-in/username', { username: 'nobody', password });
    expect(wrong.statusCode).toBe(401);
    expect(nobody.statusCode).toBe(401);
    const { requestId: _a, ...first } = wrong.json();
    const { requestId: _b, ...second } = nobody.json();
    expect(first).toEqual(second);
    expect(first.code).toBe('sign_in_failed');
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('stays closed to strangers: no sign-up, no other call, no other method', async () => {
    const body = { email: 'a@example.cn', password, name: 'a', username: 'a' };
    for (const path of [
      '/sign-up/email',
      '/sign-in/email',
      '/update-user',
      '/get-session',
      '/__proto__',
      '/',
    ])
      expect((await post(path, body)).statusCode, path).toBe(404);
    expect((await t.app.inject('/api/auth/sign-in/username')).statusCode).toBe(404);
    expect((await post('/sign-in/social', {})).statusCode).toBe(404);
    expect((await t.platform.auth.listAccounts()).total).toBe(0);
  });

  it('answers bad input with 400 and its place', async () => {
    const answer = await post('/sign-in/username', { username: 'wang' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'validation', issues: [{ path: '/body/password' }] });
    expect((await post('/sign-in/username', { username: { $gt: '' }, password })).statusCode).toBe(400);
    const raw = await t.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/username',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect(raw.statusCode).toBe(400);
  });

  it('refuses other sites', async () => {
    await person('wang');
    const body = { username: 'wang', password };
    const elsewhere = await post('/sign-in/username', body, '', 'https://evil.example');
    expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([403, 'cross_origin']);
    const cookie = cookiesOf(await post('/sign-in/username', body));
    expect((await post('/sign-out', {}, cookie, 'https://evil.example')).statusCode).toBe(403);
    expect((await post('/sign-out', {}, cookie, '')).statusCode).toBe(403);
    expect((await actorOf({ cookie })).kind).toBe('user');
  });

  it('slows down guessing from one address, counts wrong passwords only, and forgives after the window', async () => {
    await person('wang');
    const attempt = (pw: string) => post('/sign-in/username', { username: 'wang', password: pw });
    for (let i = 0; i < 3; i++) expect((await attempt(password)).statusCode).toBe(200);
    const codes = [];
    for (let i = 0; i < 21; i++) codes.push((await attempt('wrong but long enough')).statusCode);
    expect(codes).toEqual([...Array(20).fill(401), 429]);
    const locked = await attempt(password);
    expect(locked.json()).toMatchObject({ code: 'sign_in_locked', params: { seconds: 300 } });
    t.clock.set('2019-06-30T09:05:01+08:00');
    expect((await attempt(password)).statusCode).toBe(200);
    t.clock.set('2019-06-30T09:00:00+08:00');
  }, 60_000);

  it('ends with sign-out, at once', async () => {
    await person('wang');
    const cookie = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    expect((await actorOf({ cookie })).kind).toBe('user');
    const out = await post('/sign-out', {}, cookie);
    expect(out.statusCode).toBe(200);
    expect((await actorOf({ cookie })).kind).toBe('anonymous');
  });

  it('takes a forged, foreign or empty cookie for a visitor, without an error', async () => {
    const account = await person('wang');
    const good = await t.platform.auth.openSession(account.id);
    for (const cookie of [
      'zc.session_token=',
      'zc.session_token=abc.def',
      good.slice(0, -6),
      `x${good}`,
      'a',
    ])
      expect((await actorOf({ cookie })).kind, cookie).toBe('anonymous');
    await t.platform.stores.pool.query("update auth.session set expires_at = now() - interval '1 s'");
    expect((await actorOf({ cookie: good })).kind).toBe('anonymous');
  });

  it('asks the store nothing for a visitor', async () => {
    const connect = vi.spyOn(t.platform.stores.pool, 'connect');
    const closed = { headers: { cookie: 'theme=dark', authorization: 'Basic eDp5' } } as never;
    expect(await t.platform.auth.authenticate(closed)).toMatchObject({ kind: 'anonymous' });
    expect(connect).not.toHaveBeenCalled();
    connect.mockRestore();
  });
});

describe('passwords', () => {
  it('are changed by their owner, which ends the other sessions', async () => {
    await person('wang');
    const other = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    const mine = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    const next = 'another long sentence here';
    const weak = await post(
      '/change-password',
      { currentPassword: password, newPassword: 'wang123456' },
      mine,
    );
    expect([weak.statusCode, weak.json().code]).toEqual([400, 'password_weak']);
    const wrong = await post('/change-password', { currentPassword: 'x', newPassword: next }, mine);
    expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'password_wrong']);
    const changed = await post('/change-password', { currentPassword: password, newPassword: next }, mine);
    expect(changed.statusCode).toBe(200);
    expect(JSON.stringify(changed.json())).toBe('{"ok":true}');
    expect((await actorOf({ cookie: other })).kind).toBe('anonymous');
    expect((await actorOf({ cookie: cookiesOf(changed, mine) })).kind).toBe('user');
    expect((await post('/sign-in/username', { username: 'wang', password })).statusCode).toBe(401);
    expect((await post('/sign-in/username', { username: 'wang', password: next })).statusCode).toBe(200);
    expect(
      (await post('/change-password', { currentPassword: next, newPassword: password })).statusCode,
    ).toBe(401);
  });
});

describe('the second factor', () => {
  it('is set up, asked for, replaced by a backup code once, and reset by an administrator', async () => {
    const account = await person('wang');
    let cookie = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    expect((await post('/two-factor/enable', { password: 'wrong' }, cookie)).json().code).toBe(
      'password_wrong',
    );
    const begun = await post('/two-factor/enable', { password }, cookie);
    const { totpURI, backupCodes } = begun.json() as { totpURI: string; backupCodes: string[] };
    expect(decodeURIComponent(totpURI)).toMatch(/^otpauth:\/\/totp\/知城:wang\?/);
    expect(backupCodes).toHaveLength(10);
    const secret = new URL(totpURI).searchParams.get('secret') as string;
    const digits = () => createOTP(Buffer.from(base32(secret)).toString()).totp();

    // Not asked for until the first code was right.
    expect((await post('/sign-in/username', { username: 'wang', password })).json()).toEqual({
      twoFactorRedirect: false,
    });
    expect((await post('/two-factor/verify-totp', { code: '000000' }, cookie)).json().code).toBe(
      'second_factor_wrong',
    );
    const verified = await post('/two-factor/verify-totp', { code: await digits() }, cookie);
    expect(verified.statusCode).toBe(200);
    cookie = cookiesOf(verified, cookie);
    expect((await actorOf({ cookie })).kind).toBe('user');

    const half = await post('/sign-in/username', { username: 'wang', password });
    expect(half.json()).toEqual({ twoFactorRedirect: true });
    const pending = cookiesOf(half);
    expect((await actorOf({ cookie: pending })).kind).toBe('anonymous');
    const wrong = await post('/two-factor/verify-totp', { code: '000000' }, pending);
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'second_factor_wrong']);
    const full = await post('/two-factor/verify-totp', { code: await digits() }, pending);
    expect((await actorOf({ cookie: cookiesOf(full) })).id).toBe(account.id);

    const code = backupCodes[0];
    const again = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    expect((await post('/two-factor/verify-backup-code', { code }, again)).statusCode).toBe(200);
    const third = cookiesOf(await post('/sign-in/username', { username: 'wang', password }));
    expect((await post('/two-factor/verify-backup-code', { code }, third)).json().code).toBe(
      'backup_code_wrong',
    );

    expect((await t.platform.auth.findAccount(account.id))?.twoFactor).toBe(true);
    await t.platform.auth.resetTwoFactor(by, account.id);
    expect((await actorOf({ cookie })).kind).toBe('anonymous');
    expect((await post('/sign-in/username', { username: 'wang', password })).json()).toEqual({
      twoFactorRedirect: false,
    });
    const actions = await t.platform.records.selectFrom('auditLog').select('action').orderBy('seq').execute();
    expect(actions.map((a) => a.action)).toEqual([
      'account.create',
      'account.sign-in',
      'account.two-factor.begin',
      'account.sign-in',
      'account.two-factor.enable',
      'account.sign-in',
      'account.sign-in',
      'account.two-factor.reset',
      'account.sign-in',
    ]);
  });
});

/** Decodes RFC 4648 base32 without padding. */
function base32(text: string): Uint8Array {
  const bits = [...text.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (b) => Number.parseInt(b, 2));
}
