import { describe, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as api from '../contract.ts';
import { dueJobs } from '../server/dues/dues.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

let city: TestPlatform;
beforeEveryTest((c) => {
  city = c;
});

describe('what comes up', () => {
  test('certificates end by themselves, and keepers are told once before', async () => {
    const keeper = await city.as('department-officer', { organisation: 'market-office' });
    const data = {
      firm: '云舟第1纺织有限公司',
      code: usccOf(1),
      edition: '2013',
      stage: 'certified',
      issuedOn: '2019-08-01',
      auditedOn: '2021-08-01',
    };
    const done = await city.call(
      api.createEntry,
      { params: { register: 'certified-firms' }, body: { data, state: 'published' } },
      keeper,
    );
    expect(done.body.due).toMatchObject({ kind: 'end', on: '2022-07-31', days: 31 });
    const dues = await city.call(api.listDues, { query: { mine: 'true' } }, keeper);
    expect(dues.body).toMatchObject({ total: 1, entries: [{ no: done.body.no, due: { on: '2022-07-31' } }] });
    expect((await city.call(api.listDues, {})).body.total).toBe(0);
    const daily = () => runDaily(city);
    const inbox = async () =>
      (await city.platform.records.selectFrom('notification').select('titleZh').execute()).map(
        (n) => n.titleZh,
      );
    await daily();
    await daily();
    expect(await inbox()).toEqual(['“云舟第1纺织有限公司”将于 2022-07-31 到期或须复核']);
    city.clock.set('2022-07-02T09:00:00+08:00');
    await daily();
    expect((await inbox()).length).toBe(2);
    city.clock.set('2022-08-01T07:00:00+08:00');
    await daily();
    const params = { register: 'certified-firms', no: done.body.no };
    expect((await city.call(api.getEntry, { params }, keeper)).body).toMatchObject({
      state: 'expired',
      endedOn: '2022-08-01',
      validTo: '2022-07-31',
    });
    const measure = city.platform.measures.find('registers.certified-firms.certified')!;
    expect((await measure.compute({ asOf: '2022-07-31' })).value).toBe(1);
    expect((await measure.compute({ asOf: '2022-08-01' })).value).toBe(0);
  });
});

test('the keeper hears of what was proposed, the proposer of what became of it', async () => {
  await city.as('department-officer', { username: 'keeper', organisation: 'market-office' });
  const county = await city.as('county-officer', { username: 'east', region: 'east' });
  const params = { register: 'alliances' };
  const data = { name: '云洲船舶联盟', industry: 'shipbuilding', foundedOn: '2022-01-01', region: 'east' };
  const propose = (n: number) =>
    city.call(api.createEntry, { params, body: { data: { ...data, name: `${data.name}${n}` } } }, county);
  const first = await propose(1);
  await propose(2);
  const keeper = await city.as('department-officer', { username: 'keeper', organisation: 'market-office' });
  const step = (version: number, action: api.EntryAction, reason?: string) =>
    city.call(
      api.actOnEntry,
      { params: { ...params, no: first.body.no }, body: { version, action, ...(reason && { reason }) } },
      keeper,
    );
  await step(1, 'verify');
  expect((await step(2, 'return', '缺少章程')).status).toBe(200);
  const rows = await city.platform.records
    .selectFrom('notification')
    .select(['kind', 'titleZh', 'bodyZh'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  expect(rows.map((r) => [r.kind, r.bodyZh])).toEqual([
    ['registers.proposed', ''],
    ['registers.decided', ''],
    ['registers.decided', '理由：缺少章程'],
  ]);
  expect(rows[2]!.titleZh).toContain('待核实');
});

async function runDaily(on: TestPlatform): Promise<void> {
  const [daily] = dueJobs(on.platform);
  await daily!.run({} as never, { runId: '', progress: () => undefined, stopping: false });
}
