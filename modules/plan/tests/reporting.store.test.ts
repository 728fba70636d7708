import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { canonicalJson } from '#kernel/ids';
import { verifySignature } from '#kernel/signing';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { plan } from '../server/index.ts';
import { nantong } from './harness.ts';

const empty = {
  value: null,
  range: null,
  parts: null,
  stage: null,
  weight: null,
  explanation: '',
  files: [],
};
let city: TestPlatform;
let office: Record<string, string>;
let officer: Record<string, string>;
let colleague: Record<string, string>;
let county: Record<string, string>;

beforeAll(async () => {
  city = await testPlatform({
    modules: [parties, plan],
    pack: await nantong(),
    now: '2020-01-03T09:00:00+08:00',
  });
});
beforeEach(async () => {
  await city.clean();
  city.clock.set('2020-01-03T09:00:00+08:00');
  await city.load();
  office = await city.as('plan-office');
  officer = await city.as('department-officer', { organisation: 'ip-bureau' });
  colleague = await city.as('department-officer', { username: 'colleague', organisation: 'ip-bureau' });
  county = await city.as('county-officer', { region: 'tongzhou' });
  const opened = await city.call(contract.openPeriod, { params: { id: '2019-Y' }, body: {} }, office);
  expect(opened.body).toMatchObject({ id: '2019-Y', state: 'open' });
});
afterAll(async () => {
  await city.clean();
  await city.close();
});

const report = (no: number, body: object, as = officer, scope = 'city', key: string = crypto.randomUUID()) =>
  city.call(
    contract.submitReport,
    { body: { no, period: '2019-Y', scope, body: { ...empty, ...body }, key } },
    as,
  );
const accept = (id: string, version = 1) =>
  city.call(contract.acceptReport, { params: { id }, body: { version } }, office);
const row = async (no: number, asOf = '2019-12-31') =>
  (await city.call(contract.listIndicators, { query: { asOf } })).body.indicators.find((i) => i.no === no);

