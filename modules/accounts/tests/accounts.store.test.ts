import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeFact } from '#kernel/installation';
import { notify } from '#kernel/notify/notify';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { accounts } from '../server/index.ts';

let t: TestPlatform;
let admin: Record<string, string>;
beforeAll(async () => {
  t = await testPlatform({ modules: [accounts, parties], pack: await yunzhou() });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  admin = await t.as('administrator');
});

const password = 'river lamp nine stones';

async function make(username: string, more: object = {}) {
  const answer = await t.call(contract.createAccount, { body: { username, name: username, ...more } }, admin);
  expect(answer.status).toBe(200);
  return answer.body;
}

const errorOf = (answer: { body: unknown }) =>
  answer.body as {
    code: string;
    message: string;
    params: Record<string, unknown>;
    issues: { path: string }[];
  };

describe('GET /api/me', () => {
  it('tells a visitor what the sign-in page needs, and nothing else', async () => {
    const { status, body } = await t.call(contract.getMe, {});
    expect(status).toBe(200);
    expect(body).toEqual({
      actor: { kind: 'anonymous', id: null, name: '访客', username: null, via: null },
      permissions: [],
      grants: [],
      unread: 0,
      demo: false,
      city: { id: 'yunzhou', name: { zh: '云洲市', en: 'Yunzhou' } },
      oidc: null,
      security: null,
    });
  });

  it('tells an officer what they may do, with names of today, and counts unread messages', async () => {
    const officer = await t.as('county-officer', { username: 'west-officer', region: 'west' });
    const id = (await t.call(contract.getMe, {}, officer)).body.actor.id as string;
    await notify(t.platform.records, [
      { userId: id, kind: 'x', title: { zh: '一', en: 'one' } },
      { userId: id, kind: 'x', title: { zh: '二', en: 'two' } },
    ]);
    const { body, headers } = await t.call(contract.getMe, {}, officer);
    expect(body).toMatchObject({
      actor: { kind: 'user', username: 'west-officer', via: 'session' },
      permissions: [],
      grants: [
        {
          role: 'county-officer',
          title: { zh: '县（市）区填报员' },
          organisation: null,
          region: { id: 'west', name: '西屏县' },
        },
      ],
      unread: 2,
      security: { hasPassword: false, twoFactor: false },
    });
    expect(headers['cache-control']).toBe('no-store');
    const boss = (await t.call(contract.getMe, {}, admin)).body;
    expect(boss.permissions).toEqual(['accounts.manage', 'audit.read', 'parties.manage']);
  });

  it('prolongs a session that is a day old, and says so by a cookie', async () => {
    const before = await t.call(contract.getMe, {}, admin);
    expect(before.headers['set-cookie']).toBeUndefined();
    await t.platform.stores.pool.query("update auth.session set expires_at = now() + interval '5 days'");
    const after = await t.call(contract.getMe, {}, admin);
    expect(String(after.headers['set-cookie'])).toMatch(/^zc\.session_token=.*Max-Age=604800/);
    const { rows } = await t.platform.stores.pool.query(
      "select expires_at > now() + interval '6 days' as long from auth.session",
    );
    expect(rows).toEqual([{ long: true }]);
  });

  it('marks an installation with demonstration data', async () => {
    const other = await testPlatform({ modules: [accounts, parties], pack: t.platform.pack });
    try {
      await writeFact(t.platform.records, 'demo', { password: 'x' });
      expect((await other.call(contract.getMe, {})).body.demo).toBe(true);
    } finally {
      await other.close();
    }
  });
});

