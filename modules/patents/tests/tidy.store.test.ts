import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { system } from '#kernel/policy/policy';
import { corpusState, live } from '../server/corpus/state.ts';
import { tidy } from '../server/corpus/tidy.ts';
import { PatentCorpus } from '../server/index.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t?.close());

const bring = (abstract: string, ...numbers: number[]) =>
  t.bring(
    'x.jsonl',
    jsonl(numbers.map((n) => ({ publicationNumber: `CN10000000${n}B`, title: '一种装置', abstract }))),
  );
const rows = async (where: string) => {
  const result = await t.deps.corpus.query({
    query: `select number, abstract from patent_document where ${where} order by number, abstract`,
    format: 'JSONEachRow',
  });
  return (await result.json<{ number: string; abstract: string }>()).map((r) => `${r.number} ${r.abstract}`);
};

test('replaced rows go one round after their end, once every reader has passed it; what is seen stays the same', async () => {
  const corpus = new PatentCorpus(t.platform);
  await bring('甲', 1, 2);
  const first = await corpus.version();
  await corpus.keepFrom('somebody', first);
  await bring('乙', 1);
  const seen = async () => rows(live(await corpusState(t.deps.records)));
  const expected = ['CN100000001B 乙', 'CN100000002B 甲'];
  expect(await tidy(t.platform)).toBe(0);
  // The reader still has to see what ended after the first version.
  expect(await tidy(t.platform)).toBe(0);
  const changed = await corpus.difference({ q: '装置' }, first, await corpus.version(), system, 'zh');
  expect(changed).toEqual({ fresh: [], changed: ['CN100000001B'], gone: [] });
  await corpus.keepFrom('somebody', await corpus.version());
  expect(await rows('1')).toHaveLength(3);
  expect(await tidy(t.platform)).toBe(1);
  expect(await rows('1')).toEqual(expected);
  expect(await seen()).toEqual(expected);
  expect((await corpusState(t.deps.records)).dead).toBe(0);
  await bring('丙', 2);
  expect(await seen()).toEqual(['CN100000001B 乙', 'CN100000002B 丙']);
  await corpus.keepFrom('somebody', await corpus.version());
  // What was replaced since the last round stays one more.
  expect(await tidy(t.platform)).toBe(0);
  expect(await tidy(t.platform)).toBe(1);
  expect(await rows('1')).toHaveLength(2);
});
