import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Receiver, receiver } from '#kernel/testing/receiver';
import { createWebhook, listDeliveries, listWebhookSources, listWebhooks } from '#modules/webhooks/contract';
import { sendWebhooks, signedHeaders, spread } from '#modules/webhooks/server/index';
import {
  addItems,
  changeQuery,
  collectionFeed,
  createObject,
  createWatch,
  dropFeed,
  getFeed,
  makeFeed,
  queryFeed,
  saveQuery,
  WatchFound,
} from '../contract.ts';
import { catchUp } from '../server/watches/run.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let there: Receiver;
const START = '2026-06-30T09:00:00+08:00';

beforeAll(async () => {
  there = await receiver();
  t = await benchPlatform({ ZC_WEBHOOK_HOSTS: '127.0.0.1', ZC_ORIGIN: 'https://zc.example' }, START);
});
beforeEach(async () => {
  there.clear();
  t.clock.set(START);
  await t.clean();
  await t.load();
  await t.bring([patent(1)]);
  one = await t.as('leader', { username: 'one' });
  two = await t.as('leader', { username: 'two' });
});
afterAll(async () => {
  await t?.close();
  there?.close();
});

const hook = (headers = one, only: string[] | null = null) =>
  t.call(
    createWebhook,
    {
      body: {
        url: `${there.base}/hook`,
        wants: [{ source: 'watches', types: ['workbench.watch.found'], only }],
      },
    },
    headers,
  );
const watch = async (headers = one, name = '监视') =>
  (await t.call(createWatch, { body: { name, kind: 'query', q: 'TI=装置' } }, headers)).body.id;

describe('a webhook', () => {
  test('gets what watches found, signed, once', async () => {
    const { webhook, secret } = (await hook()).body;
    expect((await hook(two)).status).toBe(200);
    const id = await watch();
    await t.bring([patent(2), patent(1, { abstract: '改写' })]);
    await catchUp(t.bench);
    expect(await sendWebhooks(t.platform)).toEqual({ delivered: 1, later: 0, failed: 0, withheld: 0 });
    expect(there.got).toHaveLength(1);
    const { headers, body } = there.got[0]!;
    const message = JSON.parse(body);
    expect(message).toMatchObject({
      type: 'workbench.watch.found',
      timestamp: new Date(START).toISOString(),
      data: {
        watch: { id, name: '监视', kind: 'query' },
        new: { count: 1, numbers: [number(2)] },
        changed: { count: 1, numbers: [number(1)] },
        gone: { count: 0, numbers: [] },
        link: `https://zc.example/workbench/watches/${id}?run=${message.data.run}`,
      },
    });
    expect(WatchFound.parse(message.data)).toEqual(message.data);
    const signed = signedHeaders(secret, String(headers['webhook-id']), t.platform.clock.now(), body);
    expect(headers).toMatchObject({ ...signed, 'content-type': 'application/json; charset=utf-8' });
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 0 });
    const list = await t.call(listWebhooks, {}, one);
    expect(list.body.webhooks).toMatchObject([{ id: webhook.id, waiting: 0, failed: 0, active: true }]);
    expect(list.raw.body).not.toContain(secret);
    const stored = await t.platform.stores.pool.query('select secret from webhook');
    expect(stored.rows[0].secret).not.toContain(secret.slice(6));
  });

  test('may be for one watch, and for none of somebody else', async () => {
    const [a, b] = [await watch(one, '甲'), await watch(one, '乙')];
    const { sources } = (await t.call(listWebhookSources, {}, one)).body;
    expect(sources.map(({ id, narrow }) => [id, narrow.options.map(({ title }) => title.zh)])).toEqual([
      ['watches', ['乙', '甲']],
    ]);
    expect((await hook(two, [b])).body).toMatchObject({ code: 'webhooks_want' });
    const { webhook } = (await hook(one, [a])).body;
    await t.bring([patent(2)]);
    await catchUp(t.bench);
    expect(await spread(t.platform)).toBe(1);
    await sendWebhooks(t.platform);
    expect(there.messages().map(({ data }) => (data.watch as { name: string }).name)).toEqual(['甲']);
    const list = await t.call(listDeliveries, { params: { id: webhook.id } }, one);
    expect(list.body.deliveries).toMatchObject([{ type: 'workbench.watch.found', state: 'delivered' }]);
  });
});

describe('feeds', () => {
  const text = async (path: string) => t.app.inject({ url: path });

  test('of alerts have a secret address, which can be replaced and dropped', async () => {
    await watch();
    await t.bring([patent(2, { title: '一种装置<2>', applicants: ['王小明'] })]);
    await catchUp(t.bench);
    expect((await t.call(getFeed, {}, one)).body.madeAt).toBeNull();
    const made = (await t.call(makeFeed, {}, one)).body;
    const feed = await text(made.path);
    expect(feed.headers['content-type']).toContain('application/rss+xml');
    expect(feed.body).toContain(`[监视 · 新增] ${number(2)} 一种装置&lt;2&gt;`);
    expect(feed.body).toContain(`https://zc.example/patents/${number(2)}`);
    // Natural persons are masked as in every list.
    expect(feed.body).not.toContain('王小明');
    const again = (await t.call(makeFeed, {}, one)).body;
    expect((await text(made.path)).statusCode).toBe(404);
    expect((await text(again.path)).statusCode).toBe(200);
    const stored = await t.platform.stores.pool.query('select feed_hash from workbench_account');
    expect(again.path).not.toContain(stored.rows[0].feed_hash);
    const account = (await t.platform.auth.findAccountByUsername('one'))!;
    const system = { kind: 'system' as const, id: null, name: '系统' };
    await t.platform.auth.disableAccount({ actor: system }, account.id);
    expect((await text(again.path)).statusCode).toBe(404);
    await t.platform.auth.enableAccount({ actor: system }, account.id);
    one = await t.as('leader', { username: 'one' });
    await t.call(dropFeed, {}, one);
    expect((await text(again.path)).statusCode).toBe(404);
  });

  test('of public collections and queries are for everybody, of others for nobody', async () => {
    const office = await t.as('plan-office');
    const make = async (open: boolean) =>
      (await t.call(createObject, { body: { kind: 'collection', name: '集', public: open } }, office)).body
        .id;
    const [open, closed] = [await make(true), await make(false)];
    for (const id of [open, closed])
      await t.call(addItems, { params: { id }, body: { numbers: [number(1)] } }, office);
    expect((await t.call(collectionFeed, { params: { id: open } })).raw.body).toContain(
      `${number(1)} 一种装置1`,
    );
    expect((await t.call(collectionFeed, { params: { id: closed } })).status).toBe(404);
    expect((await t.call(collectionFeed, { params: { id: closed } }, office)).status).toBe(404);
    const body = { name: '装置', q: 'TI=装置', public: true };
    const saved = (await t.call(saveQuery, { body }, office)).body;
    await t.bring([patent(2), patent(1, { abstract: '改写' })]);
    await catchUp(t.bench);
    const feed = (await t.call(queryFeed, { params: { id: saved.id } })).raw.body;
    expect(feed).toContain(number(2));
    expect(feed).not.toContain(number(1));
    const change = { ...body, public: false, version: 1 };
    await t.call(changeQuery, { params: { id: saved.id }, body: change }, office);
    expect((await t.call(queryFeed, { params: { id: saved.id } })).status).toBe(404);
    expect((await t.platform.records.selectFrom('notification').selectAll().execute()).length).toBe(0);
  });
});
