import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { system } from '#kernel/policy/policy';
import type { TestPlatform } from '#kernel/testing/platform';
import { getMe } from '#modules/accounts/contract';
import {
  addPerson,
  changeFirm,
  disablePerson,
  enablePerson,
  getOwnFirm,
  resetPersonPassword,
  setFirmState,
} from '../contract.ts';
import { firmPlatform, granted, person, signedIn } from './helpers.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await firmPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
});
afterAll(() => t.close());

const add = (headers: Record<string, string>, username: string) =>
  t.call(addPerson, { body: { username, name: `示例${username}` } }, headers);

describe('the people of a firm', () => {
  test('are added, disabled, enabled and given passwords by its manager', async () => {
    const firm = await granted(t, 1);
    const { made, headers } = await person(t, firm, 'wang');
    const me = await t.call(getMe, {}, headers);
    expect(me.body.grants.map((g) => g.role)).toEqual(['firm-user']);
    expect(me.body.permissions).toEqual(['firms.member']);
    const own = await t.call(getOwnFirm, {}, firm.headers);
    expect(own.body).toMatchObject({
      firm: { active: 2, seats: 3 },
      people: [
        { manager: true, abilities: { disable: false, password: false } },
        { username: 'wang', oneTime: false, abilities: { disable: true, enable: false, password: true } },
      ],
      abilities: { people: true, add: true },
    });
    const params = { account: made.account };
    const off = await t.call(disablePerson, { params }, firm.headers);
    expect(off.body.people[1]).toMatchObject({ active: false, abilities: { enable: true, password: false } });
    expect((await t.call(getOwnFirm, {}, headers)).status).toBe(401);
    expect((await t.call(disablePerson, { params }, firm.headers)).body.firm.active).toBe(1);
    expect((await t.call(enablePerson, { params }, firm.headers)).body.firm.active).toBe(2);
    const reset = await t.call(resetPersonPassword, { params }, firm.headers);
    await signedIn(t, 'wang', reset.body.password);
    const log = await t.platform.records.selectFrom('auditLog').select('action').execute();
    for (const verb of ['add', 'disable', 'enable', 'password'])
      expect(log.map((l) => l.action)).toContain(`firms.person.${verb}`);
  });

  test('are never more than seats, also when two press at once', async () => {
    const firm = await granted(t, 1, { seats: 3 });
    const all = await Promise.all(['a1', 'b2', 'c3', 'd4'].map((name) => add(firm.headers, name)));
    expect(all.map((a) => a.status).sort()).toEqual([200, 200, 409, 409]);
    const refused = all.find((a) => a.status === 409)!.raw.json();
    expect(refused).toMatchObject({ code: 'firms_seats_used', params: { seats: 3, active: 3 } });
    const own = await t.call(getOwnFirm, {}, firm.headers);
    expect(own.body).toMatchObject({ firm: { active: 3 }, abilities: { add: false } });
    // One leaves, and two at once want the seat: a new one, and the one who left.
    const [, one] = own.body.people;
    const params = { account: one!.account };
    await t.call(disablePerson, { params }, firm.headers);
    const both = await Promise.all([add(firm.headers, 'e5'), t.call(enablePerson, { params }, firm.headers)]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    const officer = await t.as('data-officer');
    const body = { version: 1, features: [], seats: 2, validUntil: '2026-12-31', reason: '减少席位' };
    const fewer = await t.call(changeFirm, { params: { id: firm.firm.id }, body }, officer);
    expect(fewer.raw.json().code).toBe('firms_seats_below');
  });

  test('are nobody else’s: not another firm’s, not a manager, not who has other roles or was disabled by the platform', async () => {
    const one = await granted(t, 1);
    const two = await granted(t, 2);
    const { made, headers } = await person(t, one, 'wang');
    const acts = [disablePerson, enablePerson, resetPersonPassword] as const;
    for (const act of acts) {
      const of = (account: string, who: Record<string, string>) => t.call(act, { params: { account } }, who);
      expect((await of(made.account, two.headers)).status).toBe(404);
      expect((await of(one.manager.account, two.headers)).status).toBe(404);
      expect((await of(one.manager.account, one.headers)).raw.json().code).toBe('firms_person_beyond');
      expect((await of(made.account, headers)).status).toBe(403);
    }
    expect((await add(headers, 'li')).status).toBe(403);
    const { auth } = t.platform;
    await auth.disableAccount({ actor: system }, made.account);
    const enable = await t.call(enablePerson, { params: { account: made.account } }, one.headers);
    expect(enable.raw.json().code).toBe('firms_person_beyond');
    await auth.enableAccount({ actor: system }, made.account);
    const officer = [
      { role: 'firm-user', organisation: null, region: null },
      { role: 'data-officer', organisation: null, region: null },
    ];
    await auth.setGrants({ actor: system }, made.account, officer);
    for (const act of acts)
      expect((await t.call(act, { params: { account: made.account } }, one.headers)).raw.json().code).toBe(
        'firms_person_beyond',
      );
    const ended = { version: 1, state: 'ended' as const, reason: '合同终止' };
    await t.call(setFirmState, { params: { id: one.firm.id }, body: ended }, await t.as('data-officer'));
    expect((await auth.findAccount(made.account))?.disabledAt).toBeNull();
  });

  test('cannot be managed with the one-time password, while suspended, or without a firm', async () => {
    const firm = await granted(t, 1);
    const reset = await t.app.inject({
      method: 'POST',
      url: `/api/firms/${firm.firm.id}/people/${firm.manager.account}/password`,
      headers: await t.as('data-officer'),
    });
    const fresh = await signedIn(t, firm.manager.username, reset.json<{ password: string }>().password);
    expect((await add(fresh, 'wang')).raw.json().code).toBe('firms_one_time');
    const own = await t.call(getOwnFirm, {}, fresh);
    expect(own.body).toMatchObject({ oneTime: true, abilities: { people: false, add: false } });
    // The old session ended with the reset.
    expect((await t.call(getOwnFirm, {}, firm.headers)).status).toBe(401);
    const second = await granted(t, 2);
    const body = { version: 1, state: 'suspended' as const, reason: '待核实情况' };
    await t.call(setFirmState, { params: { id: second.firm.id }, body }, await t.as('data-officer'));
    expect((await add(second.headers, 'wang')).raw.json().code).toBe('firms_state');
    const stray = await t.as('firm-manager');
    expect((await t.call(getOwnFirm, {}, stray)).raw.json().code).toBe('firms_none');
    expect((await add(stray, 'wang')).raw.json().code).toBe('firms_none');
  });

  test('a user name that is taken leaves no trace', async () => {
    const firm = await granted(t, 1);
    const got = await add(firm.headers, 'manager1');
    expect(got.raw.json().code).toBe('account_exists');
    expect((await t.call(getOwnFirm, {}, firm.headers)).body.people).toHaveLength(1);
  });
});
