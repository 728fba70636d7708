import { expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as api from '../contract.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

let city: TestPlatform;
let office: Record<string, string>;
beforeEveryTest((c, o) => {
  city = c;
  office = o;
});

const firms = { register: 'strong-firms' };
const create = async (data: Record<string, unknown>) =>
  (await city.call(api.createEntry, { params: firms, body: { data, state: 'published' } }, office)).body;
const base = { region: 'east', tier: 'pilot', since: '2021-03-01' };
const duplicates = async () =>
  (await city.call(api.listDuplicates, { params: firms }, office)).body.groups.map((g) =>
    g.entries.map((e) => e.no),
  );
const firmsOn = async () =>
  (await city.platform.measures.find('registers.strong-firms.firms')!.compute({ asOf: '2022-06-30' })).value;

test('entries of one name are found where their addresses are close, or one has none, or codes do not speak against it', async () => {
  await create({ ...base, name: '云洲瑞丰纺织有限公司', code: usccOf(1), address: '云洲市东区创新大道18号' });
  await create({
    ...base,
    name: '云洲瑞丰纺织有限公司',
    region: 'west',
    address: '云洲市东区创新大道１８号',
  });
  await create({ ...base, name: '云洲瑞丰纺织有限公司', code: usccOf(3), address: '云洲市东区创新大道18号' });
  await create({ ...base, name: '云洲（海盛）电子有限公司', region: 'east', address: '云洲市西区港城路7号' });
  await create({
    ...base,
    name: '云洲(海盛)电子有限公司',
    region: 'west',
    address: '云洲市东区幸福里小区三幢',
  });
  expect(await duplicates()).toEqual([['QQ-0001', 'QQ-0002']]);
  const leader = await city.as('leader');
  expect((await city.call(api.listDuplicates, { params: firms }, leader)).status).toBe(403);
});

test('a merge leaves one entry, which is found under the other’s number; undoing it restores both', async () => {
  const keep = await create({ ...base, name: '云洲瑞丰纺织有限公司', code: usccOf(1) });
  const drop = await create({ ...base, name: '云洲瑞丰纺织有限公司', region: 'west', employees: 30 });
  const alliance = await city.call(
    api.createEntry,
    {
      params: { register: 'alliances' },
      body: {
        data: {
          name: '云洲家纺联盟',
          industry: 'textiles',
          foundedOn: '2021-05-01',
          leader: drop.no,
          members: [{ name: '云洲瑞丰纺织有限公司' }, { name: '云洲海盛电子有限公司' }],
        },
        state: 'published',
      },
    },
    office,
  );
  expect(alliance.status).toBe(200);
  const merged = await city.call(
    api.mergeEntries,
    {
      params: firms,
      body: {
        survivor: { no: keep.no, version: 1 },
        loser: { no: drop.no, version: 1 },
        data: { ...(keep.data as object), employees: 30 },
        reason: '同一企业',
      },
    },
    office,
  );
  expect(merged.body.entry).toMatchObject({ no: keep.no, version: 2, data: { employees: 30 } });
  expect(merged.body.merge).toMatchObject({
    survivor: { no: keep.no },
    loser: { no: drop.no },
    abilities: { undo: true },
  });
  expect(await firmsOn()).toBe(1);
  const seen = (await city.call(api.getEntry, { params: { ...firms, no: drop.no } }, office)).body;
  expect(seen).toMatchObject({
    state: 'removed',
    mergedInto: keep.no,
    abilities: { edit: false, actions: [] },
  });
  const survivor = (await city.call(api.getEntry, { params: { ...firms, no: keep.no } }, office)).body;
  expect(survivor.linkedFrom).toMatchObject([{ title: '云洲家纺联盟' }]);
  expect(await duplicates()).toEqual([]);

  const params = { id: merged.body.merge.id };
  const undone = await city.call(api.undoMerge, { params }, office);
  expect(undone.body).toMatchObject({ undoneBy: 'plan-office', abilities: { undo: false } });
  const restored = (await city.call(api.getEntry, { params: { ...firms, no: drop.no } }, office)).body;
  expect(restored).toMatchObject({
    state: 'published',
    mergedInto: null,
    data: drop.data,
    validFrom: drop.validFrom,
  });
  expect((await city.call(api.getEntry, { params: { ...firms, no: keep.no } }, office)).body.data).toEqual(
    keep.data,
  );
  expect((await city.call(api.undoMerge, { params }, office)).status).toBe(409);
});

test('a merge is not undone over a later change, and not made over one', async () => {
  const keep = await create({ ...base, name: '云洲瑞丰纺织有限公司', code: usccOf(1) });
  const drop = await create({ ...base, name: '云洲瑞丰纺织有限公司', region: 'west' });
  const body = (version: number) => ({
    survivor: { no: keep.no, version },
    loser: { no: drop.no, version: 1 },
    data: keep.data,
    reason: '同一企业',
  });
  const change = (version: number) =>
    city.call(
      api.changeEntry,
      {
        params: { ...firms, no: keep.no },
        body: { version, mode: 'correct', data: { ...keep.data, employees: version } },
      },
      office,
    );
  await change(1);
  expect((await city.call(api.mergeEntries, { params: firms, body: body(1) }, office)).body).toMatchObject({
    code: 'registers_changed',
  });
  const merged = await city.call(api.mergeEntries, { params: firms, body: body(2) }, office);
  expect(merged.status).toBe(200);
  await change(3);
  const undo = await city.call(api.undoMerge, { params: { id: merged.body.merge.id } }, office);
  expect(undo.body).toMatchObject({ code: 'registers_undo', params: { no: keep.no } });
});
