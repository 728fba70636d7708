import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '#kernel/http/contract';
import { system } from '#kernel/policy/policy';
import { baseRoles } from '#kernel/policy/roles';
import { hostileRequests, type Known } from '#kernel/testing/hostile';
import { packAt } from '#kernel/testing/pack';
import { browser, type TestPlatform, testPlatform } from '#kernel/testing/platform';
import fc from '#kernel/testing/property';
import { modules } from '../modules.ts';

/** Calls of each endpoint; FUZZ_RUNS=2000 for a thorough search. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 25);

let t: TestPlatform;
/** An account that holds every role, so that hostile input gets as far as it can. */
let everything: Record<string, string>;
let known: Known;

beforeAll(async () => {
  const pack = await packAt('cities', 'nantong');
  t = await testPlatform({ modules, pack, now: '2020-01-03T09:00:00+08:00' });
  await t.clean();
  await t.load();
  const { auth } = t.platform;
  const by = { actor: system };
  const account = await auth.createAccount(by, {
    username: 'everything',
    name: 'everything',
    grants: baseRoles.map((r) => ({
      role: r.id,
      organisation: r.scope === 'organisation' ? 'ip-bureau' : null,
      region: r.scope === 'region' ? 'tongzhou' : null,
    })),
  });
  const other = await auth.createAccount(by, { username: 'other', name: 'other', grants: [] });
  const token = await auth.createToken(by, { userId: other.id, name: 'other' });
  everything = { ...browser, cookie: await auth.openSession(account.id) };
  await post('/api/plan/periods/2019-Y/open', {});
  const body = { no: 31, period: '2019-Y', scope: 'city', key: 'first-report', body: { value: 3 } };
  const report = await post<{ id: string }>('/api/plan/reports', body);
  await post('/api/plan/years/2017/freeze', { key: 'first-freeze' });
  const firm = await ownFirm(account.id);
  const dates = ['2019-12-31', '2019-06-30', '2016-12-31', '0001-01-01'];
  known = {
    id: [
      report.id,
      other.id,
      token.id,
      firm.id,
      firm.application,
      '2019-Y',
      '2018-Y',
      'ip-bureau',
      'tongzhou',
      'a-new-one',
    ],
    register: pack.registers.slice(0, 3).map((r) => r.id),
    no: ['31', '36', '26', '27', '46', 31],
    period: ['2019-Y', '2018-Y', '2019-H1'],
    scope: ['city', 'tongzhou', 'haimen'],
    region: ['320612', 'tongzhou', 'nantong', null],
    organisation: ['ip-bureau', 'education', null],
    parent: ['nantong'],
    receipt: [firm.receipt],
    account: [firm.manager, other.id],
    role: baseRoles.map((r) => r.id),
    year: ['2017', '2018', '2019'],
    edition: [1, 2],
    version: [0, 1, 2],
    asOf: dates,
    from: ['2017-09-28', ...dates],
    to: ['2020-12-31', other.id],
    rule: ['5WD', '15D', '3M', '1Y'],
    kind: [
      'uscc',
      'cn-application',
      'cn-publication',
      'resident-id',
      'copyright',
      'ipc',
      'locarno',
      'adcode',
    ],
    '*': ['91350100M000100Y43', 'CN201710117081.2', 'H04L 9/32', '320612', '2019SR0000001'],
    number: ['CN106844774A', '201710117081.2'],
    userId: [other.id],
    page: [1],
    size: [10],
    pageSize: [10],
    limit: [10],
    value: [3, 12.5, null],
    key: ['first-report', 'first-freeze', 'another-key'],
    username: ['other', 'somebody'],
    password: ['a tram along the river'],
    email: ['someone@city.example', null],
    expiresAt: ['2030-01-01T00:00:00Z', null],
    q: ['电机', 'CN106844774A', '南通'],
    applicant: ['南通大学'],
    ipc: ['H04L', 'H04L9/32'],
    cursor: ['1', 'abc'],
    before: ['3'],
    date: dates,
    code: ['320699'],
    zh: ['名称'],
    en: ['name'],
    source: ['plan-2017'],
    files: [report.id],
    range: [null],
    parts: [null],
    stage: [null],
    weight: [null],
  };
});
afterAll(async () => {
  await t.clean();
  await t.close();
});

/** A firm that the account works for, so that what concerns one's own firm is reached. */
async function ownFirm(account: string) {
  const sent = await post<{ receipt: string }>('/api/firms/applications', {
    ...{ key: '01900000-0000-7000-8000-000000000001', name: '示例有限公司', code: '91350100M000100Y43' },
    ...{ contact: '示例联系人', phone: '0999-5550100', email: 'firm@firm.example', features: [], seats: 5 },
    ...{ reason: '示例用途', consent: true },
  });
  const list = await t.app.inject({ url: '/api/firms/applications', headers: everything });
  const [asked] = list.json<{ applications: { id: string; version: number }[] }>().applications;
  const granted = await post<{ firm: { id: string }; manager: { account: string } }>(
    `/api/firms/applications/${asked!.id}/grant`,
    { version: 1, features: [], seats: 5, validUntil: '2020-12-31', username: 'firm-manager-one' },
  );
  const { id } = granted.firm;
  await t.platform.stores.pool.query(
    'insert into firm_person (account, firm, added_at) values ($1, $2, now())',
    [account, id],
  );
  return { id, application: asked!.id, receipt: sent.receipt, manager: granted.manager.account };
}

async function post<T = unknown>(url: string, payload: object): Promise<T> {
  const answer = await t.app.inject({ method: 'POST', url, headers: everything, payload });
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
  return answer.json<T>();
}

test('whatever is sent is answered as the contract says, or refused with a code and a sentence', {
  timeout: 3_600_000,
}, async () => {
  const failures: string[] = [];
  const passed = new Set<string>();
  for (const { endpoint: e } of t.routes) {
    const property = fc.asyncProperty(hostileRequests(e, known), async ({ url, payload }) => {
      const answer = await t.app.inject({
        method: e.method,
        url,
        headers: { ...everything, ...(payload !== undefined && { 'content-type': 'application/json' }) },
        ...(payload !== undefined && { payload }),
      });
      if (answer.statusCode < 300) passed.add(e.path);
      check(e, answer.statusCode, String(answer.headers['content-type']), answer.body);
    });
    const found = await fc.check(property, { numRuns: RUNS });
    if (found.failed) failures.push((await fc.asyncDefaultReportMessage(found)) ?? '');
  }
  expect(failures.join('\n\n')).toBe('');
  // The requests are not merely nonsense: many paths get some that they answer.
  const paths = new Set(t.routes.map((route) => route.endpoint.path));
  expect(passed.size).toBeGreaterThan(paths.size / 3);
});

/** Fails, naming the endpoint, unless the answer is one that a caller can work with. */
function check(e: Endpoint, status: number, type: string, body: string): void {
  const where = `${e.method} ${e.path} → ${status} ${body.slice(0, 300)}`;
  expect(status, where).toBeLessThan(500);
  if (status < 300 && e.produces) return;
  expect(type, where).toMatch(/^application\/(\w+\+)?json/);
  const json: unknown = JSON.parse(body);
  if (status < 300) {
    expect(e.response.safeParse(json).error?.issues, where).toBeUndefined();
    return;
  }
  expect(json, where).toMatchObject({
    code: expect.stringMatching(/^[a-z_]+$/),
    message: expect.any(String),
  });
  expect((json as { message: string }).message, where).not.toBe('');
}
