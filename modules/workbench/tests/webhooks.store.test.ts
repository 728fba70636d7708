import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addItems,
  changeQuery,
  changeWebhook,
  collectionFeed,
  createObject,
  createWatch,
  createWebhook,
  deleteWebhook,
  dropFeed,
  getFeed,
  listDeliveries,
  listWebhooks,
  makeFeed,
  queryFeed,
  renewSecret,
  repeatDelivery,
  saveQuery,
  tryWebhook,
} from '../contract.ts';
import { catchUp } from '../server/watches/run.ts';
import { BACKOFF, deliver } from '../server/webhooks/deliver.ts';
import { signedHeaders } from '../server/webhooks/secret.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

/** What the other side got. */
interface Got {
  headers: IncomingMessage['headers'];
  body: string;
}

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let server: Server;
let base: string;
const got: Got[] = [];
/** What the other side answers next; 204 where nothing stands. */
const answers: number[] = [];
const START = '2026-06-30T09:00:00+08:00';

beforeAll(async () => {
  server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      const status = answers.shift() ?? 204;
      reply.writeHead(status, status === 302 ? { location: `${base}/elsewhere` } : {}).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t = await benchPlatform({ ZC_WEBHOOK_HOSTS: '127.0.0.1', ZC_ORIGIN: 'https://zc.example' }, START);
});
beforeEach(async () => {
  got.length = 0;
  answers.length = 0;
  t.clock.set(START);
  await t.clean();
  await t.load();
  await t.bring([patent(1)]);
  one = await t.as('leader', { username: 'one' });
  two = await t.as('leader', { username: 'two' });
});
afterAll(async () => {
  await t?.close();
  server?.close();
});

const hook = async (headers = one, watch: string | null = null) => {
  const made = await t.call(createWebhook, { body: { url: `${base}/hook`, watch } }, headers);
  expect(made.status, made.raw.body).toBe(200);
  return made.body;
};
const watch = async (headers = one, name = '监视') =>
  (await t.call(createWatch, { body: { name, kind: 'query', q: 'TI=装置' } }, headers)).body.id;
const later = (seconds: number) =>
  t.clock.set(new Date(t.platform.clock.now().getTime() + seconds * 1000).toISOString());

