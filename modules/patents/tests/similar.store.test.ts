import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SimilarOptions, similar } from '../server/similar/similar.ts';
import { forgetTerms, indexTerms, sweepTerms, type TermDoc } from '../server/similar/terms.ts';
import { learnTranslation } from '../server/similar/translation-learn.ts';
import { DATA } from './classes-files.ts';
import { type ClassPlatform, classPlatform } from './classes-platform.ts';

let t: ClassPlatform;
beforeAll(async () => {
  t = await classPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t.close());

const corpus = () => t.platform.stores.corpus;
const doc = (number: string, title: string, abstract = '', version = '1'): TermDoc => ({
  number,
  title,
  abstract,
  version,
});
const find = async (title: string, options: Partial<SimilarOptions> = {}) =>
  similar(corpus(), { title, abstract: '' }, { limit: 10, ...options });
const some = [
  doc('CN1', '一种车辆轮胎', '涉及充气轮胎的胎面结构'),
  doc('CN2', '车辆轮胎的安装装置', '用于安装轮胎'),
  doc('CN3', '图像处理方法', '对图像的像素进行处理'),
  doc('CN4', '锂电池LED指示灯', '电池'),
];

/** Scores as the formula says, computed here over the documents as they should stand. */
function scores(docs: readonly TermDoc[], title: string): Map<string, number> {
  const tokens = (text: string) => {
    const out: string[] = [];
    for (const [run] of text.toLowerCase().matchAll(/\p{Script=Han}+|[a-z0-9]+/gu)) {
      if (/[a-z0-9]/.test(run)) out.push(run);
      else
        out.push(...run.split('').map((c) => `1${c}`), ...[...run].slice(1).map((c, i) => `2${run[i]}${c}`));
    }
    return out;
  };
  const bags = docs.map((d) => [
    ...tokens(d.title),
    ...tokens(d.title),
    ...tokens(d.title),
    ...tokens(d.abstract),
  ]);
  const average = bags.reduce((n, bag) => n + bag.length, 0) / bags.length;
  const result = new Map<string, number>();
  docs.forEach((d, i) => {
    let score = 0;
    for (const token of tokens(title)) {
      const df = bags.filter((bag) => bag.includes(token)).length;
      const tf = bags[i]!.filter((x) => x === token).length;
      const idf = Math.log(1 + (docs.length - df + 0.5) / (df + 0.5));
      score += (3 * idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * bags[i]!.length) / average));
    }
    if (score > 0) result.set(d.number, score);
  });
  return result;
}

async function same(docs: readonly TermDoc[], title: string): Promise<void> {
  const found = await find(title);
  const wanted = [...scores(docs, title)].sort((a, b) => b[1] - a[1]);
  expect(found.map((f) => f.number)).toEqual(wanted.map(([number]) => number));
  found.forEach((f, i) => {
    expect(f.score).toBeCloseTo(wanted[i]![1], 4);
  });
}

