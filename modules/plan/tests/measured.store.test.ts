import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '#kernel/audit/audit';
import type { CityPack } from '#kernel/city/schema';
import type { Measure, MeasureQuery } from '#kernel/measures/measures';
import type { Module } from '#kernel/module';
import { system } from '#kernel/policy/policy';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { plan } from '../server/index.ts';
import { yunzhou } from './harness.ts';

/** An entry of a list that somebody keeps: what it counts for, since when, and when that was recorded. */
interface Entry {
  list: string;
  on: string;
  amount: number;
  recorded: string;
}

let entries: Entry[] = [];
let asked: (MeasureQuery & { id: string })[] = [];
let tests = 0;

/** Sums a list's entries and obeys `knownAt`, as registers do. */
function listMeasure(list: string): Measure {
  const id = `lists.${list}`;
  const counted = (q: MeasureQuery) =>
    entries.filter(
      (e) =>
        e.list === list &&
        e.on <= q.asOf &&
        e.on >= (q.since ?? '') &&
        (!q.knownAt || new Date(e.recorded) <= q.knownAt),
    );
  return {
    id,
    title: { zh: `清单${list}`, en: `List ${list}` },
    unit: { zh: '项', en: 'entries' },
    rule: { zh: `清单${list}的合计`, en: `Sum of list ${list}` },
    async compute(query) {
      asked.push({ id, ...query });
      const found = counted(query);
      return { value: found.reduce((sum, e) => sum + e.amount, 0), facts: found.length };
    },
    async facts({ limit, ...query }) {
      const found = counted(query);
      return {
        columns: [{ id: 'amount', title: { zh: '数', en: 'Amount' }, kind: 'number' }],
        rows: found
          .slice(0, limit)
          .map((e, i) => ({ id: `${list}-${i}`, href: null, cells: { amount: e.amount } })),
        total: found.length,
        next: null,
      };
    },
  };
}

const lists: Module = {
  name: 'lists',
  title: { zh: '清单', en: 'Lists' },
  setup: () => ({ measures: ['schools', 'services', 'all', 'platforms'].map(listMeasure) }),
};

const bound = (id: string, more: object = {}) => ({ id, note: '测试', ...more });

/** 云洲 bound to the lists: 2 is a quotient, 3 a plain count, 4 a milestone with a number, 5 a composite, G1 by counties. */
async function boundPack(): Promise<CityPack> {
  const pack = structuredClone(await yunzhou()) as unknown as {
    indicators: { no: string; measure?: object; parts?: { id: string; measure?: object }[] }[];
  };
  const at = (no: string) => pack.indicators.find((i) => i.no === no)!;
  delete at('1').measure;
  at('2').measure = bound('lists.schools', { per: 'population', scale: 10_000 });
  at('3').measure = bound('lists.schools');
  at('4').measure = bound('lists.platforms', { since: '2021-06-01' });
  at('5').parts![0]!.measure = bound('lists.services', { per: 'lists.all', scale: 100 });
  at('G1').measure = bound('lists.schools', { per: 'parties.counties', scale: 100 });
  return pack as unknown as CityPack;
}

let city: TestPlatform;
let office: Record<string, string>;
beforeAll(async () => {
  city = await testPlatform({
    modules: [parties, lists, plan],
    pack: await boundPack(),
    now: '2023-01-10T09:00:00+08:00',
  });
});
afterAll(async () => {
  await city.clean();
  await city.close();
});
beforeEach(async () => {
  await city.clean();
  city.clock.set('2023-01-10T09:00:00+08:00');
  await city.load();
  office = await city.as('plan-office');
  entries = [
    { list: 'schools', on: '2021-03-01', amount: 1, recorded: '2021-03-05T00:00:00Z' },
    { list: 'schools', on: '2022-03-01', amount: 1, recorded: '2022-03-05T00:00:00Z' },
    { list: 'services', on: '2021-03-01', amount: 9, recorded: '2021-03-05T00:00:00Z' },
    { list: 'all', on: '2021-03-01', amount: 100, recorded: '2021-03-05T00:00:00Z' },
    { list: 'platforms', on: '2021-05-31', amount: 5, recorded: '2021-06-05T00:00:00Z' },
    { list: 'platforms', on: '2021-06-01', amount: 3, recorded: '2021-06-05T00:00:00Z' },
  ];
  asked = [];
  // An emptied log begins at 1 again: boards of an earlier test must not look like those of the same revision.
  tests += 1;
  for (let i = 0; i < tests; i++) await touch();
});

