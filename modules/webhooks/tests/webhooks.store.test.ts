import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import { system } from '#kernel/policy/policy';
import type { TestPlatform } from '#kernel/testing/platform';
import { type Receiver, receiver } from '#kernel/testing/receiver';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  MOST_WEBHOOKS,
  renewSecret,
  repeatDelivery,
  tryWebhook,
  type Want,
} from '../contract.ts';
import { tidyDeliveries } from '../server/deliveries.ts';
import { BACKOFF, deliver, publishWebhook, sendWebhooks, signedHeaders, spread } from '../server/index.ts';
import { seal } from '../server/secret.ts';
import { came, letters, postPlatform } from './helpers.ts';

type Headers = Record<string, string>;
let t: TestPlatform;
let there: Receiver;
let one: Headers;
let two: Headers;
const ids = { one: '', two: '' };
const START = '2026-06-30T09:00:00+08:00';
const ALL: Want = { source: 'post', types: ['post.came', 'post.went'], only: null };
const NONE = { delivered: 0, later: 0, failed: 0, withheld: 0 };

beforeAll(async () => {
  there = await receiver();
  t = await postPlatform(START);
});
beforeEach(async () => {
  there.clear();
  letters.clear();
  t.clock.set(START);
  await t.clean();
  one = await t.as('leader', { username: 'one' });
  two = await t.as('leader', { username: 'two' });
  for (const name of ['one', 'two'] as const)
    ids[name] = (await t.platform.auth.findAccountByUsername(name))!.id;
});
afterAll(async () => {
  await t?.close();
  there?.close();
});

const hook = async (headers = one, want: Partial<Want> = {}) => {
  const made = await t.call(
    createWebhook,
    { body: { url: `${there.base}/hook`, wants: [{ ...ALL, ...want }] } },
    headers,
  );
  expect(made.status, made.raw.body).toBe(200);
  return made.body;
};
const later = (seconds: number) =>
  t.clock.set(new Date(t.platform.clock.now().getTime() + seconds * 1000).toISOString());
const count = async (table: string) =>
  Number((await t.platform.stores.pool.query(`select count(*) as n from ${table}`)).rows[0].n);
const told = () => there.messages().map(({ data }) => data.letter);