describe('accounts', () => {
  it('are made, found, changed, given roles, disabled and enabled by an administrator', async () => {
    const made = await make('wang', {
      password,
      email: 'Wang@office.example',
      grants: [{ role: 'department-officer', organisation: 'education' }],
      oidc: { kind: 'username', value: 'w.fang' },
    });
    expect(made).toMatchObject({
      username: 'wang',
      email: 'wang@office.example',
      version: 1,
      hasPassword: true,
      grants: [{ role: 'department-officer', organisation: { id: 'education', name: '云洲市教育局' } }],
      oidc: { kind: 'username', value: 'w.fang', joined: false },
      abilities: { disable: true, enable: false, resetTwoFactor: false },
    });
    const params = { id: made.id };
    const named = await t.call(
      contract.updateAccount,
      { params, body: { version: 1, name: '王芳', oidc: null } },
      admin,
    );
    expect(named.body).toMatchObject({ name: '王芳', version: 2, oidc: null, email: 'wang@office.example' });
    const granted = await t.call(
      contract.setGrants,
      { params, body: { version: 2, grants: [{ role: 'county-officer', region: 'east' }] } },
      admin,
    );
    expect(granted.body.grants).toMatchObject([{ region: { id: 'east', name: '东渡区' } }]);
    const found = await t.call(contract.listAccounts, { query: { search: '芳', pageSize: 1 } }, admin);
    expect(found.body).toMatchObject({ total: 1, accounts: [{ id: made.id }] });
    const off = await t.call(contract.disableAccount, { params, body: { version: 3 } }, admin);
    expect(off.body).toMatchObject({ version: 4, abilities: { disable: false, enable: true } });
    const disabled = await t.call(contract.listAccounts, { query: { disabled: 'true' } }, admin);
    expect(disabled.body.accounts.map((a) => a.id)).toEqual([made.id]);
    const on = await t.call(contract.enableAccount, { params, body: { version: 4 } }, admin);
    expect(on.body.disabledAt).toBeNull();
    const reset = await t.call(
      contract.resetPassword,
      { params, body: { version: 5, password: 'another long sentence' } },
      admin,
    );
    expect(reset.body.version).toBe(6);
    const two = await t.call(contract.resetTwoFactor, { params, query: { version: 6 } }, admin);
    expect(two.body.version).toBe(7);
    expect((await t.call(contract.getAccount, { params }, admin)).body).toEqual(two.body);
    const text = JSON.stringify(two.body);
    expect(text).not.toMatch(/hash|secret|"password"/);
    const { body } = await t.call(contract.listAudit, { query: { objectId: made.id } }, admin);
    expect(body.entries.map((e) => e.action)).toEqual([
      'account.two-factor.reset',
      'account.password.reset',
      'account.enable',
      'account.disable',
      'account.grants',
      'account.update',
      'account.create',
    ]);
    expect(body.entries.every((e) => e.actor.name === 'administrator' && e.requestId !== null)).toBe(true);
    expect(JSON.stringify(body.entries)).not.toContain('another long sentence');
  });

  it('refuse what does not fit, saying why', async () => {
    const made = await make('wang');
    const params = { id: made.id };
    const late = await t.call(contract.updateAccount, { params, body: { version: 9, name: 'x' } }, admin);
    expect(late.status).toBe(409);
    expect(errorOf(late).params.current).toEqual(made);
    const grant = (g: object) =>
      t.call(contract.setGrants, { params, body: { version: 1, grants: [g as never] } }, admin);
    expect(errorOf(await grant({ role: 'county-officer', region: 'atlantis' })).code).toBe('grant_place');
    expect(errorOf(await grant({ role: 'department-officer', organisation: 'west' })).code).toBe(
      'grant_place',
    );
    expect(errorOf(await grant({ role: 'county-officer' })).code).toBe('grant_invalid');
    expect(errorOf(await grant({ role: 'emperor' })).code).toBe('grant_invalid');
    const weak = await t.call(
      contract.resetPassword,
      { params, body: { version: 1, password: 'wang' } },
      admin,
    );
    expect([weak.status, errorOf(weak).code]).toEqual([400, 'password_weak']);
    const none = await t.call(contract.getAccount, { params: { id: 'nobody' } }, admin);
    expect(none.status).toBe(404);
    const mail = await t.call(
      contract.createAccount,
      { body: { username: 'x', name: 'x', email: 'not an address' } },
      admin,
    );
    expect(errorOf(mail).issues[0]?.path).toBe('/body/email');
    const me = (await t.call(contract.getMe, {}, admin)).body.actor.id as string;
    const last = await t.call(contract.disableAccount, { params: { id: me }, body: { version: 1 } }, admin);
    expect([last.status, errorOf(last).code]).toEqual([409, 'last_administrator']);
  });

  it('belong to administrators', async () => {
    for (const role of ['plan-office', 'leader', 'data-officer']) {
      const headers = await t.as(role);
      expect((await t.call(contract.listAccounts, {}, headers)).status).toBe(403);
      expect((await t.call(contract.listRoles, {}, headers)).status).toBe(403);
      expect((await t.call(contract.listAudit, {}, headers)).status).toBe(403);
      expect((await t.call(contract.verifyAuditLog, {}, headers)).status).toBe(403);
    }
    expect((await t.call(contract.listAccounts, {})).status).toBe(401);
  });

  it('come with the roles and what they carry', async () => {
    const { body } = await t.call(contract.listRoles, {}, admin);
    expect(body.roles.map((r) => r.id)).toContain('county-officer');
    const role = body.roles.find((r) => r.id === 'administrator');
    expect(role?.permissions.map((p) => p.id)).toEqual(['accounts.manage', 'audit.read', 'parties.manage']);
  });
});