/** Records something, with its line in the audit log as every module leaves one. */
async function record(entry: Entry) {
  entries.push(entry);
  await touch();
}
async function touch() {
  await city.platform.records.transaction().execute((trx) =>
    audit(trx, city.clock.now(), {
      actor: system,
      action: 'lists.add',
      objectType: 'entry',
      objectId: String(entries.length),
    }),
  );
}
const board = async (query: Record<string, string>) =>
  (await city.call(contract.listIndicators, { query })).body;
const row = async (no: number | string, query: Record<string, string>) =>
  (await board(query)).indicators.find((i) => i.no === no)!;
const detail = async (no: string, query: Record<string, string>) =>
  (await city.call(contract.getIndicator, { params: { no }, query })).body;
const facts = (no: string, query: Record<string, string>) =>
  city.call(contract.listFacts, { params: { no }, query } as never);
const freeze = (year: string, reason?: string) =>
  city.call(
    contract.freezeYear,
    { params: { year }, body: { key: crypto.randomUUID(), ...(reason && { reason }) } },
    office,
  );

/** Reports the composite of the year and accepts it. */
async function reportParts(parts: Record<string, number>) {
  await city.call(contract.openPeriod, { params: { id: '2022-Y' }, body: {} }, office);
  const officer = await city.as('department-officer', { organisation: 'patent-office' });
  const body = { value: null, range: null, parts, stage: null, weight: null, explanation: '', files: [] };
  const sent = await city.call(
    contract.submitReport,
    { body: { no: 5, period: '2022-Y', scope: 'city', body, key: crypto.randomUUID() } },
    officer,
  );
  expect(sent.status).toBe(200);
  await city.call(contract.acceptReport, { params: { id: sent.body.id }, body: { version: 1 } }, office);
}

describe('a part of a composite', () => {
  test('is measured, judged by what was measured, and stands beside what was reported', async () => {
    const before = await row(5, { asOf: '2022-12-31' });
    expect(before.parts?.[0]).toMatchObject({ measured: { value: 9 }, light: 'at-risk', basis: 'measured' });
    expect(before.parts?.[1]).toMatchObject({ measured: null, light: 'no-data', basis: null });
    expect(before.basis).toBe('measured');
    await reportParts({ share: 11, growth: 25 });
    const after = await detail('5', { asOf: '2022-12-31' });
    expect(after.parts?.[0]).toMatchObject({
      measured: { value: 9, measure: 'lists.services' },
      reported: { value: 11 },
      light: 'at-risk',
      basis: 'measured',
    });
    expect(after.parts?.[1]).toMatchObject({ reported: { value: 25 }, light: 'met', basis: 'reported' });
    expect(after).toMatchObject({ light: 'at-risk', basis: null, measured: null, difference: null });
    expect(after.partDifferences).toEqual([
      { part: 'share', asOf: '2022-12-31', measured: 9, reported: 11, difference: -2 },
    ]);
    expect(after.series.find((s) => s.part === 'share')?.measured.at(-1)).toEqual({
      date: '2022-12-31',
      value: 9,
    });
  });

  test('stands beside the field of the form and in the report that is reviewed', async () => {
    await city.call(contract.openPeriod, { params: { id: '2022-Y' }, body: {} }, office);
    const officer = await city.as('department-officer', { organisation: 'patent-office' });
    const key = { no: '5', period: '2022-Y', scope: 'city' };
    const form = await city.call(contract.getForm, { params: key }, officer);
    expect(form.body.parts.map((p) => [p.id, p.measured])).toEqual([
      ['share', 9],
      ['growth', null],
    ]);
    const empty = { value: null, range: null, stage: null, weight: null, explanation: '', files: [] };
    const body = { ...empty, parts: { share: 11, growth: 25 } };
    const sent = await city.call(
      contract.submitReport,
      { body: { no: 5, period: '2022-Y', scope: 'city', body, key: crypto.randomUUID() } },
      officer,
    );
    expect(sent.body.measuredParts).toEqual([
      { id: 'share', title: '占比', unit: '%', decimals: 1, measured: 9 },
    ]);
  });

  test('stands in open data and cockpit with its difference', async () => {
    await reportParts({ share: 11, growth: 25 });
    const open = (await city.app.inject('/api/plan/open-data/indicators.json?asOf=2022-12-31')).json();
    const share = open.rows.find((r: Record<string, unknown>) => r.分项 === '占比');
    expect(share).toMatchObject({ 测算值: 9, 填报值: 11, 差异: -2, 现知测算值: null });
    const { body } = await city.call(contract.getCockpit, { query: { asOf: '2022-12-31' } });
    expect(body.redList.find((r) => r.no === 5)?.figures).toEqual([
      { part: '占比', measured: 9, reported: 11, difference: -2, unit: '%', decimals: 1 },
    ]);
    expect(body.forecasts.map((f) => f.title)).toContain('服务业占比与增长：占比');
  });
});

