import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { CityPack } from '#kernel/city/schema';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import {
  act,
  asked,
  fault,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  sent,
  withCode,
} from './helpers.ts';

const COUNTY = { organisation: 'gov-tongzhou' };

/** One portal keeps requests for information by itself, another one leaves them out. */
function differing(pack: CityPack): CityPack {
  return {
    ...pack,
    portals: pack.portals.map((portal) => {
      const keeper = { department: portal.office, level: 'county' as const };
      const source = { source: 'plan-2017', verified: false, from: null, to: null };
      if (portal.id === 'haimen')
        return { ...portal, overrides: [{ item: 'disclosure', keeper, ...source }] };
      const reason = { zh: '示例原因', en: 'An example' };
      return portal.id === 'sutong' ? { ...portal, except: [{ item: 'disclosure', reason }] } : portal;
    }),
  };
}

let t: TestPlatform;
const who = {} as Record<'officer' | 'head' | 'county' | 'countyHead' | 'haimen', Headers>;
beforeAll(async () => {
  t = await matterPlatform('2026-09-21T09:00:00+08:00', differing);
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  who.officer = await t.as('case-officer', OFFICE);
  who.head = await t.as('case-head', OFFICE);
  who.county = await t.as('case-officer', { username: 'county', ...COUNTY });
  who.countyHead = await t.as('case-head', { username: 'county-head', ...COUNTY });
  who.haimen = await t.as('case-officer', { username: 'haimen', organisation: 'gov-haimen' });
});

const look = (number: string, headers: Headers, code?: string | null) =>
  t.call(contract.getMatter, { params: { number }, ...withCode(code) }, headers);
const logOf = async (number: string, headers: Headers, code?: string | null) =>
  ok(await t.call(contract.matterLog, { params: { number }, ...withCode(code) }, headers));
const send = (
  matter: Pick<Matter, 'number' | 'version'>,
  headers = who.officer,
  more: { to?: string; idempotencyKey?: string; reason?: string } = {},
) =>
  t.call(
    contract.transferMatter,
    {
      params: { number: matter.number },
      body: {
        ...{ version: matter.version, idempotencyKey: randomUUID(), to: 'gov-tongzhou' },
        ...{ reason: '所需信息由通州区制作', basis: '示例条例第十条', ...more },
      },
    },
    headers,
  );
const inbox = async (username: string) => {
  const { id } = (await t.platform.auth.findAccountByUsername(username))!;
  const { rows } = await t.platform.stores.pool.query<{ kind: string; title: string }>(
    'select kind, title_zh as title from notification where user_id = $1 order by id',
    [id],
  );
  return rows.filter(({ kind }) => kind === 'matters.transferred').map(({ title }) => title);
};
const through = async (portal?: string, headers: Headers = {}) =>
  t.call(
    contract.openMatter,
    {
      body: {
        ...{ item: 'disclosure', ...(portal && { portal }), idempotencyKey: randomUUID() },
        form: {
          ...{ kind: 'person', name: '示例申请人', phone: '0513-55500100', address: '南通市崇川区示例路1号' },
          ...{ title: '2025年专利授权统计', delivery: 'email', form: 'electronic' },
        },
        materials: [{ what: 'identity', file: await sent(t) }],
      },
    },
    headers,
  );

