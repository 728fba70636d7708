import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import { listNotifications } from '#modules/accounts/contract';
import { batchLookUp } from '#modules/patents/contract';
import { createWatch, deleteWatch } from '#modules/workbench/contract';
import { firmUsage, getOwnFirm, ownUsage, setFirmState } from '../contract.ts';
import { bring, firmPlatform, type Granted, granted, type Headers, person } from './helpers.ts';

let t: TestPlatform;
beforeAll(async () => {
  t = await firmPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-06-30T09:00:00+08:00');
});
afterAll(() => t.close());

const download = (headers: Headers = {}) =>
  t.app.inject({ url: `/api/patents/export?q=${encodeURIComponent('装置')}&format=numbers`, headers });
const lookUp = (count: number, headers: Headers = {}) => {
  const text = Array.from({ length: count }, (_, n) => `CN1${String(n).padStart(8, '0')}B`).join('\n');
  return t.call(batchLookUp, { body: { text } }, headers);
};
const watch = (headers: Headers, name = '监视') =>
  t.call(createWatch, { body: { name, kind: 'query', q: 'TI=装置' } }, headers);
const stateOf = async (of: Granted, feature: string) =>
  (await t.call(getOwnFirm, {}, of.headers)).body.firm.features.find((f) => f.feature === feature);

