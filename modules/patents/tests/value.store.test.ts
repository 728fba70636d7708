import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contract from '../contract.ts';
import { applicantId } from '../server/corpus/document.ts';
import { DEFAULT_RULE_SET, DEFAULT_SCHEME } from '../server/value/defaults.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
let office: Record<string, string>;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(async () => {
  await t.clean();
  office = await t.as('plan-office');
});
afterAll(() => t?.close());

const FIRM = '云洲织机股份有限公司';
const patent = (n: number, more: object = {}) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}B`,
  applicationNumber: `CN20101${String(n).padStart(7, '0')}`,
  title: `一种织机${n}`,
  applicants: FIRM,
  ipc: 'D03D47/00',
  filingDate: '2010-05-10',
  publicationDate: '2013-03-01',
  legalStatus: '有效',
  ...more,
});
const bring = async (...records: object[]) => {
  const done = await t.bring('x.jsonl', jsonl(records as never));
  expect(done).toMatchObject({ state: 'done', counts: { rejected: 0 } });
};
const value = async (number: string, headers: Record<string, string> = {}) => {
  const answer = await t.call(contract.getPatentValue, { params: { number }, query: {} as never }, headers);
  expect(answer.status, answer.raw.body).toBe(200);
  return answer.body;
};

test('a patent shows its term, the next fee, the criteria with their evidence, and what is open', async () => {
  await bring(patent(1, { familyId: '4711' }), patent(2), {
    publicationNumber: 'US10000001B2',
    title: 'Loom',
    legalStatus: '有效',
    familyId: '4711',
  });
  const one = await value('CN100000001B');
  expect(one).toMatchObject({
    asOf: '2026-06-30',
    term: { endsOn: '2030-05-10', years: 20 },
    policy: { met: true, ruleSet: { version: 0, verified: false } },
    mayAssess: false,
  });
  expect(one.fees.map((f) => `${f.year} ${f.dueOn} ${f.state}`)).toEqual([
    '17 2026-05-09 grace',
    '18 2027-05-09 coming',
  ]);
  const criteria = Object.fromEntries(one.policy.criteria.map((c) => [c.key, c]));
  expect(criteria.overseas).toMatchObject({ holds: true, evidence: [{ number: 'US10000001B2' }] });
  expect(criteria.maintained).toMatchObject({ holds: true });
  expect(criteria.industry).toMatchObject({ holds: null });
  expect((await value('CN100000002B')).policy.criteria.find((c) => c.key === 'overseas')?.holds).toBe(false);
  expect((await value('US10000001B2')).policy).toMatchObject({ met: false });
  const missing = await t.call(contract.getPatentValue, {
    params: { number: 'CN199999999B' },
    query: {} as never,
  });
  expect(missing.status).toBe(404);
});

test('criteria hold from their day on; the older ones stay for older days', async () => {
  await bring(patent(1, { filingDate: '2015-01-01', publicationDate: '2017-01-01' }));
  const {
    version: _,
    madeAt: __,
    madeBy: ___,
    ...body
  } = {
    ...DEFAULT_RULE_SET,
    name: '本市口径',
    from: '2026-01-01',
    criteria: [{ kind: 'industry' as const, key: 'industry', title: '织造', classes: ['D03D'] }],
  };
  expect((await t.call(contract.addRuleSet, { body }, await t.as('leader'))).status).toBe(403);
  const made = await t.call(contract.addRuleSet, { body }, office);
  expect(made.body).toMatchObject({ version: 1, name: '本市口径' });
  expect((await value('CN100000001B')).policy).toMatchObject({ met: true, ruleSet: { version: 1 } });
  const before = await t.call(contract.getPatentValue, {
    params: { number: 'CN100000001B' },
    query: { asOf: '2025-12-31' },
  });
  expect(before.body.policy).toMatchObject({ met: true, ruleSet: { version: 0 } });
  expect(before.body.policy.criteria.find((c) => c.holds)?.key).toBe('maintained');
  const listed = (await t.call(contract.listRuleSets, {})).body;
  expect(listed.ruleSets.map((r) => r.version)).toEqual([1, 0]);
  expect(listed).toMatchObject({ today: t.platform.clock.today(), abilities: { add: false } });
  expect((await t.call(contract.listSchemes, {}, office)).body.abilities.add).toBe(true);
});

test('a scheme whose weights do not add up is refused and says by how much', async () => {
  const { version: _, madeAt: __, madeBy: ___, ...scheme } = DEFAULT_SCHEME;
  const broken = {
    ...scheme,
    scenarios: [{ key: 'one', title: '甲', weights: { claims: 0.5, market: 0.4 } }],
  };
  const answer = await t.call(contract.addScheme, { body: broken }, office);
  expect(answer.status).toBe(400);
  expect(answer.raw.body).toContain('0.900');
  const right = {
    ...scheme,
    scenarios: [{ key: 'one', title: '甲', weights: { claims: 0.5, market: 0.5 } }],
  };
  expect((await t.call(contract.addScheme, { body: right }, office)).body.version).toBe(1);
});

test('experts score what cannot be computed; sums and prices stand apart and are struck out, not deleted', async () => {
  await bring(patent(1));
  const params = { number: 'CN100000001B' };
  const finance = (v: contract.PatentValue) => v.economic.scores.find((s) => s.scenario === 'finance')!;
  const before = finance(await value(params.number));
  const scored = await t.call(
    contract.assessPatent,
    { params, body: { scores: { market: 90, stability: 70 }, reason: '现场调研' } },
    office,
  );
  expect(finance(scored.body).known).toBeGreaterThan(before.known);
  expect(finance(scored.body).items.find((i) => i.key === 'market')).toMatchObject({
    points: 90,
    by: 'expert',
  });
  const wrong = await t.call(
    contract.assessPatent,
    { params, body: { scores: { claims: 90 }, reason: '试试' } },
    office,
  );
  expect([wrong.status, JSON.parse(wrong.raw.body).code]).toEqual([400, 'patents_indicator']);

  const sum = (kind: 'economic' | 'price', yuan: number) =>
    t.call(
      contract.addAmount,
      { params, body: { kind, yuan, asOf: '2026-01-01', method: '收益法', source: '评估报告 2026-1' } },
      office,
    );
  await sum('economic', 1_200_000.5);
  const priced = await sum('price', 900_000);
  expect(priced.body.economic.amounts).toMatchObject([{ yuan: 1_200_000.5, struckAt: null }]);
  expect(priced.body.prices).toMatchObject([{ yuan: 900_000 }]);
  expect((await value(params.number)).prices[0]?.by).toBe('');
  const strike = () =>
    t.call(
      contract.strikeAmount,
      { params: { id: priced.body.prices[0]!.id }, body: { reason: '录入有误' } },
      office,
    );
  expect([(await strike()).status, (await strike()).status]).toEqual([200, 404]);
  expect((await value(params.number)).prices).toEqual([]);
  expect((await value(params.number, office)).prices).toMatchObject([{ struckReason: '录入有误' }]);
});

test('quality is measured within the field and year, cut at the 99th percentile', async () => {
  // Forty of one cohort with 1 to 40 claims; two later ones cite the first.
  const claims = (n: number) =>
    Array.from({ length: n }, (_, i) => `${i + 1}. 一种织机，特征${i + 1}。`).join('\n');
  await bring(
    ...Array.from({ length: 40 }, (_, i) => patent(i + 1, { claims: claims(i + 1) })),
    patent(51, {
      filingDate: '2014-01-01',
      publicationDate: '2016-01-01',
      citations: 'CN100000001B',
      ipc: 'D06M13/00',
    }),
    patent(52, {
      filingDate: '2014-01-01',
      publicationDate: '2019-06-01',
      citations: 'CN100000001B',
      ipc: 'H01M4/00',
    }),
  );
  const { quality } = await value('CN100000001B');
  expect(quality.cohort).toMatchObject({ year: 2010, size: 40 });
  const items = Object.fromEntries(quality.items.map((i) => [i.key, i]));
  expect(items.forward5).toMatchObject({ raw: 1 });
  expect(items.forward7).toMatchObject({ raw: 2 });
  expect(items.generality).toMatchObject({ value: 0.5 });
  expect(items.originality).toMatchObject({ value: null });
  expect(items.claims).toMatchObject({ raw: 1 });
  expect(items.claims!.top).toBeGreaterThanOrEqual(39);
  expect(items.claims!.value).toBeCloseTo(1 / items.claims!.top!, 3);
  const best = await value('CN100000040B');
  expect(best.quality.items.find((i) => i.key === 'claims')?.value).toBe(1);
  const few = (await value('CN100000051B')).quality;
  expect(few.cohort?.size).toBe(1);
  expect(few.items.find((i) => i.key === 'claims')?.value).toBeNull();
  expect(few.items.find((i) => i.key === 'originality')?.value).toBe(0);
  expect(few.items.find((i) => i.key === 'radicalness')?.value).toBe(1);
});

test('a portfolio has one row per application with term, fee and grade', async () => {
  await bring(
    patent(1),
    // The publication of the same application is not a second right.
    patent(1, { publicationNumber: 'CN101000001A', publicationDate: '2011-11-01', legalStatus: '有效' }),
    patent(2, { filingDate: '2020-02-01', publicationDate: '2022-08-01' }),
    patent(3, { legalStatus: '失效' }),
    patent(4, { applicants: '别的有限公司' }),
  );
  const ask = (id: string, sort = 'fee') =>
    t.call(contract.getPortfolio, { params: { id }, query: { sort } as never });
  const { body } = await ask(applicantId(FIRM));
  expect(body.total).toBe(3);
  expect(
    body.rows.map((r) => `${r.number} ${r.termEnd} ${r.fee?.dueOn ?? '-'} ${r.fee?.yuan ?? '-'}`),
  ).toEqual([
    'CN100000002B 2040-02-01 2027-01-31 2000',
    'CN100000001B 2030-05-10 2027-05-09 8000',
    'CN100000003B 2030-05-10 - -',
  ]);
  expect(body).toMatchObject({
    highValue: 1,
    fees: { records: 2, yuan: 10_000, unknown: 0, grace: 2 },
    expiring: [
      { year: 2030, records: 1 },
      { year: 2040, records: 1 },
    ],
  });
  expect(body.rows.every((r) => r.grade !== null)).toBe(true);
  const paged = await t.call(contract.getPortfolio, {
    params: { id: applicantId(FIRM) },
    query: { sort: 'expiry', page: 2, size: 2 } as never,
  });
  expect(paged.body.rows.map((r) => r.number)).toEqual(['CN100000003B']);
  expect((await ask('1')).status).toBe(404);
});
