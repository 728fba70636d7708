import { describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
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
  name: `云舟第${n}纺织有限公司`,
  code: usccOf(n),
  region: 'east',
  tier: 'pilot',
  since: '2021-03-01',
  ...more,
});
const made = async (n: number, more: object = {}, state: 'proposed' | 'published' = 'published') => {
  const done = await city.call(
    api.createEntry,
    { params: firms, body: { data: firm(n, more), state } },
    office,
  );
  expect(done.body).toMatchObject({ state });
  return done.body;
};

describe('an entry', () => {
  test('goes from proposed to published, and every step says who, when and why', async () => {
    const entry = await made(1, {}, 'proposed');
    expect(entry).toMatchObject({ no: 'QQ-0001', version: 1, title: '云舟第1纺织有限公司' });
    const params = { ...firms, no: entry.no };
    const step = (version: number, action: api.EntryAction, more: object = {}) =>
      city.call(api.actOnEntry, { params, body: { version, action, ...more } }, office);
    expect((await city.call(api.getEntry, { params })).status).toBe(404);
    expect((await step(1, 'verify')).body).toMatchObject({ state: 'verified', version: 2 });
    expect((await step(2, 'publish', { basis: '云知发〔2022〕1号' })).body.state).toBe('published');
    expect((await city.call(api.getEntry, { params })).body).toMatchObject({
      state: 'published',
      abilities: { edit: false },
    });
    const wrong = await step(3, 'verify');
    expect(wrong.status).toBe(409);
    expect((await step(3, 'remove', { on: '2022-06-01' })).body).toMatchObject({
      code: 'registers_needs_reason',
    });
    expect((await step(3, 'remove', { reason: '倒闭' })).body).toMatchObject({ code: 'registers_needs_day' });
    const gone = await step(3, 'remove', { reason: '倒闭', on: '2022-06-01' });
    expect(gone.body).toMatchObject({ state: 'removed', endedOn: '2022-06-01', validTo: '2022-05-31' });
    const { body } = await city.call(api.entryHistory, { params }, office);
    expect(body.changes.map((c) => [c.version, c.action, c.toState, c.reason, c.basis])).toEqual([
      [4, 'remove', 'removed', '倒闭', null],
      [3, 'publish', 'published', null, '云知发〔2022〕1号'],
      [2, 'verify', 'verified', null, null],
      [1, 'create', 'proposed', null, null],
    ]);
    expect((await verifyAudit(city.platform.records)).ok).toBe(true);
  });

  test('is counted on any day as known at any moment', async () => {
    const measure = city.platform.measures.find('registers.strong-firms.firms')!;
    const count = async (asOf: string, knownAt?: string) =>
      (await measure.compute({ asOf, ...(knownAt && { knownAt: new Date(knownAt) }) })).value;
    const one = await made(1);
    await made(2, { since: '2022-02-01' });
    expect([await count('2021-02-28'), await count('2021-03-01'), await count('2022-02-01')]).toEqual([
      0, 1, 2,
    ]);
    city.clock.set('2022-09-01T09:00:00+08:00');
    await city.call(
      api.actOnEntry,
      {
        params: { ...firms, no: one.no },
        body: { version: 1, action: 'remove', on: '2022-01-01', reason: '不再符合条件' },
      },
      office,
    );
    expect(await count('2021-12-31')).toBe(1);
    expect(await count('2022-06-30')).toBe(1);
    expect(await count('2022-06-30', '2022-07-01T00:00:00+08:00')).toBe(2);
    // A list that nobody had filled yet says nothing.
    expect(await count('2022-06-30', '2022-06-01T00:00:00+08:00')).toBeNull();
    const facts = await measure.facts({ asOf: '2021-12-31', limit: 10 });
    expect(facts).toMatchObject({ total: 1, rows: [{ cells: { no: 'QQ-0001' } }] });
  });

  test('that was void from the beginning is counted on no day', async () => {
    const measure = city.platform.measures.find('registers.strong-firms.firms')!;
    const entry = await made(1);
    const body = { version: 1, action: 'remove' as const, void: true, reason: '重复登记' };
    await city.call(api.actOnEntry, { params: { ...firms, no: entry.no }, body }, office);
    expect((await measure.compute({ asOf: '2022-06-30' })).value).toBe(0);
  });

  test('changes from a day on: before it the old content goes on to hold; a correction replaces it', async () => {
    const advantage = city.platform.measures.find('registers.strong-firms.advantage')!;
    const at = async (asOf: string) => (await advantage.compute({ asOf })).value;
    const entry = await made(1, { employees: 100, patents: 12 });
    const params = { ...firms, no: entry.no };
    const data = firm(1, { employees: 100, patents: 12, tier: 'advantage' });
    const changed = await city.call(
      api.changeEntry,
      { params, body: { version: 1, data, mode: 'change', from: '2022-01-01' } },
      office,
    );
    expect(changed.body.segments).toMatchObject([
      { validFrom: '2021-03-01', validTo: '2021-12-31', data: { tier: 'pilot' } },
      { validFrom: '2022-01-01', validTo: null, data: { tier: 'advantage' }, changed: ['tier'] },
    ]);
    expect([await at('2021-12-31'), await at('2022-01-01')]).toEqual([0, 1]);
    const corrected = await city.call(
      api.changeEntry,
      {
        params,
        body: {
          version: 2,
          data: firm(1, { tier: 'advantage', since: '2021-05-01' }),
          mode: 'correct',
          segment: 0,
        },
      },
      office,
    );
    expect(corrected.body.validFrom).toBe('2021-05-01');
    expect([await at('2021-04-30'), await at('2021-05-01')]).toEqual([0, 1]);
    const { body } = await city.call(api.entryDiff, { params, query: { from: 1, to: 2 } }, office);
    expect(body.diff).toContainEqual({
      key: 'tier',
      label: '梯队（2022-01-01 起）',
      before: '试点',
      after: '优势',
    });
    const then = await city.call(api.getEntry, { params, query: { known: '2022-06-29' } }, office);
    expect(then.status).toBe(404);
  });

  test('changed by two people at once: the second sees what the first did', async () => {
    const entry = await made(1);
    const params = { ...firms, no: entry.no };
    const save = (employees: number) =>
      city.call(
        api.changeEntry,
        { params, body: { version: 1, data: firm(1, { employees }), mode: 'correct' } },
        office,
      );
    const answers = await Promise.all([save(10), save(20)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    const lost = answers.find((a) => a.status === 409)!;
    expect(lost.body).toMatchObject({
      code: 'registers_changed',
      params: { version: 2, by: 'plan-office', diff: [{ key: 'employees', before: '' }] },
    });
  });

  test('with a code that another one has is refused and led to it, also when both come at once', async () => {
    const create = () => city.call(api.createEntry, { params: firms, body: { data: firm(1) } }, office);
    const answers = await Promise.all([create(), create()]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    expect(answers.find((a) => a.status === 409)!.body).toMatchObject({
      code: 'registers_key_taken',
      params: { no: 'QQ-0001' },
    });
  });

  test('sent twice with one key is one entry', async () => {
    const body = { data: firm(1), submitKey: '01890000-0000-7000-8000-000000000001' };
    const first = await city.call(api.createEntry, { params: firms, body }, office);
    const second = await city.call(api.createEntry, { params: firms, body }, office);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.no).toBe(first.body.no);
  });

  test('with faults is refused with a place for each', async () => {
    const data = { ...firm(1), code: 'X', tier: 'gold', since: '2021-02-30', revenue: [{ year: 2021 }] };
    const { status, body } = await city.call(api.createEntry, { params: firms, body: { data } }, office);
    expect(status).toBe(400);
    const issues = (body as unknown as { issues: { path: string }[] }).issues;
    expect(issues.map((i) => i.path).sort()).toEqual([
      '/data/code',
      '/data/revenue/0/amount',
      '/data/since',
      '/data/tier',
    ]);
  });
});

describe('rights', () => {
  test('a county keeps its own entries and no others; another department none; visitors see what is published', async () => {
    const county = await city.as('county-officer', { region: 'east' });
    const other = await city.as('county-officer', { username: 'other-county', region: 'west' });
    const keeper = await city.as('department-officer', { organisation: 'patent-office' });
    const stranger = await city.as('department-officer', {
      username: 'stranger',
      organisation: 'education',
    });
    const create = (who: Record<string, string>, n: number, state: 'proposed' | 'published') =>
      city.call(api.createEntry, { params: firms, body: { data: firm(n), state } }, who);
    expect((await create(county, 1, 'published')).status).toBe(200);
    expect((await create(other, 2, 'proposed')).status).toBe(403);
    expect((await create(stranger, 3, 'proposed')).status).toBe(403);
    expect((await create(keeper, 4, 'proposed')).status).toBe(200);
    const total = async (who?: Record<string, string>) =>
      (await city.call(api.listEntries, { params: firms }, who)).body.total;
    expect([await total(), await total(other), await total(county), await total(keeper)]).toEqual([
      1, 1, 2, 2,
    ]);
    const move = await city.call(
      api.changeEntry,
      {
        params: { ...firms, no: 'QQ-0001' },
        body: { version: 1, data: firm(1, { region: 'west' }), mode: 'correct' },
      },
      county,
    );
    expect(move.status).toBe(403);
    const proposes = { params: { register: 'alliances' } };
    expect((await city.call(api.listEntries, proposes)).status).toBe(200);
    expect((await city.call(api.listEntries, { params: { register: 'certified-firms' } })).status).toBe(404);
  });

  test('internal fields are seen, searched and exported only inside', async () => {
    await made(1, { contact: '企业联系人甲', phone: '010-80000001' });
    const params = { ...firms, no: 'QQ-0001' };
    const open = (await city.call(api.getEntry, { params })).body;
    expect(JSON.stringify(open)).not.toContain('联系人甲');
    expect(open.fields.map((f) => f.key)).not.toContain('contact');
    expect((await city.call(api.getEntry, { params }, office)).body.data.contact).toBe('企业联系人甲');
    expect(
      (await city.call(api.listEntries, { params: firms, query: { q: '联系人甲' } }, office)).body.total,
    ).toBe(0);
    expect((await city.call(api.entryHistory, { params })).status).toBe(403);
    const schema = await city.call(api.registerSchema, { params: firms });
    expect(Object.keys(schema.body.properties as object)).not.toContain('contact');
  });
});

describe('a list', () => {
  test('is narrowed by words and facets, whose counts leave their own narrowing out', async () => {
    await made(1, { industry: '家纺' });
    await made(2, { industry: '家纺', tier: 'demonstration' });
    await made(3, { industry: '船舶', tier: 'demonstration', region: 'west' });
    const list = async (query: object) =>
      (await city.call(api.listEntries, { params: firms, query }, office)).body;
    const all = await list({});
    expect(all.total).toBe(3);
    expect(all.facets.map((f) => f.field)).toEqual([
      'state',
      'region',
      'tier',
      'industry',
      'founded',
      'listed',
    ]);
    const narrowed = await list({ filters: JSON.stringify({ tier: ['demonstration'] }), region: 'east' });
    expect(narrowed.entries.map((e) => e.no)).toEqual(['QQ-0002']);
    const counts = (field: string) =>
      Object.fromEntries(
        narrowed.facets.find((f) => f.field === field)!.values.map((v) => [v.value, v.count]),
      );
    expect(counts('tier')).toEqual({ pilot: 1, demonstration: 1 });
    expect(counts('region')).toEqual({ east: 1, west: 1 });
    expect(counts('industry')).toEqual({ 家纺: 1 });
    expect((await list({ q: '第3 船舶' })).entries.map((e) => e.no)).toEqual(['QQ-0003']);
    expect((await list({ q: '100%_' })).total).toBe(0);
    expect((await list({ sort: 'title', desc: 'true' })).entries[0]!.no).toBe('QQ-0003');
    for (const query of [
      { filters: '{' },
      { filters: '{"name":["x"]}' },
      { sort: 'secret' },
      { state: 'dead' },
    ])
      expect((await city.call(api.listEntries, { params: firms, query }, office)).status).toBe(400);
  });

  test('shows what held on a day as it was known', async () => {
    const entry = await made(1);
    await made(2, { since: '2022-05-01' });
    city.clock.set('2022-08-01T09:00:00+08:00');
    const body = { version: 1, action: 'expire' as const, on: '2022-04-01' };
    await city.call(api.actOnEntry, { params: { ...firms, no: entry.no }, body }, office);
    const nos = async (query: object) =>
      (
        await city.call(api.listEntries, { params: firms, query: { ...query, sort: 'no' } }, office)
      ).body.entries.map((e) => e.no);
    expect(await nos({ on: '2022-03-31' })).toEqual(['QQ-0001']);
    expect(await nos({ on: '2022-06-01' })).toEqual(['QQ-0002']);
    expect(await nos({ on: '2022-06-01', known: '2022-07-01' })).toEqual(['QQ-0001', 'QQ-0002']);
    expect(await nos({ on: '2022-06-01', known: '2022-06-01' })).toEqual([]);
  });

  test('can be kept as a view, shared, and forgotten', async () => {
    const save = (who: Record<string, string>, shared: boolean) =>
      city.call(
        api.saveView,
        { params: firms, body: { name: '示范企业', query: 'region=east', shared } },
        who,
      );
    const leader = await city.as('leader');
    const own = await save(office, false);
    const views = async (who: Record<string, string>) =>
      (await city.call(api.listViews, { params: firms }, who)).body.views;
    expect(await views(leader)).toEqual([]);
    await save(office, true);
    expect(await views(leader)).toMatchObject([{ name: '示范企业', own: false, shared: true }]);
    const params = { ...firms, id: own.body.id };
    expect((await city.call(api.deleteView, { params }, leader)).status).toBe(404);
    expect((await city.call(api.deleteView, { params }, office)).status).toBe(200);
    expect(await views(office)).toEqual([]);
  });
});

describe('organisations and references', () => {
  test('the same firm in two registers is one organisation', async () => {
    const entry = await made(1);
    const certified = await city.call(
      api.createEntry,
      {
        params: { register: 'certified-firms' },
        body: {
          data: {
            firm: '云舟第1纺织有限公司',
            code: usccOf(1),
            edition: '2013',
            stage: 'certified',
            issuedOn: '2022-01-01',
          },
          state: 'published',
        },
      },
      office,
    );
    expect(certified.status).toBe(200);
    const id = entry.organisations[0]!.id;
    expect(certified.body.organisations[0]!.id).toBe(id);
    const mentions = async (who?: Record<string, string>) =>
      (await city.call(api.listMentions, { params: { organisation: id } }, who)).body.entries.map(
        (e) => e.register,
      );
    expect(await mentions(office)).toEqual(['strong-firms', 'certified-firms']);
    expect(await mentions()).toEqual(['strong-firms']);
  });

  test('a ladder says why a firm is where it is, and what it lacks', async () => {
    const entry = await made(1, { patents: 4, employees: 100, tier: 'pilot' });
    expect(entry.ladder!.summary).toContain('有效发明专利不少于 10 件');
    const steps = entry.ladder!.steps;
    expect(steps.map((s) => s.position)).toEqual(['current', 'next', 'above']);
    expect(steps[1]!.criteria).toMatchObject([
      { id: 'patents', result: 'failed', found: '有效发明专利数：4 件' },
      { id: 'certified', result: 'failed' },
    ]);
    expect(steps[2]!.criteria[0]).toMatchObject({ id: 'intensity', result: 'failed' });
    const unknown = await made(2, {});
    expect(unknown.ladder!.steps[1]!.criteria[0]).toMatchObject({
      result: 'unknown',
      found: '有效发明专利数：未填',
    });
  });
});
