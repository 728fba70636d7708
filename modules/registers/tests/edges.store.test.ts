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
const firm = (n: number, more: object = {}) => ({
  ...{ name: `云舟第${n}纺织有限公司`, code: usccOf(n), region: 'east', tier: 'pilot', since: '2021-03-01' },
  ...more,
});
const create = async (data: Record<string, unknown>, params: { register: string } = firms) =>
  city.call(api.createEntry, { params, body: { data, state: 'published' } }, office);

test('days at the ends of the calendar are refused or answered, never a fault', async () => {
  const { body } = await create(firm(1));
  const params = { ...firms, no: body.no };
  const [first, last] = ['0000-01-01', '9999-12-31'];
  const answers: Record<string, number> = {};
  for (const day of [first, '0001-01-01', last]) {
    const note = (what: string, status: number) => {
      answers[`${what} ${day}`] = status;
    };
    for (const query of [{ on: day }, { known: day }, { on: day, known: day }]) {
      note(`list ${Object.keys(query)}`, (await city.call(api.listEntries, { params: firms, query })).status);
      note(
        `figures ${Object.keys(query)}`,
        (await city.call(api.listFigures, { params: firms, query })).status,
      );
    }
    note(
      'quarter',
      (
        await city.call(api.figureBreakdown, {
          params: { ...firms, measure: 'firms' },
          query: { on: day, by: 'quarter' },
        })
      ).status,
    );
    note('entry', (await city.call(api.getEntry, { params, query: { known: day } })).status);
    const version = (await city.call(api.getEntry, { params }, office)).body.version;
    const data = firm(1);
    note(
      'change',
      (
        await city.call(
          api.changeEntry,
          { params, body: { version, mode: 'change', from: day, data } },
          office,
        )
      ).status,
    );
    const now = (await city.call(api.getEntry, { params }, office)).body.version;
    note(
      'remove',
      (
        await city.call(
          api.actOnEntry,
          { params, body: { version: now, action: 'expire', on: day, reason: 'x' } },
          office,
        )
      ).status,
    );
    note('create', (await create(firm(2, { code: usccOf(50), name: `云舟${day}公司`, since: day }))).status);
    note(
      'create months',
      (
        await create(
          {
            ...{ firm: `云舟${day}公司`, code: usccOf(51), edition: '2013', stage: 'certified' },
            issuedOn: day,
          },
          { register: 'certified-firms' },
        )
      ).status,
    );
  }
  expect(Object.entries(answers).filter(([, status]) => status >= 500)).toEqual([]);
});

test('what no store can hold is refused', async () => {
  const text = String.fromCharCode(0);
  const answers = [
    await city.call(api.listEntries, { params: firms, query: { filters: JSON.stringify({ tier: [text] }) } }),
    await city.call(api.listEntries, { params: firms, query: { region: text } }),
    await city.call(api.getEntry, { params: { ...firms, no: `QQ${text}` } }),
    await city.call(
      api.saveView,
      { params: firms, body: { name: `a${text}`, query: text, shared: false } },
      office,
    ),
    await city.call(api.figureBreakdown, {
      params: { ...firms, measure: 'firms' },
      query: { by: 'region', industry: text },
    }),
    await city.call(
      api.entryDiff,
      { params: { ...firms, no: 'QQ-0001' }, query: { from: 99999999999999, to: 1 } },
      office,
    ),
    await city.call(api.getEntry, { params: { ...firms, no: 'QQ-0001' } }),
  ].map((a) => a.status);
  expect(answers.filter((status) => status >= 500 || status < 400)).toEqual([]);
  const measure = city.platform.measures.find('registers.strong-firms.firms')!;
  for (const cursor of ['99999999999999', '1.5', '-1', 'x', '1e300'])
    expect((await measure.facts({ asOf: '2022-06-30', limit: 10, cursor })).next).toBeNull();
});

test('values of a facet that are references are called as in the list', async () => {
  const made = await create(firm(1));
  await create(
    {
      ...{ name: '云洲家纺联盟', industry: 'textiles', foundedOn: '2021-05-01', leader: made.body.no },
      members: [{ name: '云舟甲公司' }, { name: '云舟乙公司' }],
    },
    { register: 'alliances' },
  );
  const params = { register: 'alliances' };
  const list = await city.call(api.listEntries, { params, query: {} });
  const label = `${made.body.no} ${made.body.title}`;
  expect(list.body.facets.find((f) => f.field === 'leader')?.values.map((v) => v.label)).toEqual([label]);
  const apart = await city.call(api.figureBreakdown, {
    params: { ...params, measure: 'in-force' },
    query: { by: 'leader' },
  });
  expect(apart.body.rows.map((r) => r.label)).toEqual([label]);
});
