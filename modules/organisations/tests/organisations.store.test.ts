import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { makeNotPublic, makePublic, organisations, resolveOrganisations } from '../server/index.ts';
import { codeNo } from './helpers.ts';

let city: TestPlatform;
let office: Record<string, string>;
beforeAll(async () => {
  city = await testPlatform({ modules: [parties, organisations], pack: await yunzhou() });
});
beforeEach(async () => {
  await city.clean();
  office = await city.as('plan-office');
});
afterAll(() => city.close());

const firm = '云洲精密机械有限公司';
const [X, Y] = [codeNo(1), codeNo(2)];

const resolve = (...wanted: Parameters<typeof resolveOrganisations>[2]) =>
  city.platform.records.transaction().execute((trx) => resolveOrganisations(trx, city.clock.now(), wanted));
const make = async (name: string, code?: string, more: object = {}) =>
  (await resolve({ name, code: code ?? null, ...more }))[0]!;
const get = (id: string, headers = office) =>
  city.call(contract.getOrganisation, { params: { id } }, headers);
const rename = (id: string, body: Parameters<typeof renameInput>[1], headers = office) =>
  city.call(contract.renameOrganisation, renameInput(id, body), headers);
const renameInput = (
  id: string,
  body: { version: number; name: string; kind?: 'renamed' | 'correction'; from?: string; reason?: string },
) => ({ params: { id }, body });
const edit = (id: string, version: number, change: object, headers = office) =>
  city.call(
    contract.editOrganisation,
    { params: { id }, body: { version, code: null, address: null, region: null, ...change } },
    headers,
  );
const list = (query: object = {}, headers = office) =>
  city.call(contract.listOrganisations, { query }, headers);
const names = async (query: object) => (await list(query)).body.organisations.map((o) => o.name);
const merge = (survivor: string, loser: string, versions: [number, number] = [1, 1]) =>
  city.call(
    contract.mergeOrganisations,
    {
      body: {
        survivor: { id: survivor, version: versions[0] },
        loser: { id: loser, version: versions[1] },
        reason: '同一单位',
      },
    },
    office,
  );
const undo = (id: string) => city.call(contract.undoOrganisationMerge, { params: { id } }, office);
const history = (id: string) => city.call(contract.organisationHistory, { params: { id } }, office);
/** The parts of an answer that an error has. */
const failure = (answer: { status: number; body: unknown }) => ({
  status: answer.status,
  ...(answer.body as { code: string; message: string; params: Record<string, unknown> }),
});

describe('the list', () => {
  test('finds by part of the name in any typography, by former name and by code; counts exactly', async () => {
    const id = await make('云洲（海）机械有限公司', X, { region: 'east' });
    await make('东都研究院', undefined, { region: 'west' });
    await make('Yunzhou Tools Co., Ltd.', Y);
    expect(await names({})).toHaveLength(3);
    expect(await names({ q: '(海) 机械' })).toEqual(['云洲（海）机械有限公司']);
    expect(await names({ q: 'TOOLS CO LTD' })).toEqual(['Yunzhou Tools Co., Ltd.']);
    expect(await names({ q: X.slice(0, 17).toLowerCase() })).toEqual(['云洲（海）机械有限公司']);
    expect(await names({ q: '100%' })).toEqual([]);
    expect(await names({ q: '。' })).toEqual([]);
    expect(await names({ region: 'west' })).toEqual(['东都研究院']);
    expect(await names({ region: 'none' })).toEqual(['Yunzhou Tools Co., Ltd.']);
    expect(await names({ code: 'without' })).toEqual(['东都研究院']);
    expect(await names({ code: 'with', region: 'east' })).toEqual(['云洲（海）机械有限公司']);
    await rename(id, { version: 1, name: '云洲海工装备有限公司', from: '2018-05-02' });
    expect(await names({ q: '海)机械' })).toEqual(['云洲海工装备有限公司']);
    expect((await list({ limit: 2, page: 2 })).body).toMatchObject({ total: 3, page: 2 });
    expect((await list({ limit: 2, page: 9 })).body).toMatchObject({ total: 3, organisations: [] });
  });

  test('puts the exact name and beginnings first, or what was changed last', async () => {
    for (const name of ['东都乙甲研究院', '乙甲', '乙甲研究院', '丙']) await make(name);
    expect(await names({ q: '乙甲' })).toEqual(['乙甲', '乙甲研究院', '东都乙甲研究院']);
    expect((await list({ sort: 'updated' })).body.organisations).toHaveLength(4);
  });

  test('is for those who work here; only some may change', async () => {
    const id = await make(firm, X);
    expect((await list({}, {})).status).toBe(401);
    const county = await city.as('county-officer', { region: 'east' });
    expect((await list({}, county)).body.abilities).toEqual({ manage: false });
    expect((await list()).body.abilities).toEqual({ manage: true });
    expect((await rename(id, { version: 1, name: '新' }, county)).status).toBe(403);
    expect((await edit(id, 1, {}, county)).status).toBe(403);
    expect((await city.call(contract.listOrganisationDuplicates, {}, county)).status).toBe(403);
  });
});