describe('what happened', () => {
  test('goes to webhooks that listen and may know, and to no others', async () => {
    await hook();
    await hook(one, { only: ['b'] });
    await hook(one, { types: ['post.went'] });
    await hook(two);
    await came(t, 'x', ids.one);
    await came(t, 'y', ids.one, { box: 'b' });
    await came(t, 'z', ids.two, { type: 'post.went' });
    expect(await sendWebhooks(t.platform)).toEqual({ ...NONE, delivered: 4 });
    expect(told().sort()).toEqual(['x', 'y', 'y', 'z']);
    expect(await count('webhook_event')).toBe(0);
  });

  test('leaves nothing where nobody listens, or where it was undone', async () => {
    await came(t, 'x', ids.one);
    expect(await count('webhook_event')).toBe(0);
    const { webhook } = await hook(one, { types: ['post.went'] });
    await came(t, 'y', ids.one);
    expect(await count('webhook_event')).toBe(0);
    await came(t, 'z', ids.one, { type: 'post.went', fails: true });
    expect(await count('webhook_event')).toBe(0);
    await t.call(changeWebhook, { params: { id: webhook.id }, body: { active: false, version: 1 } }, one);
    await came(t, 'z', ids.one, { type: 'post.went' });
    expect(await count('webhook_event')).toBe(0);
  });

  test('is handed out once, by whichever worker, also where one died before', async () => {
    await hook();
    for (let i = 0; i < 5; i++) await came(t, `n${i}`, ids.one);
    // A worker that dies before its transaction ends has changed nothing.
    const dying = await t.platform.stores.pool.connect();
    await dying.query(
      'begin; delete from webhook_event; insert into webhook_delivery (webhook, type, ref, next_at, created_at) select id, $$post.came$$, $$n0$$, now(), now() from webhook',
    );
    await dying.query('rollback');
    dying.release();
    const handed = await Promise.all([spread(t.platform), spread(t.platform), spread(t.platform)]);
    expect(handed.reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(await count('webhook_delivery')).toBe(5);
    expect(await deliver(t.platform)).toMatchObject({ delivered: 5 });
    expect(told().sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
  });

  test('that cannot be read now waits, and holds nothing else up', async () => {
    await hook();
    await came(t, 'torn', ids.one);
    await came(t, 'x', ids.one);
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 1 });
    expect(await count('webhook_event')).toBe(1);
  });

  test('is told to nobody who may not know any more, however long it waited', async () => {
    const { webhook } = await hook();
    await came(t, 'x', ids.one);
    await came(t, 'y', ids.one);
    await spread(t.platform);
    letters.set('x', { box: 'a', reader: ids.two });
    there.answers.push(500);
    expect(await deliver(t.platform)).toEqual({ ...NONE, later: 1, withheld: 1 });
    await t.platform.auth.disableAccount({ actor: system }, ids.one);
    later(5);
    expect(await deliver(t.platform)).toEqual({ ...NONE, withheld: 1 });
    await came(t, 'z', ids.one);
    expect(await sendWebhooks(t.platform)).toEqual(NONE);
    expect(there.got).toHaveLength(1);
    await t.platform.auth.enableAccount({ actor: system }, ids.one);
    one = await t.as('leader', { username: 'one' });
    const { deliveries } = (await t.call(listDeliveries, { params: { id: webhook.id } }, one)).body;
    expect(deliveries.map(({ state }) => state)).toEqual(['withheld', 'withheld']);
    // What was withheld is asked for again, and told once the account may know.
    await t.call(repeatDelivery, { params: { id: deliveries[0]!.id } }, one);
    expect(await deliver(t.platform)).toMatchObject({ delivered: 1 });
    expect(told()).toEqual(['y', 'y']);
  });

  test('of many things costs one statement', async () => {
    await hook();
    const all = Array.from({ length: 40 }, (_, i) => `m${i}`);
    for (const ref of all) letters.set(ref, { box: 'a', reader: ids.one });
    await t.platform.records.transaction().execute(async (trx) => {
      const at = t.platform.clock.now();
      await publishWebhook(
        trx,
        all.map((ref) => ({ type: 'post.came', ref, at })),
      );
      await publishWebhook(trx, []);
    });
    expect(await spread(t.platform)).toBe(40);
  });
});

describe('a message', () => {
  test('is genuine by the lines that the documentation gives', async () => {
    const { secret } = await hook();
    await came(t, 'x', ids.one);
    await sendWebhooks(t.platform);
    const { headers, body } = there.got[0]!;
    const lines = /```js\n([\s\S]*?)```/.exec(readFileSync(rootPath('docs/webhooks.md'), 'utf8'))![1]!;
    const { verify } = (await import(`data:text/javascript,${encodeURIComponent(lines)}`)) as {
      verify(secret: string, headers: object, body: string, now?: number): unknown;
    };
    const now = t.platform.clock.now().getTime();
    expect(verify(secret, headers, body, now)).toEqual({
      ...{ type: 'post.came', timestamp: new Date(START).toISOString(), data: { letter: 'x' } },
    });
    expect(() => verify(secret, headers, `${body} `, now)).toThrow('not signed');
    expect(() => verify('whsec_AAAA', headers, body, now)).toThrow('not signed');
    expect(() => verify(secret, headers, body, now + 400_000)).toThrow('five minutes');
  });

  test('is tried again with growing pauses, under the same id, and fails in the end', async () => {
    const { webhook } = await hook();
    const trial = await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    there.answers.push(...BACKOFF.map(() => 500), 302);
    for (const seconds of BACKOFF) {
      expect(await deliver(t.platform)).toEqual({ ...NONE, later: 1 });
      // Not before its time.
      expect(await deliver(t.platform)).toEqual(NONE);
      later(seconds);
    }
    // A redirection is no success, and nobody follows it.
    expect(await deliver(t.platform)).toEqual({ ...NONE, failed: 1 });
    expect(there.got).toHaveLength(BACKOFF.length + 1);
    expect(new Set(there.got.map((g) => g.headers['webhook-id']))).toEqual(new Set([trial.body.id]));
    const list = await t.call(listDeliveries, { params: { id: webhook.id } }, one);
    expect(list.body.deliveries).toMatchObject([
      { type: 'webhook.test', state: 'failed', status: 302, attempts: 10, nextAt: null },
    ]);
    const notices = await t.platform.records.selectFrom('notification').select('titleZh').execute();
    expect(notices).toHaveLength(1);
    const again = await t.call(repeatDelivery, { params: { id: trial.body.id } }, one);
    expect(again.body).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await deliver(t.platform)).toMatchObject({ delivered: 1 });
    expect((await t.call(repeatDelivery, { params: { id: trial.body.id } }, two)).status).toBe(404);
  });

  test('whose worker dies behind the answer comes again, recognisable', async () => {
    await hook();
    await came(t, 'x', ids.one);
    const die = async () => {
      throw new Error('crash');
    };
    await expect(sendWebhooks(t.platform, undefined, { answered: die })).rejects.toThrow('crash');
    // Nobody else takes it while it may still be on its way.
    expect(await sendWebhooks(t.platform)).toEqual(NONE);
    later(121);
    expect(await sendWebhooks(t.platform)).toEqual({ ...NONE, delivered: 1 });
    expect(told()).toEqual(['x', 'x']);
    expect(there.got[1]!.headers['webhook-id']).toBe(there.got[0]!.headers['webhook-id']);
  });

  test('is taken by one worker, however many there are', async () => {
    await hook();
    for (let i = 0; i < 6; i++) await came(t, `n${i}`, ids.one);
    await spread(t.platform);
    const done = await Promise.all([deliver(t.platform), deliver(t.platform), deliver(t.platform)]);
    expect(done.reduce((sum, d) => sum + d.delivered, 0)).toBe(6);
    expect(new Set(there.got.map((g) => g.headers['webhook-id'])).size).toBe(6);
  });
});