describe('more like this', () => {
  test('nothing in it, nothing asked', async () => {
    expect(await find('轮胎')).toEqual([]);
    await indexTerms(corpus(), some);
    expect(await find('——')).toEqual([]);
    expect(await find('量子')).toEqual([]);
  });

  test('scores are those of the formula, and the reasons are named', async () => {
    expect(await indexTerms(corpus(), some)).toBe(4);
    await same(some, '一种轮胎安装LED');
    const [first] = await find('轮胎安装');
    expect(first!.number).toBe('CN2');
    expect(first!.why.map((w) => w.term)).toEqual(expect.arrayContaining(['轮胎', '安装']));
    expect(first!.why.every((w) => w.weight > 0 && w.from === null)).toBe(true);
    expect((await find('轮胎', { except: 'CN1' })).map((f) => f.number)).toEqual(['CN2']);
    expect(await find('轮胎', { limit: 1 })).toHaveLength(1);
  });

  test('a changed record counts once, by its new text', async () => {
    await indexTerms(corpus(), some);
    const changed = doc('CN1', '一种纺织机', '涉及织布', '2');
    expect(await indexTerms(corpus(), [changed])).toBe(1);
    const now = [changed, ...some.slice(1)];
    await same(now, '一种轮胎安装LED');
    await same(now, '织布');
    expect((await find('胎面')).map((f) => f.number)).toEqual(['CN2']);
    // The same text again, under whatever version, is no change.
    expect(await indexTerms(corpus(), [{ ...changed, version: '9' }, ...some.slice(1)])).toBe(0);
    // Of several texts in one call the highest version counts.
    await indexTerms(corpus(), [doc('CN1', '轮胎', '', '11'), doc('CN1', '电池', '', '10')]);
    await same([doc('CN1', '轮胎'), ...some.slice(1)], '轮胎电池');
    expect(await sweepTerms(corpus(), 0)).toBe(2);
    await same([doc('CN1', '轮胎'), ...some.slice(1)], '轮胎电池');
    expect(await sweepTerms(corpus(), 0)).toBe(0);
    await indexTerms(corpus(), [doc('CN5', '轮胎电池')]);
    await same([doc('CN1', '轮胎'), ...some.slice(1), doc('CN5', '轮胎电池')], '轮胎电池');
  });

  test('what is forgotten is not found', async () => {
    await indexTerms(corpus(), some);
    await forgetTerms(corpus(), ['CN1', 'CN9']);
    await same(some.slice(1), '车辆轮胎');
    await indexTerms(corpus(), some);
    await same(some, '车辆轮胎');
  });

  test('writing that was broken off counts for nothing, and repeating it makes it whole', async () => {
    await indexTerms(corpus(), some.slice(1));
    // The terms of CN1 arrived, and then the process ended.
    await corpus().insert({
      table: 'patent_term_span',
      values: [{ first: 4, last: 4 }],
      format: 'JSONEachRow',
    });
    const { countTerms } = await import('../server/similar/tokens.ts');
    const counts = [...countTerms(some[0]!.title, some[0]!.abstract)];
    await corpus().insert({
      table: 'patent_term_inbox',
      values: [{ id: 4, len: 50, terms: counts.map(([term]) => term), tfs: counts.map(([, tf]) => tf) }],
      format: 'JSONEachRow',
    });
    await same(some.slice(1), '车辆轮胎');
    await indexTerms(corpus(), some);
    await same([...some.slice(1), some[0]!], '车辆轮胎');
    expect(await sweepTerms(corpus(), 0)).toBe(1);
    await same([...some.slice(1), some[0]!], '车辆轮胎');
  });

  test('an English text finds Chinese records through the translation, and says by which word', async () => {
    await indexTerms(corpus(), some);
    const translation = await learnTranslation([
      { zh: '轮胎', en: 'Tyres' },
      { zh: '车辆', en: 'Vehicles' },
      { zh: '车辆的轮胎', en: 'Tyres for vehicles' },
    ]);
    expect(await find('vehicle tyre')).toEqual([]);
    const found = await find('vehicle tyre', { translation });
    expect(found.map((f) => f.number).sort()).toEqual(['CN1', 'CN2']);
    expect(found[0]!.why).toContainEqual({ term: '轮胎', weight: expect.any(Number), from: 'tyre' });
  });

  test('a long text is looked at twice, and the best is the same', async () => {
    const words = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'];
    const docs = Array.from({ length: 60 }, (_, i) =>
      doc(`N${i}`, words.map((_, k) => words[(k * (i + 1) + i) % words.length]).join('')),
    );
    await indexTerms(corpus(), docs);
    const [best] = await find(docs[17]!.title, { terms: 40 });
    expect(best!.number).toBe('N17');
  });
});

const FILES = join(DATA, 'patents-zh/ccf-bdci-2022-fewshot');
const hasData = existsSync(FILES);
if (!hasData) console.info(`similar: tests with real records are skipped, ${FILES} is not there`);

test.skipIf(!hasData)('real: a paraphrase finds its original among 4,097', async () => {
  const lines = async (name: string) =>
    (await readFile(join(FILES, name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; title: string; abstract: string });
  const originals = await lines('expand_train_1.jsonl');
  await indexTerms(
    corpus(),
    originals.map((o) => doc(o.id, o.title, o.abstract)),
  );
  const asked = (await lines('train_ja_zh.jsonl')).filter((_, i) => i % 40 === 0);
  let right = 0;
  for (const { id, title, abstract } of asked) {
    const found = await similar(corpus(), { title, abstract }, { limit: 10 });
    if (found.some((f) => f.number === id)) right += 1;
  }
  expect(right).toBe(asked.length);
});
