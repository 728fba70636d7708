import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, fault, type Headers, type Matter, matterPlatform, OFFICE, ok, withCode } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
let head: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
  head = await t.as('case-head', OFFICE);
});

/** A named report whose case is closed, with the reporter's code. */
async function concluded(): Promise<{ matter: Matter; code: string }> {
  const form = {
    ...{ realName: true, name: '示例举报人', phone: '0513-55500100', respondent: '示例网店' },
    ...{
      subject: '涉嫌假冒专利',
      kind: 'counterfeit',
      facts: '2026年9月在网店看到的商品标注了已经终止的专利号。',
    },
  };
  const body = { item: 'report', form, idempotencyKey: randomUUID() };
  let matter = ok(await t.call(contract.openMatter, { body }));
  const { code } = matter;
  for (const step of ['check', 'file-named', 'tell', 'conclude'])
    matter = ok(await act(t, matter, step, officer));
  return { matter, code: code! };
}

const reward = (grade: string, yuan: number) => ({ grade, base: yuan * 100, insider: false });

test('an officer proposes by the rule of the day, a head grants what was proposed, and the reporter learns it', async () => {
  const { matter, code } = await concluded();
  const proposed = ok(
    await act(t, matter, 'propose-reward', officer, {
      reward: reward('second', 260_000),
      note: '等级的理由',
    }),
  );
  expect(proposed.reward?.rule?.id).toBe('market-2021');
  expect(proposed.reward?.proposed).toMatchObject({
    rule: { verified: false },
    grade: { id: 'second', rate: 3, floor: 3000 },
    ...{ base: 26_000_000, sum: 780_000 },
  });
  // The proposal is between officer and head.
  const seen = async () =>
    ok(await t.call(contract.getMatter, { params: { number: matter.number }, ...withCode(code) }));
  expect((await seen()).reward).toBeNull();
  const log = ok(await t.call(contract.matterLog, { params: { number: matter.number }, ...withCode(code) }));
  expect(JSON.stringify(log)).not.toContain('780000');

  const back = ok(await act(t, proposed, 'return-reward', head, { note: '与查证的事实基本相符' }));
  const again = ok(await act(t, back, 'propose-reward', officer, { reward: reward('third', 260_000) }));
  const granted = ok(await act(t, again, 'grant-reward', head));
  expect(granted.reward?.granted?.sum).toBe(260_000);
  expect((await seen()).reward).toMatchObject({ rule: null, proposed: null, granted: { sum: 260_000 } });
  const told = ok(await t.call(contract.matterLog, { params: { number: matter.number }, ...withCode(code) }));
  expect(told.entries.at(-1)?.reward?.sum).toBe(260_000);
  expect(told.intact).toBe(true);
  expect(ok(await act(t, granted, 'pay-reward', officer)).endedOn).toBe('2026-09-21');
});

test('nothing is proposed without grade and sum, or by a grade that the rule does not have, and nothing is computed elsewhere', async () => {
  const { matter } = await concluded();
  const refused = async (step: string, given?: ReturnType<typeof reward>) =>
    fault(await act(t, matter, step, officer, given ? { reward: given } : {})).code;
  expect(await refused('propose-reward')).toBe('matters_reward');
  expect(await refused('propose-reward', reward('fourth', 1000))).toBe('matters_reward');
  expect(await refused('no-reward', reward('first', 1000))).toBe('matters_reward');
  const insider = await act(t, matter, 'propose-reward', officer, {
    reward: { ...reward('first', 1000), insider: true },
  });
  expect(fault(insider).code).toBe('matters_reward');
  const { version } = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
  expect(version).toBe(matter.version);
});

test('a matter that was opened when no rule held is told so, and the guide shows rule and mark to everybody', async () => {
  const { matter } = await concluded();
  const { rewards } = t.platform.pack;
  const later = rewards.map((rule) => ({ ...rule, from: '2026-10-01' }));
  Object.assign(t.platform, { pack: { ...t.platform.pack, rewards: later } });
  try {
    const answer = await act(t, matter, 'propose-reward', officer, { reward: reward('first', 1000) });
    expect(fault(answer).code).toBe('matters_reward_rule');
  } finally {
    Object.assign(t.platform, { pack: { ...t.platform.pack, rewards } });
  }
  const guide = ok(await t.call(contract.catalogItem, { params: { id: 'report' }, query: {} }));
  expect(guide.rewards.map(({ id, cap, basis }) => [id, cap, basis[0]?.verified])).toEqual([
    ['market-2021', 1_000_000, false],
  ]);
});