describe('a quotient', () => {
  test('opens to the rows behind both its figures', async () => {
    const { measures, parts } = await detail('5', { asOf: '2022-12-31' });
    expect(measures).toMatchObject([
      { part: 'share', of: { id: 'lists.services' }, per: { id: 'lists.all', title: '清单all' }, scale: 100 },
    ]);
    expect(parts?.[0]?.measured?.ratio).toEqual({
      of: { measure: 'lists.services', value: 9, facts: 1 },
      per: { measure: 'lists.all', value: 100, facts: 1 },
      scale: 100,
    });
    const at = { asOf: '2022-12-31', part: 'share' };
    expect((await facts('5', at)).body).toMatchObject({
      measure: 'lists.services',
      rows: [{ cells: { amount: 9 } }],
    });
    expect((await facts('5', { ...at, side: 'per' })).body).toMatchObject({
      measure: 'lists.all',
      rows: [{ cells: { amount: 100 } }],
    });
    expect((await facts('5', { asOf: '2022-12-31' })).status).toBe(404);
    expect((await facts('3', { asOf: '2022-12-31', side: 'per' })).status).toBe(404);
  });

  test('of counties divides by those that exist on the day', async () => {
    expect((await row('G1', { asOf: '2022-12-31' })).measured).toMatchObject({ value: 100, facts: 2 });
    const rows = (await facts('G1', { asOf: '2022-12-31', side: 'per' })).body.rows;
    expect(rows.map((r) => r.cells.name)).toEqual(['东渡区', '西屏市']);
  });

  test('per inhabitant names year and source of the count', async () => {
    expect((await row(2, { asOf: '2022-12-31' })).measured?.ratio?.per).toEqual({
      measure: 'population',
      value: 1_010_000,
      facts: 1,
    });
    const { body } = await facts('2', { asOf: '2022-12-31', side: 'per' });
    expect(body.rows).toMatchObject([{ cells: { year: '2021', value: 1_010_000 } }]);
    expect(body.rows[0]?.cells.source).toBeTruthy();
  });

  test('by nought has no value and says why; what was reported then counts', async () => {
    entries = entries.filter((e) => e.list !== 'all');
    const share = (await row(5, { asOf: '2022-12-31' })).parts![0]!;
    expect(share.measured).toMatchObject({ value: null, ratio: { per: { value: 0 } } });
    expect(share.measured?.note).toContain('为 0');
    await reportParts({ share: 11, growth: 25 });
    expect((await row(5, { asOf: '2022-12-31' })).parts![0]).toMatchObject({
      light: 'met',
      basis: 'reported',
    });
    // A park is no county: it has none to divide by.
    const park = await row('G1', { asOf: '2022-12-31', region: 'harbour' });
    expect(park.measured?.note).toContain('为 0');
  });
});

test('a milestone with a number in one year shows what is measured in every year, and is judged by it only there', async () => {
  expect(await row(4, { asOf: '2021-12-31' })).toMatchObject({
    measured: { value: 3 },
    basis: 'measured',
    light: 'met',
  });
  expect(await row(4, { asOf: '2022-12-31' })).toMatchObject({
    measured: { value: 3 },
    basis: null,
    light: 'no-data',
  });
});

