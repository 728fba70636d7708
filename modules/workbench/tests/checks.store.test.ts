import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addItems,
  addNode,
  checkRecall,
  createObject,
  decideNode,
  drawSample,
  getCheck,
  judgeSample,
  listChecks,
  reviewItem,
} from '../contract.ts';
import { wilson } from '../server/trees/wilson.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let node: string;
const ALL = Array.from({ length: 20 }, (_, i) => i + 1);

beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring(ALL.map((n) => patent(n, { title: n <= 15 ? `机器人${n}` : `水泵${n}` })));
  const ip = { organisation: 'ip-bureau' };
  one = await t.as('department-officer', { username: 'one', ...ip });
  two = await t.as('department-officer', { username: 'two', ...ip });
  const tree = await t.call(createObject, { body: { kind: 'tree', name: '导航', ...ip } }, one);
  const made = await t.call(
    addNode,
    { params: { id: tree.body.id }, body: { name: '机器人', q: 'TI=机器人' } },
    one,
  );
  node = made.body.id;
});
afterAll(() => t?.close());

const sample = async (size: number, seed?: number) => {
  const body = { size, ...(seed !== undefined && { seed }) };
  const got = await t.call(drawSample, { params: { id: node }, body }, one);
  expect(got.status, got.raw.body).toBe(200);
  return got.body;
};
const drawn = async (id: string) =>
  (await t.call(getCheck, { params: { id } }, one)).body.records.map((r) => r.number);
const decide = (n: number[], choice: 'in' | 'out') =>
  t.call(decideNode, { params: { id: node }, body: { numbers: n.map(number), choice } }, one);

describe('precision', () => {
  test('is judged on a sample that the same seed draws again, and says how sure it is', async () => {
    const check = await sample(8, 7);
    expect(check).toMatchObject({
      kind: 'precision',
      seed: 7,
      size: 8,
      population: 15,
      open: 8,
      estimate: { n: 0, share: null, low: null, high: null },
    });
    const numbers = await drawn(check.id);
    expect(new Set(numbers).size).toBe(8);
    expect(await drawn((await sample(8, 7)).id)).toEqual(numbers);
    expect(await drawn((await sample(8, 8)).id)).not.toEqual(numbers);
    const judge = (n: string, choice: 'relevant' | 'irrelevant' | null, headers = one, more = {}) =>
      t.call(judgeSample, { params: { id: check.id }, body: { number: n, choice, ...more } }, headers);
    for (const [i, n] of numbers.slice(0, 5).entries()) await judge(n, i === 0 ? 'irrelevant' : 'relevant');
    const after = await judge(numbers[5]!, 'relevant');
    const w = wilson(5, 6)!;
    expect(after.body).toMatchObject({
      open: 2,
      disputed: 0,
      estimate: { hits: 5, n: 6, share: w.share, low: w.low, high: w.high },
    });
    // A second reviewer differs: it counts for nobody until it is settled.
    expect((await judge(numbers[0]!, 'relevant', two)).body).toMatchObject({
      disputed: 1,
      open: 2,
      estimate: { hits: 5, n: 5 },
    });
    expect((await judge(numbers[0]!, 'irrelevant', two, { settles: true })).body).toMatchObject({
      disputed: 0,
      estimate: { hits: 5, n: 6 },
    });
    expect((await judge('CN190000009B', 'relevant')).status).toBe(404);
    expect((await judge(numbers[1]!, 'relevant', {})).status).toBe(401);
    const list = await t.call(listChecks, { params: { id: node } }, two);
    expect(list.body.checks).toHaveLength(3);
  });

  test('is drawn from what the node holds: excluded ones never, those put there like all others', async () => {
    await decide([1, 2, 3, 4, 5], 'out');
    await decide([16, 17, 18, 19, 20], 'in');
    const times = new Map<string, number>();
    for (let seed = 1; seed <= 60; seed++)
      for (const n of await drawn((await sample(5, seed)).id)) times.set(n, (times.get(n) ?? 0) + 1);
    const held = ALL.filter((n) => n > 5).map(number);
    expect([...times.keys()].sort()).toEqual(held);
    const put = held.slice(10).reduce((sum, n) => sum + times.get(n)!, 0);
    // 300 draws, a third from those that people put there: within five standard deviations.
    expect(Math.abs(put - 100)).toBeLessThan(5 * Math.sqrt(300 * (1 / 3) * (2 / 3)));
    expect((await drawn((await sample(1000, 3)).id)).sort()).toEqual(held);
  });

  test('cannot be drawn from nothing, nor by those who only read', async () => {
    await decide(
      ALL.filter((n) => n <= 15),
      'out',
    );
    const got = await t.call(drawSample, { params: { id: node }, body: { size: 5 } }, one);
    expect(got.body).toMatchObject({ code: 'workbench_empty_node' });
    const out = await t.as('leader');
    expect((await t.call(drawSample, { params: { id: node }, body: { size: 5 } }, out)).status).toBe(404);
  });
});

describe('recall', () => {
  test('counts how many of a pasted list the node holds', async () => {
    await decide([16], 'in');
    await decide([1], 'out');
    const text = [1, 2, 3, 16, 17, 900].map(number).join('\n');
    const got = await t.call(checkRecall, { params: { id: node }, body: { text } }, one);
    const w = wilson(3, 6)!;
    expect(got.body).toMatchObject({
      kind: 'recall',
      size: 6,
      absent: 1,
      population: 15,
      estimate: { hits: 3, n: 6, share: 0.5, low: w.low, high: w.high },
      corpusVersion: await t.bench.corpus.version(),
    });
    const seen = await t.call(getCheck, { params: { id: got.body.id } }, one);
    expect(seen.body.records.filter((r) => !r.found).map((r) => r.number)).toEqual([1, 17, 900].map(number));
    expect(seen.body.abilities.judge).toBe(false);
    expect((await t.call(checkRecall, { params: { id: node }, body: { text: '' } }, one)).status).toBe(400);
  });

  test('takes a collection without what was dismissed', async () => {
    const c = (await t.call(createObject, { body: { kind: 'collection', name: '已知' } }, one)).body.id;
    await t.call(addItems, { params: { id: c }, body: { numbers: [2, 17, 18].map(number) } }, one);
    await t.call(reviewItem, { params: { id: c }, body: { number: number(18), choice: 'dismiss' } }, one);
    const got = await t.call(checkRecall, { params: { id: node }, body: { collection: c } }, one);
    expect(got.body).toMatchObject({ source: '已知', estimate: { hits: 1, n: 2 } });
    expect((await t.call(checkRecall, { params: { id: node }, body: { collection: c } }, two)).status).toBe(
      404,
    );
  });
});
