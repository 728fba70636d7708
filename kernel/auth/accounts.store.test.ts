import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { system } from '#kernel/policy/policy';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import type { Auth } from './auth.ts';

let t: TestPlatform;
let auth: Auth;
beforeAll(async () => {
  t = await testPlatform({
    modules: [
      {
        name: 'sample',
        title: { zh: '样例', en: 'Sample' },
        permissions: [
          {
            id: 'sample.report',
            title: { zh: '填报', en: 'Report' },
            roles: ['administrator', 'department-officer', 'county-officer'],
          },
          { id: 'sample.nobody', title: { zh: '无人', en: 'Nobody' }, roles: [] },
        ],
        setup: () => ({}),
      },
    ],
  });
  auth = t.platform.auth;
});
afterAll(() => t.close());
beforeEach(() => t.clean());

const by = { actor: system };
const admin = { role: 'administrator', organisation: null, region: null };
const at = (role: string, organisation: string | null, region: string | null = null) => ({
  role,
  organisation,
  region,
});

/** The error of a promise that must fail. */
async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('accounts', () => {
  it('are made with what they are given, each user name and address once', async () => {
    const made = await auth.createAccount(by, {
      username: ' Ｗang.Fang ',
      name: ' 王芳 ',
      email: 'Wang@Example.cn',
      grants: [
        at('department-officer', 'finance'),
        at('department-officer', 'finance'),
        at('leader', 'x', 'y'),
      ],
    });
    expect(made).toMatchObject({
      username: 'wang.fang',
      name: '王芳',
      email: 'wang@example.cn',
      version: 1,
      hasPassword: false,
      twoFactor: false,
      oidc: null,
      disabledAt: null,
      lastSignInAt: null,
      grants: [at('department-officer', 'finance'), at('leader', null)],
    });
    expect(await auth.findAccountByUsername('WANG.FANG')).toEqual(made);
    const plain = await auth.createAccount(by, { username: '张三', name: '张三' });
    expect(plain.email).toBeNull();
    const twice = await failure(auth.createAccount(by, { username: 'Wang.fang', name: 'x' }));
    expect([twice.code, twice.status, twice.text.zh]).toEqual([
      'account_exists',
      409,
      '用户名“wang.fang”已被其他账号使用，请换一个',
    ]);
    const mail = await failure(
      auth.createAccount(by, { username: 'other', name: 'x', email: 'WANG@example.cn' }),
    );
    expect(mail.params.field_en).toBe('e-mail address');
    expect((await auth.listAccounts()).total).toBe(2);
  });

  it.each(['', ' ', '-a', 'a b', 'a@b', 'x'.repeat(64), '<b>'])(
    'refuse the user name "%s"',
    async (username) => {
      const error = await failure(auth.createAccount(by, { username, name: 'x' }));
      expect([error.code, error.issues[0]?.path]).toEqual(['validation', '/body/username']);
    },
  );

  it('refuse grants that name too little', async () => {
    for (const grant of [
      at('no-such-role', null),
      at('department-officer', null),
      at('county-officer', 'finance'),
    ])
      expect(
        (await failure(auth.createAccount(by, { username: 'a', name: 'a', grants: [grant] }))).code,
      ).toBe('grant_invalid');
  });

  it('are changed field by field, and a colleague who was slower is told what it is now', async () => {
    const made = await auth.createAccount(by, { username: 'a', name: 'A', email: 'a@example.cn' });
    const first = await auth.updateAccount(by, made.id, { version: made.version, name: '甲' });
    expect(first).toMatchObject({ version: 2, name: '甲', username: 'a', email: 'a@example.cn' });
    const late = await failure(auth.updateAccount(by, made.id, { version: made.version, name: '乙' }));
    expect([late.code, late.status]).toEqual(['account_changed', 409]);
    expect(late.params.current).toEqual(first);
    const renamed = await auth.updateAccount(by, made.id, { username: 'b', email: null });
    expect(renamed).toMatchObject({ username: 'b', email: null, name: '甲', version: 3 });
    const gone = await failure(auth.updateAccount(by, 'no-such-id', { name: 'x' }));
    expect(gone.status).toBe(404);
    const rows = await t.platform.records.selectFrom('auditLog').selectAll().orderBy('seq').execute();
    expect(rows.map((r) => r.detail)).toMatchObject([
      { username: 'a' },
      { username: 'a', before: { name: 'A' }, after: { name: '甲' } },
      {
        username: 'a',
        before: { username: 'a', email: 'a@example.cn' },
        after: { username: 'b', email: null },
      },
    ]);
  });

  it('written at the same time keep one of two changes', async () => {
    const made = await auth.createAccount(by, { username: 'a', name: 'A' });
    const results = await Promise.allSettled(
      ['一', '二', '三', '四'].map((name) => auth.updateAccount(by, made.id, { version: 1, name })),
    );
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    expect((await auth.findAccount(made.id))?.version).toBe(2);
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true, rows: 2 });
  });

  it('are found by words, role and state', async () => {
    await auth.createAccount(by, { username: 'wang', name: '王芳', grants: [admin] });
    const li = await auth.createAccount(by, { username: 'li_50', name: '李 50%', email: 'li@example.cn' });
    await auth.createAccount(by, { username: 'zhao', name: '赵' });
    await auth.disableAccount(by, li.id);
    const names = async (filter: object) => (await auth.listAccounts(filter)).accounts.map((a) => a.username);
    expect(await names({})).toEqual(['li_50', 'wang', 'zhao']);
    expect(await names({ search: '芳' })).toEqual(['wang']);
    expect(await names({ search: 'EXAMPLE' })).toEqual(['li_50']);
    expect(await names({ search: '0%' })).toEqual(['li_50']);
    expect(await names({ search: '%' })).toEqual(['li_50']);
    expect(await names({ role: 'administrator' })).toEqual(['wang']);
    expect(await names({ disabled: true })).toEqual(['li_50']);
    expect(await auth.listAccounts({ disabled: false, limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      accounts: [{ username: 'zhao' }],
    });
  });
});