describe('a matter that is opened through a portal', () => {
  test('keeps which one, and goes to the office that keeps the item there', async () => {
    const plain = ok(await through());
    expect([plain.portal, plain.department.id]).toEqual([null, 'market-regulation']);
    const city = ok(await through('tongzhou'));
    expect(city).toMatchObject({
      portal: { title: { zh: '通州区分站' } },
      department: { id: 'market-regulation' },
    });
    const county = ok(await through('haimen'));
    expect(county).toMatchObject({
      portal: { id: 'haimen' },
      department: { id: 'gov-haimen', name: { zh: '海门区人民政府' } },
    });
    expect((await look(county.number, who.officer)).status).toBe(404);
    expect(ok(await look(county.number, who.haimen)).abilities.act).toContain('disclose');
    const desk = ok(await t.call(contract.listMatters, { query: { portal: 'tongzhou' } }, who.officer));
    expect(desk.matters.map(({ number, portal }) => [number, portal!.id])).toEqual([
      [city.number, 'tongzhou'],
    ]);
    expect([desk.portals.map(({ id }) => id), desk.counts.open]).toEqual([['tongzhou'], 1]);
  });

  test('is not opened where the item is left out, nor through a portal that is not there', async () => {
    expect(fault(await through('sutong')).message).toBe(
      '“政府信息公开申请”不在苏通科技产业园区分站办理：示例原因',
    );
    expect(fault(await through('nowhere')).code).toBe('matters_portal');
  });

  test('is the same matter when it is sent again, and another one when the portal differs', async () => {
    const key = randomUUID();
    const body = async (portal?: string) => ({
      ...{ item: 'consultation', ...(portal && { portal }), idempotencyKey: key, materials: [] },
      form: { name: '示例人', reply: 'call', phone: '0513-55500100', subject: '一个问题', details: '情况' },
    });
    const post = async (portal?: string) => t.call(contract.openMatter, { body: await body(portal) });
    const first = ok(await post('rudong'));
    expect(ok(await post('rudong')).number).toBe(first.number);
    expect(fault(await post('qidong')).code).toBe('matters_key');
  });

  test('comes back from a draft through the same portal', async () => {
    const key = randomUUID();
    const body = { item: 'disclosure', form: {}, materials: [], version: 0 };
    const keep = (portal: string) =>
      t.call(contract.saveDraft, { params: { key }, body: { ...body, portal } }, who.county);
    expect(fault(await keep('nowhere')).code).toBe('matters_portal');
    ok(await keep('rudong'));
    expect(ok(await t.call(contract.readDraft, { params: { key } })).portal).toBe('rudong');
    const { drafts } = ok(await t.call(contract.myDrafts, {}, who.county));
    expect(drafts).toMatchObject([{ portal: { title: { zh: '如东县分站' } } }]);
  });
});

