import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Measure } from '#kernel/measures/measures';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
let inventions: Measure;
let pct: Measure;
beforeAll(async () => {
  t = await patentPlatform();
  inventions = t.platform.measures.find('patents.inventions-in-force')!;
  pct = t.platform.measures.find('patents.pct-applications')!;
});
beforeEach(() => t.clean());
afterAll(() => t?.close());

const NANTONG = '江苏省南通市海门市某路1号';
const grant = (n: number, more: Record<string, unknown> = {}) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
  title: `发明${n}`,
  filingDate: '2010-01-15',
  publicationDate: '2013-05-10',
  address: NANTONG,
  applicants: ['南通甲有限公司'],
  legalStatus: '有效',
  ...more,
});

/** All rows behind a figure, read page by page. */
async function rowsOf(measure: Measure, query: { asOf: string; region?: string; since?: string }, limit = 3) {
  const ids: string[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const page = await measure.facts({ ...query, limit, ...(cursor !== undefined && { cursor }) });
    ids.push(...page.rows.map((r) => r.id));
    total = page.total;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(total);
  expect((await measure.compute(query)).value).toBe(total);
  return ids.sort();
}

test('nothing imported is not nought', async () => {
  expect(await inventions.compute({ asOf: '2020-01-01' })).toMatchObject({
    value: null,
    facts: 0,
    note: { zh: expect.stringContaining('尚未导入') },
  });
});

test('what was known at an earlier moment cannot be told, and the figure says so', async () => {
  const { note } = await inventions.compute({
    asOf: '2020-01-01',
    knownAt: new Date('2020-01-02T00:00:00Z'),
  });
  expect(note?.zh).toContain('尚未导入');
  expect(note?.zh).toContain('按现在所知');
});

describe('inventions in force', () => {
  const cases: [string, Record<string, unknown>, boolean][] = [
    ['granted and in force', {}, true],
    ['without a status', { legalStatus: undefined }, true],
    ['lapsed, not known when', { legalStatus: '失效' }, false],
    ['lapsed later', { legalStatus: '失效', legalStatusDate: '2019-01-01' }, true],
    ['lapsed on the day', { legalStatus: '失效', legalStatusDate: '2018-12-31' }, false],
    ['granted later', { publicationDate: '2019-01-01' }, false],
    ['granted on the day', { publicationDate: '2018-12-31' }, true],
    ['without a date of grant', { publicationDate: undefined }, false],
    ['twenty years old', { filingDate: '1998-12-31' }, false],
    ['a day before twenty years', { filingDate: '1999-01-01' }, true],
    ['of another city', { address: '江苏省苏州市某路' }, false],
    ['without an address', { address: undefined }, false],
    ['an application only', { publicationNumber: 'CN100000077A' }, false],
    ['a utility model', { publicationNumber: 'CN200000077U' }, false],
    ['of the old kind C', { publicationNumber: 'CN1000077C' }, true],
    ['not Chinese', { publicationNumber: 'EP1234567B1' }, false],
  ];
  test.each(cases)('%s', async (_, change, counted) => {
    await t.bring('a.jsonl', jsonl([grant(1, change)]));
    expect((await inventions.compute({ asOf: '2018-12-31' })).value).toBe(counted ? 1 : 0);
    expect(await rowsOf(inventions, { asOf: '2018-12-31' })).toHaveLength(counted ? 1 : 0);
  });

  test('one per application, the latest grant by that day', async () => {
    const application = { applicationNumber: '201510958772.0', filingDate: '2015-12-18' };
    await t.bring(
      'a.jsonl',
      jsonl([
        grant(1, { ...application, publicationNumber: 'CN105000001B', publicationDate: '2017-01-01' }),
        grant(2, { ...application, publicationNumber: 'CN105000001B2', publicationDate: '2019-01-01' }),
        grant(3, { ...application, publicationNumber: 'CN105000001A', publicationDate: '2016-06-01' }),
      ]),
    );
    expect(await rowsOf(inventions, { asOf: '2018-12-31' })).toEqual(['CN105000001B']);
    expect(await rowsOf(inventions, { asOf: '2019-12-31' })).toEqual(['CN105000001B2']);
  });

  test('by region as it was on the day, and page by page', async () => {
    const places = ['港闸区', '崇川区', '海门市', '通州区', '如东县'];
    await t.bring(
      'a.jsonl',
      jsonl(Array.from({ length: 23 }, (_, i) => grant(i, { address: `江苏省南通市${places[i % 5]}某路` }))),
    );
    expect(await rowsOf(inventions, { asOf: '2018-12-31' })).toHaveLength(23);
    expect(await rowsOf(inventions, { asOf: '2018-12-31', region: 'chongchuan' })).toHaveLength(5);
    expect(await rowsOf(inventions, { asOf: '2018-12-31', region: 'gangzha' })).toHaveLength(5);
    // 港闸 became part of 崇川 in 2020.
    expect(await rowsOf(inventions, { asOf: '2021-12-31', region: 'chongchuan' })).toHaveLength(10);
    expect(await rowsOf(inventions, { asOf: '2021-12-31', region: 'nantong' })).toHaveLength(23);
  });

  test('persons are masked in the rows', async () => {
    await t.bring('a.jsonl', jsonl([grant(1, { applicants: ['张小三'] })]));
    const page = await inventions.facts({ asOf: '2018-12-31', limit: 10 });
    expect(page.rows[0]).toMatchObject({
      id: 'CN100000001B',
      href: '/patents/CN100000001B',
      cells: { applicants: '张**' },
    });
    expect(JSON.stringify(page)).not.toContain('张小三');
  });

  test('an update counts from then on', async () => {
    await t.bring('a.jsonl', jsonl([grant(1), grant(2)]));
    await t.bring(
      'b.jsonl',
      jsonl([{ publicationNumber: 'CN100000002B', title: '发明2', legalStatus: '专利权终止' }]),
    );
    expect(await rowsOf(inventions, { asOf: '2018-12-31' })).toEqual(['CN100000001B']);
  });
});

test('PCT applications count from the first day of the plan by their filing date, once each', async () => {
  const wo = (number: string, filingDate: string | undefined, more = {}) => ({
    publicationNumber: number,
    title: '国际',
    filingDate,
    publicationDate: '2019-06-01',
    address: NANTONG,
    ...more,
  });
  await t.bring(
    'a.jsonl',
    jsonl([
      wo('WO2018/000001A1', '2016-12-31'),
      wo('WO2018/000002A1', '2017-01-01'),
      wo('WO2018/000003A1', '2018-12-31'),
      wo('WO2018/000003A3', '2018-12-31'),
      wo('WO2018/000004A1', '2019-01-01'),
      wo('WO2018/000005A1', undefined),
      wo('WO2018/000006A1', '2018-01-01', { address: '北京市通州区' }),
      wo('WO2018/000007A1', '2018-01-01', { applicationNumber: 'PCT/CN2018/000001' }),
      wo('WO2019/000008A1', '2018-01-01', { applicationNumber: 'PCT/CN2018/000001' }),
    ]),
  );
  const since = '2017-01-01';
  expect((await rowsOf(pct, { asOf: '2018-12-31', since })).length).toBe(3);
  expect((await rowsOf(pct, { asOf: '2019-12-31', since })).length).toBe(5);
  expect((await rowsOf(pct, { asOf: '2018-12-31' })).length).toBe(4);
  expect((await pct.compute({ asOf: '2016-01-01', since })).value).toBe(0);
});

test('demonstration patents follow the plan’s curve, are marked, and load once', {
  timeout: 120_000,
}, async () => {
  await t.load(true);
  const per10000 = async (asOf: string, people: number) =>
    ((await inventions.compute({ asOf })).value! / people) * 10_000;
  expect(await per10000('2017-12-31', 7_305_000)).toBeCloseTo(20.6, 0);
  expect(await per10000('2019-12-31', 7_318_000)).toBeCloseTo(27.3, 0);
  let last = 0;
  for (let year = 2008; year <= 2020; year++) {
    const { value } = await inventions.compute({ asOf: `${year}-12-31` });
    expect(value!).toBeGreaterThan(last);
    last = value!;
  }
  expect((await pct.compute({ asOf: '2020-12-31', since: '2017-01-01' })).value).toBe(2700);
  expect((await inventions.compute({ asOf: '2020-12-31' })).note!.zh).toContain('演示数据');
  const { hits, total } = (await t.app.inject({ url: '/api/patents?size=100&type=invention' })).json();
  expect(hits.every((h: { demo: boolean }) => h.demo)).toBe(true);
  const regions = t.platform.pack.regions.filter((r) => r.kind === 'county');
  for (const region of regions.filter((r) => r.successors.length === 0))
    expect(
      (await inventions.compute({ asOf: '2019-12-31', region: region.id })).value,
      region.id,
    ).toBeGreaterThan(100);
  await t.load(true);
  expect((await t.app.inject({ url: '/api/patents?size=1&type=invention' })).json().total).toBe(total);
  const headers = await t.as('data-officer');
  const { imports } = (await t.app.inject({ url: '/api/patents/imports', headers })).json();
  expect(imports).toMatchObject([{ format: 'demo', state: 'done', abilities: { resume: false } }]);
  // Every application number that was made up bears a right check digit.
  const { readApplication } = await import('../query/numbers.ts');
  for (const hit of hits) expect(readApplication(hit.applicationNumber).ok).toBe(true);
});