describe('disabling', () => {
  it('ends sessions and tokens at once, and enabling gives back what was there but the sessions', async () => {
    const account = await auth.createAccount(by, { username: 'a', name: 'A', grants: [at('leader', null)] });
    const cookie = await auth.openSession(account.id);
    const { token } = await auth.createToken(by, { userId: account.id, name: 'script' });
    const ask = (headers: object) => auth.authenticate({ headers } as never);
    const bearer = { authorization: `Bearer ${token}` };
    expect((await ask({ cookie })).kind).toBe('user');
    expect((await ask(bearer)).via).toBe('token');
    await auth.disableAccount(by, account.id);
    expect((await ask({ cookie })).kind).toBe('anonymous');
    expect((await failure(ask(bearer))).code).toBe('token_invalid');
    await expect(auth.openSession(account.id)).rejects.toThrow();
    await auth.enableAccount(by, account.id);
    expect((await ask({ cookie })).kind).toBe('anonymous');
    expect((await ask(bearer)).grants).toEqual([at('leader', null)]);
  });

  it('refuses the right password of a disabled account, saying so', async () => {
    const password = 'river lamp nine stones';
    const account = await auth.createAccount(by, { username: 'a', name: 'A', password });
    await auth.disableAccount(by, account.id);
    const sign = (pw: string) =>
      t.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/username',
        payload: { username: 'a', password: pw },
      });
    expect((await sign(password)).json().code).toBe('account_disabled');
    expect((await sign('some other password')).json().code).toBe('sign_in_failed');
  });

  it('never takes the last administrator away, even by two at the same time', async () => {
    const one = await auth.createAccount(by, { username: 'one', name: '1', grants: [admin] });
    expect((await failure(auth.disableAccount(by, one.id))).code).toBe('last_administrator');
    expect((await failure(auth.setGrants(by, one.id, []))).code).toBe('last_administrator');
    expect(await auth.findAccount(one.id)).toEqual(one);
    const two = await auth.createAccount(by, { username: 'two', name: '2', grants: [admin] });
    const both = await Promise.allSettled([
      auth.disableAccount(by, one.id),
      auth.setGrants(by, two.id, [at('leader', null)]),
    ]);
    expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    const { accounts } = await auth.listAccounts({ role: 'administrator', disabled: false });
    expect(accounts).toHaveLength(1);
  });

  it('is noticed by another process within five seconds', async () => {
    const elsewhere = await testPlatform();
    try {
      const account = await auth.createAccount(by, { username: 'a', name: 'A' });
      const cookie = await auth.openSession(account.id);
      const ask = () => elsewhere.platform.auth.authenticate({ headers: { cookie } } as never);
      expect((await ask()).kind).toBe('user');
      await auth.disableAccount(by, account.id);
      const { now } = performance;
      const ahead = (ms: number) => {
        const base = now.call(performance);
        performance.now = () => base + ms;
      };
      ahead(5001);
      try {
        expect((await ask()).kind).toBe('anonymous');
      } finally {
        performance.now = now;
      }
    } finally {
      await elsewhere.close();
    }
  });
});

