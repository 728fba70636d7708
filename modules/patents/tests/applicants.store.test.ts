import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resolveOrganisations } from '#modules/organisations/server/index';
import * as contract from '../contract.ts';
import { applyRules } from '../server/applicants/apply.ts';
import { applicantId } from '../server/corpus/document.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
let keeper: Record<string, string>;
beforeAll(async () => {
  t = await patentPlatform();
});
beforeEach(async () => {
  await t.clean();
  keeper = await t.as('data-officer');
});
afterAll(() => t?.close());

let next = 1;
const record = (applicant: string, address = '226001 江苏省南通市崇川区工农路1号') => ({
  publicationNumber: `CN1${String(next++).padStart(8, '0')}B`,
  title: '一种织机',
  applicants: applicant,
  address,
});
const bring = async (...names: string[]) => {
  expect((await t.bring('x.jsonl', jsonl(names.map((n) => record(n))))).counts.accepted).toBe(names.length);
};
const organisation = async (name: string, address: string | null = null) => {
  const [id] = await t.platform.records
    .transaction()
    .execute((trx) => resolveOrganisations(trx, t.clock.now(), [{ name, address }]));
  return id!;
};
const look = async (name: string, headers: Record<string, string> = {}) => {
  const answer = await t.call(contract.getApplicant, { params: { id: applicantId(name) } }, headers);
  expect(answer.status, answer.raw.body).toBe(200);
  return answer.body;
};
const found = async (q: string) => {
  const answer = await t.call(contract.searchPatents, { query: { q, facets: 'applicant' } as never });
  expect(answer.status, answer.raw.body).toBe(200);
  const facet = answer.body.facets.applicant!.values.map((v) => `${v.label} ${v.count}`);
  return { total: answer.body.total, facet };
};

const FIRM = '云洲织机股份有限公司';

test('a former name is found under the present one, in search and facets, until the link is undone, for good', async () => {
  const id = await organisation(FIRM, '江苏省南通市海门区丝绸路2号');
  await t.platform.stores.pool.query(
    `insert into organisation_name (organisation_id, kind, name, name_normal, valid_to, created_at)
       values ($1, 'former', '云洲织机厂', '云洲织机厂', '2015-03-01', now())`,
    [id],
  );
  await bring('云洲织机厂', '云洲织机厂', FIRM, '别的有限公司');
  expect(await found(`ANC=${FIRM}`)).toEqual({ total: 1, facet: [`${FIRM} 1`] });
  expect(await applyRules(t.platform)).toEqual({ names: 3, linked: 1, proposed: 0 });
  expect(await found(`ANC=${FIRM}`)).toEqual({ total: 3, facet: [`${FIRM} 3`] });
  expect(await found('ANC=云洲织机厂')).toEqual({ total: 3, facet: [`${FIRM} 3`] });

  const seen = await look('云洲织机厂');
  expect(seen).toMatchObject({
    id: applicantId(FIRM),
    name: FIRM,
    records: 3,
    organisation: { id, name: FIRM, page: false },
    place: { region: 'chongchuan', precision: 'county', confidence: 1, differs: 'haimen' },
  });
  expect(seen.names.map((n) => `${n.name} ${n.records}`)).toEqual([`${FIRM} 1`, '云洲织机厂 2']);
  expect(seen.links).toMatchObject([
    {
      rule: 'former-name',
      state: 'active',
      madeBy: '规则',
      detail: { organisation: id, until: '2015-03-01' },
    },
  ]);

  const link = seen.links[0]!.id;
  const undo = (headers: Record<string, string>) =>
    t.call(contract.undoApplicantLink, { params: { id: link }, body: { reason: '是另一家厂' } }, headers);
  expect((await undo({})).status).toBe(401);
  expect((await undo(await t.as('leader'))).status).toBe(403);
  expect((await undo(keeper)).status).toBe(200);
  expect((await undo(keeper)).status).toBe(409);
  expect(await found(`ANC=${FIRM}`)).toEqual({ total: 1, facet: [`${FIRM} 1`] });
  expect(await applyRules(t.platform)).toMatchObject({ linked: 0 });
  expect((await found(`ANC=${FIRM}`)).total).toBe(1);
  const history = (await look('云洲织机厂', keeper)).links;
  expect(history).toMatchObject([{ state: 'undone', decisionReason: '是另一家厂' }]);
  // What was undone is for those who keep the names, not for visitors.
  expect((await look('云洲织机厂')).links).toEqual([]);
});

