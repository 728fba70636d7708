import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { system } from '#kernel/policy/policy';
import type { TestPlatform } from '#kernel/testing/platform';
import { type Receiver, receiver } from '#kernel/testing/receiver';
import { createWebhook, listDeliveries, listWebhookSources, type Want } from '#modules/webhooks/contract';
import { sendWebhooks, spread } from '#modules/webhooks/server/index';
import * as contract from '../contract.ts';
import { Catalog } from '../server/catalog/catalog.ts';
import { Definitions } from '../server/matters/definitions.ts';
import { reckonAll } from '../server/matters/reckon.ts';
import {
  act,
  asked,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  sent,
  withCode,
} from './helpers.ts';

const START = '2026-09-21T09:00:00+08:00';
const COUNTY = { organisation: 'gov-tongzhou' };
const TYPES = Object.values(contract.MATTER_WEBHOOKS);
let t: TestPlatform;
let there: Receiver;
let who: Record<'officer' | 'head' | 'county' | 'citizen' | 'other', Headers>;

/** In requests for information one step is the office's alone. */
function withInternal(pack: CityPack): CityPack {
  return {
    ...pack,
    items: pack.items.map((item) => ({
      ...item,
      actions: item.actions.map((action) => ({
        ...action,
        ...(item.id === 'disclosure' && action.id === 'extend' && { internal: true }),
      })),
    })),
  };
}

beforeAll(async () => {
  there = await receiver();
  const env = { ZC_WEBHOOK_HOSTS: '127.0.0.1', ZC_ORIGIN: 'https://zc.example' };
  t = await matterPlatform(START, withInternal, env);
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set(START);
  there.clear();
  who = {
    officer: await t.as('case-officer', OFFICE),
    head: await t.as('case-head', OFFICE),
    county: await t.as('case-officer', { username: 'county', ...COUNTY }),
    citizen: await t.as('firm-user', { username: 'citizen' }),
    other: await t.as('firm-user', { username: 'other' }),
  };
});
afterAll(async () => {
  await t?.close();
  there?.close();
});

/** Each hears under an address of its own, so that it is seen who heard what. */
const listen = async (headers: Headers, want: Partial<Want> = {}) =>
  ok(
    await t.call(
      createWebhook,
      {
        body: {
          url: `${there.base}/hook`,
          wants: [{ source: 'matters', types: [...TYPES], only: null, ...want }],
        },
      },
      headers,
    ),
  ).webhook.id;
/** What every webhook was sent so far, in the order of what happened. */
async function heard(): Promise<Record<string, string[]>> {
  await sendWebhooks(t.platform);
  const { rows } = await t.platform.stores.pool.query<{ username: string; type: string; ref: string }>(
    `select u.username, d.type, d.ref from webhook_delivery d join webhook h on h.id = d.webhook
       join auth."user" u on u.id = h.account where d.state = 'delivered' order by split_part(d.ref, '/', 2)::int, d.id`,
  );
  const all: Record<string, string[]> = {};
  for (const { username, type, ref } of rows)
    all[username] = [...(all[username] ?? []), `${ref.split('/')[1]} ${type}`];
  return all;
}
const look = async (matter: Pick<Matter, 'number'>, headers: Headers) =>
  ok(await t.call(contract.getMatter, { params: { number: matter.number } }, headers));
const transfer = async (matter: Pick<Matter, 'number'>) => {
  const { version } = await look(matter, who.officer);
  return ok(
    await t.call(
      contract.transferMatter,
      {
        params: { number: matter.number },
        body: {
          ...{ version, idempotencyKey: randomUUID(), to: 'gov-tongzhou' },
          ...{ reason: '所需信息由通州区制作', basis: '示例条例第十条' },
        },
      },
      who.officer,
    ),
  );
};
/** What a request in an infringement dispute says. */
const dispute = {
  ...{ kind: 'person', name: '示例请求人', phone: '0513-55500100', address: '南通市崇川区示例路1号' },
  ...{ respondent: '示例被请求人', respondentAddress: '南通市通州区示例路2号' },
  ...{ patentNumber: 'ZL202010000001.1', patentTitle: '一种示例装置', interest: 'holder', court: false },
  ...{ claim: '责令停止侵权', facts: '示例事实' },
};
const idOf = async (username: string) => (await t.platform.auth.findAccountByUsername(username))!.id;

