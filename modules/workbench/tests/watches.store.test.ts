import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addItems,
  changeWatch,
  createObject,
  createWatch,
  deleteQuery,
  deleteWatch,
  getWatch,
  listAlerts,
  listRuns,
  listWatches,
  readRuns,
  saveQuery,
  type Watch,
} from '../contract.ts';
import { digest } from '../server/watches/digest.ts';
import { catchUp } from '../server/watches/run.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;

beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring([patent(1), patent(2, { title: '水泵', ipc: ['F04D 29/00'] })]);
  one = await t.as('leader', { username: 'one' });
  two = await t.as('leader', { username: 'two' });
});
afterAll(() => t?.close());

const watch = async (body: object, headers = one): Promise<Watch> => {
  const got = await t.call(createWatch, { body: { name: '监视', ...body } as never }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};
const runs = async (id: string, headers = one) =>
  (await t.call(listRuns, { params: { id } }, headers)).body.runs;
const alerts = async (run: string, headers = one) => {
  const got = await t.call(listAlerts, { params: { id: run } }, headers);
  return got.body.alerts.map((a) => [a.kind, a.number]);
};
const inbox = async (username: string) => {
  const account = await t.platform.auth.findAccountByUsername(username);
  return t.platform.records
    .selectFrom('notification')
    .select(['kind', 'titleZh', 'bodyZh', 'href'])
    .where('userId', '=', account!.id)
    .orderBy('id')
    .execute();
};

test('each kind of watch finds what is new, changed and gone since it was made', async () => {
  const collection = (await t.call(createObject, { body: { kind: 'collection', name: 'c' } }, one)).body.id;
  const held = { numbers: [number(2), number(7)] };
  await t.call(addItems, { params: { id: collection }, body: held }, one);
  const saved = (await t.call(saveQuery, { body: { name: 's', q: 'TI=装置' } }, one)).body.id;
  const all = {
    query: await watch({ kind: 'query', q: 'TI=装置' }),
    saved: await watch({ kind: 'saved', saved }),
    applicant: await watch({ kind: 'applicant', subject: '云州示例机械有限公司' }),
    class: await watch({ kind: 'class', subject: 'B25J' }),
    collection: await watch({ kind: 'collection', collection }),
  };
  expect(all.query).toMatchObject({ active: true, behind: 0, unread: 0, error: null });
  expect((await catchUp(t.bench)).watches).toBe(0);
  await t.bring([
    patent(3, { applicants: ['别的公司'] }),
    patent(1, { title: '改了名称的机器', ipc: ['B25J 9/16', 'B25J 11/00'] }),
    patent(2, { title: '水泵', ipc: ['F04D 29/00'], legalStatus: '失效' }),
    patent(7, { ipc: ['A01B 1/00'] }),
  ]);
  const done = await catchUp(t.bench);
  expect(done).toMatchObject({ watches: 5, found: 5, faulty: 0 });
  const found: Record<string, unknown> = {};
  for (const [kind, w] of Object.entries(all)) {
    const [run] = await runs(w.id);
    found[kind] = run && (await alerts(run.id));
  }
  const byTitle = [
    ['fresh', number(3)],
    ['fresh', number(7)],
    ['gone', number(1)],
  ];
  expect(found).toEqual({
    query: byTitle,
    saved: byTitle,
    applicant: [
      ['changed', number(1)],
      ['changed', number(2)],
      ['fresh', number(7)],
    ],
    class: [
      ['changed', number(1)],
      ['fresh', number(3)],
    ],
    collection: [
      ['changed', number(2)],
      ['fresh', number(7)],
    ],
  });
  // Nothing comes twice, and what says nothing new raises no alarm.
  expect((await catchUp(t.bench)).watches).toBe(0);
  await t.bring([patent(3, { applicants: ['别的公司'] })]);
  await catchUp(t.bench);
  expect(await runs(all.query.id)).toHaveLength(1);
  expect((await t.call(getWatch, { params: { id: all.query.id } }, one)).body).toMatchObject({
    behind: 0,
    unread: 3,
  });
});

describe('a watch', () => {
  test('is its owner’s alone', async () => {
    const w = await watch({ kind: 'query', q: 'TI=装置' });
    await t.bring([patent(3)]);
    await catchUp(t.bench);
    const [run] = await runs(w.id);
    expect((await t.call(listAlerts, { params: { id: run!.id } }, two)).status).toBe(404);
    expect((await t.call(getWatch, { params: { id: w.id } }, two)).status).toBe(404);
    expect((await t.call(listWatches, {}, two)).body).toMatchObject({ watches: [], unread: 0 });
    expect((await t.call(listWatches, {})).status).toBe(401);
    expect((await t.call(deleteWatch, { params: { id: w.id }, query: { version: 1 } }, two)).status).toBe(
      404,
    );
  });

  test('is read run by run or all at once, and unread again', async () => {
    const w = await watch({ kind: 'query', q: 'TI=装置' });
    for (const n of [3, 4]) {
      await t.bring([patent(n)]);
      await catchUp(t.bench);
    }
    const [last] = await runs(w.id);
    const read = (body: object) => t.call(readRuns, { params: { id: w.id }, body }, one);
    expect((await read({ run: last!.id })).body.unread).toBe(1);
    expect((await read({})).body.unread).toBe(0);
    expect((await read({ run: last!.id, read: false })).body.unread).toBe(1);
    const first = await t.call(listRuns, { params: { id: w.id }, query: { limit: 1 } }, one);
    const rest = await t.call(
      listRuns,
      { params: { id: w.id }, query: { limit: 1, cursor: first.body.next! } },
      one,
    );
    expect([first.body.runs[0]!.read, rest.body.runs[0]!.read]).toEqual([false, true]);
  });

  test('is paused and begins again with the present content', async () => {
    const w = await watch({ kind: 'query', q: 'TI=装置' });
    const change = (active: boolean, version: number) =>
      t.call(
        changeWatch,
        { params: { id: w.id }, body: { name: 'x', notice: 'none', active, version } },
        one,
      );
    expect((await change(false, 1)).body).toMatchObject({ active: false, version: 2, name: 'x' });
    expect((await change(true, 1)).status).toBe(409);
    await t.bring([patent(3)]);
    await catchUp(t.bench);
    expect(await runs(w.id)).toEqual([]);
    expect((await change(true, 2)).body).toMatchObject({ active: true, behind: 0 });
    await t.bring([patent(4)]);
    await catchUp(t.bench);
    const [run] = await runs(w.id);
    expect(await alerts(run!.id)).toEqual([['fresh', number(4)]]);
  });

  test('that cannot be run says why, waits, and catches up', async () => {
    const saved = (await t.call(saveQuery, { body: { name: 's', q: 'TI=装置' } }, one)).body.id;
    const w = await watch({ kind: 'saved', saved });
    const other = await watch({ kind: 'query', q: 'TI=装置' });
    await t.call(deleteQuery, { params: { id: saved }, query: { version: 1 } }, one);
    await t.bring([patent(3)]);
    expect(await catchUp(t.bench)).toMatchObject({ faulty: 1, found: 1 });
    await catchUp(t.bench);
    const seen = (await t.call(getWatch, { params: { id: w.id } }, one)).body;
    expect(seen.error).toContain('已删除');
    expect(seen.behind).toBeGreaterThan(0);
    expect((await inbox('one')).filter((m) => m.kind === 'workbench.watch-fault')).toHaveLength(1);
    expect(await runs(other.id)).toHaveLength(1);
    await t.platform.stores.pool.query('update workbench_query set deleted_at = null where id = $1', [saved]);
    expect(await catchUp(t.bench)).toMatchObject({ faulty: 0, found: 1 });
    expect((await t.call(getWatch, { params: { id: w.id } }, one)).body).toMatchObject({ error: null });
  });

  test('needs what its kind needs', async () => {
    for (const body of [
      { kind: 'query' },
      { kind: 'saved' },
      { kind: 'applicant' },
      { kind: 'class', subject: ' ' },
      { kind: 'collection' },
      { kind: 'query', q: 'TI=(' },
    ]) {
      const got = await t.call(createWatch, { body: { name: 'x', ...body } as never }, one);
      expect(got.status, JSON.stringify(body)).toBe(400);
    }
    const foreign = (await t.call(createObject, { body: { kind: 'collection', name: 'c' } }, two)).body.id;
    const stolen = { name: 'x', kind: 'collection' as const, collection: foreign };
    expect((await t.call(createWatch, { body: stolen }, one)).status).toBe(404);
  });

  test('keeps replaced rows in the corpus until it has seen their end', async () => {
    const kept = async () =>
      (await t.platform.stores.pool.query('select version from patent_reader')).rows.map((r) => r.version);
    const w = await watch({ kind: 'query', q: 'TI=装置' });
    const first = await t.bench.corpus.version();
    await t.bring([patent(3)]);
    expect(await kept()).toEqual([first]);
    await catchUp(t.bench);
    expect(await kept()).toEqual([await t.bench.corpus.version()]);
    await t.call(deleteWatch, { params: { id: w.id }, query: { version: 1 } }, one);
    await t.bring([patent(4)]);
    await catchUp(t.bench);
    expect(await kept()).toEqual([await t.bench.corpus.version()]);
  });
});

describe('its owner', () => {
  test('is told at once, once, until it is read', async () => {
    const w = await watch({ kind: 'query', q: 'TI=装置' });
    for (const n of [3, 4]) {
      await t.bring([patent(n)]);
      await catchUp(t.bench);
    }
    expect(await inbox('one')).toEqual([
      {
        kind: 'workbench.watch',
        titleZh: '监视“监视”有新情况',
        bodyZh: '新增 1 件，变化 0 件，移出 0 件',
        href: `/workbench/watches/${w.id}`,
      },
    ]);
    await t.platform.stores.pool.query('update notification set read_at = now()');
    await t.bring([patent(5)]);
    await catchUp(t.bench);
    expect(await inbox('one')).toHaveLength(2);
  });

  test('or in a digest that holds each run exactly once', async () => {
    await watch({ kind: 'query', q: 'TI=装置', name: '甲', notice: 'daily' });
    await watch({ kind: 'class', subject: 'B25J', name: '乙', notice: 'daily' });
    await watch({ kind: 'class', subject: 'B25J', name: '丙', notice: 'weekly' });
    await watch({ kind: 'class', subject: 'B25J', name: '丁', notice: 'none' }, two);
    for (const n of [3, 4]) {
      await t.bring([patent(n)]);
      await catchUp(t.bench);
    }
    expect(await inbox('one')).toEqual([]);
    expect(await Promise.all([digest(t.bench, 'daily'), digest(t.bench, 'daily')])).toContain(1);
    expect(await digest(t.bench, 'daily')).toBe(0);
    expect((await inbox('one')).map((m) => [m.titleZh, m.bodyZh])).toEqual([
      ['每日监视摘要：2 项监视有新情况', '甲：新增 2，变化 0，移出 0\n乙：新增 2，变化 0，移出 0'],
    ]);
    expect(await digest(t.bench, 'weekly')).toBe(1);
    expect(await inbox('two')).toEqual([]);
  });
});
