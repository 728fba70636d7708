import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import {
  changeTag,
  createObject,
  createTag,
  deleteObject,
  deleteTag,
  getItem,
  listItems,
  listTagged,
  listTags,
  markRecords,
  mergeTag,
  reviewItem,
  shareObject,
  tagRecords,
} from '../contract.ts';
import { records } from '../server/bench.ts';
import { say, standing, type Word } from '../server/objects/standing.ts';
import { type BenchPlatform, benchPlatform, number, patent } from './helpers.ts';

let t: BenchPlatform;
type Headers = Record<string, string>;
let one: Headers;
let two: Headers;
let out: Headers;
let collection: string;

beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  await t.bring([1, 2, 3].map((n) => patent(n)));
  const ip = { organisation: 'ip-bureau' };
  one = await t.as('department-officer', { username: 'one', ...ip });
  two = await t.as('department-officer', { username: 'two', ...ip });
  out = await t.as('department-officer', { username: 'out', organisation: 'education' });
  const made = await t.call(
    createObject,
    { body: { kind: 'collection', name: '评审', organisation: 'ip-bureau' } },
    one,
  );
  collection = made.body.id;
});
afterAll(() => t?.close());

const review = (headers: Headers, body: object) =>
  t.call(reviewItem, { params: { id: collection }, body: { number: number(1), ...body } as never }, headers);
const list = async (query: object, headers = one) => {
  const got = await t.call(listItems, { params: { id: collection }, query }, headers);
  expect(got.status, got.raw.body).toBe(200);
  return got.body.items.map((i) => i.number).sort();
};