describe('the page of an organisation', () => {
  test('shows visitors what stands in a public register, without address and inner affairs', async () => {
    const id = await make(firm, X, { address: '东都区一路1号', region: 'east' });
    expect((await get(id, {})).status).toBe(401);
    const { records } = city.platform;
    await records.transaction().execute((trx) => makePublic(trx, [id]));
    await rename(id, { version: 1, name: '云洲精密机械公司', kind: 'correction' });
    const seen = (await get(id, {})).body;
    expect(seen).toMatchObject({
      ...{ name: '云洲精密机械公司', code: X, public: true, address: null, formerNames: [], merges: [] },
      region: { id: 'east', name: '东渡区' },
      codeRegion: { id: 'east' },
      abilities: { history: false, edit: false, merge: false },
    });
    expect((await get(id)).body).toMatchObject({
      address: '东都区一路1号',
      formerNames: [{ kind: 'spelling', name: firm }],
      abilities: { history: true, edit: true, merge: true },
    });
    await records.transaction().execute((trx) => makeNotPublic(trx, [id]));
    expect((await get(id, {})).status).toBe(401);
    expect((await get('01900000-0000-7000-8000-000000000001', {})).status).toBe(404);
  });

  test('of a survivor is public when what was merged into it is', async () => {
    const [a, b] = [await make(firm, X), await make(firm, Y)];
    await city.platform.records.transaction().execute((trx) => makePublic(trx, [b]));
    const made = (await merge(a, b)).body.merge;
    expect((await get(a, {})).body.public).toBe(true);
    await undo(made.id);
    expect((await get(a, {})).status).toBe(401);
    expect((await get(b, {})).status).toBe(200);
  });
});

describe('a new name', () => {
  test('keeps the old one with its days, finds under both, and leaves its trace', async () => {
    const id = await make(firm, X);
    await rename(id, { version: 1, name: '云洲机械有限公司', from: '2016-03-01' });
    const renamed = await rename(id, {
      version: 2,
      name: '云洲智造有限公司',
      from: '2018-05-02',
      reason: '更名通知',
    });
    expect(renamed.body).toMatchObject({ name: '云洲智造有限公司', nameSince: '2018-05-02', version: 3 });
    expect(renamed.body.formerNames).toEqual([
      { kind: 'former', name: '云洲机械有限公司', from: '2016-03-01', to: '2018-05-01' },
      { kind: 'former', name: firm, from: null, to: '2016-02-29' },
    ]);
    for (const name of [firm, '云洲机械有限公司', '云洲智造有限公司']) expect(await make(name)).toBe(id);
    const { versions } = (await history(id)).body;
    expect(versions.map((v) => [v.version, v.action, v.by, v.reason])).toEqual([
      [3, 'rename', 'plan-office', '更名通知'],
      [2, 'rename', 'plan-office', null],
      [1, 'make', '系统', null],
    ]);
    expect(versions[0]!.diff[0]).toMatchObject({
      key: 'name',
      before: '云洲机械有限公司',
      after: '云洲智造有限公司',
    });
    const log = await city.platform.records
      .selectFrom('auditLog')
      .select(['action', 'objectId'])
      .where('objectId', '=', id)
      .execute();
    expect(log.map((l) => l.action)).toEqual(['organisations.rename', 'organisations.rename']);
    expect(await verifyAudit(city.platform.records)).toMatchObject({ ok: true });
  });

  test('is refused when it cannot be, and changes nothing when it is the old one', async () => {
    const id = await make(firm, X);
    expect((await rename(id, { version: 1, name: firm })).body.version).toBe(1);
    expect(failure(await rename(id, { version: 1, name: '新', from: '2019-07-01' })).code).toBe(
      'organisations_future',
    );
    expect(failure(await rename(id, { version: 1, name: '。' })).code).toBe('organisations_nameless');
    await rename(id, { version: 1, name: '新', from: '2018-01-01' });
    expect(failure(await rename(id, { version: 2, name: '更新', from: '2018-01-01' })).code).toBe(
      'organisations_early',
    );
  });

  test('by two people at once is decided by the version; the second learns who and when', async () => {
    const id = await make(firm, X);
    const answers = await Promise.all(['甲', '乙', '丙'].map((name) => rename(id, { version: 1, name })));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    const late = failure(answers.find((a) => a.status === 409)!);
    expect(late).toMatchObject({
      code: 'organisations_changed',
      params: { by: 'plan-office', at: '2019-06-30 09:00', version: 2 },
    });
  });
});