test('messages stand in the description of the interface', async () => {
  const doc = (await t.app.inject('/api/openapi.json')).json();
  expect(Object.keys(doc.webhooks)).toEqual(['post.came', 'post.went', 'webhook.test']);
  const { post } = doc.webhooks['post.came'];
  expect(post.summary).toBe('Came');
  expect(post.requestBody.content['application/json'].schema).toMatchObject({
    properties: { type: { const: 'post.came' }, data: { properties: { letter: { type: 'string' } } } },
  });
});

test('messages that are over since ninety days are forgotten, those that wait are not', async () => {
  const { webhook } = await hook();
  await t.call(tryWebhook, { params: { id: webhook.id } }, one);
  await deliver(t.platform);
  await t.call(tryWebhook, { params: { id: webhook.id } }, one);
  later(89 * 86_400);
  expect(await tidyDeliveries(t.platform)).toBe(0);
  later(2 * 86_400);
  expect(await tidyDeliveries(t.platform)).toBe(1);
  expect(await deliver(t.platform)).toMatchObject({ delivered: 1 });
});

describe('a webhook', () => {
  test('that is gone for good (410) is switched off', async () => {
    const { webhook } = await hook();
    await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    there.answers.push(410);
    expect(await deliver(t.platform)).toMatchObject({ failed: 1 });
    const list = await t.call(listWebhooks, {}, one);
    expect(list.body.webhooks).toMatchObject([{ active: false, why: 'HTTP 410' }]);
  });

  test('waits while it is off, changes what it hears of, and keeps its secret to itself', async () => {
    const { webhook, secret } = await hook();
    await came(t, 'x', ids.one);
    await spread(t.platform);
    const change = (body: { active: boolean; version: number; wants?: Want[] }, headers = one) =>
      t.call(changeWebhook, { params: { id: webhook.id }, body }, headers);
    expect((await change({ active: false, version: 1 }, two)).status).toBe(404);
    expect((await change({ active: false, version: 1 })).body).toMatchObject({ active: false, waiting: 1 });
    expect((await change({ active: true, version: 1 })).body).toMatchObject({ code: 'webhooks_changed' });
    expect(await sendWebhooks(t.platform)).toEqual(NONE);
    const wants: Want[] = [{ source: 'post', types: ['post.went'], only: ['b'] }];
    expect((await change({ active: true, version: 2, wants })).body).toMatchObject({ active: true, wants });
    const renewed = await t.call(renewSecret, { params: { id: webhook.id } }, one);
    expect(renewed.body.secret).not.toBe(secret);
    expect(await sendWebhooks(t.platform)).toMatchObject({ delivered: 1 });
    const { headers, body } = there.got[0]!;
    const at = t.platform.clock.now();
    const signed = signedHeaders(renewed.body.secret, String(headers['webhook-id']), at, body);
    expect(headers['webhook-signature']).toBe(signed['webhook-signature']);
    await came(t, 'y', ids.one);
    await came(t, 'z', ids.one, { type: 'post.went', box: 'b' });
    await sendWebhooks(t.platform);
    expect(told()).toEqual(['x', 'z']);
    await t.call(tryWebhook, { params: { id: webhook.id } }, one);
    const drop = { params: { id: webhook.id }, query: { version: renewed.body.webhook.version } };
    expect((await t.call(deleteWebhook, drop, one)).status).toBe(200);
    expect(await deliver(t.platform)).toEqual(NONE);
    expect((await t.call(listDeliveries, { params: { id: webhook.id } }, one)).status).toBe(404);
  });

  test('leads to no private network, hears of nothing unknown, and is one of a few', async () => {
    const make = (url: string, wants: Want[]) => t.call(createWebhook, { body: { url, wants } }, one);
    for (const url of [
      'https://192.168.1.1/',
      'http://127.0.0.2/',
      'https://localhost/',
      'http://example.cn/',
    ])
      expect((await make(url, [ALL])).body, url).toMatchObject({ code: 'webhooks_url' });
    for (const wants of [
      [{ ...ALL, source: 'other' }],
      [{ ...ALL, types: ['other.came'] }],
      [{ ...ALL, only: ['c'] }],
      [ALL, ALL],
    ])
      expect((await make('https://example.cn/', wants)).body).toMatchObject({ code: 'webhooks_want' });
    for (let i = 0; i < MOST_WEBHOOKS; i++) await hook();
    expect((await make('https://example.cn/', [ALL])).body).toMatchObject({ code: 'webhooks_limit' });
  });
});