describe('a department officer', () => {
  test('sees what is due, when and why', async () => {
    const { body } = await city.call(contract.listTasks, {}, officer);
    const task = body.tasks.find((t) => t.no === 27);
    // Ten working days after 31 December 2019: 1 January is a holiday, 19 January a worked Sunday.
    expect(task).toMatchObject({ due: '2020-01-15', daysLeft: 12, state: 'open', scope: 'city' });
    expect(task?.why).toContain('27');
    expect(body.tasks.every((t) => t.scope === 'city')).toBe(true);
  });

  test('reports a number, a range, parts and a stage, and each counts once it is accepted', async () => {
    const cases = [
      { no: 31, body: { value: 238 }, shows: { value: 238 } },
      { no: 46, body: { range: { min: 4, max: 5 } }, shows: { value: 4, max: 5 } },
      { no: 26, body: { stage: (await form(26)).stages[0]?.id }, shows: { value: 1 } },
    ];
    for (const c of cases) {
      const sent = await report(c.no, c.body);
      expect(sent.status).toBe(200);
      expect((await row(c.no))?.reported).toBeNull();
      await accept(sent.body.id);
      expect((await row(c.no))?.reported).toMatchObject({ ...c.shows, period: '2019-Y', origin: 'city' });
    }
    const parts = (await form(36)).parts.map((p) => p.id);
    const sent = await report(36, { parts: { [parts[0]!]: 860, [parts[1]!]: 130 } });
    await accept(sent.body.id);
    expect((await row(36))?.parts?.map((p) => [p.reported?.value, p.light])).toEqual([
      [860, 'met'],
      [130, 'at-risk'],
    ]);
    expect((await row(36))?.light).toBe('at-risk');
  });

  const form = async (no: number) =>
    (
      await city.call(
        contract.getForm,
        { params: { no: String(no), period: '2019-Y', scope: 'city' } },
        officer,
      )
    ).body;

  test('gets every fault of a form at once, with the place of each', async () => {
    const bad = await report(31, { value: -3.5 });
    expect(bad.status).toBe(400);
    expect(bad.body).toMatchObject({ code: 'plan_body', issues: [{ path: '/value', code: 'negative' }] });
    const missing = await report(36, { parts: {} });
    expect((missing.body as unknown as { issues: unknown[] }).issues).toHaveLength(2);
    expect((await report(26, { stage: 'nonsense' })).status).toBe(400);
    expect((await report(31, { value: 1, files: ['not-a-file'] })).status).toBe(400);
  });

  test('pressing submit twice, even at the same moment, makes one report', async () => {
    const key = crypto.randomUUID();
    const [a, b, c] = await Promise.all(
      [1, 2, 3].map(() => report(31, { value: 240 }, officer, 'city', key)),
    );
    expect([a?.status, b?.status, c?.status]).toEqual([200, 200, 200]);
    expect(new Set([a?.body.id, b?.body.id, c?.body.id]).size).toBe(1);
    const list = await city.call(contract.listReports, { query: { no: '31' } }, office);
    expect(list.body.total).toBe(1);
    const other = await report(31, { value: 241 });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'plan_report_exists' });
  });

  test('keeps a draft, sees when a colleague saved meanwhile, and hands it over', async () => {
    const params = { no: '31', period: '2019-Y', scope: 'city' };
    const save = (value: number, version: number, as = officer) =>
      city.call(contract.saveDraft, { params, body: { body: { ...empty, value }, version } }, as);
    expect((await save(230, 0)).body.version).toBe(1);
    expect((await save(231, 1)).body.version).toBe(2);
    const late = await save(999, 1, colleague);
    expect(late.status).toBe(409);
    expect((await city.call(contract.getForm, { params }, colleague)).body.draft).toMatchObject({
      version: 2,
      mine: false,
      body: { value: 231 },
    });
    const to = (await city.call(contract.getForm, { params }, officer)).body.colleagues[0]!;
    await city.call(contract.handOverDraft, { params, body: { to: to.id } }, officer);
    expect((await city.call(contract.getForm, { params }, colleague)).body.draft?.mine).toBe(true);
    const stranger = await city.call(contract.handOverDraft, { params, body: { to: 'nobody' } }, officer);
    expect(stranger.status).toBe(400);
  });

  test('cannot report for another department, a county, or a closed period; the draft stays', async () => {
    const other = await city.as('department-officer', { username: 'education', organisation: 'education' });
    expect((await report(31, { value: 1 }, other)).status).toBe(403);
    expect((await report(31, { value: 1 }, officer, 'tongzhou')).status).toBe(403);
    const params = { no: '31', period: '2019-Y', scope: 'city' };
    await city.call(
      contract.saveDraft,
      { params, body: { body: { ...empty, value: 7 }, version: 0 } },
      officer,
    );
    await city.call(contract.closePeriod, { params: { id: '2019-Y' } }, office);
    const late = await report(31, { value: 7 });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'plan_period_not_open' });
    expect((await city.call(contract.getForm, { params }, officer)).body.draft?.body.value).toBe(7);
  });

  test('an officer of the department that took over answers for the old one', async () => {
    const heirs = (await row(27))?.lead[0]?.answersNow.map((d) => d.id) ?? [];
    expect(heirs).not.toContain('ip-bureau');
    const heir = await city.as('department-officer', { username: 'heir', organisation: heirs[0]! });
    const { body } = await city.call(contract.listTasks, {}, heir);
    expect(body.tasks.find((t) => t.no === 31)?.why).toContain('承接');
    expect((await report(31, { value: 1 }, heir)).status).toBe(200);
  });
});

describe('counties', () => {
  test('report their part; the city value follows by the rule of the indicator', async () => {
    const haimen = await city.as('county-officer', { username: 'haimen', region: 'haimen' });
    for (const [as, scope, value] of [
      [county, 'tongzhou', 30],
      [haimen, 'haimen', 12],
    ] as const) {
      const sent = await report(31, { value }, as, scope);
      await accept(sent.body.id);
    }
    expect((await row(31))?.reported).toMatchObject({
      value: 42,
      origin: 'counties',
      coverage: { reported: 2, expected: 8 },
    });
    const light = await row(31);
    expect(light).toMatchObject({ light: 'no-data' });
    expect(light?.reason).toContain('8 个县（市）区中只有 2 个已报');
    const regional = await city.call(contract.listIndicators, {
      query: { asOf: '2019-12-31', region: '320612' },
    });
    expect(regional.body.indicators.find((i) => i.no === 31)).toMatchObject({
      reported: { value: 30 },
      light: 'no-data',
    });
  });

  test('a share is weighted by the reported denominators', async () => {
    const haimen = await city.as('county-officer', { username: 'haimen', region: 'haimen' });
    for (const [as, scope, value, weight] of [
      [county, 'tongzhou', 40, 300],
      [haimen, 'haimen', 20, 100],
    ] as const)
      await accept((await report(25, { value, weight }, as, scope)).body.id);
    expect((await row(25))?.reported?.value).toBeCloseTo(35, 10);
    expect(
      (
        await report(
          25,
          { value: 40 },
          await city.as('county-officer', { username: 'rg', region: 'rugao' }),
          'rugao',
        )
      ).status,
    ).toBe(400);
  });

  test('what counties do not report is refused', async () => {
    expect((await report(26, { stage: 'x' }, county, 'tongzhou')).status).toBe(400);
  });
});

