import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import * as api from '../contract.ts';
import { registers } from '../server/index.ts';
import { usccOf } from './helpers.ts';

const modules = [parties, organisations, registers];
const now = '2022-06-30T09:00:00+08:00';
const firms = { register: 'strong-firms' };

/** Yunzhou with another shape of its register of firms. */
async function reshaped(change: (properties: Record<string, object>) => void): Promise<CityPack> {
  const pack = structuredClone(await yunzhou()) as unknown as {
    registers: {
      id: string;
      schema: { properties: Record<string, object> };
      facets: string[];
      list: string[];
    }[];
  };
  const register = pack.registers.find((r) => r.id === firms.register)!;
  change(register.schema.properties);
  register.facets = register.facets.filter((key) => register.schema.properties[key]);
  return pack as unknown as CityPack;
}

let before: TestPlatform;
let after: TestPlatform;
beforeAll(async () => {
  before = await testPlatform({ modules, pack: await yunzhou(), now });
  after = await testPlatform({
    modules,
    now,
    pack: await reshaped((p) => {
      // Renamed, dropped, gained.
      p.sector = { ...p.industry, 'x-formerly': ['industry'], title: '所属产业' };
      delete p.industry;
      delete p.founded;
      p.rating = {
        type: 'string',
        title: '信用等级',
        'x-en': { title: 'Rating' },
        oneOf: [{ const: 'a', title: '甲', 'x-en': 'A' }],
      };
      p.parent = {
        type: 'string',
        title: '上级企业',
        'x-en': { title: 'Parent' },
        format: 'reference',
        'x-register': 'strong-firms',
      };
    }).then((pack) => {
      const register = pack.registers.find((r) => r.id === firms.register) as unknown as {
        entry: { industry: string };
        facets: string[];
        measures: { id: string; figure: { distinct?: string }; where?: object }[];
      };
      register.entry.industry = 'sector';
      register.facets.push('sector', 'rating');
      for (const m of register.measures) if (m.figure.distinct === 'industry') m.figure.distinct = 'sector';
      register.measures = register.measures.filter((m) => m.id !== 'capital');
      return pack;
    }),
  });
});
beforeEach(async () => {
  await before.clean();
  await before.load();
});
afterAll(async () => {
  await before.close();
  await after.close();
});

const firm = (n: number, more: object = {}) => ({
  name: `云洲第${n}纺织有限公司`,
  code: usccOf(n),
  region: 'east',
  tier: 'pilot',
  since: '2021-03-01',
  ...more,
});

test('a field renamed, one dropped, one gained: old versions stay readable, lists and figures go on', async () => {
  const office = await before.as('plan-office');
  const body = { data: firm(1, { industry: '家纺', founded: 1998 }), state: 'published' as const };
  expect((await before.call(api.createEntry, { params: firms, body }, office)).status).toBe(200);
  const industries = () => after.platform.measures.find('registers.strong-firms.industries')!;
  await after.load();

  const params = { ...firms, no: 'QQ-0001' };
  const seen = (await after.call(api.getEntry, { params }, office)).body;
  expect(seen.cells.sector).toMatchObject({ text: '家纺' });
  expect(seen.fields.filter((f) => f.retired)).toMatchObject([{ key: 'founded', label: '成立年份' }]);
  expect(seen.cells.founded).toMatchObject({ value: 1998 });
  expect(await industries().compute({ asOf: '2022-06-30' })).toMatchObject({ value: 1 });
  const list = await after.call(
    api.listEntries,
    { params: firms, query: { filters: JSON.stringify({ sector: ['家纺'] }) } },
    office,
  );
  expect(list.body.total).toBe(1);
  const register = (await after.call(api.getRegister, { params: firms }, office)).body;
  expect(register.schemaVersion).toBe(2);

  // A new version loses nothing of what the old shape held.
  const { industry: _, founded: __, ...rest } = seen.data as Record<string, unknown>;
  const changed = await after.call(
    api.changeEntry,
    { params, body: { version: 1, mode: 'correct', data: { ...rest, rating: 'a' } } },
    office,
  );
  expect(changed.body.cells).toMatchObject({
    rating: { text: '甲' },
    sector: { text: '家纺' },
    founded: { value: 1998 },
  });
  const history = (await after.call(api.entryHistory, { params }, office)).body.changes;
  expect(history.map((c) => [c.version, c.schemaVersion])).toEqual([
    [2, 2],
    [1, 1],
  ]);
  expect(history[0]!.diff).toEqual([{ key: 'rating', label: '信用等级', before: '', after: '甲' }]);
});

