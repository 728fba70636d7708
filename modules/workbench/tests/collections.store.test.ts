import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addItems,
  addResult,
  changeObject,
  collectionCsv,
  createObject,
  deleteObject,
  getObject,
  listItems,
  listLog,
  listObjects,
  noteItem,
  removeItems,
  restoreObject,
  shareObject,
  transferItems,
  type WorkbenchObject,
} from '../contract.ts';
import { AddResult } from '../server/collections/add-result.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let out: Headers;
let office: Headers;

beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring([1, 2, 3, 4, 5].map((n) => patent(n)));
  one = await t.as('department-officer', { username: 'one', organisation: 'ip-bureau' });
  two = await t.as('department-officer', { username: 'two', organisation: 'ip-bureau' });
  out = await t.as('department-officer', { username: 'out', organisation: 'education' });
  office = await t.as('plan-office');
});
afterAll(() => t?.close());

const make = async (headers: Headers, more: object = {}): Promise<WorkbenchObject> => {
  const got = await t.call(createObject, { body: { kind: 'collection', name: '竞品', ...more } }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};
const at = (id: string) => ({ params: { id } });
const numbersIn = async (id: string, headers: Headers = {}, query: object = {}) => {
  const got = await t.call(listItems, { ...at(id), query }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body.items.map((i) => i.number).sort();
};

describe('who sees and changes a collection', () => {
  test('private: the owner alone', async () => {
    const c = await make(one);
    expect(c).toMatchObject({ own: true, size: 0, abilities: { edit: true, manage: true, publish: false } });
    for (const headers of [two, out, office, {} as Headers]) {
      expect((await t.call(getObject, at(c.id), headers)).status).toBe(404);
      expect((await t.call(listItems, at(c.id), headers)).status).toBe(404);
    }
    expect((await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, two)).status).toBe(404);
    expect((await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } })).status).toBe(401);
  });

  test('of the organisation: its members do everything, others nothing; who leaves it sees it no more', async () => {
    const c = await make(one, { organisation: 'ip-bureau' });
    expect((await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, two)).status).toBe(200);
    expect((await t.call(getObject, at(c.id), two)).body.abilities).toMatchObject({ manage: true });
    expect((await t.call(getObject, at(c.id), out)).status).toBe(404);
    const foreign = await t.call(
      createObject,
      { body: { kind: 'collection', name: 'x', organisation: 'education' } },
      one,
    );
    expect(foreign.status).toBe(403);
    const account = (await t.platform.auth.findAccountByUsername('two'))!;
    await t.platform.auth.setGrants({ actor: { kind: 'system', id: null, name: '系统' } }, account.id, []);
    expect((await t.call(getObject, at(c.id), two)).status).toBe(404);
  });

  test('shared with accounts: to read or to edit, until it is taken back', async () => {
    const c = await make(one);
    const share = (shares: object[], version: number) =>
      t.call(shareObject, { ...at(c.id), body: { shares, version } as never }, one);
    expect((await share([{ username: 'nobody', edit: true }], 1)).body).toMatchObject({
      code: 'workbench_no_account',
    });
    const shared = await share(
      [
        { username: 'two', edit: false },
        { username: 'out', edit: true },
      ],
      1,
    );
    expect(shared.body.shares.map((s) => [s.username, s.edit])).toEqual([
      ['out', true],
      ['two', false],
    ]);
    const add = (headers: Headers) =>
      t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, headers);
    expect((await add(two)).body).toMatchObject({ code: 'workbench_read_only' });
    expect((await add(out)).status).toBe(200);
    // Whoever edits does not decide who else may.
    const more = { ...at(c.id), body: { shares: [], version: 2 } };
    expect((await t.call(shareObject, more, out)).status).toBe(403);
    expect((await t.call(deleteObject, { ...at(c.id), query: { version: 2 } }, out)).status).toBe(403);
    expect((await share([], 2)).status).toBe(200);
    expect((await t.call(getObject, at(c.id), out)).status).toBe(404);
    expect((await t.call(getObject, at(c.id), two)).status).toBe(404);
  });

  test('public: everybody reads, by leave alone, and strangers learn of no person', async () => {
    const own = await make(one);
    const open = { name: own.name, note: '', public: true, version: 1 };
    expect((await t.call(changeObject, { ...at(own.id), body: open }, one)).status).toBe(403);
    const c = await make(office, { public: true });
    await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, office);
    const seen = await t.call(listItems, at(c.id));
    expect(seen.body).toMatchObject({
      total: 1,
      people: [],
      object: { owner: { id: '', name: '' }, updatedBy: '', shares: [], abilities: { edit: false } },
    });
    expect(seen.body.items[0]).toMatchObject({ addedBy: { name: '' }, decisions: [], tags: [] });
    expect((await t.call(listObjects, { query: { show: 'public' } })).body.objects).toHaveLength(1);
    expect((await t.call(listObjects, {})).body.objects).toHaveLength(0);
    expect((await t.call(listLog, at(c.id))).status).toBe(401);
    expect((await t.call(listLog, at(c.id), one)).status).toBe(403);
  });

  test('of two who change it, the second is told by whom and when', async () => {
    const c = await make(one, { organisation: 'ip-bureau' });
    const change = (headers: Headers, name: string) =>
      t.call(changeObject, { ...at(c.id), body: { name, organisation: 'ip-bureau', version: 1 } }, headers);
    const both = await Promise.all([change(one, '甲'), change(two, '乙')]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    const lost = both.find((b) => b.status === 409)!;
    const won = both.find((b) => b.status === 200)!;
    expect(lost.body).toMatchObject({
      code: 'workbench_changed',
      params: { by: won.body.updatedBy, version: 2 },
    });
  });

  test('deleted: gone for all, and back with everything in it', async () => {
    const c = await make(one, { organisation: 'ip-bureau' });
    await t.call(addItems, { ...at(c.id), body: { numbers: [number(1), number(2)] } }, one);
    expect((await t.call(deleteObject, { ...at(c.id), query: { version: 7 } }, one)).status).toBe(409);
    expect((await t.call(deleteObject, { ...at(c.id), query: { version: 1 } }, one)).status).toBe(200);
    expect((await t.call(getObject, at(c.id), two)).status).toBe(404);
    const bin = await t.call(listObjects, { query: { show: 'deleted' } }, one);
    expect(bin.body.objects.map((o) => o.id)).toEqual([c.id]);
    expect((await t.call(restoreObject, at(c.id), out)).status).toBe(404);
    expect((await t.call(restoreObject, at(c.id), one)).body.size).toBe(2);
    expect(await numbersIn(c.id, two)).toEqual([number(1), number(2)]);
  });
});

