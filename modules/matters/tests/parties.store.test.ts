import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { seeded } from '#kernel/random';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { madeUpAnswers } from '../server/demo/answers.ts';
import { Form } from '../server/matters/form.ts';
import {
  act,
  fault,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  sent,
  withCode,
} from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
});

/** An infringement dispute that was requested on the web. */
async function disputed(onPaper?: 'paper'): Promise<Matter> {
  const form = ok(await t.call(contract.itemForm, { params: { id: 'infringement' }, query: {} }));
  const materials = await Promise.all(
    form.materials
      .filter(({ required }) => required)
      .map(async ({ id }) => ({ what: id, file: onPaper ? null : await sent(t, `${id} 的内容`) })),
  );
  const answers = {
    kind: 'person',
    name: '示例请求人',
    phone: '0513-55500100',
    address: '南通市崇川区示例路1号',
    respondent: '示例被请求人',
    respondentAddress: '南通市通州区示例路2号',
    patentNumber: 'ZL202010000001.1',
    patentTitle: '一种示例装置',
    interest: 'holder',
    court: false,
    claim: '责令停止侵权',
    facts: '示例事实',
    subject: '一种示例装置专利侵权',
  };
  const known = Object.fromEntries(
    Object.entries(answers).filter(([key]) => form.fields.some((field) => field.key === key)),
  );
  return ok(
    await t.call(
      contract.openMatter,
      {
        body: { item: 'infringement', form: known, materials, idempotencyKey: randomUUID() },
      },
      onPaper ? officer : {},
    ),
  );
}

const look = async (number: string, code: string | null, headers: Headers = {}) =>
  ok(await t.call(contract.getMatter, { params: { number }, ...withCode(code) }, headers));
const logOf = async (number: string, code: string | null, headers: Headers = {}) =>
  ok(await t.call(contract.matterLog, { params: { number }, ...withCode(code) }, headers));
const admit = (matter: Matter, more: object = {}) =>
  t.call(
    contract.admitParty,
    {
      params: { number: matter.number },
      body: {
        ...{ version: matter.version, role: 'respondent', name: '示例被请求人', reason: '请求书所列' },
        ...more,
      },
    },
    officer,
  );
const serve = (matter: Matter, no: number, more: object) =>
  t.call(
    contract.servePaper,
    {
      params: { number: matter.number, no },
      body: { version: matter.version, party: 2, how: 'platform', ...more },
    },
    officer,
  );

