import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { type TestPlatform, yunzhou } from '#kernel/testing/platform';
import { getOrganisation } from '#modules/organisations/contract';
import * as api from '../contract.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

type Property = { items?: { properties: Record<string, object> } };
interface Shape {
  regions: { id: string; parent: string | null }[];
  registers: { id: string; schema: { properties: Record<string, Property> } }[];
  indicators: { no: string; measure?: object }[];
}

/** Yunzhou, where more of its registers is for keepers only: also what facets, figures, ladders and links are made of. */
async function closed(): Promise<CityPack> {
  const pack = structuredClone(await yunzhou()) as unknown as Shape;
  pack.regions.find((r) => r.id === 'harbour')!.parent = 'east';
  const hide = (register: string, keys: readonly string[]) => {
    const { properties } = pack.registers.find((r) => r.id === register)!.schema;
    for (const key of keys) properties[key] = { ...properties[key], 'x-internal': true } as Property;
    return properties;
  };
  hide('strong-firms', ['founded', 'employees', 'capital']);
  const { members } = hide('alliances', ['leader']);
  const inner = members!.items!.properties;
  inner.name = { ...inner.name, 'x-internal': true };
  pack.indicators[0]!.measure = { id: 'registers.alliances.founded', since: '2022-01-01', note: '累计' };
  return pack as unknown as CityPack;
}

let city: TestPlatform;
let office: Record<string, string>;
beforeEveryTest((c, o) => {
  city = c;
  office = o;
}, closed);

const firms = { register: 'strong-firms' };
const alliances = { register: 'alliances' };
const create = async (
  params: { register: string },
  data: Record<string, unknown>,
  state: 'proposed' | 'published' = 'published',
) => {
  const done = await city.call(api.createEntry, { params, body: { data, state } }, office);
  expect(done.body).toMatchObject({ state });
  return done.body;
};
const firm = (n: number, more: object = {}) =>
  create(firms, {
    ...{
      name: `云舟第${n}纺织有限公司`,
      code: usccOf(n),
      region: 'east',
      tier: 'pilot',
      since: '2021-03-01',
    },
    ...more,
  });

test('an order by what is not open would tell it', async () => {
  await firm(1, { founded: 2011 });
  await firm(2, { founded: 2004 });
  const sorted = (headers?: Record<string, string>) =>
    city.call(api.listEntries, { params: firms, query: { sort: 'founded' } }, headers);
  expect((await sorted(office)).body.entries.map((e) => e.no)).toEqual(['QQ-0002', 'QQ-0001']);
  expect((await sorted()).body).toMatchObject({ code: 'registers_query' });
});

test('segments do not tell which of the fields that are not open changed', async () => {
  const entry = await firm(1, { founded: 2004, listed: false });
  const params = { ...firms, no: entry.no };
  const data = { ...entry.data, founded: 2005, listed: true };
  const body = { version: 1, mode: 'change' as const, from: '2022-01-01', data };
  const changed = await city.call(api.changeEntry, { params, body }, office);
  expect(changed.body.segments[1]?.changed).toEqual(['listed', 'founded']);
  const seen = await city.call(api.getEntry, { params });
  expect(seen.body.segments[1]?.changed).toEqual(['listed']);
});

test('a figure over what is not open is shown, what each entry adds to it is not', async () => {
  await firm(1, { founded: 2004, capital: 100_000_000 });
  await firm(2, { founded: 2011, capital: 300_000_000 });
  const measure = city.platform.measures.find('registers.strong-firms.capital')!;
  expect((await measure.compute({ asOf: '2022-06-30' })).facts).toBe(2);
  const facts = await measure.facts({ asOf: '2022-06-30', limit: 10 });
  expect(facts.columns.map((c) => c.id)).not.toContain('value');
  expect(facts.rows.map((r) => r.cells.value)).toEqual([undefined, undefined]);
});

test('a figure is not taken apart by what stands only in proposals', async () => {
  await firm(1, { industry: '家纺' });
  await create(
    firms,
    { name: '云舟某公司', region: 'east', tier: 'pilot', since: '2021-03-01', industry: '未公开的行业' },
    'proposed',
  );
  const params = { ...firms, measure: 'firms' };
  const apart = await city.call(api.figureBreakdown, { params, query: { by: 'industry' } });
  expect(apart.body.rows).toEqual([{ key: '家纺', label: '家纺', value: 1 }]);
});

test('the parts of a figure are counted from the same day as the whole', async () => {
  for (const [name, foundedOn] of [
    ['云洲家纺联盟', '2021-05-01'],
    ['云洲船舶联盟', '2022-02-01'],
  ])
    await create(alliances, {
      ...{ name, industry: 'textiles', foundedOn, members: [{ name: '云舟甲公司' }, { name: '云舟乙公司' }] },
    });
  const params = { ...alliances, measure: 'founded' };
  const { body } = await city.call(api.figureBreakdown, { params, query: { by: 'industry' } });
  expect([body.figure.value, body.rows.map((r) => r.value)]).toEqual([1, [1]]);
});