describe('a review', () => {
  test('decides, rates and tags in one step, and adds what is not there', async () => {
    const tag = (await t.call(createTag, { body: { name: '核心', colour: 'red' } }, one)).body;
    const got = await review(one, { choice: 'keep', rating: 4, addTags: [tag.id] });
    expect(got.status, got.raw.body).toBe(200);
    expect(got.body).toMatchObject({
      number: number(1),
      state: 'keep',
      disputed: false,
      rating: 4,
      ratings: 1,
      own: { choice: 'keep', rating: 4 },
      tags: [{ id: tag.id, name: '核心', own: true }],
    });
    await review(two, { rating: 1 });
    await review(one, { number: number(2), choice: 'dismiss' });
    await review(one, { number: number(3), rating: 5 });
    expect(await list({ state: 'keep' })).toEqual([number(1)]);
    expect(await list({ state: 'dismiss' })).toEqual([number(2)]);
    expect(await list({ state: 'undecided' })).toEqual([number(3)]);
    expect(await list({ rating: 3 })).toEqual([number(3)]);
    expect(await list({ rating: 2 })).toEqual([number(1), number(3)]);
    expect(await list({ tag: tag.id })).toEqual([number(1)]);
    const id = (await t.platform.auth.findAccountByUsername('two'))!.id;
    expect(await list({ person: id })).toEqual([number(1)]);
    // Another's private tag is not seen.
    const theirs = await t.call(listItems, { params: { id: collection } }, two);
    expect(theirs.body.items.find((i) => i.number === number(1))?.tags).toEqual([]);
    expect(theirs.body.counts).toEqual({ all: 3, keep: 1, dismiss: 1, undecided: 1, disputed: 0 });
    expect(theirs.body.people.map((p) => p.name)).toEqual(['one', 'two']);
    const cleared = await review(one, { choice: null, rating: null, removeTags: [tag.id] });
    expect(cleared.body).toMatchObject({ state: null, own: null, rating: 1, tags: [] });
  });

  test('that two see differently is disputed until a third word settles it', async () => {
    expect((await review(one, { choice: 'keep', settles: true })).body).toMatchObject({
      code: 'workbench_nothing_to_settle',
    });
    await review(one, { choice: 'keep', why: '结构相同' });
    const differs = await review(two, { choice: 'dismiss', why: '用途不同' });
    expect(differs.body).toMatchObject({ state: 'dismiss', disputed: true, settled: false });
    expect(differs.body.decisions.map((d) => [d.person.name, d.choice, d.why])).toEqual([
      ['one', 'keep', '结构相同'],
      ['two', 'dismiss', '用途不同'],
    ]);
    expect(await list({ state: 'disputed' })).toEqual([number(1)]);
    const settled = await review(one, { choice: 'keep', settles: true, why: '会审' });
    expect(settled.body).toMatchObject({ state: 'keep', disputed: false, settled: true });
    expect(settled.body.decisions).toHaveLength(3);
    // A rating is no new word; another decision is one, and the settled one holds meanwhile.
    expect((await review(two, { rating: 2 })).body.disputed).toBe(false);
    await review(two, { choice: null });
    const again = await review(two, { choice: 'dismiss' });
    expect(again.body).toMatchObject({ state: 'keep', disputed: true, settled: true });
    expect((await review(one, { choice: 'keep', settles: true })).body.disputed).toBe(false);
    expect(await list({ state: 'disputed' })).toEqual([]);
  });

  test('shows one publication to those who see the collection, whether it is in it or not', async () => {
    await review(one, { choice: 'keep', rating: 4 });
    const at = (n: number) => ({ params: { id: collection, number: number(n) } });
    const seen = (await t.call(getItem, at(1), two)).body;
    expect(seen).toMatchObject({
      object: { id: collection, name: '评审', abilities: { edit: true } },
      item: { number: number(1), state: 'keep', rating: 4, own: null },
    });
    expect((await t.call(getItem, at(1), one)).body.item).toMatchObject({
      own: { choice: 'keep', rating: 4 },
    });
    const absent = await t.call(getItem, at(2), one);
    expect(absent.status).toBe(200);
    expect(absent.body).toMatchObject({ object: { id: collection }, item: null });
    expect((await t.call(getItem, at(1), out)).status).toBe(404);
    expect((await t.call(getItem, at(1), {})).status).toBe(401);
    await t.call(deleteObject, { params: { id: collection }, query: { version: 1 } }, one);
    expect((await t.call(getItem, at(1), one)).body).toMatchObject({ code: 'workbench_gone' });
  });

  test('is for those who may edit', async () => {
    expect((await review(out, { choice: 'keep' })).status).toBe(404);
    await t.call(
      shareObject,
      { params: { id: collection }, body: { shares: [{ username: 'out', edit: false }], version: 1 } },
      one,
    );
    expect((await review(out, { choice: 'keep' })).status).toBe(403);
    expect((await review({}, { choice: 'keep' })).status).toBe(401);
  });

  test('of two at once leaves both words', async () => {
    await Promise.all([review(one, { choice: 'keep' }), review(two, { choice: 'dismiss' })]);
    const got = await t.call(listItems, { params: { id: collection } }, one);
    expect(got.body.items[0]).toMatchObject({ disputed: true });
    expect(got.body.items[0]!.decisions).toHaveLength(2);
  });
});

test('the rule of standing in words is the rule in SQL', async () => {
  const by = new Map([
    ['one', await t.by('one')],
    ['two', await t.by('two')],
    ['out', await t.by('out')],
  ]);
  const step = fc.record({
    who: fc.constantFrom('one', 'two', 'out'),
    choice: fc.constantFrom('keep', 'dismiss', null),
    settles: fc.boolean(),
  });
  let place = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      place += 1;
      const id = `01900000-0000-7000-8000-${String(place).padStart(12, '0')}`;
      const model: Word[] = [];
      let seq = 0;
      for (const { who, choice, settles } of steps) {
        const before = standing(model);
        const refused = settles && choice !== null && !before.disputed && !before.settled;
        const saying = { place: id, numbers: [number(1)], choice, why: '', settles } as const;
        const done = records(t.bench)
          .transaction()
          .execute((trx) => say(t.bench, trx, by.get(who)!, saying));
        if (refused) await expect(done).rejects.toMatchObject({ code: 'workbench_nothing_to_settle' });
        else await done;
        if (refused) continue;
        const old = model.findIndex((w) => w.settles === settles && (settles || w.account === who));
        const same = old >= 0 && model[old]!.choice === choice && !settles;
        if (same) continue;
        if (old >= 0) model.splice(old, 1);
        seq += 1;
        if (choice !== null) model.push({ account: who, choice, settles, seq });
      }
      const row = await records(t.bench)
        .selectFrom('workbenchStanding')
        .select(['choice', 'disputed', 'settled'])
        .where('place', '=', id)
        .executeTakeFirst();
      expect(row ?? { choice: null, disputed: false, settled: false }).toEqual(standing(model));
    }),
    { numRuns: 60 },
  );
});

