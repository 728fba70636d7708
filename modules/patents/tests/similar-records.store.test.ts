import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { suggestClasses } from '../contract/classes.ts';
import { recordTexts } from '../server/similar/records.ts';
import { similar } from '../server/similar/similar.ts';
import { catchUp } from '../server/similar/term-job.ts';
import { type ClassPlatform, classPlatform } from './classes-platform.ts';

let t: ClassPlatform;
beforeAll(async () => {
  t = await classPlatform();
});
beforeEach(async () => {
  await t.clean();
  nextDoc = 1;
});
afterAll(() => t.close());

let nextDoc = 1;

interface Row {
  number: string;
  title: string;
  ipc?: string[];
  demo?: number;
}

/** Writes records as an import does: rows of a version, the ordinals that they replace, then the version is published. */
async function publish(
  version: number,
  rows: Row[],
  dead: number[] = [],
  published = version,
): Promise<number[]> {
  const { corpus, pool } = t.platform.stores;
  const docs = rows.map(({ number, title, ipc = [], demo = 0 }) => ({
    ...{ doc: nextDoc++, version, number, title, ipc_subclasses: ipc, demo, publication_day: 20200101 },
  }));
  await corpus.insert({ table: 'patent_document', values: docs, format: 'JSONEachRow' });
  await corpus.insert({
    table: 'patent_dead',
    values: dead.map((doc) => ({ doc, version })),
    format: 'JSONEachRow',
  });
  await pool.query(
    'insert into patent_corpus (published) values ($1) on conflict (id) do update set published = excluded.published',
    [published],
  );
  return docs.map((d) => d.doc);
}

const update = () => catchUp(t.platform, recordTexts(t.platform));
const find = async (title: string) =>
  (await similar(t.platform.stores.corpus, { title, abstract: '' }, { limit: 10 })).map((f) => f.number);

test('the index follows what readers of the corpus see', async () => {
  expect(await update()).toBe(0);
  const [one] = await publish(1, [
    { number: 'CN1', title: '车辆轮胎' },
    { number: 'CN2', title: '图像处理' },
  ]);
  expect(await update()).toBe(2);
  expect(await update()).toBe(0);
  expect(await find('轮胎')).toEqual(['CN1']);
  // Written and not published: not there yet.
  await publish(2, [{ number: 'CN3', title: '轮胎安装' }], [], 1);
  expect(await update()).toBe(0);
  expect(await find('轮胎')).toEqual(['CN1']);
  await publish(3, [{ number: 'CN1', title: '纺织机' }], [one!]);
  expect(await update()).toBe(2);
  expect(await find('轮胎')).toEqual(['CN3']);
  expect(await find('纺织机')).toEqual(['CN1']);
});

test('an index that a restored backup left empty is made again', async () => {
  await publish(1, [
    { number: 'CN1', title: '车辆轮胎' },
    { number: 'CN2', title: '图像处理' },
  ]);
  expect(await update()).toBe(2);
  for (const table of ['patent_term', 'patent_term_span', 'patent_term_doc', 'patent_term_dead'])
    await t.platform.stores.corpus.command({ query: `truncate table ${table}` });
  expect(await find('轮胎')).toEqual([]);
  expect(await update()).toBe(2);
  expect(await find('轮胎')).toEqual(['CN1']);
  expect(await update()).toBe(0);
});

test('a record that ended is not found any more', async () => {
  const docs = await publish(1, [
    { number: 'CN1', title: '车辆轮胎' },
    { number: 'CN2', title: '轮胎安装' },
  ]);
  await update();
  await publish(2, [], [docs[0]!]);
  expect(await update()).toBe(1);
  expect(await find('轮胎')).toEqual(['CN2']);
});

test('many records come in pages, and two who call at once do not double them', async () => {
  const rows = Array.from({ length: 4500 }, (_, i) => ({ number: `CN${i}`, title: `轮胎${i}号` }));
  await publish(1, rows);
  await Promise.all([update(), update()]);
  const [count] = await (
    await t.platform.stores.corpus.query({
      query: 'select count() as n from patent_term_doc where id not in (select id from patent_term_dead)',
      format: 'JSONEachRow',
    })
  ).json<{ n: string }>();
  expect(count!.n).toBe('4500');
  expect(await find('4321号')).toHaveLength(10);
  expect((await find('轮胎4321号'))[0]).toBe('CN4321');
});

test('subclasses are learned from the records, generated ones left out, and then suggested', async () => {
  const words: Record<string, string[]> = {
    B60C: ['轮胎', '胎面', '胎侧'],
    H01M: ['电池', '电极', '隔膜'],
    G06T: ['图像', '像素', '渲染'],
  };
  const made = (count: number, demo: number) =>
    Object.entries(words).flatMap(([label, list], k) =>
      Array.from({ length: count }, (_, i) => ({
        number: `CN${demo}${k}${i}`,
        title: `一种${list[i % 3]}${list[(i * 5 + 1) % 3]}装置${i % 7}`,
        ipc: [label],
        demo,
      })),
    );
  await publish(1, made(100, 1));
  expect(await t.classes.suggester.learn()).toBe(0);
  await publish(2, made(100, 0));
  // Too few to learn from.
  expect(await t.classes.suggester.learn()).toBe(300);
  const suggest = async () => (await t.call(suggestClasses, { body: { title: '电池的隔膜' } })).body;
  expect((await suggest()).method).toBe('none');
  await publish(
    3,
    made(100, 2).map((r) => ({ ...r, demo: 0 })),
  );
  const told: number[] = [];
  expect(await t.classes.suggester.learn((done, total) => told.push(done / total))).toBe(600);
  expect(told.at(-1)).toBe(1);
  const found = await suggest();
  expect(found.method).toBe('learned');
  expect(found.suggestions[0]).toMatchObject({ symbol: 'H01M', titleZh: null });
  expect(found.suggestions.length).toBeGreaterThanOrEqual(3);
  expect(found.suggestions[0]!.confidence).toBeGreaterThan(0.8);
});