test('a ladder does not tell what a quotient of closed fields is', async () => {
  const entry = await firm(1, { tier: 'demonstration', patents: 12, employees: 100 });
  const params = { ...firms, no: entry.no };
  const found = async (headers?: Record<string, string>) =>
    (await city.call(api.getEntry, { params }, headers)).body.ladder?.steps[2]?.criteria[0];
  expect(await found(office)).toMatchObject({ result: 'met' });
  expect((await found(office))?.found).toContain('12.0');
  expect(await found()).toMatchObject({ result: 'unknown' });
  expect((await found())?.found).not.toContain('12');
});

test('a ladder looks into a register that is not public only for those who may look', async () => {
  const entry = await firm(1, { patents: 12 });
  await create(
    { register: 'certified-firms' },
    {
      ...{ firm: entry.title, code: usccOf(1), region: 'west', edition: '2013', stage: 'certified' },
      issuedOn: '2021-05-01',
    },
  );
  const certified = async (headers?: Record<string, string>) =>
    (
      await city.call(api.getEntry, { params: { ...firms, no: entry.no } }, headers)
    ).body.ladder?.steps[1]?.criteria.find((c) => c.id === 'certified')?.result;
  expect(await certified(office)).toBe('met');
  // Sees its own region's entries of either register, but this certificate lies elsewhere.
  expect(await certified(await city.as('county-officer', { region: 'east' }))).toBe('unknown');
  expect(await certified()).toBe('unknown');
});

test('links made in closed fields are for those who see the fields', async () => {
  const leader = await firm(1);
  const alliance = await create(alliances, {
    ...{ name: '云洲家纺联盟', industry: 'textiles', foundedOn: '2021-05-01', leader: leader.no },
    ...{ region: 'west', members: [{ name: '云舟甲公司' }, { name: '云舟乙公司' }] },
  });
  const east = await city.as('county-officer', { region: 'east', username: 'east' });
  const west = await city.as('county-officer', { region: 'west', username: 'west' });
  const links = async (headers?: Record<string, string>) =>
    (await city.call(api.getEntry, { params: { ...alliances, no: alliance.no } }, headers)).body.links.length;
  const linked = async (headers?: Record<string, string>) =>
    (await city.call(api.getEntry, { params: { ...firms, no: leader.no } }, headers)).body.linkedFrom.length;
  expect([await links(office), await links(west), await links(east), await links()]).toEqual([1, 1, 0, 0]);
  expect([await linked(office), await linked(west), await linked(east), await linked()]).toEqual([
    1, 1, 0, 0,
  ]);
});

test('organisations named in a closed column are not made public, nor shown as named', async () => {
  const alliance = await create(alliances, {
    ...{ name: '云洲家纺联盟', industry: 'textiles', foundedOn: '2021-05-01' },
    members: [{ name: '云舟甲公司' }, { name: '云舟乙公司' }],
  });
  const params = { ...alliances, no: alliance.no };
  expect(alliance.organisations).toHaveLength(2);
  expect((await city.call(api.getEntry, { params })).body.organisations).toEqual([]);
  const organisation = alliance.organisations[0]!.id;
  expect((await city.call(getOrganisation, { params: { id: organisation } })).status).toBe(401);
  const mentions = async (headers?: Record<string, string>) =>
    (await city.call(api.listMentions, { params: { organisation } }, headers)).body.entries.length;
  expect([await mentions(office), await mentions()]).toEqual([1, 0]);
});

test('an organisation is public as long as an open field of a public entry names it', async () => {
  const entry = await firm(1);
  const id = entry.organisations[0]!.id;
  const status = async () => (await city.call(getOrganisation, { params: { id } })).status;
  expect(await status()).toBe(200);
  const other = await create(firms, {
    ...{ name: entry.title, region: 'west', tier: 'pilot', since: '2021-03-01' },
  });
  expect(other.organisations[0]?.id).toBe(id);
  const remove = (no: string) =>
    city.call(
      api.actOnEntry,
      {
        params: { ...firms, no },
        body: { version: 1, action: 'remove', void: true, reason: '登记错误' },
      },
      office,
    );
  await remove(entry.no);
  expect(await status()).toBe(200);
  await remove(other.no);
  expect(await status()).toBe(401);
  const restored = { version: 2, action: 'restore' as const, reason: '误删' };
  await city.call(api.actOnEntry, { params: { ...firms, no: entry.no }, body: restored }, office);
  expect(await status()).toBe(200);
  // It was another one all along.
  const data = { ...entry.data, name: '云舟别的公司', code: usccOf(7) };
  await city.call(
    api.changeEntry,
    { params: { ...firms, no: entry.no }, body: { version: 3, mode: 'correct', data } },
    office,
  );
  expect(await status()).toBe(401);
});