describe("the bureau's plan office", () => {
  test('returns with a reason; the officer submits again under the same report', async () => {
    const sent = await report(31, { value: 250 });
    const back = await city.call(
      contract.returnReport,
      { params: { id: sent.body.id }, body: { version: 1, reason: '请附证明' } },
      office,
    );
    expect(back.body.state).toBe('returned');
    const again = await report(31, { value: 238 });
    expect(again.body).toMatchObject({ id: sent.body.id, version: 3, state: 'submitted' });
    expect(again.body.log.map((l) => [l.action, l.display, l.reason])).toEqual([
      ['submitted', '250件', null],
      ['returned', '250件', '请附证明'],
      ['submitted', '238件', null],
    ]);
  });

  test('of two who decide at once one wins and the other is told', async () => {
    const sent = await report(31, { value: 238 });
    const both = await Promise.all([accept(sent.body.id), accept(sent.body.id)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });

  test('corrects after acceptance with the old value still visible to everybody', async () => {
    const sent = await report(31, { value: 238 });
    await accept(sent.body.id);
    const fixed = await city.call(
      contract.correctReport,
      {
        params: { id: sent.body.id },
        body: { version: 2, body: { ...empty, value: 235 }, reason: '核减重复登记' },
      },
      office,
    );
    expect(fixed.status).toBe(200);
    expect((await row(31))?.reported?.value).toBe(235);
    const detail = await city.call(contract.getIndicator, {
      params: { no: '31' },
      query: { asOf: '2019-12-31' },
    });
    expect(detail.body.reports[0]?.corrected).toMatchObject([{ display: '238件', reason: '核减重复登记' }]);
  });

  test('reminds everybody whose report is missing, once a day', async () => {
    const first = await city.call(contract.remindPeriod, { params: { id: '2019-Y' } }, office);
    expect(first.body.reminded).toBe(3);
    expect(first.body.missing).toBeGreaterThan(52);
    expect((await city.call(contract.remindPeriod, { params: { id: '2019-Y' } }, office)).body.reminded).toBe(
      0,
    );
  });

  test('freezes a year into a signed snapshot that a later correction does not touch', async () => {
    const sent = await report(31, { value: 238 });
    await accept(sent.body.id);
    const freeze = (body: { reason?: string; key: string }) =>
      city.call(contract.freezeYear, { params: { year: '2019' }, body }, office);
    const early = await freeze({ key: 'freeze-0001' });
    expect(early.status).toBe(409);
    expect((early.body as unknown as { message: string }).message).toContain('2019-Y');
    await city.call(contract.closePeriod, { params: { id: '2019-Y' } }, office);
    const [one, two] = await Promise.all([freeze({ key: 'freeze-0001' }), freeze({ key: 'freeze-0001' })]);
    expect([one?.status, two?.status, one?.body.hash === two?.body.hash]).toEqual([200, 200, true]);
    const hidden = await city.call(contract.getBulletin, { params: { year: '2019', edition: 1 } });
    expect(hidden.status).toBe(404);
    await city.call(contract.publishSnapshot, { params: { year: '2019', edition: 1 } }, office);
    await city.call(
      contract.correctReport,
      { params: { id: sent.body.id }, body: { version: 2, body: { ...empty, value: 235 }, reason: '更正' } },
      office,
    );
    const { body } = await city.call(contract.getBulletin, { params: { year: '2019', edition: 1 } });
    expect(body.intact).toBe(true);
    expect(body.content.rows.find((r) => r.no === '31')?.reported).toBe('238');
    expect(verifySignature(canonicalJson(body.content), body.signature as never)).toBe(true);
    expect(verifySignature(`${canonicalJson(body.content)} `, body.signature as never)).toBe(false);
    expect((await freeze({ key: 'freeze-0002' })).status).toBe(400);
    const next = await freeze({ key: 'freeze-0003', reason: '更正第31号' });
    expect(next.body.edition).toBe(2);
    expect((await report(28, { value: 100 })).status).toBe(409);
  });

  test('leaves a chain of audit entries that verifies, and notices when one was changed', async () => {
    await accept((await report(31, { value: 238 })).body.id);
    expect(await verifyAudit(city.platform.records)).toMatchObject({ ok: true, brokenAt: null });
    const { pool } = city.platform.stores;
    await expect(pool.query("update audit_log set actor_name = 'x' where seq = 2")).rejects.toThrow(
      /append-only/,
    );
    await pool.query('alter table audit_log disable trigger user');
    await pool.query("update audit_log set actor_name = 'x' where seq = 2");
    await pool.query('alter table audit_log enable trigger user');
    expect(await verifyAudit(city.platform.records)).toMatchObject({ ok: false, brokenAt: 2 });
  });
});
