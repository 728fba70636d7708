import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { TestPlatform } from '#kernel/testing/platform';
import {
  applyForFirm,
  changeFirm,
  declineApplication,
  getApplication,
  getFirm,
  grantApplication,
  listApplications,
  listFirms,
  readReceipt,
  resetManagerPassword,
  setFirmState,
} from '../contract.ts';
import { application, applied, code, firmPlatform, granted, latest, settled, signedIn } from './helpers.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await firmPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-06-30T09:00:00+08:00');
});
afterAll(() => t.close());

const terms = { features: [], seats: 2, validUntil: '2026-12-31' };
const actions = async () =>
  (await t.platform.records.selectFrom('auditLog').select('action').orderBy('seq').execute()).map(
    (row) => row.action,
  );

describe('an application', () => {
  test('is taken in, and its receipt says where it stands and nothing of the contact', async () => {
    const receipt = await applied(t, 1);
    expect(receipt).toMatchObject({ name: '云州示例1有限公司', state: 'waiting', decidedAt: null });
    const typed = receipt.receipt.toLowerCase().replaceAll('-', ' ');
    const seen = await t.call(readReceipt, { params: { receipt: typed } });
    expect(seen.body).toEqual(receipt);
    expect(seen.raw.body).not.toMatch(/联系人|5550100|example/);
    expect(seen.headers['cache-control']).toBe('no-store');
  });

  test('sent twice, also at once, is one; the same key with other content is refused', async () => {
    const all = await Promise.all([1, 2, 3].map(() => applied(t, 1)));
    expect(new Set(all.map((r) => r.receipt)).size).toBe(1);
    expect(await actions()).toEqual(['firms.apply']);
    const other = await t.call(applyForFirm, { body: application(1, { seats: 4 }) });
    expect(other.status).toBe(409);
    expect(other.raw.json().code).toBe('firms_key');
  });

  test('with a wrong code, without consent or with a telephone that is none is refused', async () => {
    const wrong = await t.call(applyForFirm, { body: application(1, { code: `${code(1).slice(0, 17)}Q` }) });
    expect(wrong.status).toBe(400);
    expect(wrong.raw.json()).toMatchObject({ code: 'firms_code', issues: [{ path: '/body/code' }] });
    expect(wrong.raw.json().message).toContain('校验位');
    for (const bad of [{ consent: false }, { phone: 'call me' }, { email: 'nobody' }, { seats: 0 }])
      expect((await t.call(applyForFirm, { body: application(1, bad) })).status).toBe(400);
    expect((await latestList()).total).toBe(0);
  });

  test('cannot be sent without end from one address, and receipts cannot be guessed without end', async () => {
    for (let n = 1; n <= 20; n++) await applied(t, n);
    const more = await t.call(applyForFirm, { body: application(21) });
    expect(more.raw.json()).toMatchObject({ code: 'too_many', params: { seconds: 300 } });
    const guess = () => t.call(readReceipt, { params: { receipt: 'ABCD-EFGH-JKMN-PQRS' } });
    for (let n = 1; n <= 20; n++) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
    t.clock.set('2026-06-30T09:05:01+08:00');
    expect((await guess()).status).toBe(404);
    expect((await t.call(applyForFirm, { body: application(21) })).status).toBe(200);
  });

  async function latestList() {
    return (await t.call(listApplications, {}, await t.as('data-officer'))).body;
  }
});