test('a county keeps the entries of the park that lies in it', async () => {
  const entry = await firm(1, { region: 'harbour' });
  const change = (version: number, headers: Record<string, string>) =>
    city.call(
      api.changeEntry,
      { params: { ...firms, no: entry.no }, body: { version, mode: 'correct', data: entry.data } },
      headers,
    );
  const west = await city.as('county-officer', { region: 'west', username: 'west' });
  const east = await city.as('county-officer', { region: 'east', username: 'east' });
  expect([(await change(1, west)).status, (await change(1, east)).status]).toEqual([403, 200]);
});

test('what is no longer to be seen is not to be seen as it was known before either', async () => {
  const [gone, kept] = [await firm(1), await firm(2)];
  city.clock.set('2022-07-02T09:00:00+08:00');
  const body = { version: 1, action: 'remove' as const, void: true, reason: '含个人信息' };
  await city.call(api.actOnEntry, { params: { ...firms, no: gone.no }, body }, office);
  const query = { known: '2022-07-01' };
  const then = async (no: string, headers?: Record<string, string>) =>
    (await city.call(api.getEntry, { params: { ...firms, no }, query }, headers)).status;
  const listed = async (headers?: Record<string, string>) =>
    (await city.call(api.listEntries, { params: firms, query }, headers)).body.total;
  const west = await city.as('county-officer', { region: 'west', username: 'west' });
  const east = await city.as('county-officer', { region: 'east', username: 'east' });
  expect([await then(gone.no), await then(gone.no, west), await then(kept.no)]).toEqual([404, 404, 200]);
  expect([await then(gone.no, office), await then(gone.no, east)]).toEqual([200, 200]);
  expect([await listed(), await listed(west), await listed(east), await listed(office)]).toEqual([
    1, 1, 2, 2,
  ]);
});

test('merges of other regions are not shown to the keepers of one', async () => {
  const [a, b] = [await firm(1, { region: 'west' }), await firm(2, { region: 'west' })];
  const body = {
    survivor: { no: a.no, version: 1 },
    loser: { no: b.no, version: 1 },
    ...{ data: a.data, reason: '重复' },
  };
  const done = await city.call(api.mergeEntries, { params: firms, body }, office);
  expect(done.status).toBe(200);
  const merges = async (headers: Record<string, string>) =>
    (await city.call(api.listMerges, { params: firms }, headers)).body.merges.length;
  expect(await merges(office)).toBe(1);
  expect(await merges(await city.as('county-officer', { region: 'west', username: 'west' }))).toBe(1);
  expect(await merges(await city.as('county-officer', { region: 'east', username: 'east' }))).toBe(0);
});

test('duplicates are looked for among what the asker keeps; of very many of one name the first fifty are shown', async () => {
  await create(firms, { name: '云舟同名公司', region: 'west', tier: 'pilot', since: '2021-03-01' });
  for (let n = 1; n <= 52; n++) await firm(n, { name: `云舟第${n}公司`, region: 'east' });
  await city.platform.records.transaction().execute(async (trx) => {
    await sql`alter table register_slice disable trigger register_slice_kept`.execute(trx);
    await sql`update register_slice set title = '云舟同名公司', data = jsonb_set(data, '{name}', '"云舟同名公司"') - 'code'`.execute(
      trx,
    );
    await sql`alter table register_slice enable trigger register_slice_kept`.execute(trx);
  });
  const groups = async (headers: Record<string, string>) =>
    (await city.call(api.listDuplicates, { params: firms }, headers)).body.groups.map((g) => [
      g.entries.length,
      g.entries[0]!.no,
    ]);
  expect(await groups(office)).toEqual([[50, 'QQ-0001']]);
  const east = await city.as('county-officer', { region: 'east', username: 'east' });
  expect(await groups(east)).toEqual([[50, 'QQ-0002']]);
});

test('that a key is taken tells nothing else of an entry which is not open to the asker', async () => {
  const params = { register: 'alliances' };
  const data = {
    name: '云洲船舶联盟',
    industry: 'shipbuilding',
    foundedOn: '2022-01-01',
    filingNo: 'YZ-0001',
  };
  const east = await city.as('county-officer', { username: 'east', region: 'east' });
  const west = await city.as('county-officer', { username: 'west', region: 'west' });
  const propose = (who: Record<string, string>, region: string, name: string) =>
    city.call(api.createEntry, { params, body: { data: { ...data, region, name } } }, who);
  expect((await propose(east, 'east', '云洲东区船舶联盟')).status).toBe(200);
  const refused = await propose(west, 'west', '云洲西区船舶联盟');
  expect(refused.body).toMatchObject({ code: 'registers_key_hidden' });
  expect(JSON.stringify(refused.body)).not.toMatch(/东区|LM-/);
  expect((await propose(east, 'east', '云洲另一联盟')).body).toMatchObject({ code: 'registers_key_taken' });
});
