import { expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as api from '../contract.ts';
import { registerOf } from '../server/catalogue.ts';
import { loadHeads } from '../server/entries/store.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

let city: TestPlatform;
let office: Record<string, string>;
beforeEveryTest((c, o) => {
  city = c;
  office = o;
});

const firms = { register: 'strong-firms' };
const firm = async (n: number, more: object = {}) => {
  const data = {
    ...{
      name: `云舟第${n}纺织有限公司`,
      code: usccOf(n),
      region: 'east',
      tier: 'pilot',
      since: '2021-03-01',
    },
    ...more,
  };
  const done = await city.call(
    api.createEntry,
    { params: firms, body: { data, state: 'published' } },
    office,
  );
  expect(done.body).toMatchObject({ state: 'published' });
  return done.body;
};
const act = async (no: string, version: number, action: api.EntryAction, more: object = {}) =>
  (
    await city.call(
      api.actOnEntry,
      { params: { ...firms, no }, body: { version, action, reason: '因故', ...more } },
      office,
    )
  ).body;
const count = async (asOf: string, knownAt?: string) => {
  const measure = city.platform.measures.find('registers.strong-firms.firms')!;
  return (await measure.compute({ asOf, ...(knownAt && { knownAt: new Date(knownAt) }) })).value;
};

test('what ended does not hold again because it is removed later', async () => {
  const { no } = await firm(1);
  expect(await act(no, 1, 'expire', { on: '2022-01-01' })).toMatchObject({ validTo: '2021-12-31' });
  expect(await act(no, 2, 'remove', { on: '2022-05-01' })).toMatchObject({
    ...{ state: 'removed', endedOn: '2022-01-01', validTo: '2021-12-31' },
  });
  expect([await count('2021-12-31'), await count('2022-01-01'), await count('2022-04-30')]).toEqual([
    1, 0, 0,
  ]);
  // Removed from an earlier day than it ended, it held until then only.
  await act(no, 3, 'restore');
  await act(no, 4, 'expire', { on: '2022-06-01' });
  expect(await act(no, 5, 'remove', { on: '2022-02-01' })).toMatchObject({ validTo: '2022-01-31' });
});

test('what ended before it began is ended too', async () => {
  const params = { register: 'alliances' };
  const members = [{ name: '云舟甲公司' }, { name: '云舟乙公司' }];
  const data = { name: '云洲家纺联盟', industry: 'textiles', foundedOn: '2022-01-01', members };
  const { no } = (await city.call(api.createEntry, { params, body: { data, state: 'published' } }, office))
    .body;
  const entry = { ...params, no };
  const older = { ...data, foundedOn: '2020-01-01', endsOn: '2021-01-01' };
  await city.call(
    api.changeEntry,
    { params: entry, body: { version: 1, mode: 'change', from: '2022-03-01', data: older } },
    office,
  );
  await city.load();
  const { body } = await city.call(api.getEntry, { params: entry }, office);
  expect([body.state, body.endedOn, body.versions]).toEqual(['expired', '2022-01-01', 3]);
});

test('what was removed is restored before it is changed', async () => {
  const { no, data } = await firm(1);
  await act(no, 1, 'remove', { on: '2022-05-01' });
  const body = { version: 2, mode: 'correct' as const, data };
  const refused = await city.call(api.changeEntry, { params: { ...firms, no }, body }, office);
  expect(refused.body).toMatchObject({ code: 'registers_step', params: { action: '更正' } });
});

test('a clock that is put back makes no moment at which an entry is known twice', async () => {
  const { no, data } = await firm(1);
  await firm(2);
  city.clock.set('2022-07-02T09:00:00+08:00');
  const change = (version: number) =>
    city.call(
      api.changeEntry,
      { params: { ...firms, no }, body: { version, mode: 'correct', data: { ...data, employees: version } } },
      office,
    );
  expect((await change(1)).status).toBe(200);
  city.clock.set('2022-07-01T09:00:00+08:00');
  expect((await change(2)).status).toBe(200);
  const listed = async (known: string) =>
    (await city.call(api.listEntries, { params: firms, query: { known } }, office)).body.entries.map(
      (e) => `${e.no} v${e.version}`,
    );
  expect(await listed('2022-07-01')).toEqual(['QQ-0002 v1', 'QQ-0001 v1']);
  expect(await listed('2022-07-02')).toEqual(['QQ-0002 v1', 'QQ-0001 v3']);
});

test('an entry as it was known then has the end, the merge and the number of versions that were known', async () => {
  const [kept, merged, ended] = [await firm(1), await firm(2), await firm(3)];
  city.clock.set('2022-07-02T09:00:00+08:00');
  await act(ended.no, 1, 'expire', { on: '2022-07-01' });
  await city.call(
    api.mergeEntries,
    {
      params: firms,
      body: {
        ...{ survivor: { no: kept.no, version: 1 }, loser: { no: merged.no, version: 1 } },
        ...{ data: kept.data, reason: '重复' },
      },
    },
    office,
  );
  const seen = async (no: string, known?: string) => {
    const query = known === undefined ? {} : { known };
    const { body } = await city.call(api.getEntry, { params: { ...firms, no }, query }, office);
    return [body.state, body.validTo, body.endedOn, body.mergedInto, body.versions];
  };
  expect(await seen(ended.no)).toEqual(['expired', '2022-06-30', '2022-07-01', null, 2]);
  expect(await seen(ended.no, '2022-07-02')).toEqual(['expired', '2022-06-30', '2022-07-01', null, 2]);
  expect(await seen(ended.no, '2022-07-01')).toEqual(['published', null, null, null, 1]);
  expect(await seen(merged.no)).toEqual(['removed', null, null, kept.no, 2]);
  expect(await seen(merged.no, '2022-07-01')).toEqual(['published', null, null, null, 1]);
});

test('a county changes no stretch of time in which the entry lay elsewhere', async () => {
  const { no, data } = await firm(1, { region: 'west' });
  const moved = { ...data, region: 'east' };
  const change = (version: number, body: object, headers: Record<string, string>) =>
    city.call(
      api.changeEntry,
      { params: { ...firms, no }, body: { version, data: moved, mode: 'correct', ...body } as never },
      headers,
    );
  expect((await change(1, { mode: 'change', from: '2022-01-01' }, office)).status).toBe(200);
  const east = await city.as('county-officer', { region: 'east' });
  expect((await change(2, { segment: 0 }, east)).body).toMatchObject({ code: 'registers_not_yours' });
  const early = await change(2, { mode: 'change', from: '2021-06-01' }, east);
  expect(early.body).toMatchObject({ code: 'registers_not_yours' });
  expect((await change(2, { data: { ...moved, employees: 7 } }, east)).status).toBe(200);
});

test('whoever refers to an entry does not wait for those who change it', async () => {
  const leader = await firm(1);
  const model = registerOf(city.platform.pack, 'strong-firms');
  await city.platform.records.transaction().execute(async (trx) => {
    await loadHeads(trx, model, [leader.no]);
    const members = [{ name: '云舟甲公司' }, { name: '云舟乙公司' }];
    const data = {
      name: '云洲家纺联盟',
      industry: 'textiles',
      foundedOn: '2021-05-01',
      leader: leader.no,
      members,
    };
    const made = await city.call(
      api.createEntry,
      { params: { register: 'alliances' }, body: { data, state: 'published' } },
      office,
    );
    expect(made.body.links).toMatchObject([{ no: leader.no }]);
  });
});