describe('code, address and region', () => {
  test('are corrected, checked and compared with others', async () => {
    const id = await make(firm);
    await make('东都研究院', Y);
    const done = await edit(id, 1, {
      code: X.toLowerCase(),
      address: ' 一路1号 ',
      region: 'west',
      reason: '核对',
    });
    expect(done.body).toMatchObject({ code: X, address: '一路1号', region: { id: 'west' }, version: 2 });
    expect((await edit(id, 2, { code: X, address: '一路1号', region: 'west' })).body.version).toBe(2);
    const wrong = failure(await edit(id, 2, { code: `${X.slice(0, 17)}?` }));
    expect(wrong).toMatchObject({
      status: 400,
      code: 'organisations_code',
      issues: [{ path: '/body/code' }],
    });
    const taken = failure(await edit(id, 2, { code: Y }));
    expect(taken).toMatchObject({
      status: 409,
      code: 'organisations_code_taken',
      params: { name: '东都研究院' },
    });
    expect(failure(await edit(id, 2, { region: 'atlantis' })).code).toBe('organisations_region');
    expect((await edit(id, 1, {})).status).toBe(409);
    expect((await edit(id, 2, {})).body).toMatchObject({ code: null, address: null, region: null });
    const [last] = (await history(id)).body.versions;
    expect(last!.diff.map((d) => [d.key, d.before, d.after])).toEqual([
      ['code', X, ''],
      ['address', '一路1号', ''],
      ['region', '西屏县', ''],
    ]);
  });
});

describe('duplicates', () => {
  test('are those that have or had one name, with the closeness of their addresses', async () => {
    await make(firm, X, { address: '云洲市东都区星湖大道20号' });
    await make(firm, Y, { address: '东都区星湖大道二十号' });
    await make('单一公司', codeNo(3));
    const open = await make('云洲研究院');
    const other = await make('云洲研究所', codeNo(4));
    await rename(other, { version: 1, name: '云洲研究院' });
    const { body } = await city.call(contract.listOrganisationDuplicates, {}, office);
    expect(body.total).toBe(2);
    expect(body.groups.map((g) => [g.name, g.closeness, g.organisations.map((o) => o.id)])).toEqual([
      ['云洲研究院', null, [other, open]],
      [firm, 1, expect.any(Array)],
    ]);
    expect(body.groups[1]!.organisations.map((o) => o.code)).toEqual([X, Y]);
    // Merged away, it is no duplicate any more; its name still stands against others.
    await merge(other, open, [2, 1]);
    expect((await city.call(contract.listOrganisationDuplicates, {}, office)).body.total).toBe(1);
    await make('云洲研究院', codeNo(5));
    expect((await city.call(contract.listOrganisationDuplicates, {}, office)).body.total).toBe(2);
  });
});