describe('tokens', () => {
  it('name their owner until they end, are revoked or were never given', async () => {
    const account = await auth.createAccount(by, { username: 'a', name: 'A', grants: [at('leader', null)] });
    const expiresAt = new Date('2019-07-01T00:00:00+08:00');
    const { id, token } = await auth.createToken(by, { userId: account.id, name: 'nightly', expiresAt });
    expect(token).toMatch(/^zc_[A-Za-z0-9_-]{43}$/);
    const ask = (text: string) =>
      auth.authenticate({ headers: { authorization: `bearer ${text}` } } as never);
    expect(await ask(token)).toMatchObject({ id: account.id, via: 'token', grants: [at('leader', null)] });
    const [listed] = await auth.listTokens({ userId: account.id });
    expect(listed).toMatchObject({ id, name: 'nightly', hint: token.slice(-4), expiresAt, revokedAt: null });
    expect(listed?.lastUsedAt).toEqual(t.clock.now());
    const { rows } = await t.platform.stores.pool.query('select * from api_token');
    expect(JSON.stringify(rows)).not.toContain(token);

    t.clock.set('2019-07-01T00:00:00+08:00');
    const refusals = [await failure(ask(token))];
    t.clock.set('2019-06-30T09:00:00+08:00');
    expect((await ask(token)).kind).toBe('user');
    await auth.revokeToken(by, id);
    refusals.push(await failure(ask(token)));
    refusals.push(await failure(ask(`zc_${'A'.repeat(43)}`)));
    refusals.push(await failure(ask('')), await failure(ask('rubbish')), await failure(ask(`${token}x`)));
    expect(new Set(refusals.map((e) => JSON.stringify([e.code, e.status, e.params])))).toEqual(
      new Set(['["token_invalid",401,{}]']),
    );
    await auth.revokeToken(by, id);
    const actions = await t.platform.records.selectFrom('auditLog').select('action').orderBy('seq').execute();
    expect(actions.map((a) => a.action)).toEqual(['account.create', 'token.create', 'token.revoke']);
  });

  it('are not made for nobody, for the disabled, or for the past', async () => {
    const account = await auth.createAccount(by, { username: 'a', name: 'A' });
    const past = { userId: account.id, name: 'x', expiresAt: t.clock.now() };
    expect((await failure(auth.createToken(by, past))).code).toBe('validation');
    expect((await failure(auth.createToken(by, { userId: 'nobody', name: 'x' }))).status).toBe(404);
    await auth.disableAccount(by, account.id);
    expect((await failure(auth.createToken(by, { userId: account.id, name: 'x' }))).status).toBe(404);
  });
});

describe('holders of a permission', () => {
  it('are those whom the policy would let through', async () => {
    const make = async (username: string, grants: ReturnType<typeof at>[]) =>
      (await auth.createAccount(by, { username, name: username, grants })).id;
    const boss = await make('boss', [admin]);
    const finance = await make('finance', [at('department-officer', 'finance')]);
    const both = await make('both', [
      at('department-officer', 'finance'),
      at('county-officer', null, 'rudong'),
    ]);
    const rudong = await make('rudong', [at('county-officer', null, 'rudong')]);
    const left = await make('left', [at('department-officer', 'finance')]);
    await make('leader', [at('leader', null)]);
    await auth.disableAccount(by, left);
    const holding = async (scope?: object) => (await auth.usersHolding('sample.report', scope)).sort();
    expect(await holding()).toEqual([boss, finance, both, rudong].sort());
    expect(await holding({ organisation: 'finance', region: 'qidong' })).toEqual(
      [boss, finance, both].sort(),
    );
    expect(await holding({ region: 'rudong', organisation: 'other' })).toEqual([boss, both, rudong].sort());
    expect(await auth.usersHolding('sample.nobody')).toEqual([]);
    await expect(auth.usersHolding('no.such')).rejects.toThrow(/unknown permission/);
  });
});
