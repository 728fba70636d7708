import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { searchPatents } from '#modules/patents/contract';
import {
  changeQuery,
  combineHistory,
  deleteHistory,
  deleteQuery,
  getQuery,
  listHistory,
  listQueries,
  rerunHistory,
  saveQuery,
} from '../contract.ts';
import { type BenchPlatform, benchPlatform, patent } from './helpers.ts';

let t: BenchPlatform;
beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring([
    patent(1, { title: '机器人手爪' }),
    patent(2, { title: '机器人底座', ipc: ['B65G 1/00'] }),
    patent(3, { title: '水泵叶轮', ipc: ['F04D 29/00'] }),
  ]);
});
afterAll(() => t?.close());

const search = async (q: string, headers: Record<string, string>) => {
  const got = await t.call(searchPatents, { query: { q } }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};

describe('history', () => {
  test('every search of an account gets the next number, strangers get none', async () => {
    const one = await t.as('leader', { username: 'one' });
    const two = await t.as('leader', { username: 'two' });
    expect((await search('TI=机器人', one)).history).toBe(1);
    expect((await search('TI=水泵', one)).history).toBe(2);
    // The same again, with nothing in between, keeps its number.
    expect((await search('TI=水泵', one)).history).toBe(2);
    expect((await search('TI=机器人', two)).history).toBe(1);
    expect((await t.call(searchPatents, { query: { q: 'TI=水泵' } })).body.history).toBeNull();
    const list = await t.call(listHistory, {}, one);
    expect(list.body).toMatchObject({ total: 2, next: null });
    expect(list.body.entries.map((e) => [e.no, e.text, e.total])).toEqual([
      [2, 'TI=水泵', 1],
      [1, 'TI=机器人', 2],
    ]);
    expect((await t.call(listHistory, {})).status).toBe(401);
  });

  test('numbers mean the own history alone, are combined, counted again, deleted and never used twice', async () => {
    const one = await t.as('leader', { username: 'one' });
    const two = await t.as('leader', { username: 'two' });
    await search('TI=机器人', one);
    await search('IPC=B65G', one);
    expect((await search('#1 NOT #2', one)).total).toBe(1);
    const foreign = await t.call(searchPatents, { query: { q: '#1 AND #2' } }, two);
    expect(foreign.status).toBe(400);
    const made = await t.call(combineHistory, { body: { numbers: [1, 2], how: 'and' } }, one);
    expect(made.body).toMatchObject({ no: 4, text: '#1 AND #2', total: 1 });
    await t.bring([patent(4, { title: '机器人控制器' })]);
    const again = await t.call(rerunHistory, { params: { no: 1 } }, one);
    expect(again.body).toMatchObject({ before: 2, entry: { no: 1, total: 3 } });
    expect((await t.call(rerunHistory, { params: { no: 1 } }, two)).status).toBe(404);
    expect((await t.call(deleteHistory, { body: { numbers: [1, 2] } }, one)).body.deleted).toBe(2);
    // What was combined from deleted ones stays whole.
    expect((await search('#4', one)).total).toBe(1);
    expect((await search('TI=叶轮', one)).history).toBe(6);
    expect((await t.call(deleteHistory, { body: {} }, one)).body.deleted).toBe(4);
    expect((await search('TI=叶轮', one)).history).toBe(7);
  });

  test('pages and finds', async () => {
    const one = await t.as('leader', { username: 'one' });
    for (const q of ['TI=机器人', 'TI=水泵', 'IPC=B25J']) await search(q, one);
    const first = await t.call(listHistory, { query: { limit: 2 } }, one);
    expect(first.body.next).toBe(2);
    const rest = await t.call(listHistory, { query: { limit: 2, before: 2 } }, one);
    expect(rest.body.entries.map((e) => e.no)).toEqual([1]);
    expect((await t.call(listHistory, { query: { contains: '水' } }, one)).body.total).toBe(1);
  });
});

describe('saved queries', () => {
  const body = (name: string, q: string, more: object = {}) => ({ body: { name, q, ...more } });

  test('are named, used as @name, and live with what they refer to', async () => {
    const one = await t.as('leader', { username: 'one' });
    const bots = await t.call(saveQuery, body('机器人', 'TI=机器人'), one);
    expect(bots.status, bots.raw.body).toBe(200);
    expect(bots.body).toMatchObject({ name: '机器人', own: true, abilities: { change: true }, version: 1 });
    await t.call(saveQuery, body('手爪', '@机器人 AND IPC=B25J'), one);
    expect((await search('@手爪', one)).total).toBe(1);
    // A change of what is referred to is followed.
    const changed = await t.call(
      changeQuery,
      { params: { id: bots.body.id }, body: { ...body('机器人', 'TI=装置').body, version: 1 } },
      one,
    );
    expect(changed.body.version).toBe(2);
    expect((await search('@手爪', one)).total).toBe(0);
    const double = await t.call(saveQuery, body('手爪', 'TI=水泵'), one);
    expect(double.status).toBe(409);
    expect((await t.call(saveQuery, body('空', ''), one)).status).toBe(400);
    expect((await t.call(saveQuery, body('错', 'TI=('), one)).status).toBe(400);
    expect((await t.call(saveQuery, body('带 空格', 'TI=水泵'), one)).status).toBe(400);
  });

  test('a reference to the history is replaced when it is saved', async () => {
    const one = await t.as('leader', { username: 'one' });
    await search('TI=机器人', one);
    const made = await t.call(saveQuery, body('a', '#1 NOT IPC=B65G'), one);
    expect(made.body.q).not.toContain('#');
    await t.call(deleteHistory, { body: {} }, one);
    expect((await search('@a', one)).total).toBe(1);
  });

  test('are shared with the own organisation and nobody else', async () => {
    const ip = { organisation: 'ip-bureau' };
    const one = await t.as('department-officer', { username: 'one', ...ip });
    const two = await t.as('department-officer', { username: 'two', ...ip });
    const out = await t.as('department-officer', { username: 'out', organisation: 'education' });
    await t.call(saveQuery, body('内部', 'TI=机器人'), one);
    const shared = await t.call(
      saveQuery,
      body('泵', '@内部 OR TI=水泵', { organisation: 'ip-bureau' }),
      one,
    );
    expect(shared.status, shared.raw.body).toBe(200);
    expect((await t.call(saveQuery, body('x', 'TI=泵', { organisation: 'ip-bureau' }), out)).status).toBe(
      403,
    );
    // What it refers to is private: the colleague gets the whole of it all the same.
    expect((await search('@泵', two)).total).toBe(3);
    expect((await t.call(searchPatents, { query: { q: '@泵' } }, out)).status).toBe(400);
    expect((await t.call(searchPatents, { query: { q: '@内部' } }, two)).status).toBe(400);
    const names = async (h: Record<string, string>) =>
      (await t.call(listQueries, {}, h)).body.queries.map((q) => q.name);
    expect(await names(one)).toEqual(['内部', '泵']);
    expect(await names(two)).toEqual(['泵']);
    expect(await names(out)).toEqual([]);
    const change = { params: { id: shared.body.id }, body: { ...body('泵', 'TI=1').body, version: 1 } };
    expect((await t.call(changeQuery, change, two)).status).toBe(403);
    expect((await t.call(changeQuery, change, out)).status).toBe(404);
    const drop = { params: { id: shared.body.id }, query: { version: 1 } };
    expect((await t.call(deleteQuery, drop, two)).status).toBe(403);
    expect((await t.call(deleteQuery, drop, one)).status).toBe(200);
    expect((await t.call(searchPatents, { query: { q: '@泵' } }, two)).status).toBe(400);
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
  });

  test('of two who change one, the second is told', async () => {
    const one = await t.as('leader', { username: 'one' });
    const made = (await t.call(saveQuery, body('a', 'TI=水泵'), one)).body;
    const change = (q: string) =>
      t.call(changeQuery, { params: { id: made.id }, body: { ...body('a', q).body, version: 1 } }, one);
    const both = await Promise.all([change('TI=机器人'), change('TI=叶轮')]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
  });

  test('are open to everybody only by leave', async () => {
    const one = await t.as('leader', { username: 'one' });
    const officer = await t.as('data-officer');
    expect((await t.call(saveQuery, body('a', 'TI=水泵', { public: true }), one)).status).toBe(403);
    const made = await t.call(saveQuery, body('a', 'TI=水泵', { public: true }), officer);
    expect(made.status, made.raw.body).toBe(200);
    const seen = await t.call(getQuery, { params: { id: made.body.id } });
    expect(seen.body).toMatchObject({ name: 'a', owner: { id: '', name: '' }, own: false });
    expect((await t.call(listQueries, { query: { show: 'public' } })).body.queries).toHaveLength(1);
    expect((await t.call(listQueries, {})).body.queries).toHaveLength(0);
  });
});
