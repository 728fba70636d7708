import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAt } from '#kernel/testing/pack';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { reference } from '../server/index.ts';

let city: TestPlatform;
beforeAll(async () => {
  city = await testPlatform({
    modules: [reference, parties],
    pack: await packAt('cities', 'nantong'),
    now: '2026-11-22T09:00:00+08:00',
  });
  await city.clean();
  await city.load();
});
afterAll(() => city.close());

test('health names the version and both stores', async () => {
  const { status, body } = await city.call(contract.health, {});
  expect(status).toBe(200);
  expect(body).toEqual({ status: 'ok', version: '0.0.0-test', records: 'up', corpus: 'up' });
});

test('the description of the interface is OpenAPI 3.1 and knows the endpoints', async () => {
  const doc = (await city.app.inject('/api/openapi.json')).json();
  expect(doc.openapi).toMatch(/^3\.1/);
  expect(Object.keys(doc.paths)).toContain('/api/calendar/due');
});

test('metrics are for this machine, or for those who know the token', async () => {
  const here = await city.app.inject('/api/metrics');
  expect(here.body).toContain('zc_http_request_seconds');
  const elsewhere = await city.app.inject({ url: '/api/metrics', remoteAddress: '203.0.113.9' });
  expect(elsewhere.statusCode).toBe(403);
});

describe('due dates', () => {
  const due = (query: Partial<Record<string, string>>) =>
    city.call(contract.calendarDue, { query: query as never });

  test.each([
    [{ from: '2017-09-28', rule: '5WD' }, '2017-10-11', false],
    [{ from: '2019-04-26', rule: '5WD' }, '2019-05-06', false],
    [{ from: '2017-07-01', rule: '3M' }, '2017-10-01', false],
    [{ from: '2017-07-01', rule: '3M', roll: 'true' }, '2017-10-09', false],
    [{ from: '2019-10-31', rule: '4M', roll: 'true' }, '2020-03-02', false],
    [{ from: '2026-12-30', rule: '5WD' }, '2027-01-06', true],
  ])('%j falls on %s', async (query, day, provisional) => {
    const { status, body } = await due(query);
    expect(status).toBe(200);
    expect(body).toMatchObject({ due: day, provisional });
    expect(body.proof[0]).toMatchObject({ date: query.from, kind: 'start-excluded' });
    expect(body.proof.at(-1)?.date).toBe(day);
  });

  test('are extended, leave out what the law does not count, and stand while something lasts', async () => {
    const closed = await due({
      from: '2025-03-03',
      rule: '3M',
      roll: 'true',
      extensions: '1M, 2M',
      excluded: '2025-04-01..2025-04-20 公告送达；2025-05-06..2025-05-10 检验鉴定',
    });
    // 3 June after 25 days becomes 28 June, a month later 28 July, two months later 28 September, a worked Sunday.
    expect(closed.body).toMatchObject({ due: '2025-09-28', extensions: ['1M', '2M'], excludedDays: 25 });
    const open = await due({ from: '2025-03-03', rule: '5WD', excluded: '2025-03-06.. 中止处理' });
    expect(open.body).toMatchObject({
      due: null,
      stopped: { since: '2025-03-06', left: 3, unit: 'WD' },
    });
    expect(open.body.proof.at(-1)).toMatchObject({ kind: 'stopped', name: '中止处理' });
  });

  test('the limits of laws come with article, law and validity, and say what nobody verified', async () => {
    const { body } = await city.call(contract.legalLimits, {});
    const limits = body.procedures.flatMap((p) => p.limits);
    expect(limits.find((one) => one.id === 'infringement-close-2024')).toMatchObject({
      rule: '3M',
      article: '第三十七条',
      extensions: [{ rule: '1M' }, { rule: '2M' }],
      law: { from: '2025-02-01', to: null },
      verified: true,
    });
    expect(limits.filter((one) => !one.verified).map((one) => one.article)).toEqual(Array(8).fill('未核实'));
    for (const { rule } of limits) expect((await due({ from: '2025-03-03', rule })).status, rule).toBe(200);
  });

  test.each([
    { from: '2025-03-03', rule: '5WD', excluded: '2025-03-06' },
    { from: '2025-03-03', rule: '5WD', excluded: '2025-03-06..2025-03-01 中止' },
    { from: '2025-03-03', rule: '5WD', extensions: 'soon' },
    { from: '2017-02-30', rule: '5WD' },
    { from: '2017-09-28', rule: '5' },
    { from: '2017-09-28', rule: '99999WD' },
    { from: '', rule: '' },
  ])('%j is refused with words', async (query) => {
    const { status, body } = await due(query);
    expect(status).toBe(400);
    expect((body as unknown as { message: string }).message).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('identifiers', () => {
  const check = async (kind: string, value: string) =>
    (await city.app.inject(`/api/identifiers/${kind}/${encodeURIComponent(value)}`)).json();

  test.each([
    ['uscc', '91110000600037341L', true],
    ['uscc', '91110000600037341M', false],
    ['cn-application', 'ZL202010566088.9', true],
    ['cn-application', '202410123456.7', false],
    ['cn-publication', 'CN106844774A', true],
    ['resident-id', '11010519491231002X', true],
    ['copyright', '国作登字-2018-F-00673505', true],
    ['ipc', 'A47L 1/03', true],
    ['locarno', '06-13', true],
    ['adcode', '320612', true],
    ['adcode', '320699', false],
  ])('%s %s is valid: %s', async (kind, value, valid) => {
    expect(await check(kind, value)).toMatchObject({ valid });
  });

  test('the code of a dissolved district names its time and who took over', async () => {
    const { parts } = await check('adcode', '320611');
    expect(JSON.stringify(parts)).toContain('320613');
  });

  test('an unknown kind is told which there are', async () => {
    const answer = await city.app.inject('/api/identifiers/constructor/x');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toContain('uscc');
  });
});
