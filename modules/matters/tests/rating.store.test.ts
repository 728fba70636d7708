import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import {
  act,
  asked,
  fault,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  withCode,
} from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
});

const rate = (number: string, code: string | null, body: { score: number; words?: string }, headers = {}) =>
  t.call(contract.rateMatter, { params: { number }, body, ...withCode(code) }, headers);
const answer = (number: string, version: number, text: string, headers = officer) =>
  t.call(contract.answerRating, { params: { number }, body: { version, text } }, headers);
/** A request that was answered. */
async function ended(): Promise<Matter> {
  const matter = await asked(t);
  ok(await act(t, matter, 'disclose', officer));
  return matter;
}

test('the applicant rates once after the end, the head hears of it, and the office answers', async () => {
  await t.as('case-head', OFFICE);
  const { number, code } = await ended();
  const rated = ok(await rate(number, code, { score: 2, words: '等了太久' }));
  expect(rated).toMatchObject({
    rating: { score: 2, words: '等了太久', on: '2026-09-21', answer: null },
    abilities: { rate: false, answerRating: false },
  });
  // The answer got lost and it is pressed again; another opinion is none.
  expect(ok(await rate(number, code, { score: 2, words: '等了太久' })).version).toBe(rated.version);
  expect(fault(await rate(number, code, { score: 5 })).code).toBe('matters_rated');
  const { pool } = t.platform.stores;
  const told = await pool.query("select 1 from notification where kind = 'matters.rated'");
  expect(told.rowCount).toBe(1);

  const seen = ok(await t.call(contract.getMatter, { params: { number } }, officer));
  expect(seen.abilities).toMatchObject({ rate: false, answerRating: true });
  ok(await answer(number, seen.version, '已核实，今后提前告知进度'));
  expect(fault(await answer(number, seen.version + 1, '再说一次')).code).toBe('matters_rated');
  const { entries, intact } = ok(await t.call(contract.matterLog, { params: { number }, ...withCode(code) }));
  expect(intact).toBe(true);
  expect(entries.slice(-2).map(({ kind, score }) => [kind, score])).toEqual([
    ['rated', 2],
    ['answered', null],
  ]);
  await pool.query("update matter_rating set words = '很好'");
  expect(ok(await t.call(contract.matterLog, { params: { number } }, officer)).intact).toBe(false);
});

test('nobody else rates, nor before the end', async () => {
  const running = await asked(t);
  expect(fault(await rate(running.number, running.code, { score: 5 })).code).toBe('matters_not_ended');
  expect(fault(await answer(running.number, 1, '谢谢')).code).toBe('matters_no_rating');
  const { number, code } = await ended();
  expect(fault(await rate(number, null, { score: 5 }, officer)).code).toBe('matters_not_ended');
  expect(fault(await rate(number, 'ABCD-ABCD', { score: 5 })).code).toBe('matters_none');
  for (const score of [0, 6, 2.5]) expect((await rate(number, code, { score })).status).toBe(400);
  expect(ok(await rate(number, code, { score: 5 })).rating).toMatchObject({ score: 5 });
  // Somebody content troubles nobody.
  const told = await t.platform.stores.pool.query("select 1 from notification where kind = 'matters.rated'");
  expect(told.rowCount).toBe(0);
});

test('ratings of twelve months are counted, for the guide and as a measure', async () => {
  const rated = async (on: string, score: number) => {
    t.clock.set(`${on}T09:00:00+08:00`);
    const { number, code } = await ended();
    ok(await rate(number, code, { score }));
  };
  await rated('2025-09-21', 5);
  await rated('2025-09-22', 1);
  await rated('2026-09-21', 3);
  const guide = async () =>
    ok(await t.call(contract.catalogItem, { params: { id: 'disclosure' }, query: {} })).ratings;
  expect(await guide()).toEqual({ count: 2, content: 1 });
  const value = async (id: string, query: { asOf: string; knownAt?: Date }) =>
    (await t.platform.measures.find(id)!.compute(query)).value;
  const at = (query: { asOf: string; knownAt?: Date }) =>
    Promise.all([value('matters.ratings', query), value('matters.ratings-content', query)]);
  expect(await at({ asOf: '2026-09-21' })).toEqual([2, 1]);
  expect(await at({ asOf: '2026-09-20' })).toEqual([2, 1]);
  expect(await at({ asOf: '2025-09-22' })).toEqual([2, 1]);
  expect(await at({ asOf: '2026-09-21', knownAt: new Date('2026-09-20T00:00:00Z') })).toEqual([1, 0]);
  const page = await t.platform.measures.find('matters.ratings')!.facts({ asOf: '2026-09-21', limit: 10 });
  expect(page.rows.map(({ cells }) => [cells.rated, cells.score])).toEqual([
    ['2025-09-22', 1],
    ['2026-09-21', 3],
  ]);
});
