import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAt } from '#kernel/testing/pack';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import * as contract from '../contract.ts';
import { matters } from '../server/index.ts';
import { fault, ok } from './helpers.ts';

/** The fictitious city, whose portals differ. */
let t: TestPlatform;
beforeAll(async () => {
  const pack = await packAt('kernel', 'testing', 'cities', 'yunzhou');
  t = await testPlatform({
    modules: [matters, organisations, parties, registers, webhooks],
    pack,
    now: '2022-07-05T09:00:00+08:00',
  });
  await t.clean();
  await t.load();
});
afterAll(() => t.close());

const list = async (query: { portal?: string; asOf?: string } = {}) =>
  ok(await t.call(contract.catalogItems, { query }));
const guide = (query: { portal?: string; asOf?: string } = {}) =>
  t.call(contract.catalogItem, { params: { id: 'letters' }, query });

describe('portals', () => {
  test('are listed with what each has of the city’s items', async () => {
    const { portals } = ok(await t.call(contract.listPortals, {}));
    expect(portals.map(({ id, items, differ, except }) => [id, items, differ, except])).toEqual([
      ['east', 2, 0, 0],
      ['west', 2, 1, 0],
      ['harbour', 1, 0, 1],
    ]);
    expect(portals[1]).toMatchObject({ region: { zh: '西屏市' }, office: { zh: '西屏市人民政府' } });
  });

  test('show what is inherited, what differs beside the city’s value, and what is left out with the reason', async () => {
    const city = await list();
    expect(city).toMatchObject({
      portal: null,
      except: [],
      items: [{ id: 'leads' }, { id: 'letters', differs: [] }],
    });
    const east = await list({ portal: 'east' });
    // All but its own name is as in the city.
    expect(east.items).toEqual(city.items);
    expect(east.portal!.note!.zh).toContain('尚未核实');
    const west = await list({ portal: 'west' });
    expect(west.items).toMatchObject([
      { id: 'leads', differs: [] },
      {
        keeper: { id: 'gov-west', level: 'county', name: { zh: '西屏市人民政府' } },
        duration: { promised: '2WD', limit: { rule: '5WD' } },
      },
    ]);
    const harbour = await list({ portal: 'harbour' });
    expect(harbour.items.map(({ id }) => id)).toEqual(['leads']);
    expect(harbour.except).toMatchObject([
      { id: 'letters', reason: { zh: '港区不收来信，请寄给市市场局。' } },
    ]);
  });

  test('hold what the office has said of the implementation list', async () => {
    const { guide: said, materials, remedies } = ok(await guide());
    expect(said).toMatchObject({
      conduct: { type: 'promised', channels: ['window', 'online', 'post'], visits: 0, depth: 4 },
      places: [{ phone: '0999-1000' }],
      contact: { complain: { phone: '0999-1001', web: null } },
      ...{ joint: [{ zh: expect.any(String) }], entrustedBy: null },
    });
    expect(said.codes.map(({ what }) => what)).toEqual(['basic', 'implementing']);
    expect(materials[0]).toMatchObject({
      blank: 'https://letters.example/blank.docx',
      hint: { zh: '一事一信' },
    });
    expect(remedies[0]).toMatchObject({ kind: 'review', body: { phone: '0999-1002', web: null } });
    const leads = ok(await t.call(contract.catalogItem, { params: { id: 'leads' }, query: {} }));
    expect(leads.guide).toMatchObject({ conduct: null, places: [], contact: null, codes: [] });
  });

  test('mark each difference on the guide with the city’s value, its source and whether that was read', async () => {
    const { portal, differs } = ok(await guide({ portal: 'west' }));
    expect(portal!.title.zh).toBe('西屏市分站');
    expect(
      differs.map(({ what, here, city, verified }) => [what, here.zh, city?.zh ?? null, verified]),
    ).toEqual([
      ['keeper', '西屏市人民政府', '云洲市市场局', true],
      ['place', '西屏市示例路 8 号二楼 3 号窗口（虚构）', null, false],
      ['hours', '工作日 9:00–17:00', null, false],
      ['promised', '2 个工作日', '3 个工作日', false],
      ['note', '逢集日延长到 19:00', null, false],
    ]);
    expect(differs[0]).toMatchObject({ source: '云洲统计年鉴', article: '第8页（虚构）' });
    // Everything else is the city's.
    const city = ok(await guide());
    const here = ok(await guide({ portal: 'west' }));
    expect({ ...here, portal: null, differs: [], keeper: city.keeper, duration: city.duration }).toEqual(
      city,
    );
  });

  test('differ only on the days on which they do', async () => {
    const before = ok(await guide({ portal: 'west', asOf: '2022-02-28' }));
    expect([before.keeper.id, before.differs]).toEqual(['market-office', []]);
  });

  test('say which body will have a matter, and why', async () => {
    const routing = async (portal?: string) =>
      ok(await t.call(contract.itemForm, { params: { id: 'letters' }, query: portal ? { portal } : {} }))
        .routing;
    expect(await routing()).toMatchObject({ office: { id: 'market-office' }, why: 'item', source: null });
    expect(await routing('east')).toMatchObject({
      office: { id: 'market-office' },
      why: 'city',
      source: null,
    });
    expect(await routing('west')).toMatchObject({
      office: { id: 'gov-west', level: 'county' },
      why: 'portal',
      source: { title: '云洲统计年鉴', article: '第8页（虚构）', verified: true },
    });
  });

  test.each(['nowhere', 'West', '__proto__'])(
    'refuse the name %s and say where the list is',
    async (portal) => {
      for (const answer of [
        await t.call(contract.catalogItems, { query: { portal } }),
        await guide({ portal }),
        await t.call(contract.itemForm, { params: { id: 'letters' }, query: { portal } }),
      ]) {
        expect([answer.status, fault(answer).code]).toEqual([404, 'matters_portal']);
        expect(fault(answer).message).toContain(`没有“${portal}”这个分站`);
      }
    },
  );

  test('refuse the guide to an item that they leave out, with the reason', async () => {
    const answer = await guide({ portal: 'harbour' });
    expect([answer.status, fault(answer).code]).toEqual([404, 'matters_portal_item']);
    expect(fault(answer).message).toBe(
      '“来信办理（虚构）”不在云洲港区分站办理：港区不收来信，请寄给市市场局。',
    );
  });
});

test('the first city’s portals have all items and invent no powers', async () => {
  const pack = await packAt('cities', 'nantong');
  expect(pack.portals).toHaveLength(10);
  const offices = new Map(pack.departments.map((one) => [one.id, one]));
  for (const { id, region, office, overrides, except, note } of pack.portals) {
    expect([id, offices.get(office)!.region]).toEqual([region, region]);
    expect([overrides, except]).toEqual([[], []]);
    expect(note!.zh).toContain('尚未核实');
  }
});