describe('tokens', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('work for their owner until revoked, and die with the account', async () => {
    const mine = await t.as('leader');
    const made = await t.call(contract.createToken, { body: { name: 'nightly export' } }, mine);
    expect(made.status).toBe(200);
    const { token, id } = made.body;
    expect((await t.call(contract.getMe, {}, bearer(token))).body.actor).toMatchObject({
      username: 'leader',
      via: 'token',
    });
    const listed = await t.call(contract.listTokens, {}, mine);
    expect(listed.body.tokens).toMatchObject([
      { id, name: 'nightly export', state: 'active', username: 'leader' },
    ]);
    expect(JSON.stringify(listed.body)).not.toContain(token);
    // A token opens no doors for further ones.
    const more = await t.call(contract.createToken, { body: { name: 'x' } }, bearer(token));
    expect([more.status, errorOf(more).code]).toEqual([403, 'token_by_token']);
    await t.call(contract.revokeToken, { params: { id } }, mine);
    const after = await t.call(contract.getMe, {}, bearer(token));
    expect([after.status, errorOf(after).code]).toEqual([401, 'token_invalid']);
    expect((await t.call(contract.listTokens, {}, mine)).body.tokens[0]?.state).toBe('revoked');

    const second = (await t.call(contract.createToken, { body: { name: 'second' } }, mine)).body.token;
    const owner = (await t.call(contract.getMe, {}, mine)).body.actor.id as string;
    await t.call(contract.disableAccount, { params: { id: owner }, body: { version: 1 } }, admin);
    // A bad token is refused on public pages too: the machine must learn of it.
    expect((await t.call(contract.getMe, {}, bearer(second))).status).toBe(401);
  });

  it('end on their day', async () => {
    const mine = await t.as('leader');
    const body = { name: 'short', expiresAt: '2019-06-30T10:00:00+08:00' };
    const { token } = (await t.call(contract.createToken, { body }, mine)).body;
    expect((await t.call(contract.getMe, {}, bearer(token))).status).toBe(200);
    t.clock.set('2019-06-30T10:00:00+08:00');
    expect((await t.call(contract.getMe, {}, bearer(token))).status).toBe(401);
    expect((await t.call(contract.listTokens, {}, mine)).body.tokens[0]?.state).toBe('expired');
    t.clock.set('2019-06-30T09:00:00+08:00');
    const past = await t.call(
      contract.createToken,
      { body: { name: 'x', expiresAt: '2019-06-30T00:00:00Z' } },
      mine,
    );
    expect(past.status).toBe(400);
  });

  it('of others are for administrators', async () => {
    const leader = await t.as('leader');
    const other = await t.as('plan-office');
    const owner = (await t.call(contract.getMe, {}, leader)).body.actor.id as string;
    const { id } = (await t.call(contract.createToken, { body: { name: 'x' } }, leader)).body;
    expect((await t.call(contract.listTokens, { query: { userId: owner } }, other)).status).toBe(403);
    expect((await t.call(contract.listTokens, { query: { all: 'true' } }, other)).status).toBe(403);
    const forged = await t.call(contract.createToken, { body: { name: 'x', userId: owner } }, other);
    expect(forged.status).toBe(403);
    expect((await t.call(contract.revokeToken, { params: { id } }, other)).status).toBe(404);
    expect((await t.call(contract.listTokens, { query: { all: 'true' } }, admin)).body.tokens).toHaveLength(
      1,
    );
    const given = await t.call(contract.createToken, { body: { name: 'import', userId: owner } }, admin);
    expect((await t.call(contract.getMe, {}, bearer(given.body.token))).body.actor.username).toBe('leader');
    expect((await t.call(contract.revokeToken, { params: { id } }, admin)).status).toBe(200);
  });
});