test('references that lead back to the entry are refused', async () => {
  await after.load();
  const office = await after.as('plan-office');
  const create = (n: number, more: object = {}) =>
    after.call(api.createEntry, { params: firms, body: { data: firm(n, more), state: 'published' } }, office);
  await create(1);
  expect((await create(2, { parent: '云洲第1纺织有限公司' })).body.cells.parent).toMatchObject({
    value: 'QQ-0001',
    text: 'QQ-0001 云洲第1纺织有限公司',
    href: '/registers/strong-firms/QQ-0001',
  });
  const point = (no: string, data: object) =>
    after.call(
      api.changeEntry,
      {
        params: { ...firms, no },
        body: { version: 1, mode: 'correct', data: data as Record<string, unknown> },
      },
      office,
    );
  expect((await point('QQ-0001', firm(1, { parent: 'QQ-0001' }))).body).toMatchObject({
    code: 'registers_cycle',
  });
  expect((await point('QQ-0001', firm(1, { parent: 'QQ-0002' }))).body).toMatchObject({
    code: 'registers_cycle',
  });
  expect((await point('QQ-0001', firm(1, { parent: 'QQ-0009' }))).status).toBe(400);
  const one = (await after.call(api.getEntry, { params: { ...firms, no: 'QQ-0001' } }, office)).body;
  expect(one.linkedFrom).toMatchObject([{ no: 'QQ-0002', field: '上级企业' }]);
});

test('a merge made before fields were renamed is undone after it, and loses nothing of what fields held that are gone', async () => {
  const early = await before.as('plan-office');
  const create = async (n: number, more: object) =>
    (
      await before.call(
        api.createEntry,
        { params: firms, body: { data: firm(n, more), state: 'published' } },
        early,
      )
    ).body;
  const [a, b, c] = [
    await create(1, { industry: '家纺', founded: 1998 }),
    await create(2, { industry: '船舶' }),
    await create(3, { industry: '家纺' }),
  ];
  const body = (one: api.Entry, two: api.Entry) => ({
    survivor: { no: one.no, version: 1 },
    ...{ loser: { no: two.no, version: 1 }, data: one.data, reason: '重复' },
  });
  const made = await before.call(api.mergeEntries, { params: firms, body: body(b, c) }, early);
  await after.load();
  const office = await after.as('plan-office');
  const undone = await after.call(api.undoMerge, { params: { id: made.body.merge.id } }, office);
  expect(undone.body).toMatchObject({ loser: { no: c.no, title: c.title } });
  const sector = async (value: string) =>
    (
      await after.call(
        api.listEntries,
        { params: firms, query: { filters: JSON.stringify({ sector: [value] }), sort: 'no' } },
        office,
      )
    ).body.entries.map((e) => e.no);
  expect([await sector('家纺'), await sector('船舶')]).toEqual([[a.no, c.no], [b.no]]);

  const now = (await after.call(api.getEntry, { params: { ...firms, no: a.no } }, office)).body;
  const { industry: _, founded: __, ...data } = now.data as Record<string, unknown>;
  const round = { ...body(now, { ...c, version: 1 }), loser: { no: c.no, version: 3 } };
  const circle = { ...round, data: { ...data, parent: a.no } };
  expect((await after.call(api.mergeEntries, { params: firms, body: circle }, office)).body).toMatchObject({
    code: 'registers_cycle',
  });
  const kept = await after.call(api.mergeEntries, { params: firms, body: { ...round, data } }, office);
  expect(kept.body.entry.cells).toMatchObject({ sector: { text: '家纺' }, founded: { value: 1998 } });
});