test('a measure that several indicators are bound to is asked once per day', async () => {
  await board({ asOf: '2022-06-30' });
  await board({ asOf: '2022-06-30' });
  expect(asked.filter((q) => q.id === 'lists.schools' && q.asOf === '2022-06-30')).toHaveLength(1);
});

describe('a frozen year', () => {
  const late = { list: 'schools', on: '2021-11-01', amount: 2, recorded: '2023-02-01T00:00:00Z' };

  test('shows what was known at the freeze, and says what is known now', async () => {
    expect((await freeze('2021')).status).toBe(200);
    const same = await row(3, { asOf: '2021-12-31' });
    expect(same.measured).toMatchObject({ value: 1, now: null, knownAt: '2023-01-10T01:00:00.000Z' });
    expect((await board({ asOf: '2021-12-31' })).note).toBeNull();
    city.clock.set('2023-02-01T09:00:00+08:00');
    await record(late);
    for (const asOf of ['2021-12-31', '2021-11-30']) {
      const then = await row(3, { asOf });
      expect(then).toMatchObject({ measured: { value: 1, now: { value: 3, facts: 2 } }, light: 'behind' });
    }
    const { note } = await board({ asOf: '2021-12-31' });
    expect(note).toContain('2021 年已于 2023-01-10 定稿封存');
    expect(note).toContain('第 3 项“试点学校”按封存时所知为 1家，按现在所知为 3家');
    expect((await facts('3', { asOf: '2021-12-31' })).body).toMatchObject({ total: 1 });
    expect((await facts('3', { asOf: '2021-12-31', known: 'now' })).body).toMatchObject({
      total: 2,
      knownAt: null,
    });
    // A year that is not frozen speaks of what is known now.
    expect(await row(3, { asOf: '2022-12-31' })).toMatchObject({
      measured: { value: 4, now: null, knownAt: null },
    });
    const open = (await city.app.inject('/api/plan/open-data/indicators.json?asOf=2021-12-31')).json();
    expect(open.rows.find((r: Record<string, unknown>) => r.编号 === 3)).toMatchObject({
      测算值: 1,
      现知测算值: 3,
    });
  });

  test('frozen again knows what was known at the later freeze; both editions keep their words', async () => {
    await freeze('2021');
    city.clock.set('2023-02-01T09:00:00+08:00');
    await record(late);
    await freeze('2021', '补录');
    expect(await row(3, { asOf: '2021-12-31' })).toMatchObject({ measured: { value: 3, now: null } });
    const edition = async (n: string) =>
      (await city.call(contract.getBulletin, { params: { year: '2021', edition: n } } as never, office)).body;
    const [first, second] = [await edition('1'), await edition('2')];
    expect(first.content.knownAt).toBe('2023-01-10T01:00:00.000Z');
    expect(second.content.knownAt).toBe('2023-02-01T01:00:00.000Z');
    const printed = (b: typeof first) => b.content.rows.find((r) => r.no === '3')?.measured;
    expect([printed(first), printed(second)]).toEqual(['1', '3']);
    expect([first.intact, second.intact]).toEqual([true, true]);
  });

  test('asks a measure twice for a board, and once for each point of a curve', async () => {
    await freeze('2021');
    await detail('3', { asOf: '2021-12-31' });
    const of = (day: string) => asked.filter((q) => q.id === 'lists.schools' && q.asOf === day);
    // The freeze itself asked as known at its moment, on its own.
    expect(of('2021-12-31').map((q) => q.knownAt !== undefined)).toEqual([true, true, false]);
    expect(of('2021-09-30').map((q) => q.knownAt !== undefined)).toEqual([true]);
    expect(of('2022-06-30').map((q) => q.knownAt !== undefined)).toEqual([false]);
  });

  test('says of a figure that cannot look back that it is as known now', async () => {
    await freeze('2021');
    expect((await row('G1', { asOf: '2021-12-31' })).measured?.note).toContain('按现在所知');
  });
});
