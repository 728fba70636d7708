import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
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
async function disputed(): Promise<Matter> {
  const form = ok(await t.call(contract.itemForm, { params: { id: 'infringement' }, query: {} }));
  const materials = await Promise.all(
    form.materials
      .filter(({ required }) => required)
      .map(async ({ id }) => ({ what: id, file: await sent(t, `${id} 的内容`) })),
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
    await t.call(contract.openMatter, {
      body: { item: 'infringement', form: known, materials, idempotencyKey: randomUUID() },
    }),
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
    expect(JSON.stringify(before)).not.toContain('0513-55500100');

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
    const agent = { role: 'requester', name: '示例代理机构', agent: true, reason: '授权委托书' };
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

  test.each([
    ['of a paper that is not there', 99, {}, 'matters_paper'],
    ['on somebody who is not let in', 1, { party: 3 }, 'matters_party'],
    ['on a day to come', 1, { how: 'post', on: '2026-09-22' }, 'matters_future'],
    ['before the paper was there', 1, { how: 'post', on: '2026-09-20' }, 'matters_served_before'],
    ['through the platform on another day', 1, { on: '2026-09-20' }, 'matters_served_today'],
    ['with a proof that nobody sent', 1, { how: 'left', proof: randomUUID() }, 'matters_file'],
    ['of what somebody changed meanwhile', 1, { version: 9 }, 'matters_changed'],
  ])('is refused %s', async (_, no, more, code) => {
    const { matter } = ok(await admit(await disputed()));
    expect(fault(await serve(matter, no, more)).code).toBe(code);
    expect((await look(matter.number, null, officer)).version).toBe(matter.version);
  });
});