describe('a webhook', () => {
  test('gets what watches found, signed, once', async () => {
    const { webhook, secret } = await hook();
    const id = await watch();
    await watch(two);
    await t.bring([patent(2), patent(1, { abstract: '改写' })]);
    await catchUp(t.bench);
    expect(await deliver(t.bench)).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(got).toHaveLength(1);
    const { headers, body } = got[0]!;
    const message = JSON.parse(body);
    expect(message).toMatchObject({
      type: 'workbench.watch.found',
      data: {
        watch: { id, name: '监视', kind: 'query' },
        new: { count: 1, numbers: [number(2)] },
        changed: { count: 1, numbers: [number(1)] },
        gone: { count: 0, numbers: [] },
        link: `https://zc.example/workbench/watches/${id}?run=${message.data.run}`,
      },
    });
    const signed = signedHeaders(secret, String(headers['webhook-id']), t.platform.clock.now(), body);
    expect(headers).toMatchObject({ ...signed, 'content-type': 'application/json; charset=utf-8' });
    expect(await deliver(t.bench)).toEqual({ delivered: 0, later: 0, failed: 0 });
    const list = await t.call(listWebhooks, {}, one);
    expect(list.body.webhooks).toMatchObject([{ id: webhook.id, waiting: 0, failed: 0, active: true }]);
    expect(list.raw.body).not.toContain(secret);
    const stored = await t.platform.stores.pool.query('select secret from workbench_webhook');
    expect(stored.rows[0].secret).not.toContain(secret.slice(6));
  });

  test('is tried again with growing pauses, under the same id, and fails in the end', async () => {
    const { webhook } = await hook();
    const trial = await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    answers.push(...BACKOFF.map(() => 500), 302);
    for (const seconds of BACKOFF) {
      expect(await deliver(t.bench)).toEqual({ delivered: 0, later: 1, failed: 0 });
      // Not before its time.
      expect(await deliver(t.bench)).toEqual({ delivered: 0, later: 0, failed: 0 });
      later(seconds);
    }
    // A redirection is no success, and nobody follows it.
    expect(await deliver(t.bench)).toEqual({ delivered: 0, later: 0, failed: 1 });
    expect(got).toHaveLength(BACKOFF.length + 1);
    expect(new Set(got.map((g) => g.headers['webhook-id']))).toEqual(new Set([trial.body.id]));
    const list = await t.call(listDeliveries, { params: { id: webhook.id } }, one);
    expect(list.body.deliveries).toMatchObject([
      { state: 'failed', status: 302, attempts: 10, nextAt: null },
    ]);
    const told = await t.platform.records.selectFrom('notification').select('titleZh').execute();
    expect(told).toHaveLength(1);
    const again = await t.call(repeatDelivery, { params: { id: trial.body.id } }, one);
    expect(again.body).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await deliver(t.bench)).toMatchObject({ delivered: 1 });
    expect((await t.call(repeatDelivery, { params: { id: trial.body.id } }, two)).status).toBe(404);
  });

  test('whose worker dies behind the answer gets the message again, recognisable', async () => {
    const { webhook } = await hook();
    await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    const die = async () => {
      throw new Error('crash');
    };
    await expect(deliver(t.bench, undefined, { answered: die })).rejects.toThrow('crash');
    // Nobody else takes it while it may still be on its way.
    expect(await deliver(t.bench)).toEqual({ delivered: 0, later: 0, failed: 0 });
    later(121);
    expect(await deliver(t.bench)).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(got.map((g) => g.headers['webhook-id'])).toEqual([
      got[0]!.headers['webhook-id'],
      got[0]!.headers['webhook-id'],
    ]);
  });

  test('is taken by one worker, however many there are', async () => {
    const { webhook } = await hook();
    for (let i = 0; i < 6; i++) await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    const done = await Promise.all([deliver(t.bench), deliver(t.bench), deliver(t.bench)]);
    expect(done.reduce((sum, d) => sum + d.delivered, 0)).toBe(6);
    expect(new Set(got.map((g) => g.headers['webhook-id'])).size).toBe(6);
    expect(got).toHaveLength(6);
  });

  test('that is gone for good (410) is switched off', async () => {
    const { webhook } = await hook();
    await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    answers.push(410);
    expect(await deliver(t.bench)).toMatchObject({ failed: 1 });
    const list = await t.call(listWebhooks, {}, one);
    expect(list.body.webhooks).toMatchObject([{ active: false, why: 'HTTP 410' }]);
  });

  test('may be for one watch, waits while it is off, and keeps its secret to itself', async () => {
    const [a, b] = [await watch(one, '甲'), await watch(one, '乙')];
    const { webhook, secret } = await hook(one, a);
    expect((await t.call(createWebhook, { body: { url: `${base}/x`, watch: b } }, two)).status).toBe(404);
    await t.bring([patent(2)]);
    await catchUp(t.bench);
    const change = (active: boolean, version: number, headers = one) =>
      t.call(changeWebhook, { params: { id: webhook.id }, body: { active, version } }, headers);
    expect((await change(false, 1, two)).status).toBe(404);
    expect((await change(false, 1)).body).toMatchObject({ active: false, waiting: 1, watch: { name: '甲' } });
    expect((await change(true, 1)).status).toBe(409);
    expect(await deliver(t.bench)).toMatchObject({ delivered: 0 });
    await change(true, 2);
    const renewed = await t.call(renewSecret, { params: { id: webhook.id } }, one);
    expect(renewed.body.secret).not.toBe(secret);
    expect(await deliver(t.bench)).toMatchObject({ delivered: 1 });
    const { headers, body } = got[0]!;
    const signed = signedHeaders(
      renewed.body.secret,
      String(headers['webhook-id']),
      t.platform.clock.now(),
      body,
    );
    expect(headers['webhook-signature']).toBe(signed['webhook-signature']);
    await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    const drop = { params: { id: webhook.id }, query: { version: renewed.body.webhook.version } };
    expect((await t.call(deleteWebhook, drop, one)).status).toBe(200);
    expect(await deliver(t.bench)).toMatchObject({ delivered: 0 });
    expect((await t.call(listDeliveries, { params: { id: webhook.id } }, one)).status).toBe(404);
  });

  test('leads to no private network', async () => {
    for (const url of [
      'https://192.168.1.1/',
      'http://127.0.0.2/',
      'https://localhost/',
      'http://example.cn/',
    ]) {
      const made = await t.call(createWebhook, { body: { url } }, one);
      expect(made.body, url).toMatchObject({ code: 'workbench_webhook_url' });
    }
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