describe('what is in a collection', () => {
  test('is added by number, in any spelling, and what the corpus lacks is kept', async () => {
    const c = await make(one);
    const text = `CN 100000001 B\ncn100000002b, ${number(2)}；100000003\nCN190000009B\n这不是号码`;
    const added = await t.call(addItems, { ...at(c.id), body: { text } }, one);
    expect(added.body).toEqual({
      added: 4,
      already: 0,
      unknown: ['CN190000009B'],
      unreadable: ['这不是号码'],
    });
    expect(await numbersIn(c.id, one)).toEqual([number(1), number(2), number(3), 'CN190000009B']);
    const again = await t.call(addItems, { ...at(c.id), body: { text } }, one);
    expect(again.body).toMatchObject({ added: 0, already: 4 });
    expect((await t.call(addItems, { ...at(c.id), body: {} }, one)).status).toBe(400);
    const many = Array.from({ length: 5001 }, (_, i) => number(i + 10)).join('\n');
    const refused = await t.call(addItems, { ...at(c.id), body: { text: many } }, one);
    expect(refused.body).toMatchObject({ code: 'workbench_limit', params: { most: 5000, now: 5001 } });
  });

  test('is the whole result of a query, once, however often the work is repeated', async () => {
    const c = await make(one);
    const begun = await t.call(addResult, { ...at(c.id), body: { q: 'IPC=B25J' } }, one);
    expect(begun.body.total).toBe(5);
    const run = await t.platform.records
      .selectFrom('jobRun')
      .select(['data', 'state'])
      .where('id', '=', begun.body.job)
      .executeTakeFirstOrThrow();
    expect(run.state).toBe('waiting');
    const work = new AddResult(t.bench);
    const progress: number[] = [];
    const context = { stopping: false, progress: (done: number) => progress.push(done) };
    await work.run(run.data as never, context);
    await work.run(run.data as never, context);
    expect(progress.at(-1)).toBe(5);
    expect(await numbersIn(c.id, one)).toHaveLength(5);
    const lines = await t.call(listLog, at(c.id), one);
    expect(lines.body.entries.map((e) => [e.action, e.count])).toEqual([
      ['add-result', 5],
      ['create', 0],
    ]);
    // A right that was taken away meanwhile is not used.
    const other = await make(two);
    await expect(
      work.run({ ...(run.data as object), collection: other.id } as never, context),
    ).rejects.toMatchObject({ code: 'workbench_gone' });
    expect((await t.call(addResult, { ...at(c.id), body: { q: 'TI=(' } }, one)).status).toBe(400);
    expect((await t.call(addResult, { ...at(c.id), body: { q: '' } }, one)).status).toBe(400);
  });

  test('is taken out, and comes back with its note', async () => {
    const c = await make(one);
    await t.call(addItems, { ...at(c.id), body: { numbers: [number(1), number(2)] } }, one);
    const note = (text: string, version: number, headers = one) =>
      t.call(noteItem, { params: { id: c.id, number: number(1) }, body: { note: text, version } }, headers);
    expect((await note('重点', 1)).body).toEqual({ number: number(1), note: '重点', version: 2 });
    expect((await note('别的', 1)).body).toMatchObject({
      code: 'workbench_changed',
      params: { by: 'one', current: { note: '重点', version: 2 } },
    });
    const gone = await t.call(removeItems, { ...at(c.id), body: { numbers: [number(1), number(9)] } }, one);
    expect(gone.body.removed).toBe(1);
    expect(await numbersIn(c.id, one)).toEqual([number(2)]);
    expect((await note('x', 3)).status).toBe(404);
    await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, one);
    const back = await t.call(listItems, at(c.id), one);
    expect(back.body.items.find((i) => i.number === number(1))?.note).toBe('重点');
  });

  test('is moved and copied with notes; what the other has stays', async () => {
    const [a, b] = [await make(one), await make(one, { name: '另一个' })];
    await t.call(addItems, { ...at(a.id), body: { numbers: [number(1), number(2), number(3)] } }, one);
    await t.call(addItems, { ...at(b.id), body: { numbers: [number(3)] } }, one);
    for (const n of [1, 3])
      await t.call(
        noteItem,
        { params: { id: a.id, number: number(n) }, body: { note: `甲${n}`, version: 1 } },
        one,
      );
    await t.call(
      noteItem,
      { params: { id: b.id, number: number(3) }, body: { note: '乙3', version: 1 } },
      one,
    );
    const move = { to: b.id, numbers: [number(1), number(3)], how: 'move' as const };
    expect((await t.call(transferItems, { ...at(a.id), body: move }, one)).body).toEqual({
      transferred: 1,
      already: 1,
    });
    expect(await numbersIn(a.id, one)).toEqual([number(2)]);
    const there = (await t.call(listItems, at(b.id), one)).body.items;
    expect(there.map((i) => [i.number, i.note]).sort()).toEqual([
      [number(1), '甲1'],
      [number(3), '乙3'],
    ]);
    const copy = { to: b.id, numbers: [number(2)], how: 'copy' as const };
    await t.call(transferItems, { ...at(a.id), body: copy }, one);
    expect(await numbersIn(a.id, one)).toEqual([number(2)]);
    expect(await numbersIn(b.id, one)).toHaveLength(3);
    const foreign = { ...at(b.id), body: { to: a.id, numbers: [number(1)], how: 'copy' as const } };
    expect((await t.call(transferItems, foreign, two)).status).toBe(404);
  });

  test('is never lost or doubled when several people add and take out at once', async () => {
    const c = await make(one, { organisation: 'ip-bureau' });
    const all = [1, 2, 3, 4, 5].map(number);
    const add = (h: Headers, list: string[]) => t.call(addItems, { ...at(c.id), body: { numbers: list } }, h);
    const done = await Promise.all([add(one, all), add(two, [...all].reverse()), add(one, all)]);
    expect(done.map((d) => d.status)).toEqual([200, 200, 200]);
    expect(done.reduce((sum, d) => sum + d.body.added, 0)).toBe(5);
    expect(await numbersIn(c.id, one)).toEqual(all);
  });

  test('is paged without end and exported as it is narrowed', async () => {
    const c = await make(office, { public: true });
    await t.call(addItems, { ...at(c.id), body: { numbers: [1, 2, 3, 4, 5].map(number) } }, office);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.call(listItems, { ...at(c.id), query: { limit: 2, cursor } }, office);
      expect(page.body.total).toBe(5);
      seen.push(...page.body.items.map((i) => i.number));
      cursor = page.body.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1].map(number));
    const csv = await t.call(collectionCsv, at(c.id));
    expect(csv.raw.headers['content-type']).toContain('text/csv');
    const lines = csv.raw.body.trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain(`${number(5)},`);
    expect(lines[1]).toContain('一种装置5');
    const none = await t.call(collectionCsv, { ...at(c.id), query: { state: 'keep' } });
    expect(none.raw.body.trim().split('\r\n')).toHaveLength(1);
  });

  test('leaves a log that nobody can change', async () => {
    const c = await make(one);
    await t.call(addItems, { ...at(c.id), body: { numbers: [number(1)] } }, one);
    await t.call(removeItems, { ...at(c.id), body: { numbers: [number(1)] } }, one);
    const first = await t.call(listLog, { ...at(c.id), query: { limit: 2 } }, one);
    expect(first.body.entries.map((e) => [e.action, e.numbers, e.person.name])).toEqual([
      ['remove', [number(1)], 'one'],
      ['add', [number(1)], 'one'],
    ]);
    const rest = await t.call(listLog, { ...at(c.id), query: { cursor: first.body.next! } }, one);
    expect(rest.body.entries.map((e) => e.action)).toEqual(['create']);
    const { pool } = t.platform.stores;
    await expect(pool.query('update workbench_log set action = $1', ['x'])).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from workbench_log')).rejects.toThrow(/append-only/);
  });
});
