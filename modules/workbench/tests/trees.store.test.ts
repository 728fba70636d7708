import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { searchPatents } from '#modules/patents/contract';
import {
  addNode,
  changeNode,
  changeObject,
  countTree,
  createObject,
  decideNode,
  deleteNode,
  getTree,
  listLog,
  listNodeRecords,
  type TreeNode,
} from '../contract.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let tree: string;

beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring([
    patent(1, { title: '机器人手爪' }),
    patent(2, { title: '机器人底座' }),
    patent(3, { title: '水泵叶轮' }),
    patent(4, { title: '水泵机器人' }),
  ]);
  const ip = { organisation: 'ip-bureau' };
  one = await t.as('department-officer', { username: 'one', ...ip });
  two = await t.as('department-officer', { username: 'two', ...ip });
  const made = await t.call(createObject, { body: { kind: 'tree', name: '导航', ...ip } }, one);
  expect(made.status, made.raw.body).toBe(200);
  tree = made.body.id;
});
afterAll(() => t?.close());

const node = async (name: string, body: object = {}, headers = one): Promise<TreeNode> => {
  const got = await t.call(addNode, { params: { id: tree }, body: { name, ...body } }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};
const records = async (id: string, query: object = {}, headers: Headers = one) => {
  const got = await t.call(listNodeRecords, { params: { id }, query }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};
const numbersIn = async (id: string, query: object = {}) =>
  (await records(id, query)).records.map((r) => r.number);
const count = async (id: string, headers: Headers = one) => {
  const got = await t.call(countTree, { params: { id: tree } }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body.counts.find((c) => c.node === id)!;
};
const decide = (id: string, n: number[], body: object, headers = one) =>
  t.call(
    decideNode,
    { params: { id }, body: { numbers: n.map(number), choice: 'in', ...body } as never },
    headers,
  );

describe('a tree', () => {
  test('has nodes in an order, which are moved but never below themselves', async () => {
    const [a, b] = [await node('甲'), await node('乙')];
    const child = await node('甲一', { parent: a.id });
    await node('首', { position: 0 });
    const shape = async () =>
      (await t.call(getTree, { params: { id: tree } }, one)).body.nodes.map((n) => [
        n.name,
        n.parent === a.id ? '甲' : null,
        n.position,
      ]);
    expect(await shape()).toEqual(
      expect.arrayContaining([
        ['首', null, 0],
        ['甲', null, 1],
        ['乙', null, 2],
        ['甲一', '甲', 0],
      ]),
    );
    const change = (of: TreeNode, body: object, version = 1, headers = one) =>
      t.call(
        changeNode,
        { params: { id: of.id }, body: { name: of.name, parent: of.parent, version, ...body } },
        headers,
      );
    expect((await change(b, { parent: a.id, position: 0 })).body).toMatchObject({ position: 0, version: 2 });
    expect((await change(a, { parent: child.id })).body).toMatchObject({ code: 'workbench_node_move' });
    expect((await change(a, { parent: '01900000-0000-7000-8000-000000000001' })).status).toBe(404);
    expect((await change(b, {}, 1)).body).toMatchObject({ code: 'workbench_changed', params: { by: 'one' } });
    const both = await Promise.all([change(a, { name: '一' }), change(a, { name: '二' }, 1, two)]);
    expect(both.map((x) => x.status).sort()).toEqual([200, 409]);
    const drop = await t.call(deleteNode, { params: { id: a.id }, query: { version: 2 } }, one);
    expect(drop.body.deleted).toBe(3);
    expect(await shape()).toEqual([['首', null, 0]]);
    expect((await t.call(listNodeRecords, { params: { id: child.id } }, one)).status).toBe(404);
  });

  test('is for its owner scope; open to everybody it is read with a stranger’s rights', async () => {
    const office = await t.as('plan-office');
    const made = await t.call(createObject, { body: { kind: 'tree', name: '公开' } }, office);
    tree = made.body.id;
    const n = await node('机器人', { q: 'TI=机器人' }, office);
    await decide(n.id, [3], {}, office);
    for (const headers of [one, {} as Headers]) {
      expect((await t.call(getTree, { params: { id: tree } }, headers)).status).toBe(404);
      expect((await t.call(listNodeRecords, { params: { id: n.id } }, headers)).status).toBe(404);
      expect((await t.call(countTree, { params: { id: tree } }, headers)).status).toBe(404);
    }
    const body = { name: '公开', public: true, version: 1 };
    await t.call(changeObject, { params: { id: tree }, body }, office);
    const seen = await records(n.id, {}, {});
    expect(seen).toMatchObject({ total: 4, node: { updatedBy: '' } });
    expect(seen.records.every((r) => r.decisions.length === 0)).toBe(true);
    expect((await count(n.id, {})).records).toBe(4);
    expect((await decide(n.id, [1], { choice: 'out' }, one)).status).toBe(403);
    expect((await decide(n.id, [1], { choice: 'out' }, {})).status).toBe(401);
  });

  test('keeps references to a history that will be gone', async () => {
    await t.call(searchPatents, { query: { q: 'TI=机器人' } }, one);
    const n = await node('机器人', { q: '#1 NOT TI=水泵' });
    expect(n.q).not.toContain('#');
    expect(await numbersIn(n.id)).toEqual([1, 2].map(number));
    const bad = await t.call(addNode, { params: { id: tree }, body: { name: 'x', q: 'TI=(' } }, one);
    expect(bad.body).toMatchObject({ code: 'patents_query' });
  });
});

describe('a node', () => {
  test('holds what its query finds and what people put there, not what they keep out; new records fall into place', async () => {
    const n = await node('机器人', { q: 'TI=机器人' });
    expect(await numbersIn(n.id)).toEqual([1, 2, 4].map(number));
    await decide(n.id, [4], { choice: 'out', why: '主题是泵' });
    await decide(n.id, [3], { choice: 'in', why: '配套' }, two);
    expect(await numbersIn(n.id)).toEqual([1, 2, 3].map(number));
    expect(await count(n.id)).toMatchObject({ records: 3, found: 3, added: 1, excluded: 1, disputed: 0 });
    const seen = await records(n.id);
    expect(seen.records.map((r) => r.by)).toEqual(['query', 'query', 'person']);
    expect(seen.records[2]!.decisions).toMatchObject([
      { person: { name: 'two' }, choice: 'in', why: '配套' },
    ]);
    expect((await records(n.id, { show: 'excluded' })).records).toMatchObject([
      { number: number(4), by: 'excluded' },
    ]);
    await t.bring([patent(5, { title: '机器人控制' }), patent(4, { title: '水泵机器人二代' })]);
    expect(await numbersIn(n.id)).toEqual([1, 2, 3, 5].map(number));
    // Another query: decisions stay.
    const body = { name: '机器人', q: 'TI=水泵', parent: null, version: 1 };
    await t.call(changeNode, { params: { id: n.id }, body }, one);
    expect(await numbersIn(n.id)).toEqual([number(3)]);
    expect(await count(n.id)).toMatchObject({ records: 1, found: 2, added: 0, excluded: 1 });
    // Taken back, the query counts again.
    expect((await decide(n.id, [4], { choice: null })).body.changed).toBe(1);
    expect(await numbersIn(n.id)).toEqual([3, 4].map(number));
  });

  test('without a query holds what people put there', async () => {
    const n = await node('手工');
    expect(await count(n.id)).toMatchObject({ records: 0, found: 0 });
    await decide(n.id, [2, 1], {});
    expect(await numbersIn(n.id)).toEqual([1, 2].map(number));
  });

  test('is paged by number to its end', async () => {
    const n = await node('全部', { q: 'IPC=B25J' });
    await decide(n.id, [2], { choice: 'out' });
    await decide(n.id, [9], {});
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await records(n.id, { limit: 1, cursor });
      expect(page.total).toBe(4);
      seen.push(...page.records.map((r) => r.number));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([1, 3, 4, 9].map(number));
  });

  test('about which reviewers differ is listed, and settled by a third word', async () => {
    const n = await node('机器人', { q: 'TI=机器人' });
    await decide(n.id, [1], { choice: 'in' });
    expect((await decide(n.id, [1], { choice: 'in', settles: true })).status).toBe(409);
    await decide(n.id, [1], { choice: 'out' }, two);
    expect((await count(n.id)).disputed).toBe(1);
    expect((await records(n.id, { show: 'disputed' })).records).toMatchObject([
      { number: number(1), disputed: true, settled: false },
    ]);
    await decide(n.id, [1], { choice: 'in', settles: true, why: '会审' });
    expect((await count(n.id)).disputed).toBe(0);
    expect((await records(n.id)).records[0]).toMatchObject({ by: 'person', settled: true, disputed: false });
    const lines = await t.call(listLog, { params: { id: tree } }, one);
    expect(lines.body.entries.map((e) => e.action)).toEqual([
      'settle',
      'decide',
      'decide',
      'node-add',
      'create',
    ]);
  });

  test('follows the decisions through any order of imports, queries and words', {
    timeout: 180_000,
  }, async () => {
    const titles = ['机器人', '水泵', '机器人水泵', '叶轮'];
    const n = fc.integer({ min: 1, max: 4 });
    const step = fc.oneof(
      fc.record({ do: fc.constant('import' as const), n, title: fc.constantFrom(...titles) }),
      fc.record({ do: fc.constant('decide' as const), n, choice: fc.constantFrom('in', 'out', null) }),
      fc.record({ do: fc.constant('query' as const), word: fc.constantFrom('机器人', '水泵', '') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await t.bring([1, 2, 3, 4].map((k) => patent(k, { title: '起点' })));
        const made = await node('模型', { q: 'TI=机器人' });
        let word = '机器人';
        let version = 1;
        const title = new Map([1, 2, 3, 4].map((k) => [k, '起点']));
        const words = new Map<number, string>();
        for (const s of steps) {
          if (s.do === 'import') {
            title.set(s.n, s.title);
            await t.bring([patent(s.n, { title: s.title })]);
          } else if (s.do === 'decide') {
            if (s.choice) words.set(s.n, s.choice);
            else words.delete(s.n);
            expect((await decide(made.id, [s.n], { choice: s.choice })).status).toBe(200);
          } else {
            word = s.word;
            const body = { name: '模型', q: word && `TI=${word}`, parent: null, version };
            expect((await t.call(changeNode, { params: { id: made.id }, body }, one)).status).toBe(200);
            version += 1;
          }
          const expected = [1, 2, 3, 4].filter((k) =>
            words.has(k) ? words.get(k) === 'in' : word !== '' && title.get(k)!.includes(word),
          );
          expect(await numbersIn(made.id)).toEqual(expected.map(number));
          expect((await count(made.id)).records).toBe(expected.length);
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