describe('a party', () => {
  test('sees what was served on it and what it hands in, and nothing of the others', async () => {
    const opened = await disputed();
    const { matter, code } = ok(await admit(opened));
    expect(matter.parties.map(({ name, agent }) => [name, agent])).toEqual([
      ['示例请求人', false],
      ['示例被请求人', false],
    ]);
    const before = await look(matter.number, code);
    expect(before).toMatchObject({ form: [], papers: [], me: 2, officers: [], admits: [] });
    expect(before.parties.map(({ name }) => name)).toEqual(['示例被请求人']);
    expect(JSON.stringify(before)).not.toMatch(/0513-55500100|示例请求人/);

    const served = ok(await serve(matter, 1, {}));
    expect(served.papers[0]!.served).toMatchObject([{ party: 2, how: 'platform', openedAt: null }]);
    const after = await look(matter.number, code);
    expect(after.papers.map(({ no }) => no)).toEqual([1]);
    const paper = (no: number, which: string) =>
      t.call(contract.downloadPaper, { params: { number: matter.number, no }, ...withCode(which) });
    expect((await paper(1, code)).status).toBe(200);
    expect((await paper(2, code)).status).toBe(404);
    // What it opened first is kept, and a second opening changes nothing.
    t.clock.set('2026-09-22T10:00:00+08:00');
    await paper(1, code);
    const openedAt = '2026-09-21T01:00:00.000Z';
    expect((await look(matter.number, null, officer)).papers[0]!.served).toMatchObject([{ openedAt }]);
    // The applicant does not learn when another one opened what.
    expect((await look(matter.number, opened.code)).papers[0]!.served).toEqual([]);
  });

  test('takes its own steps, which the applicant cannot', async () => {
    const opened = await disputed();
    const { matter, code } = ok(await admit(opened));
    const filed = ok(await act(t, matter, 'file', officer));
    const served = ok(await act(t, filed, 'serve', officer));
    const mine = await look(matter.number, code);
    expect(mine.abilities.act).toContain('answer');
    expect(fault(await act(t, served, 'answer', {}, { code: opened.code! })).code).toBe('matters_not_yours');
    const answered = ok(
      await act(
        t,
        served,
        'answer',
        {},
        {
          code,
          note: '不构成侵权',
          papers: [{ what: 'answer', file: await sent(t, '答辩书') }],
        },
      ),
    );
    expect(answered.papers.map(({ title }) => title.zh)).toEqual(['答辩书']);
    const seen = async (which: string) => (await logOf(matter.number, which)).entries.at(-1)!;
    expect(await seen(code)).toMatchObject({
      note: '不构成侵权',
      by: { name: '示例被请求人', agent: false },
    });
    expect(await seen(opened.code!)).toMatchObject({ note: '', by: { name: '' }, papers: [] });
  });

  test('is acted for by an agent, until that ends', async () => {
    const opened = await disputed();
    const agent = { role: null, name: '示例代理机构', actsFor: 1, reason: '授权委托书' };
    const { matter, code } = ok(await admit(opened, agent));
    const seen = await look(matter.number, code);
    expect(seen.form.length).toBeGreaterThan(0);
    expect(seen.abilities.act).toContain('take-back');
    const ended = ok(
      await t.call(
        contract.dismissParty,
        { params: { number: matter.number, no: 2 }, body: { version: matter.version, reason: '解除委托' } },
        officer,
      ),
    );
    expect(ended.parties[1]).toMatchObject({ until: '2026-09-21' });
    const gone = await t.call(contract.getMatter, { params: { number: matter.number }, ...withCode(code) });
    expect([gone.status, fault(gone).code]).toEqual([404, 'matters_none']);
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });
    const { entries, intact } = await logOf(matter.number, null, officer);
    expect(intact).toBe(true);
    expect(entries.map(({ kind, party }) => [kind, party?.name])).toEqual([
      ['step', undefined],
      ['admitted', '示例代理机构'],
      ['dismissed', '示例代理机构'],
    ]);
  });

  test('sees nothing of another party in the same role, and an agent stands for one of them', async () => {
    const opened = await disputed();
    const first = ok(await admit(opened));
    const second = ok(await admit(first.matter, { name: '另一被请求人' }));
    const agent = ok(await admit(second.matter, { role: null, actsFor: 2, name: '示例律师' }));
    const served = ok(await serve(agent.matter, 1, { party: 2 }));
    expect((await look(opened.number, second.code)).papers).toEqual([]);
    expect((await look(opened.number, second.code)).parties.map(({ name }) => name)).toEqual([
      '另一被请求人',
    ]);
    expect((await look(opened.number, agent.code)).parties.map(({ name }) => name)).toEqual([
      '示例被请求人',
      '示例律师',
    ]);
    // What its agent opens, the party has opened.
    const download = { params: { number: opened.number, no: 1 }, ...withCode(agent.code) };
    expect((await t.call(contract.downloadPaper, download)).status).toBe(200);
    const [service] = (await look(opened.number, null, officer)).papers[0]!.served;
    expect(service).toMatchObject({ party: 2, openedAt: '2026-09-21T01:00:00.000Z' });
    // Nobody acts for an agent.
    expect(fault(await admit(served, { role: null, actsFor: 4, name: 'x' })).code).toBe('matters_role');
  });

  test('the applicant stays, and roles are those of parties', async () => {
    const matter = await disputed();
    const params = { number: matter.number, no: 1 };
    const end = await t.call(
      contract.dismissParty,
      { params, body: { version: 1, reason: '试试' } },
      officer,
    );
    expect(fault(end).code).toBe('matters_applicant');
    expect(fault(await admit(matter, { role: 'officer' })).code).toBe('matters_role');
    expect(fault(await admit(matter, { version: 7 })).code).toBe('matters_changed');
    const other = await t.as('case-officer', { organisation: 'ip-bureau', username: 'elsewhere' });
    const foreign = await t.call(
      contract.admitParty,
      {
        params: { number: matter.number },
        body: { version: 1, role: 'respondent', name: 'x', reason: '试试' },
      },
      other,
    );
    expect([foreign.status, fault(foreign).code]).toEqual([404, 'matters_none']);
  });
});

describe('what is the office’s alone', () => {
  test('stays with it: neither log nor clocks nor messages tell a party of a lead that is looked into', async () => {
    const item = t.platform.pack.items.find(({ id, to }) => id === 'complaint' && to === null)!;
    const { model } = new Form(item);
    const random = seeded(1);
    const form = { ...madeUpAnswers(t.platform.pack, item, model, random, '2026-09-21'), alsoReport: false };
    const body = { item: item.id, form, materials: [], idempotencyKey: randomUUID() };
    const materials = item.materials
      .filter(({ byForm, necessity }) => !byForm && necessity === 'required')
      .map(({ id }) => ({ what: id, file: null }));
    const opened = ok(await t.call(contract.openMatter, { body: { ...body, materials } }, officer));
    const trader = { version: 1, role: 'respondent', name: '示例商户', reason: '投诉书所列' };
    const admitted = ok(
      await t.call(contract.admitParty, { params: { number: opened.number }, body: trader }, officer),
    );
    const account = await t.as('firm-user', { username: 'trader' });
    const params = { number: opened.number };
    ok(await t.call(contract.joinMatter, { params, ...withCode(admitted.code) }, account));
    const accepted = ok(await act(t, admitted.matter, 'accept', officer));
    const found = ok(await act(t, accepted, 'find-lead', officer, { note: '发现违法线索' }));
    expect(found.clocks.map(({ id }) => id)).toContain('lead');
    for (const [code, headers] of [
      [opened.code!, {}],
      [null, account],
    ] as const) {
      const seen = await look(opened.number, code, headers);
      const { entries } = await logOf(opened.number, code, headers);
      const list = headers === account ? (await t.call(contract.myMatters, {}, account)).raw.body : '';
      expect(JSON.stringify([seen, entries, list])).not.toMatch(/线索|"lead"/);
    }
    const { pool } = t.platform.stores;
    const told = await pool.query(
      `select n.* from notification n join auth."user" u on u.id = n.user_id where u.username = 'trader'`,
    );
    expect(JSON.stringify(told.rows)).not.toContain('线索');
    // The end of the complaint is not the end of the lead: the matter stays on the desk until it was looked into.
    const agreed = ok(await act(t, found, 'agree', officer));
    const mediating = ok(await act(t, agreed, 'mediate', officer));
    const settled = ok(await act(t, mediating, 'settle', officer));
    expect(settled).toMatchObject({ endedOn: '2026-09-21' });
    const open = async () => ok(await t.call(contract.listMatters, { query: {} }, officer)).total;
    expect(await open()).toBe(1);
    ok(await act(t, settled, 'check-lead', officer));
    expect(await open()).toBe(0);
  });
});

