import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, type Headers, type Matter, matterPlatform, OFFICE, ok, request } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  officer = await t.as('case-officer', OFFICE);
});

/** A dispute that came in on a day, as the office enters it. */
async function dispute(on: string): Promise<Matter> {
  const { title: _t, delivery: _d, form: _f, ...party } = request;
  return ok(
    await t.call(
      contract.openMatter,
      {
        body: {
          item: 'infringement',
          form: {
            ...party,
            ...{ respondent: '示例公司', respondentAddress: '南通市', patentNumber: 'CN201510958772.0' },
            ...{
              patentTitle: '一种装置',
              interest: 'holder',
              claim: '停止制造',
              facts: '事实',
              court: false,
            },
          },
          materials: ['request', 'identity', 'right', 'evidence'].map((what) => ({ what, file: null })),
          ...{ on, idempotencyKey: randomUUID() },
        },
      },
      officer,
    ),
  );
}

const figure = async (id: string, query: { asOf: string; knownAt?: Date; region?: string }) =>
  (await t.platform.measures.find(id)!.compute(query)).value;

test('cases filed in twelve months, and those of them that have ended', async () => {
  // Filed a year and a day ago, exactly twelve months ago, and this month; one that was never filed, and a request for information.
  const early = await dispute('2025-09-19');
  ok(await act(t, early, 'file', officer, { on: '2025-09-20' }));
  const first = ok(await act(t, await dispute('2025-09-19'), 'file', officer, { on: '2025-09-22' }));
  ok(await act(t, first, 'withdraw', officer, { on: '2026-01-05' }));
  ok(await act(t, await dispute('2026-09-01'), 'file', officer, { on: '2026-09-04' }));
  await dispute('2026-09-01');
  await asked(t);

  const at = (asOf: string) =>
    Promise.all([figure('matters.cases-filed', { asOf }), figure('matters.cases-closed', { asOf })]);
  expect(await at('2026-09-21')).toEqual([2, 1]);
  expect(await at('2026-09-20')).toEqual([2, 1]);
  expect(await at('2026-09-19')).toEqual([3, 1]);
  expect(await at('2026-09-22')).toEqual([1, 0]);
  expect(await at('2026-01-04')).toEqual([2, 0]);
  expect(await at('2025-09-21')).toEqual([1, 0]);
  // All of it was entered just now: the day before nothing was known.
  const knownAt = new Date('2026-09-20T00:00:00Z');
  expect(await figure('matters.cases-filed', { asOf: '2026-09-20', knownAt })).toBe(0);
  expect(await figure('matters.cases-filed', { asOf: '2026-09-20', region: 'haimen' })).toBeNull();
});

test('each figure opens to its cases, page by page', async () => {
  for (const day of ['2026-09-02', '2026-09-03', '2026-09-04'])
    ok(await act(t, await dispute('2026-09-01'), 'file', officer, { on: day }));
  const measure = t.platform.measures.find('matters.cases-filed')!;
  const query = { asOf: '2026-09-21', limit: 2 };
  const page = await measure.facts(query);
  expect(page).toMatchObject({ total: 3, rows: [{ cells: { filed: '2026-09-02', ended: null } }, {}] });
  const rest = await measure.facts({ ...query, cursor: page.next! });
  expect(rest.rows.map(({ cells }) => cells.filed)).toEqual(['2026-09-04']);
  expect(rest.next).toBeNull();
  expect(page.rows[0]!.href).toContain('/matters/');
});