describe('a transfer', () => {
  test('names the new body and the day to all whom it concerns, and keeps the number', async () => {
    const citizen = await t.as('firm-user', { username: 'citizen' });
    const matter = ok(await through(undefined, citizen));
    const seen = ok(await look(matter.number, who.officer));
    expect(seen.abilities.transfer).toBe(true);
    expect(seen.transferTo.map(({ id, why, verified }) => [id, why, verified])).toEqual([
      ['gov-haimen', 'portal', false],
      ['gov-tongzhou', 'office', false],
    ]);
    t.clock.set('2026-09-23T09:00:00+08:00');
    const after = ok(await send(seen));
    expect(after).toMatchObject({ number: matter.number, department: { id: 'gov-tongzhou' }, past: true });
    const told = '2026-09-23 由南通市市场监督管理局移送通州区人民政府办理，期限照常计算';
    for (const name of ['case-head', 'county', 'county-head', 'citizen'])
      expect(await inbox(name), name).toEqual([told]);
    for (const name of ['haimen']) expect(await inbox(name)).toEqual([]);
    const mine = ok(await look(matter.number, citizen));
    expect(mine.transfers).toEqual([
      {
        from: { zh: '南通市市场监督管理局', en: 'Nantong Administration for Market Regulation' },
        to: { zh: '通州区人民政府', en: 'Tongzhou District Government' },
        ...{ on: '2026-09-23', reason: '所需信息由通州区制作', basis: '示例条例第十条' },
      },
    ]);
    const entry = (await logOf(matter.number, citizen)).entries.at(-1)!;
    expect(entry).toMatchObject({
      kind: 'transferred',
      on: '2026-09-23',
      transfer: { basis: '示例条例第十条' },
    });
    expect(entry.by.name).toBe('');
  });

  test('stops no clock and begins none, and the proof says so', async () => {
    const matter = await asked(t);
    const before = ok(await look(matter.number, who.officer));
    t.clock.set('2026-09-25T09:00:00+08:00');
    ok(await send(before));
    const clocks = ({ clocks: all }: Matter) =>
      all.map(({ id, startedOn, due, excluded, extensions, ended, proof }) => ({
        ...{ id, startedOn, due, excluded, extensions, ended, proof },
      }));
    const after = ok(await look(matter.number, who.county));
    expect(clocks(after)).toEqual(clocks(before));
    for (const { through: moves } of after.clocks)
      expect(moves).toMatchObject([{ on: '2026-09-25', to: { zh: '通州区人民政府' } }]);
    // The log holds the last days that go on, and stands.
    const log = await logOf(matter.number, who.county);
    const [opened, moved] = log.entries;
    expect(moved!.dues).toEqual(opened!.dues);
    expect(log.intact).toBe(true);
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });
    // What the old office would be late with the new one is late with.
    t.clock.set('2026-12-01T09:00:00+08:00');
    expect(ok(await look(matter.number, who.county)).clocks.some(({ late }) => late)).toBe(true);
    expect(ok(await look(matter.number, who.officer)).clocks.some(({ late }) => late)).toBe(false);
  });

  test('leaves the old office what it had, and nothing that comes after; it acts no more', async () => {
    const matter = await asked(t);
    const first = ok(await send(matter));
    const file = await sent(t, '答复');
    const there = ok(await look(matter.number, who.county));
    expect(there.papers).toHaveLength(1);
    const paper = (no: number, headers: Headers) =>
      t.call(contract.downloadPaper, { params: { number: matter.number, no } }, headers);
    for (const headers of [who.county, who.officer]) expect((await paper(1, headers)).status).toBe(200);
    const done = ok(
      await act(t, there, 'disclose', who.county, { papers: [{ what: 'answer', file }], note: '区里的答复' }),
    );
    expect(done.endedOn).not.toBeNull();

    const left = ok(await look(matter.number, who.officer));
    expect(left).toMatchObject({
      version: first.version,
      endedOn: null,
      past: true,
      next: [],
      transferTo: [],
    });
    expect(left.state).toEqual(matter.state);
    expect(left.papers).toHaveLength(1);
    expect(left.abilities).toMatchObject({
      act: [],
      assign: false,
      transfer: false,
      strike: false,
      unseal: false,
    });
    expect(JSON.stringify([left, await logOf(matter.number, who.officer)])).not.toContain('区里的答复');
    const log = await logOf(matter.number, who.officer);
    expect([log.entries.at(-1)!.kind, log.intact]).toEqual(['transferred', true]);
    expect((await paper(2, who.county)).status).toBe(200);
    expect((await paper(2, who.officer)).status).toBe(404);
    expect((await paper(2, who.haimen)).status).toBe(404);

    const refused = [
      await act(t, done, 'inform', who.officer),
      await send(done),
      await t.call(
        contract.assignMatter,
        { params: { number: matter.number }, body: { version: done.version, handler: null } },
        who.head,
      ),
      await t.call(contract.matterDossier, { params: { number: matter.number } }, who.officer),
    ];
    for (const answer of refused) {
      expect([answer.status, fault(answer).code]).toEqual([409, 'matters_transferred']);
      expect(fault(answer).message).toContain('2026-09-21 移送通州区人民政府');
    }
    // The code of the receipt makes nobody of the old office a party.
    expect(fault(await act(t, done, 'withdraw', who.officer, { code: matter.code! })).code).toBe(
      'matters_transferred',
    );
    expect(
      (await t.call(contract.matterDossier, { params: { number: matter.number } }, who.county)).status,
    ).toBe(200);
  });

  test('lets nobody in who was recused', async () => {
    const matter = await asked(t);
    const { id: account } = (await t.platform.auth.findAccountByUsername('case-officer'))!;
    const recused = ok(
      await t.call(
        contract.decideRecusal,
        {
          params: { number: matter.number },
          body: { version: matter.version, account, asked: 'self', recused: true, reason: '与申请人是亲属' },
        },
        who.head,
      ),
    );
    ok(await send(recused, who.head));
    expect((await look(matter.number, who.officer)).status).toBe(404);
    expect(ok(await look(matter.number, who.head)).past).toBe(true);
    const { matters, counts } = ok(
      await t.call(contract.listMatters, { query: { view: 'transferred' } }, who.officer),
    );
    expect([matters, counts.transferred]).toEqual([[], 0]);
    expect(await inbox('case-officer')).toEqual([]);
  });

  test('is shown on both desks: to the one that has it, and to the one that handed it on', async () => {
    const matter = await asked(t);
    ok(await send(matter));
    const desk = async (view: 'open' | 'transferred', headers: Headers) =>
      ok(await t.call(contract.listMatters, { query: { view } }, headers));
    expect((await desk('open', who.officer)).counts).toMatchObject({ open: 0, transferred: 1 });
    const [gone] = (await desk('transferred', who.officer)).matters;
    expect(gone).toMatchObject({
      number: matter.number,
      state: { zh: '已移送' },
      clock: null,
      handler: null,
    });
    expect(gone!.transfer).toMatchObject({ to: { zh: '通州区人民政府' }, on: '2026-09-21' });
    const county = await desk('open', who.county);
    expect(county.counts).toMatchObject({ open: 1, transferred: 0 });
    expect(county.matters[0]).toMatchObject({
      transfer: { from: { zh: '南通市市场监督管理局' } },
      clock: { whose: 'office' },
    });
    // Handed back it is theirs again, with all that was done meanwhile.
    const there = ok(await look(matter.number, who.county));
    ok(await send(there, who.countyHead, { to: 'market-regulation', reason: '经核对仍由市级办理' }));
    const back = ok(await look(matter.number, who.officer));
    expect([back.past, back.transfers.length, back.abilities.transfer]).toEqual([false, 2, true]);
    expect((await logOf(matter.number, who.officer)).entries).toHaveLength(3);
    expect(ok(await look(matter.number, who.county)).past).toBe(true);
    const offices = (await logOf(matter.number, who.officer)).entries.map(({ office }) => office?.zh ?? null);
    expect(offices).toEqual([null, '南通市市场监督管理局', '通州区人民政府']);
  });

  test('made twice is made once, and of two at once one wins', async () => {
    const matter = await asked(t);
    const key = randomUUID();
    const [one, same] = await Promise.all([
      send(matter, who.officer, { idempotencyKey: key }),
      send(matter, who.officer, { idempotencyKey: key }),
    ]);
    expect([one.status, same.status]).toEqual([200, 200]);
    expect((await logOf(matter.number, who.county)).entries).toHaveLength(2);
    const otherwise = await send(matter, who.officer, { idempotencyKey: key, reason: '另一个理由' });
    expect(fault(otherwise).code).toBe('matters_key');

    const second = await asked(t, { form: { title: '另一份统计' } });
    const both = await Promise.all([
      send(second, who.officer),
      send(second, who.head, { to: 'gov-haimen' }),
      act(t, second, 'ask-third', who.officer),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of both.filter(({ status }) => status !== 200))
      expect(['matters_transferred', 'matters_changed']).toContain(fault(answer).code);
    const { rows } = await t.platform.stores.pool.query(
      'select * from matter_transfer where matter = (select id from matter where number = $1)',
      [second.number],
    );
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  test('goes to an office that may have it and has somebody there, from who may, before the end', async () => {
    const matter = await asked(t);
    // Known to the pack but without anybody, unknown to the item, itself, and no office at all.
    for (const to of ['gov-rudong', 'sutong', 'science', 'market-regulation', 'nobody'])
      expect(fault(await send(matter, who.officer, { to })).code).toBe('matters_transfer_office');
    expect((await send(matter, who.county)).status).toBe(404);
    expect((await send(matter, who.officer, { reason: '不' })).status).toBe(400);
    expect(fault(await send({ ...matter, version: 9 })).code).toBe('matters_changed');
    const ended = ok(
      await act(t, matter, 'disclose', who.officer, { papers: [{ what: 'answer', file: null }] }),
    );
    expect(fault(await send(ended)).code).toBe('matters_transfer_ended');
    expect(ended.abilities.transfer).toBe(false);
  });

  test('leaves a document that was made to the office that made it', async () => {
    const matter = await asked(t);
    const made = ok(
      await act(t, matter, 'ask-correction', who.officer, {
        papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
      }),
    );
    const { code } = made.papers.find(({ number }) => number !== null)!;
    ok(await send(made));
    const { office } = ok(await t.call(contract.verifyDocument, { params: { code: code! } }));
    expect(office.zh).toBe('南通市市场监督管理局');
  });
});