describe('who hears of a matter', () => {
  test('its office and its applicant, each what it may read, and nobody else', async () => {
    for (const headers of Object.values(who)) await listen(headers);
    const matter = await asked(t, { headers: who.citizen });
    const officer = await look(matter, who.officer);
    const extended = ok(await act(t, officer, 'extend', who.head));
    ok(await act(t, extended, 'disclose', who.officer));
    expect(await heard()).toEqual({
      'case-officer': ['1 matter.opened', '2 matter.step', '3 matter.step'],
      'case-head': ['1 matter.opened', '2 matter.step', '3 matter.step'],
      // The second step is the office's alone, and nothing says that there was one but the number that is left out.
      citizen: ['1 matter.opened', '3 matter.step'],
    });
    const list = await t.platform.stores.pool.query(
      'select count(*) as n from webhook_delivery d join webhook h on h.id = d.webhook where h.account = $1',
      [await idOf('citizen')],
    );
    expect(Number(list.rows[0].n)).toBe(2);
  });

  test('the former office until it hands the matter on, the new one from then on', async () => {
    for (const headers of [who.officer, who.county, who.citizen]) await listen(headers);
    const matter = await asked(t, { headers: who.citizen });
    await transfer(matter);
    const there_ = await look(matter, who.county);
    ok(await act(t, there_, 'disclose', who.county));
    expect(await heard()).toEqual({
      'case-officer': ['1 matter.opened', '2 matter.transferred'],
      county: ['2 matter.transferred', '3 matter.step'],
      citizen: ['1 matter.opened', '2 matter.transferred', '3 matter.step'],
    });
    const moved = there.messages().find(({ type }) => type === 'matter.transferred')!;
    expect(moved.data).toMatchObject({ office: { from: 'market-regulation', to: 'gov-tongzhou' } });
  });

  test('nobody who was recused, lost the role or left the matter, also of what already waited', async () => {
    await listen(who.officer);
    const one = await asked(t);
    await spread(t.platform);
    const account = await idOf('case-officer');
    const body = {
      version: 1,
      account,
      asked: 'party' as const,
      recused: true,
      reason: '与当事人有利害关系',
    };
    ok(await t.call(contract.decideRecusal, { params: { number: one.number }, body }, who.head));
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 0, withheld: 1 });
    ok(
      await act(
        t,
        { number: one.number, version: 2 },
        'disclose',
        await t.as('case-officer', { ...OFFICE, username: 'second' }),
      ),
    );
    const two = await asked(t);
    await spread(t.platform);
    await t.platform.auth.setGrants({ actor: system }, account, []);
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 0, withheld: 1 });
    expect(there.got).toEqual([]);
    ok(await act(t, two, 'disclose', await t.as('case-officer', { ...OFFICE, username: 'second' })));
    expect(await spread(t.platform)).toBe(0);
  });

  test('a party what was served on it and written to it, until it leaves; the others of the other side nothing', async () => {
    for (const headers of [who.officer, who.citizen, who.other]) await listen(headers);
    const form = ok(await t.call(contract.itemForm, { params: { id: 'infringement' }, query: {} }));
    const materials = await Promise.all(
      form.materials
        .filter(({ required }) => required)
        .map(async ({ id }) => ({ what: id, file: await sent(t, id, who.citizen) })),
    );
    const opening = { item: 'infringement', form: dispute, materials, idempotencyKey: randomUUID() };
    const opened = ok(await t.call(contract.openMatter, { body: opening }, who.citizen));
    await heard();
    const params = { number: opened.number };
    const respondent = { version: 1, role: 'respondent', name: '示例被请求人', reason: '请求书所列' };
    const { code } = ok(await t.call(contract.admitParty, { params, body: respondent }, who.officer));
    ok(await t.call(contract.joinMatter, { params, ...withCode(code) }, who.other));
    const onIt = { version: 2, party: 2, how: 'platform' as const };
    ok(await t.call(contract.servePaper, { params: { ...params, no: 1 }, body: onIt }, who.officer));
    const toIt = { version: 3, idempotencyKey: randomUUID(), text: '请补充材料', to: 2 };
    ok(await t.call(contract.writeMessage, { params, body: toIt }, who.officer));
    const strike = { version: 4, reason: '误传' };
    ok(await t.call(contract.strikePaper, { params: { ...params, no: 2 }, body: strike }, who.officer));
    expect(await heard()).toEqual({
      'case-officer': ['1 matter.opened', '3 matter.served', '4 matter.message', '5 matter.struck'],
      citizen: ['1 matter.opened', '5 matter.struck'],
      // The paper that was struck out it never saw, and the matter was opened before it came.
      other: ['3 matter.served', '4 matter.message'],
    });
    const again = { ...toIt, version: 5, idempotencyKey: randomUUID() };
    ok(await t.call(contract.writeMessage, { params, body: again }, who.officer));
    await spread(t.platform);
    const end = { version: 6, reason: '不再参加' };
    ok(await t.call(contract.dismissParty, { params: { ...params, no: 2 }, body: end }, who.officer));
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 1, withheld: 1 });
    for (const { type, data } of there.messages())
      expect(contract.MatterWebhookData[type as contract.MatterWebhook].parse(data)).toEqual(data);
    expect(there.got.map(({ body }) => body).join()).not.toMatch(/示例|请补充材料|误传/);
  });

  test('only of the items that it asked for, and of the kinds', async () => {
    const id = await listen(who.officer, { only: ['consultation'], types: ['matter.opened'] });
    await listen(who.head, { only: ['disclosure'], types: ['matter.step'] });
    const matter = await asked(t);
    ok(await act(t, matter, 'disclose', who.officer));
    expect(await heard()).toEqual({ 'case-head': ['2 matter.step'] });
    expect((await t.call(listDeliveries, { params: { id } }, who.officer)).body.deliveries).toEqual([]);
    const offered = async (headers: Headers) => ok(await t.call(listWebhookSources, {}, headers)).sources[0]!;
    expect((await offered(who.officer)).about.zh).toBe(
      '南通市市场监督管理局的办件，以及您作为当事人的办件；回避的除外',
    );
    expect((await offered(who.citizen)).about.zh).toBe('您作为当事人或者代理人的办件');
    expect((await offered(who.officer)).narrow.options).toContainEqual({
      ...{ id: 'disclosure', title: expect.objectContaining({ zh: '政府信息公开申请' }) },
    });
  });
});