describe('what a firm uses', () => {
  test('downloads count by records for the whole firm until the month ends, and the refusal says all there is to know', async () => {
    await bring(t, 20);
    const firm = await granted(t, 1, { features: [{ feature: 'export', limit: 50 }] });
    const { headers } = await person(t, firm, 'wang');
    expect((await download(firm.headers)).body.trim().split('\r\n')).toHaveLength(20);
    expect((await download(headers)).statusCode).toBe(200);
    expect(await stateOf(firm, 'export')).toEqual({
      ...{ feature: 'export', limit: 50, used: 40, left: 10, resetsOn: '2026-07-01' },
    });
    const refused = await download(headers);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({
      code: 'firms_quota',
      params: { limit: 50, used: 40, wanted: 20, left: 10, resetsOn: '2026-07-01', managers: '示例联系人' },
    });
    expect(refused.json().message).toMatch(/50.*40.*20.*10.*2026-07-01.*示例联系人/);
    t.clock.set('2026-07-01T00:00:00+08:00');
    expect((await download(headers)).statusCode).toBe(200);
    expect(await stateOf(firm, 'export')).toMatchObject({ used: 20, left: 30, resetsOn: '2026-08-01' });
  });

  test('two at once never pass the limit together', async () => {
    await bring(t, 20);
    const firm = await granted(t, 1, {
      features: [
        { feature: 'export', limit: 50 },
        { feature: 'batch', limit: 25 },
        { feature: 'watches', limit: 2 },
      ],
    });
    const { headers } = await person(t, firm, 'wang');
    const both = [firm.headers, headers, firm.headers, headers, headers];
    const downloads = await Promise.all(both.map((who) => download(who)));
    expect(downloads.map((d) => d.statusCode).sort()).toEqual([200, 200, 429, 429, 429]);
    const lookUps = await Promise.all(both.map((who) => lookUp(10, who)));
    expect(lookUps.map((d) => d.status).sort()).toEqual([200, 200, 429, 429, 429]);
    const watches = await Promise.all(both.map((who, i) => watch(who, `w${i}`)));
    expect(watches.map((d) => d.status).sort()).toEqual([200, 200, 429, 429, 429]);
    const own = await t.call(getOwnFirm, {}, firm.headers);
    expect(own.body.firm.features.map((f) => f.used)).toEqual([40, 20, 2]);
  });

  test('numbers count by day, watches as long as they are there', async () => {
    const firm = await granted(t, 1, {
      features: [
        { feature: 'batch', limit: 10 },
        { feature: 'watches', limit: 1 },
      ],
    });
    expect((await lookUp(10, firm.headers)).status).toBe(200);
    expect((await lookUp(1, firm.headers)).status).toBe(429);
    t.clock.set('2026-07-01T08:00:00+08:00');
    expect((await lookUp(1, firm.headers)).status).toBe(200);
    const made = await watch(firm.headers);
    expect(made.status).toBe(200);
    expect((await watch(firm.headers, 'another')).raw.json().message).toContain('删除不再需要的监视');
    const params = { id: made.body.id };
    await t.call(deleteWatch, { params, query: { version: made.body.version } } as never, firm.headers);
    expect((await watch(firm.headers, 'another')).status).toBe(200);
  });

  test('what was not granted, is suspended or has expired is refused; visitors and officers go uncounted', async () => {
    await bring(t, 3);
    const firm = await granted(t, 1, { features: [{ feature: 'export', limit: null }] });
    expect((await lookUp(1, firm.headers)).raw.json().code).toBe('firms_feature');
    expect((await watch(firm.headers)).raw.json().code).toBe('firms_feature');
    expect((await download(firm.headers)).statusCode).toBe(200);
    expect(await stateOf(firm, 'export')).toMatchObject({ limit: null, left: null, used: 3 });
    const officer = await t.as('data-officer');
    const to = (state: 'active' | 'suspended', version: number) => {
      const body = { state, version, reason: '待核实情况' };
      return t.call(setFirmState, { params: { id: firm.firm.id }, body }, officer);
    };
    await to('suspended', 1);
    expect((await download(firm.headers)).json()).toMatchObject({ code: 'firms_stopped' });
    await to('active', 2);
    t.clock.set('2027-01-01T00:00:00+08:00');
    expect((await download(firm.headers)).json().message).toContain('2026-12-31');
    for (const headers of [{}, officer]) {
      expect((await download(headers)).statusCode).toBe(200);
      expect((await lookUp(2, headers)).status).toBe(200);
    }
    expect((await watch(officer)).status).toBe(200);
    const rows = await t.platform.stores.pool.query('select sum(amount)::int as n from firm_usage');
    expect(rows.rows).toEqual([{ n: 3 }]);
  });

  test('is told to whoever used it and to the manager when little is left, once', async () => {
    const firm = await granted(t, 1, { features: [{ feature: 'batch', limit: 10 }] });
    const { headers } = await person(t, firm, 'wang');
    const told = async (who: Headers) =>
      (await t.call(listNotifications, {}, who)).body.notifications.map((n) => n.body.zh);
    await lookUp(7, headers);
    expect(await told(headers)).toEqual([]);
    await lookUp(1, headers);
    await lookUp(1, headers);
    for (const who of [headers, firm.headers])
      expect(await told(who)).toEqual([expect.stringMatching(/已用 8，还剩 2，2026-07-01/)]);
  });

  test('is seen by month and person by manager and officer, and by nobody of another firm', async () => {
    await bring(t, 3);
    const features = [
      { feature: 'export' as const, limit: 50 },
      { feature: 'batch' as const, limit: 50 },
      { feature: 'watches' as const, limit: 5 },
    ];
    const firm = await granted(t, 1, { features });
    const { headers } = await person(t, firm, '=wang'.slice(1));
    await download(firm.headers);
    await lookUp(4, headers);
    await watch(headers);
    t.clock.set('2026-07-02T09:00:00+08:00');
    await lookUp(5, headers);
    const mine = await t.call(ownUsage, {}, firm.headers);
    expect(mine.body.rows).toMatchObject([
      { month: '2026-07', username: 'wang', export: 0, batch: 5 },
      { month: '2026-06', username: 'wang', export: 0, batch: 4 },
      { month: '2026-06', username: 'manager1', export: 3, batch: 0 },
    ]);
    expect(mine.body.watches).toMatchObject([{ username: 'wang', now: 1 }]);
    const params = { id: firm.firm.id };
    const officer = await t.as('data-officer');
    expect((await t.call(firmUsage, { params }, officer)).body).toEqual(mine.body);
    for (const [url, who] of [
      ['/api/firm/usage.csv', firm.headers],
      [`/api/firms/${firm.firm.id}/usage.csv`, officer],
    ] as const) {
      const csv = await t.app.inject({ url, headers: who });
      expect(csv.headers['content-type']).toContain('text/csv');
      expect(csv.body.split('\r\n')).toHaveLength(5);
      expect(csv.body).toContain('2026-06,示例联系人,manager1,3,0');
    }
    const other = await granted(t, 2);
    expect((await t.call(ownUsage, {}, other.headers)).body).toEqual({ rows: [], watches: [] });
    expect((await t.call(ownUsage, {}, headers)).status).toBe(403);
  });
});