test('webhooks of the workbench go on: address, secret, what waits, under the same ids', async () => {
  const { pool } = t.platform.stores;
  const client = await pool.connect();
  const sealed = seal(t.platform.signer, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const migration = (path: string) => readFileSync(rootPath(path), 'utf8');
  try {
    await client.query('begin; create schema old; set local search_path to old, public');
    // As 0060 made them, without what they refer to.
    await client.query(`
      create table workbench_webhook (id uuid primary key, account text, url text, secret text, watch uuid,
        active boolean, why text, version int, created_at timestamptz, deleted_at timestamptz);
      create table workbench_delivery (id uuid primary key, webhook uuid, run uuid, state text, attempts int,
        next_at timestamptz, status int, error text, created_at timestamptz, delivered_at timestamptz)`);
    await client.query(migration('modules/webhooks/server/migrations/0092_webhooks.sql'));
    const at = new Date(START);
    for (const [n, watch] of [
      [1, null],
      [2, id(9)],
    ] as const)
      await client.query(
        "insert into workbench_webhook values ($1, 'a', 'https://example.cn/', $2, $3, true, '', 4, $4, null)",
        [id(n), sealed, watch, at],
      );
    await client.query(
      `insert into workbench_delivery values ($1, $2, $3, 'waiting', 2, $4, 500, 'HTTP 500', $4, null),
        ($5, $2, null, 'delivered', 1, $4, 204, '', $4, $4)`,
      [id(5), id(1), id(7), at, id(6)],
    );
    await client.query(migration('modules/workbench/server/migrations/0093_workbench_webhooks.sql'));
    const wants = await client.query(
      'select webhook, source, types, topics from webhook_want order by webhook',
    );
    const want = { source: 'watches', types: ['workbench.watch.found'] };
    expect(wants.rows).toEqual([
      { webhook: id(1), ...want, topics: null },
      { webhook: id(2), ...want, topics: [id(9)] },
    ]);
    const hooks = await client.query('select secret, version, active from webhook');
    expect(hooks.rows[0]).toEqual({ secret: sealed, version: 4, active: true });
    const sent = await client.query(
      'select id, type, ref, state, attempts from webhook_delivery order by id',
    );
    expect(sent.rows).toEqual([
      { id: id(5), type: 'workbench.watch.found', ref: id(7), state: 'waiting', attempts: 2 },
      { id: id(6), type: 'webhook.test', ref: null, state: 'delivered', attempts: 1 },
    ]);
    expect(
      (await client.query("select to_regclass('old.workbench_webhook') as there")).rows[0].there,
    ).toBeNull();
  } finally {
    await client.query('rollback');
    client.release();
  }
});