describe('deciding', () => {
  test('shows where the organisation would stand, without making it', async () => {
    await applied(t, 1);
    const before = await latest(t);
    expect(before).toMatchObject({ organisation: null, sameName: [], firms: [], others: 0 });
    expect((await latest(t)).organisation).toBeNull();
    const { firm } = await granted(t, 2);
    await applied(t, 3, { code: code(2), name: '云州示例2有限公司' });
    const again = await latest(t);
    expect(again.organisation).toMatchObject({ id: firm.organisation, code: code(2) });
    expect(again.firms.map((f) => f.id)).toEqual([firm.id]);
    await applied(t, 4, { code: code(9), name: '云州示例2有限公司' });
    expect((await latest(t)).sameName).toMatchObject([{ id: firm.organisation, code: code(2) }]);
  });

  test('a grant makes firm and manager, whose password works once it is known and blocks until it is changed', async () => {
    const receipt = await applied(t, 1);
    const { application: asked } = await latest(t);
    const body = { ...terms, version: 1, username: 'Boss' };
    const got = await t.call(
      grantApplication,
      { params: { id: asked.id }, body },
      await t.as('administrator'),
    );
    expect(got.body).toMatchObject({
      firm: { state: 'active', seats: 2, active: 1 },
      manager: { username: 'boss', name: '示例联系人', mailed: null },
    });
    expect(got.headers['cache-control']).toBe('no-store');
    const { manager, firm } = got.body;
    await signedIn(t, 'boss', manager.password);
    const account = await t.platform.auth.findAccount(manager.account);
    expect(account?.grants.map((g) => g.role)).toEqual(['firm-manager']);
    expect(account?.email).toBe('contact1@firm.example');
    const seen = await t.call(readReceipt, { params: { receipt: receipt.receipt } });
    expect(seen.body.state).toBe('granted');
    // Two officers of this test, then what the grant wrote.
    const log = await actions();
    expect(log.slice(-3)).toEqual(['account.create', 'firms.grant', 'account.sign-in']);
    const detail = await t.call(getFirm, { params: { id: firm.id } }, await t.as('data-officer'));
    expect(detail.body.people).toMatchObject([{ username: 'boss', manager: true, oneTime: true }]);
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
    const stored = await t.platform.stores.pool.query('select detail::text as d from audit_log');
    expect(JSON.stringify(stored.rows)).not.toContain(manager.password);
  });

  test('happens once, also when two officers press at once', async () => {
    await applied(t, 1);
    const { application: asked } = await latest(t);
    const officers = [await t.as('data-officer'), await t.as('administrator')];
    const params = { id: asked.id };
    const all = await Promise.all(
      officers.map((headers, i) =>
        t.call(grantApplication, { params, body: { ...terms, version: 1, username: `boss${i}` } }, headers),
      ),
    );
    expect(all.map((a) => a.status).sort()).toEqual([200, 409]);
    expect((await t.call(listFirms, {}, officers[0])).body.total).toBe(1);
    const late = await t.call(
      declineApplication,
      { params, body: { version: 1, reason: '材料不全' } },
      officers[0],
    );
    expect(late.raw.json()).toMatchObject({ code: 'firms_decided' });
  });

  test('a name that is taken, a day that is past or a code that has a grant leaves nothing behind', async () => {
    const officer = await t.as('data-officer');
    await granted(t, 1);
    await applied(t, 3);
    const free = await latest(t);
    const taken = { ...terms, version: 1, username: 'data-officer' };
    const got = await t.call(grantApplication, { params: { id: free.application.id }, body: taken }, officer);
    expect(got.raw.json().code).toBe('account_exists');
    expect((await latest(t)).organisation).toBeNull();
    await applied(t, 2, { code: code(1), email: 'second@firm.example' });
    const { application: asked } = await latest(t);
    const tries = [
      [{ username: 'second', validUntil: '2026-06-29' }, 'firms_until'],
      [{ username: 'second' }, 'firms_exists'],
      [{ username: 'second', version: 2 }, 'firms_changed'],
    ] as const;
    for (const [more, why] of tries) {
      const body = { ...terms, version: 1, ...more };
      const got = await t.call(grantApplication, { params: { id: asked.id }, body }, officer);
      expect(got.raw.json().code).toBe(why);
    }
    expect(await t.platform.auth.findAccountByUsername('second')).toBeUndefined();
    expect((await t.call(getApplication, { params: { id: asked.id } }, officer)).body.abilities.decide).toBe(
      true,
    );
  });

  test('a refusal tells its reason to whoever has the receipt', async () => {
    const receipt = await applied(t, 1);
    const { application: asked } = await latest(t);
    const officer = await t.as('data-officer');
    const body = { version: 1, reason: '请补充用途说明' };
    const got = await t.call(declineApplication, { params: { id: asked.id }, body }, officer);
    expect(got.body).toMatchObject({ state: 'declined', decidedBy: 'data-officer', firm: null });
    const seen = await t.call(readReceipt, { params: { receipt: receipt.receipt } });
    expect(seen.body).toMatchObject({ state: 'declined', reason: '请补充用途说明' });
    const list = await t.call(listApplications, { query: { state: 'declined' } }, officer);
    expect(list.body).toMatchObject({ total: 1, counts: { waiting: 0, granted: 0, declined: 1 } });
  });
});

