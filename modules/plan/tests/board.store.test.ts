import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { plan } from '../server/index.ts';
import { nantong } from './harness.ts';

let city: TestPlatform;
beforeAll(async () => {
  city = await testPlatform({
    modules: [parties, plan],
    pack: await nantong(),
    now: '2026-11-22T09:00:00+08:00',
  });
  await city.clean();
  await city.load(true);
});
afterAll(async () => {
  await city.clean();
  await city.close();
});

const board = async (query: Record<string, string> = {}) => city.call(contract.listIndicators, { query });

describe('the board', () => {
  test('shows all 48 rows and four goals, with printed text beside targets', async () => {
    const { status, body } = await board({ asOf: '2019-06-30' });
    expect(status).toBe(200);
    expect(body.asOf).toBe('2019-06-30');
    expect(body.indicators).toHaveLength(52);
    const at = (no: number | string) => body.indicators.find((i) => i.no === no);
    expect(at(27)?.targets).toEqual({ '2017': 21, '2018': 24, '2019': 27, '2020': 30 });
    expect(at(27)?.printed['2019']).toBe('27件');
    expect(at(38)?.parts?.map((p) => p.targets['2020'])).toEqual([5, 50]);
    expect(at('G1')?.targets['2020']).toBe(95);
    expect(at(22)?.contradictory).toBe(true);
    expect(body.indicators.every((i) => i.reason.length > 0)).toBe(true);
  });

  test('a day before the plan has no lights and says why', async () => {
    const { status, body } = await board({ asOf: '2016-05-01' });
    expect(status).toBe(200);
    expect(new Set(body.indicators.map((i) => i.light))).toEqual(new Set(['no-data']));
    expect(body.note).toContain('2017-01-01');
  });

  test.each(['2019-02-30', '2027-01-01', '2019-6-30', 'yesterday'])(
    'the day %s is refused with a reason',
    async (asOf) => {
      const { status, body } = await board({ asOf });
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toMatch(/2019-06-30|YYYY-MM-DD/);
    },
  );

  test('a region is found by any code it ever had, and an unknown one is refused', async () => {
    const now = await board({ asOf: '2019-06-30', region: '320612' });
    const before = await board({ asOf: '2019-06-30', region: '320683' });
    expect(now.body.region).toBe('tongzhou');
    expect(before.body.indicators).toEqual(now.body.indicators);
    expect((await board({ region: '999999' })).status).toBe(400);
  });

  test('a detail names departments then and now, contradictions and the rule', async () => {
    const { status, body } = await city.call(contract.getIndicator, {
      params: { no: '22' },
      query: { asOf: '2020-12-31' },
    });
    expect(status).toBe(200);
    expect(body.contradictions.flatMap((c) => c.printed.map((p) => p.text)).join()).toMatch(/10/);
    expect(body.lead[0]?.calledThen).toContain('知识产权局');
    expect(body.rule.version).toBe(1);
    expect(body.reports.length).toBeGreaterThan(0);
    expect((await city.call(contract.getIndicator, { params: { no: '49' } })).status).toBe(404);
  });

  test('the same question gets the same bytes, and 304 to those who have them', async () => {
    const first = await city.app.inject({ url: '/api/plan/indicators?asOf=2018-12-31' });
    const again = await city.app.inject({
      url: '/api/plan/indicators?asOf=2018-12-31',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(first.statusCode).toBe(200);
    expect(again.statusCode).toBe(304);
    const packed = await city.app.inject({
      url: '/api/plan/indicators?asOf=2018-12-31',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.rawPayload).equals(first.rawPayload)).toBe(true);
  });

  test('the cockpit counts every row once and says how it forecasts', async () => {
    const { status, body } = await city.call(contract.getCockpit, { query: { asOf: '2019-06-30' } });
    expect(status).toBe(200);
    const { total, met, atRisk, behind, noData } = body.summary;
    expect(met + atRisk + behind + noData).toBe(total);
    expect(body.redList).toHaveLength(atRisk + behind);
    expect(body.forecasts.length).toBeGreaterThan(5);
    expect(body.forecasts.every((f) => f.method.includes('2019-12-31'))).toBe(true);
  });

  test('open data: CSV with BOM, JSON, and a DCAT catalogue that points at both', async () => {
    const csv = await city.app.inject({ url: '/api/plan/open-data/indicators.csv?asOf=2020-12-31' });
    expect(csv.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.body.split('\r\n').length).toBeGreaterThan(52);
    const json = (await city.app.inject({ url: '/api/plan/open-data/indicators.json' })).json();
    expect(json.rows.length).toBe(csv.body.trimEnd().split('\r\n').length - 1);
    const dcat = (await city.app.inject({ url: '/api/plan/open-data/catalogue.jsonld' })).json();
    const urls = dcat['dcat:dataset']['dcat:distribution'].map(
      (d: Record<string, { '@id': string }>) => d['dcat:downloadURL']?.['@id'],
    );
    for (const url of urls)
      expect((await city.app.inject({ url: new URL(url).pathname })).statusCode).toBe(200);
  });

  test('demonstration years are frozen, published, intact, and their documents can be fetched', async () => {
    const { body } = await city.call(contract.listSnapshots, {});
    expect(body.snapshots.map((s) => s.year)).toEqual(['2019', '2018', '2017']);
    const bulletin = await city.call(contract.getBulletin, { params: { year: '2019', edition: 1 } });
    expect(bulletin.body.intact).toBe(true);
    expect(bulletin.body.content.rows).toHaveLength(52);
    for (const kind of ['docx', 'xlsx']) {
      const url = `/api/plan/snapshots/2019/1/bulletin.${kind}`;
      const one = await city.app.inject({ url });
      const two = await city.app.inject({ url });
      expect(one.statusCode).toBe(200);
      expect(one.rawPayload.subarray(0, 2).toString()).toBe('PK');
      expect(one.rawPayload.equals(two.rawPayload)).toBe(true);
    }
  });
});
