import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeOf } from '#kernel/testing/field-records';
import type { TestPlatform } from '#kernel/testing/platform';
import * as registers from '#modules/registers/contract';
import * as contract from '../contract.ts';
import { act, fault, type Headers, type Matter, matterPlatform, OFFICE, ok, sent } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
let head: Headers;
let keeper: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
  head = await t.as('case-head', OFFICE);
  keeper = await t.as('department-officer', { organisation: 'ip-bureau' });
});

const firm = {
  ...{ name: '示例纺织有限公司', code: codeOf(7), contact: '示例联系人', phone: '0513-55500100' },
  ...{ region: 'tongzhou', aboveScale: true, event: 'started', scope: '床上用品', startedOn: '2026-05-06' },
};

/** A declaration of a firm that was approved, before it is entered. */
async function approved(form: Record<string, unknown>): Promise<Matter> {
  const seen = ok(await t.call(contract.itemForm, { params: { id: 'gbt29490' }, query: {} }));
  const materials = await Promise.all(
    seen.materials
      .filter(({ required, if: condition }) => required || condition !== null)
      .map(async ({ id }) => ({ what: id, file: await sent(t, id) })),
  );
  const body = { item: 'gbt29490', form, materials, idempotencyKey: randomUUID() };
  let matter = ok(await t.call(contract.openMatter, { body }));
  matter = ok(await act(t, matter, 'check', officer));
  return ok(await act(t, matter, 'approve', head));
}

const entries = async () =>
  ok(
    await t.call(
      registers.listEntries,
      { params: { register: 'certified-firms' }, query: { state: 'proposed' } },
      keeper,
    ),
  );

test('a declaration that is entered becomes an entry that its keeper verifies, once however often the step is sent', async () => {
  const matter = await approved(firm);
  const key = randomUUID();
  const listed = ok(await act(t, matter, 'list', officer, { idempotencyKey: key }));
  expect(ok(await act(t, matter, 'list', officer, { idempotencyKey: key })).version).toBe(listed.version);
  const { entries: log } = ok(
    await t.call(contract.matterLog, { params: { number: matter.number } }, officer),
  );
  const [fed] = log.at(-1)!.fed;
  expect(fed).toMatchObject({ register: { zh: '贯标企业' }, no: expect.stringMatching(/^GB-/), why: null });
  const { entries: rows, total } = await entries();
  expect([total, rows[0]?.no]).toEqual([1, fed!.no]);
  const told = await t.platform.stores.pool.query(
    "select to_jsonb(n) as one from notification n where kind = 'registers.proposed'",
  );
  expect(JSON.stringify(told.rows)).toContain(fed!.no);
});

test('a firm that the register has already is no second entry: the step stands, and the keeper is told', async () => {
  ok(await act(t, await approved(firm), 'list', officer));
  const again = await approved({ ...firm, scope: '毛巾' });
  const listed = ok(await act(t, again, 'list', officer));
  expect(listed.endedOn).toBe('2026-09-21');
  const { entries: log, intact } = ok(
    await t.call(contract.matterLog, { params: { number: again.number } }, officer),
  );
  expect(log.at(-1)!.fed).toEqual([
    { register: expect.anything(), no: null, why: { zh: expect.any(String), en: expect.any(String) } },
  ]);
  expect(intact).toBe(true);
  expect((await entries()).total).toBe(1);
  const told = await t.platform.stores.pool.query(
    "select to_jsonb(n) as one from notification n where kind = 'registers.proposed'",
  );
  expect(JSON.stringify(told.rows)).toContain(again.number);
});

test('nothing is proposed where the step is refused', async () => {
  const matter = await approved(firm);
  expect(fault(await act(t, { ...matter, version: matter.version - 1 }, 'list', officer)).code).toBe(
    'matters_changed',
  );
  expect((await entries()).total).toBe(0);
});