describe('a merge', () => {
  test('fills what the survivor lacks, leads there from everywhere, and is undone exactly', async () => {
    const a = await make('云洲机械', undefined, { region: 'east' });
    const b = await make(firm, X, { address: '一路1号', region: 'west' });
    const [before, other] = [(await get(a)).body, (await get(b)).body];
    const made = await merge(a, b);
    expect(made.body.organisation).toMatchObject({
      ...{ name: '云洲机械', code: X, address: '一路1号', region: { id: 'east' }, version: 2 },
    });
    expect(made.body.merge.adopted.map((f) => [f.field, f.value])).toEqual([
      ['code', X],
      ['address', '一路1号'],
    ]);
    expect((await get(b)).body).toMatchObject({
      mergedInto: { id: a, name: '云洲机械' },
      code: X,
      abilities: { edit: false, merge: false },
    });
    expect(await resolve({ name: firm }, { name: '谁', code: X }, { name: '云洲机械' })).toEqual([a, a, a]);
    expect(await names({ q: firm })).toEqual(['云洲机械']);
    expect((await list()).body.total).toBe(1);
    expect(failure(await edit(b, 2, {}))).toMatchObject({
      code: 'organisations_merged',
      params: { survivorId: a },
    });

    const undone = await undo(made.body.merge.id);
    expect(undone.body).toMatchObject({ undoneBy: 'plan-office', abilities: { undo: false } });
    const plain = ({ version, updatedBy, merges, ...rest }: contract.Organisation) => rest;
    expect(plain((await get(a)).body)).toEqual(plain(before));
    expect(plain((await get(b)).body)).toEqual(plain(other));
    expect(await resolve({ name: firm }, { name: '谁', code: X }, { name: '云洲机械' })).toEqual([b, b, a]);
    expect(failure(await undo(made.body.merge.id)).code).toBe('organisations_undone');
    expect((await history(b)).body.versions.map((v) => v.action)).toEqual(['undone', 'merged', 'make']);
    const told = (await history(a)).body.versions.map((v) => [v.action, v.diff[0]?.before, v.diff[0]?.after]);
    expect(told.slice(0, 2)).toEqual([
      ['undo', firm, ''],
      ['merge', '', firm],
    ]);
    const { total, merges } = (await city.call(contract.listOrganisationMerges, {}, office)).body;
    expect([total, merges[0]?.id]).toEqual([1, made.body.merge.id]);
    expect(await verifyAudit(city.platform.records)).toMatchObject({ ok: true });
  });

  test('decides for whom a name without a code stands, from then on', async () => {
    const [a] = await resolve({ name: firm, code: X }, { name: firm, code: Y });
    const open = await make(firm);
    await merge(a!, open);
    expect(await make(firm)).toBe(a);
  });

  test('is refused with itself, with what changed, and with what was merged', async () => {
    const [a, b] = [await make(firm, X), await make(firm, Y)];
    expect(failure(await merge(a, a)).code).toBe('organisations_same');
    expect(failure(await merge(a, b, [1, 2])).code).toBe('organisations_changed');
    const answers = await Promise.all([merge(a, b), merge(b, a)]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  test('cannot be undone while a later one builds on it, or when what was taken over changed', async () => {
    const [a, b, c] = [await make('甲'), await make('乙', X), await make('丙', Y)];
    const first = (await merge(a, b)).body.merge.id;
    const second = (await merge(c, a, [1, 2])).body.merge.id;
    expect(await resolve({ name: '乙' }, { name: '', code: X })).toEqual([c, c]);
    expect(failure(await undo(first))).toMatchObject({ status: 409, code: 'organisations_undo_later' });
    expect((await undo(second)).status).toBe(200);
    await edit(a, 4, { code: codeNo(7) });
    const refused = failure(await undo(first));
    expect(refused).toMatchObject({ status: 409, code: 'organisations_undo_field' });
    expect(refused.message).toContain('统一社会信用代码');
    await edit(a, 5, { code: X, address: '新址' });
    expect((await undo(first)).status).toBe(200);
    // What has nothing to do with the merge stays.
    expect((await get(a)).body).toMatchObject({ code: null, address: '新址' });
    expect((await get(b)).body).toMatchObject({ code: X, mergedInto: null });
  });

  test('cannot be undone when another has the code meanwhile', async () => {
    const [a, b] = [await make('甲', X), await make('乙', Y)];
    const made = (await merge(a, b)).body.merge.id;
    await edit(a, 2, { code: Y });
    expect(failure(await undo(made))).toMatchObject({ status: 409, code: 'organisations_undo_code' });
    await edit(a, 3, { code: X });
    expect((await undo(made)).status).toBe(200);
  });
});
