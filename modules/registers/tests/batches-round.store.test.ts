import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { applyBatch, exportXlsx, getBatch, listEntries } from '../contract.ts';
import { apply } from '../server/batches/apply.ts';
import { prepare } from '../server/batches/prepare.ts';
import { registers } from '../server/index.ts';
import { running } from './batches-platform.ts';

let city: TestPlatform;
beforeAll(async () => {
  const modules = [parties, organisations, registers];
  city = await testPlatform({ modules, pack: await yunzhou(), now: '2021-06-30T09:00:00+08:00' });
  await city.clean();
  await city.load(true);
});
afterAll(() => city.close());

/** Sends a workbook, prepares and writes it. */
async function bring(register: string, bytes: Buffer, columns: object) {
  const headers = await city.as('plan-office');
  const form = new FormData();
  form.set('state', 'published');
  form.set('columns', JSON.stringify(columns));
  form.set('file', new File([bytes as BlobPart], 'a.xlsx'));
  const url = `/api/registers/${register}/imports`;
  const { id } = (await city.app.inject({ method: 'POST', url, headers, payload: form })).json() as {
    id: string;
  };
  await prepare(city.platform, id, running);
  await city.call(applyBatch, { params: { id } }, headers);
  await apply(city.platform, id, running);
  return (await city.call(getBatch, { params: { id } }, headers)).body;
}

it('every register of a city goes out as a workbook, changes nothing when it comes back, and fills an empty platform', async () => {
  const own = city.platform.pack.registers.map((r) => r.id);
  const files = new Map<string, { bytes: Buffer; total: number }>();
  for (const register of own) {
    const headers = await city.as('plan-office');
    const params = { register };
    const { total } = (await city.call(listEntries, { params, query: {} }, headers)).body;
    const bytes = (await city.call(exportXlsx, { params, query: {} }, headers)).raw.rawPayload;
    files.set(register, { bytes, total });
    const same = await bring(register, bytes, {});
    expect([register, same.counts]).toEqual([
      register,
      { rows: total, added: 0, changed: 0, unchanged: total, rejected: 0 },
    ]);
  }
  expect(Math.min(...[...files.values()].map((f) => f.total))).toBeGreaterThan(0);

  await city.clean();
  await city.load();
  for (const [register, { bytes, total }] of files) {
    const fresh = await bring(register, bytes, { 编号: null, 版本: null });
    expect([register, fresh.state, fresh.counts]).toEqual([
      register,
      'done',
      { rows: total, added: total, changed: 0, unchanged: 0, rejected: 0 },
    ]);
  }
});
