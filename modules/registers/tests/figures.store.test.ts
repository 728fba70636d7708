import { expect, test } from 'vitest';
import { system } from '#kernel/policy/policy';
import type { TestPlatform } from '#kernel/testing/platform';
import * as api from '../contract.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

let city: TestPlatform;
let office: Record<string, string>;
beforeEveryTest((c, o) => {
  city = c;
  office = o;
});

const put = async (register: string, data: Record<string, unknown>) => {
  const done = await city.call(
    api.createEntry,
    { params: { register }, body: { data, state: 'published' } },
    office,
  );
  expect(done.body).toMatchObject({ state: 'published' });
};
const firm = (n: number, more: object = {}) =>
  put('strong-firms', {
    name: `云洲第${n}纺织有限公司`,
    code: usccOf(n),
    region: 'east',
    tier: 'pilot',
    since: '2021-03-01',
    ...more,
  });
const value = async (measure: string, asOf: string, more: object = {}) =>
  (await city.platform.measures.find(`registers.${measure}`)!.compute({ asOf, ...more })).value;

test('sums are in the unit of the field, growth compares whole years, and both say why there is none', async () => {
  await firm(1, {
    capital: 5_000_000_00,
    founded: 2004,
    revenue: [
      { year: 2020, amount: 100_00 },
      { year: 2021, amount: 150_00 },
      { year: 2022, amount: 999_00 },
    ],
  });
  await firm(2, { capital: 2_000_000_00, founded: 1998, revenue: [{ year: 2021, amount: 50_00 }] });
  expect(await value('strong-firms.capital', '2022-06-30')).toBe(500);
  expect(await value('strong-firms.revenue-growth', '2022-06-30')).toBeCloseTo(100);
  expect(await value('strong-firms.revenue-growth', '2021-12-30')).toBeNull();
  expect(await value('strong-firms.revenue-growth', '2022-06-30', { region: 'west' })).toBeNull();
});

test('a statistic is that of the latest year that had ended, of the very region asked for', async () => {
  const figure = (item: string, region: string, year: number, n: number) =>
    put('economic-figures', {
      label: `${item}${region}${year}`,
      item,
      region,
      year,
      value: n,
      publishedOn: `${year + 1}-02-01`,
    });
  await figure('gdp', 'yunzhou', 2020, 1000);
  await figure('gdp', 'yunzhou', 2021, 1100.5);
  await figure('gdp', 'east', 2021, 400);
  await figure('exports', 'yunzhou', 2021, 7);
  const id = city.platform.measures
    .ids()
    .find((m) => m.startsWith('registers.economic-figures.gdp'))!
    .slice('registers.'.length);
  expect(await value(id, '2022-06-30')).toBe(1100.5);
  expect(await value(id, '2021-12-30')).toBe(1000);
  expect(await value(id, '2021-12-31')).toBe(1100.5);
  expect(await value(id, '2022-06-30', { region: 'east' })).toBe(400);
  expect(await value(id, '2022-06-30', { region: 'west' })).toBeNull();
  expect(await value(id, '2019-12-31')).toBeNull();
  const facts = await city.platform.measures
    .find(`registers.${id}`)!
    .facts({ asOf: '2022-06-30', limit: 10 });
  expect(facts.rows.map((r) => r.cells)).toMatchObject([{ value: 1100.5, year: '2021' }]);
});

test('a figure is taken apart by region, industry, facet and quarter, and the parts make the whole', async () => {
  await firm(1, { industry: '家纺', since: '2021-02-01' });
  await firm(2, { industry: '船舶', region: 'west', tier: 'advantage' });
  await firm(3, { since: '2022-05-01' });
  const by = async (kind: string) => {
    const params = { register: 'strong-firms', measure: 'firms' };
    const answer = await city.call(api.figureBreakdown, { params, query: { by: kind, on: '2022-06-30' } });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  expect((await by('region')).rows.filter((r) => r.value !== 0).map((r) => [r.key, r.value])).toEqual([
    ['east', 2],
    ['west', 1],
  ]);
  for (const kind of ['industry', 'tier']) {
    const { rows, figure } = await by(kind);
    expect(rows.reduce((sum, r) => sum + (r.value ?? 0), 0)).toBe(figure.value);
  }
  const quarters = (await by('quarter')).rows;
  expect(quarters.map((r) => [r.key, r.value]).slice(-6)).toEqual([
    ['2021-03-31', 2],
    ['2021-06-30', 2],
    ['2021-09-30', 2],
    ['2021-12-31', 2],
    ['2022-03-31', 2],
    ['2022-06-30', 3],
  ]);
  const params = { register: 'strong-firms', measure: 'firms' };
  for (const query of [{ by: 'name' }, { by: 'contact' }, { on: '2022-07-01' }])
    expect((await city.call(api.figureBreakdown, { params, query })).status).toBe(400);
});

test('what everybody may see of the rows behind a figure stops at registers that are not public', async () => {
  await put('certified-firms', {
    firm: '云洲第1纺织有限公司',
    code: usccOf(1),
    edition: '2013',
    stage: 'certified',
    issuedOn: '2022-01-01',
  });
  const measure = city.platform.measures.find('registers.certified-firms.certified')!;
  const facts = await measure.facts({ asOf: '2022-06-30', limit: 10 });
  expect(facts.total).toBe(1);
  expect(JSON.stringify(facts.rows)).not.toContain('纺织');
});

test('a keeper’s rights follow the office, not the person', async () => {
  const officer = await city.as('department-officer', { username: 'officer', organisation: 'market-office' });
  const create = (n: number) =>
    city.call(
      api.createEntry,
      {
        params: { register: 'certified-firms' },
        body: {
          data: {
            firm: `云洲第${n}纺织有限公司`,
            code: usccOf(n),
            edition: '2013',
            stage: 'started',
            issuedOn: '2022-01-01',
          },
        },
      },
      officer,
    );
  const first = await create(1);
  expect(first.status).toBe(200);
  const { auth } = city.platform;
  const account = (await auth.findAccountByUsername('officer'))!;
  const grants = [{ role: 'department-officer', organisation: 'education', region: null }];
  await auth.setGrants({ actor: system }, account.id, grants);
  expect((await create(2)).status).toBe(404);
  const successor = await city.as('department-officer', {
    username: 'successor',
    organisation: 'market-office',
  });
  const params = { register: 'certified-firms', no: first.body.no };
  const verified = await city.call(
    api.actOnEntry,
    { params, body: { version: 1, action: 'verify' } },
    successor,
  );
  expect(verified.body.state).toBe('verified');
});