test('a link of the rules ends when its reason does, and comes back with it', async () => {
  const id = await organisation('云洲纺织大学');
  await bring('云洲纺织大学', '云洲纺织大学材料系');
  expect(await applyRules(t.platform)).toMatchObject({ linked: 1 });
  const rename = (name: string) =>
    t.platform.stores.pool.query('update organisation set name = $2, name_normal = $2 where id = $1', [
      id,
      name,
    ]);
  await rename('云洲理工大学');
  await applyRules(t.platform);
  // The university is a name in the corpus still, so its department belongs to that.
  expect((await look('云洲纺织大学材料系')).name).toBe('云洲纺织大学');
  await t.platform.stores.pool.query(
    `insert into organisation_name (organisation_id, kind, name, name_normal, valid_to, created_at)
       values ($1, 'former', '云洲纺织大学', '云洲纺织大学', '2018-01-01', now())`,
    [id],
  );
  await applyRules(t.platform);
  expect((await look('云洲纺织大学材料系')).name).toBe('云洲理工大学');
  expect((await look('云洲纺织大学')).names.map((n) => n.name).sort()).toEqual(
    ['云洲理工大学', '云洲纺织大学', '云洲纺织大学材料系'].sort(),
  );
});

test('proposals wait for a person, who accepts or declines', async () => {
  await bring('云洲大学', '云洲大学工学院', '云洲织机有限责任公司', '云洲织机有限公司');
  expect(await applyRules(t.platform)).toEqual({ names: 4, linked: 0, proposed: 2 });
  expect((await t.call(contract.listApplicantProposals, { query: {} as never })).status).toBe(401);
  const list = async () =>
    (await t.call(contract.listApplicantProposals, { query: {} as never }, keeper)).body.proposals;
  const [first, second] = await list();
  expect([first!.rule, second!.rule].sort()).toEqual(['legal-form', 'school']);
  const school = [first!, second!].find((p) => p.rule === 'school')!;
  const form = [first!, second!].find((p) => p.rule === 'legal-form')!;
  const answer = (id: string, accept: boolean) =>
    t.call(contract.answerApplicantProposal, { params: { id }, body: { accept, reason: '' } }, keeper);
  expect((await answer(school.id, true)).status).toBe(200);
  expect((await answer(form.id, false)).status).toBe(200);
  expect((await answer(form.id, true)).status).toBe(409);
  expect(await list()).toEqual([]);
  await applyRules(t.platform);
  expect(await list()).toEqual([]);
  expect((await look('云洲大学工学院')).name).toBe('云洲大学');
  expect((await found('ANC=云洲织机有限公司')).total).toBe(1);
});

test('people merge whole groups and take that back; nobody stands for themselves over others', async () => {
  await bring(
    'Yunzhou Loom Co., Ltd.',
    'YUNZHOU LOOM COMPANY LIMITED',
    '云洲织机有限公司',
    '云洲集团有限公司',
  );
  await applyRules(t.platform);
  const merge = (from: string, into: string) =>
    t.call(
      contract.mergeApplicants,
      { params: { id: applicantId(from) }, body: { into: applicantId(into), reason: '英文名' } },
      keeper,
    );
  const made = await merge('YUNZHOU LOOM COMPANY LIMITED', '云洲织机有限公司');
  expect(made.body).toMatchObject({ name: '云洲织机有限公司', records: 3 });
  expect(made.body.names).toHaveLength(3);
  expect((await merge('云洲织机有限公司', 'Yunzhou Loom Co., Ltd.')).status).toBe(409);
  expect((await merge('云洲织机有限公司', '云洲集团有限公司')).body.records).toBe(4);
  expect((await found('ANC="yunzhou loom co., ltd."')).total).toBe(4);
  const chain = (await look('云洲织机有限公司', keeper)).links.filter((l) => l.rule === 'person');
  expect(chain).toHaveLength(2);
  const last = chain.find((l) => l.head.name === '云洲集团有限公司')!;
  await t.call(contract.undoApplicantLink, { params: { id: last.id }, body: { reason: '误并' } }, keeper);
  expect((await look('云洲织机有限公司')).records).toBe(3);
  // The same may be said again by a person.
  expect((await merge('云洲织机有限公司', '云洲集团有限公司')).status).toBe(200);
});

test('the list counts a group once, and finds it by any of its names', async () => {
  await bring('云洲大学', '云洲大学', '云洲大学纺织系', '云海大学');
  await applyRules(t.platform);
  const list = async (q: string) => (await t.call(contract.listApplicants, { query: { q } as never })).body;
  expect(await list('')).toMatchObject({
    total: 2,
    applicants: [
      { name: '云洲大学', names: 2, records: 3 },
      { name: '云海大学', names: 1, records: 1 },
    ],
  });
  expect((await list('纺织系')).applicants.map((a) => a.name)).toEqual(['云洲大学']);
  expect(await list('没有的')).toEqual({ total: 0, applicants: [] });
});