describe('a message about a matter', () => {
  test('holds the entry as the log has it, and nobody’s name, answers or words', async () => {
    await listen(who.officer);
    const matter = await asked(t, { headers: who.citizen });
    const seen = await look(matter, who.officer);
    ok(await act(t, seen, 'disclose', who.officer, { note: '一条说明' }));
    await sendWebhooks(t.platform);
    const { entries } = ok(
      await t.call(contract.matterLog, { params: { number: matter.number } }, who.officer),
    );
    const path = `/api/matters/${encodeURIComponent(matter.number)}`;
    const about = { number: matter.number, item: 'disclosure', itemFrom: expect.any(String) };
    const link = `https://zc.example${path}`;
    const [opened, step] = there.messages().sort((a, b) => Number(a.data.entry) - Number(b.data.entry));
    const at = new Date(START).toISOString();
    expect(opened).toEqual({
      ...{ type: 'matter.opened', timestamp: at },
      data: {
        ...{ ...about, link, entry: 1, hash: entries[0]!.hash, day: '2026-09-21' },
        ...{ step: 'apply', from: null, state: 'received' },
      },
    });
    expect(step).toMatchObject({
      type: 'matter.step',
      data: { entry: 2, hash: entries[1]!.hash, step: 'disclose', from: 'received' },
    });
    for (const { type, data } of [opened!, step!])
      expect(contract.MatterWebhookData[type as contract.MatterWebhook].parse(data)).toEqual(data);
    for (const { body } of there.got)
      expect(body).not.toMatch(/示例申请人|0513-55500100|崇川区|专利授权统计|一条说明/);
    const answer = await t.app.inject({ url: path, headers: who.officer });
    expect(answer.json<Matter>().number).toBe(matter.number);
  });

  test('tells of last days that moved with the calendar', async () => {
    await listen(who.officer);
    const matter = await asked(t);
    const { pack } = t.platform;
    const years = pack.calendar.years.map((year) =>
      year.year === 2026
        ? { ...year, holidays: [...year.holidays, { ...year.holidays[0]!, date: '2026-09-30' }] }
        : year,
    );
    const other = { ...pack, calendar: { ...pack.calendar, years } } as CityPack;
    const ctx = {
      platform: t.platform,
      catalog: new Catalog(other),
      definitions: new Definitions(other),
      pdf: null,
    };
    expect(await reckonAll(ctx)).toMatchObject({ moved: 1 });
    expect(await heard()).toEqual({ 'case-officer': ['1 matter.opened', '2 matter.last-day'] });
    const { data } = there.messages().find(({ type }) => type === 'matter.last-day')!;
    expect(data).toMatchObject({ number: matter.number, state: 'received', day: null });
    expect(data.moved).toContainEqual({ limit: expect.any(String), was: '2026-10-26', due: '2026-10-27' });
  });

  test('comes of what was committed alone, and is not lost where the worker dies before it is handed out', async () => {
    await listen(who.officer);
    const matter = await asked(t);
    const wrong = await act(t, { number: matter.number, version: 7 }, 'disclose', who.officer);
    expect(wrong.status).toBe(409);
    const events = await t.platform.stores.pool.query('select ref from webhook_event');
    expect(events.rows).toHaveLength(1);
    // The worker dies between two messages: the second half is handed out by the next one, under the ids of the first.
    ok(await act(t, matter, 'disclose', who.officer));
    const die = async () => {
      throw new Error('crash');
    };
    await expect(sendWebhooks(t.platform, undefined, { answered: die })).rejects.toThrow('crash');
    t.clock.set('2026-09-21T09:03:00+08:00');
    await sendWebhooks(t.platform);
    const ids = (entry: number) =>
      new Set(
        there.got
          .filter(({ body }) => JSON.parse(body).data.entry === entry)
          .map(({ headers }) => headers['webhook-id']),
      );
    expect([ids(1).size, ids(2).size]).toEqual([1, 1]);
  });
});