describe('a grant', () => {
  test('is changed, suspended, resumed and ended, each with its line; the end disables its people', async () => {
    const officer = await t.as('data-officer');
    const { firm, manager, headers } = await granted(t, 1);
    const params = { id: firm.id };
    const reason = '按合同调整';
    const changed = await t.call(
      changeFirm,
      {
        params,
        body: {
          ...{ version: 1, seats: 5, validUntil: '2027-06-30', reason },
          features: [{ feature: 'batch', limit: null }],
        },
      },
      officer,
    );
    expect(changed.body.firm).toMatchObject({
      seats: 5,
      version: 2,
      features: [{ feature: 'batch', limit: null, left: null, resetsOn: '2026-07-01' }],
    });
    const to = (state: 'active' | 'suspended' | 'ended', version: number) =>
      t.call(setFirmState, { params, body: { version, state, reason } }, officer);
    expect((await to('suspended', 1)).raw.json().code).toBe('firms_changed');
    expect((await to('suspended', 2)).body.firm).toMatchObject({ state: 'suspended', stateReason: reason });
    expect((await to('active', 3)).body.firm).toMatchObject({ state: 'active', stateReason: '' });
    expect((await to('active', 4)).raw.json().code).toBe('firms_state');
    const ended = await to('ended', 4);
    expect(ended.body).toMatchObject({
      firm: { state: 'ended', active: 0 },
      people: [{ active: false }],
      abilities: { change: false, suspend: false, resume: false, end: false },
    });
    expect((await to('active', 5)).raw.json().code).toBe('firms_state');
    expect((await t.app.inject({ url: '/api/firm', headers })).statusCode).toBe(401);
    expect((await t.platform.auth.findAccount(manager.account))?.disabledAt).not.toBeNull();
    const log = await actions();
    for (const verb of ['change', 'suspend', 'resume', 'end']) expect(log).toContain(`firms.${verb}`);
    // The code is free again, and the old grant stays to be seen.
    await applied(t, 2, { code: code(1), email: 'again@firm.example' });
    expect((await latest(t)).firms).toMatchObject([{ state: 'ended' }]);
    const list = await t.call(listFirms, { query: { state: 'ended' } }, officer);
    expect(list.body.total).toBe(1);
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
  });

  test('expires after its last day', async () => {
    const officer = await t.as('data-officer');
    await granted(t, 1, { validUntil: '2026-06-30' });
    expect((await t.call(listFirms, { query: { state: 'active' } }, officer)).body.total).toBe(1);
    t.clock.set('2026-07-01T00:00:01+08:00');
    expect((await t.call(listFirms, { query: { state: 'active' } }, officer)).body.total).toBe(0);
    const expired = await t.call(listFirms, { query: { state: 'expired' } }, officer);
    expect(expired.body.firms).toMatchObject([{ state: 'expired' }]);
  });

  test('gives its manager a new password when the old one is lost, and nobody else', async () => {
    const officer = await t.as('data-officer');
    const { firm, manager } = await granted(t, 1);
    const other = await granted(t, 2);
    const reset = (account: string) =>
      t.call(resetManagerPassword, { params: { id: firm.id, account } }, officer);
    const got = await reset(manager.account);
    expect(got.body.password).not.toBe(manager.password);
    await settled(t, got.body);
    expect((await reset(other.manager.account)).status).toBe(404);
    const officerAccount = await t.platform.auth.findAccountByUsername('data-officer');
    expect((await reset(officerAccount!.id)).status).toBe(404);
  });
});