describe('tags', () => {
  const tag = async (headers: Headers, name: string, more: object = {}) => {
    const got = await t.call(createTag, { body: { name, colour: 'blue', ...more } }, headers);
    expect(got.status, got.raw.body).toBe(200);
    return got.body;
  };
  const put = (headers: Headers, id: string, numbers: string[], remove = false) =>
    t.call(tagRecords, { params: { id }, body: { numbers, remove } }, headers);

  test('are own or of the organisation, on any record', async () => {
    const mine = await tag(one, '我的');
    const ours = await tag(one, '单位', { organisation: 'ip-bureau' });
    expect((await put(one, mine.id, [number(1), number(2)])).body.changed).toBe(2);
    expect((await put(one, mine.id, [number(1)])).body.changed).toBe(0);
    expect((await put(two, ours.id, [number(1)])).body.changed).toBe(1);
    expect((await put(two, mine.id, [number(1)])).status).toBe(404);
    expect((await put(out, ours.id, [number(1)])).status).toBe(404);
    const seen = (await t.call(listTags, {}, two)).body;
    expect(seen.tags.map((x) => [x.name, x.records])).toEqual([['单位', 1]]);
    const marks = await t.call(markRecords, { body: { numbers: [number(1), number(3)] } }, one);
    expect(marks.body.marks).toEqual([
      {
        number: number(1),
        tags: [
          { id: ours.id, name: '单位', colour: 'blue', own: false },
          { id: mine.id, name: '我的', colour: 'blue', own: true },
        ],
        collections: [],
      },
    ]);
    expect((await t.call(markRecords, { body: { numbers: [number(1)] } }, out)).body.marks).toEqual([]);
    const tagged = await t.call(listTagged, { params: { id: mine.id }, query: { limit: 1 } }, one);
    expect(tagged.body).toMatchObject({ records: [{ number: number(1), by: 'one' }], next: number(1) });
    expect(tagged.body.records[0]!.hit?.title).toBe('一种装置1');
    expect((await put(one, mine.id, [number(1)], true)).body.changed).toBe(1);
  });

  test('are renamed with a version, merged within a scope, deleted', async () => {
    const [a, b] = [await tag(one, '甲'), await tag(one, '乙')];
    const ours = await tag(one, '甲', { organisation: 'ip-bureau' });
    expect((await t.call(createTag, { body: { name: '甲', colour: 'red' } }, one)).status).toBe(409);
    const rename = (name: string, version: number) =>
      t.call(changeTag, { params: { id: a.id }, body: { name, colour: 'green', version } }, one);
    expect((await rename('乙', 1)).body).toMatchObject({ code: 'workbench_name_taken' });
    expect((await rename('丙', 1)).body).toMatchObject({ name: '丙', colour: 'green', version: 2 });
    expect((await rename('丁', 1)).status).toBe(409);
    await put(one, a.id, [number(1), number(2)]);
    await put(one, b.id, [number(2), number(3)]);
    const wrong = await t.call(mergeTag, { params: { id: a.id }, body: { into: ours.id } }, one);
    expect(wrong.status).toBe(409);
    const merged = await t.call(mergeTag, { params: { id: a.id }, body: { into: b.id } }, one);
    expect(merged.body).toMatchObject({ id: b.id, records: 3, version: 2 });
    expect((await put(one, a.id, [number(1)])).status).toBe(404);
    const drop = (version: number) => t.call(deleteTag, { params: { id: b.id }, query: { version } }, one);
    expect((await drop(1)).status).toBe(409);
    expect((await drop(2)).status).toBe(200);
    expect((await t.call(listTags, {}, one)).body.tags.map((x) => x.id)).toEqual([ours.id]);
  });
});