describe('a code', () => {
  test('that was lost is replaced: neither it nor the account that joined with it is good any more', async () => {
    const matter = await disputed();
    const account = await t.as('firm-user');
    const params = { number: matter.number };
    const join = (code: string, headers = account) =>
      t.call(contract.joinMatter, { params, ...withCode(code) }, headers);
    ok(await join(matter.code!));
    expect(ok(await t.call(contract.myMatters, {}, account)).matters).toMatchObject([
      { number: matter.number, as: { zh: '请求人' }, handler: null },
    ]);
    const second = await t.as('firm-user', { username: 'second' });
    expect(fault(await join(matter.code!, second)).code).toBe('matters_account');
    const renewed = ok(
      await t.call(
        contract.renewCode,
        { params: { ...params, no: 1 }, body: { version: matter.version, reason: '遗失' } },
        officer,
      ),
    );
    for (const [code, headers] of [
      [matter.code!, {}],
      [null, account],
    ] as const) {
      const answer = await t.call(contract.getMatter, { params, ...withCode(code) }, headers);
      expect(answer.status).toBe(404);
    }
    expect((await look(matter.number, renewed.code)).form.length).toBeGreaterThan(0);
    // The office hands it over and does not see it again.
    expect((await look(matter.number, null, officer)).code).toBeNull();
    expect(renewed.matter.code).toBeNull();
  });

  test('gives an officer no party’s place', async () => {
    const matter = await disputed();
    const answer = await t.call(
      contract.joinMatter,
      { params: { number: matter.number }, ...withCode(matter.code) },
      officer,
    );
    expect(fault(answer).code).toBe('matters_none');
  });
});

describe('service', () => {
  test('is recorded with its day and its proof', async () => {
    const { matter } = ok(await admit(await disputed()));
    t.clock.set('2026-09-28T09:00:00+08:00');
    const proof = await sent(t, '回执', officer);
    const served = ok(await serve(matter, 1, { how: 'post', on: '2026-09-25', proof, note: '号码 1' }));
    expect(served.papers[0]!.served).toMatchObject([{ how: 'post', on: '2026-09-25' }]);
    expect(served.papers.at(-1)).toMatchObject({ title: { zh: '送达回证' }, by: { side: 'office' } });
    const { entries, intact } = await logOf(matter.number, null, officer);
    expect(intact).toBe(true);
    expect(entries.at(-1)).toMatchObject({
      ...{ kind: 'served', on: '2026-09-25', how: 'post', paper: 1, note: '号码 1' },
      party: { no: 2, name: '示例被请求人' },
    });
  });

  const refused: [string, number, object, string, 'paper'?][] = [
    ['of a paper that is not there', 99, {}, 'matters_paper'],
    ['on somebody who is not let in', 1, { party: 3 }, 'matters_party'],
    ['on a day to come', 1, { how: 'post', on: '2026-09-22' }, 'matters_future'],
    ['through the platform where it has no file', 1, {}, 'matters_no_paper', 'paper'],
    ['before the paper was there', 1, { how: 'post', on: '2026-09-20' }, 'matters_served_before'],
    ['through the platform on another day', 1, { on: '2026-09-20' }, 'matters_served_today'],
    ['with a proof that nobody sent', 1, { how: 'left', proof: randomUUID() }, 'matters_file'],
    ['of what somebody changed meanwhile', 1, { version: 9 }, 'matters_changed'],
  ];
  test.each(refused)('is refused %s', async (_, no, more, code, onPaper) => {
    const { matter } = ok(await admit(await disputed(onPaper)));
    expect(fault(await serve(matter, no, more)).code).toBe(code);
    expect((await look(matter.number, null, officer)).version).toBe(matter.version);
  });
});
