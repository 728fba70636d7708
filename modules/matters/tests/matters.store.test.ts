import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, fault, matterPlatform, OFFICE, ok, papers, request, withCode } from './helpers.ts';

let t: TestPlatform;
let officer: Record<string, string>;
let head: Record<string, string>;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
  head = await t.as('case-head', OFFICE);
});

const read = (number: string, code?: string | null, headers?: Record<string, string>) =>
  t.call(contract.getMatter, { params: { number }, ...withCode(code) }, headers);
const logOf = async (number: string, headers = officer) =>
  ok(await t.call(contract.matterLog, { params: { number } }, headers));

describe('opening a matter', () => {
  test('gives number, state, and clocks with their proof', async () => {
    const matter = await asked(t);
    expect(matter).toMatchObject({
      number: '通知公开收〔2026〕1号',
      state: { zh: '已收到，审查中' },
      name: '示例申请人',
      subject: '2025年专利授权统计',
      openedOn: '2026-09-21',
      version: 1,
      department: { name: { zh: '南通市市场监督管理局' } },
    });
    const answer = matter.clocks.find(({ id }) => id === 'answer')!;
    // 20 working days over Mid-Autumn and National Day, with their make-up days.
    expect(answer).toMatchObject({ due: '2026-10-26', provisional: false, basis: { article: '第三十三条' } });
    expect(answer.proof[0]).toMatchObject({ date: '2026-09-21', kind: 'start-excluded' });
    expect(answer.proof.at(-1)).toMatchObject({ date: answer.due, counted: 20 });
    expect(matter.papers.map(({ title }) => title.zh)).toEqual(['申请人身份证明']);
    expect(matter.form.find(({ key }) => key === 'delivery')!.text.zh).toBe('电子邮件');
  });

  test('is done once however often it is sent, also at the same time', async () => {
    const body = {
      item: 'disclosure',
      form: request,
      materials: await papers(t),
      idempotencyKey: randomUUID(),
    };
    const answers = await Promise.all([1, 2, 3, 4].map(() => t.call(contract.openMatter, { body })));
    expect(new Set(answers.map((answer) => ok(answer).number)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.code)).size).toBe(1);
    const other = await t.call(contract.openMatter, {
      body: { ...body, form: { ...request, title: '别的' } },
    });
    expect([other.status, fault(other).code]).toEqual([409, 'matters_key']);
  });

  test('numbers have no gaps, whoever comes at once and whatever is refused', async () => {
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) => {
        const wrong = await t.call(contract.openMatter, {
          body: { item: 'disclosure', form: {}, idempotencyKey: randomUUID() },
        });
        expect(fault(wrong).code).toBe('matters_form');
        await asked(t, { form: { title: `统计${n}` } });
      }),
    );
    const list = ok(await t.call(contract.listMatters, { query: {} }, officer));
    expect(list.matters.map(({ number }) => number).sort()).toEqual(
      [1, 2, 3, 4, 5].map((n) => `通知公开收〔2026〕${n}号`),
    );
  });

  test('says of every answer what is wrong, and which papers are missing', async () => {
    const answer = await t.call(contract.openMatter, {
      body: {
        item: 'disclosure',
        form: { ...request, kind: 'organisation', phone: 'x', strange: 1 },
        idempotencyKey: randomUUID(),
      },
    });
    expect(fault(answer).issues.map(({ path }) => path)).toEqual([
      '/body/form/strange',
      '/body/form/code',
      '/body/form/phone',
    ]);
    const bare = await t.call(contract.openMatter, {
      body: { item: 'disclosure', form: request, idempotencyKey: randomUUID() },
    });
    expect(fault(bare)).toMatchObject({
      code: 'matters_material',
      issues: [{ path: '/body/materials/identity' }],
    });
  });

  test('leaves out what is not asked, and asks what another answer makes necessary', async () => {
    const matter = await asked(t, { form: { code: '91990000000000000X' } });
    expect(matter.form.map(({ key }) => key)).not.toContain('code');
  });

  test.each([
    [
      'a file that nobody sent',
      { what: 'identity', file: '01900000-0000-7000-8000-000000000000' },
      400,
      'matters_file',
    ],
    ['a paper noted by a visitor', { what: 'identity', file: null }, 403, 'matters_on_paper'],
    ['a paper that is not asked for', { what: 'poem', file: null }, 400, 'matters_paper'],
  ])('refuses %s', async (_, paper, status, code) => {
    const answer = await t.call(contract.openMatter, {
      body: {
        item: 'disclosure',
        form: request,
        materials: [paper, ...(await papers(t))],
        idempotencyKey: randomUUID(),
      },
    });
    expect([answer.status, fault(answer).code]).toEqual([status, code]);
  });

  test('by a clerk for somebody at the counter: papers on paper, an earlier day, never a later one', async () => {
    const open = (on: string, headers?: Record<string, string>) =>
      t.call(
        contract.openMatter,
        {
          body: {
            item: 'disclosure',
            form: request,
            materials: [{ what: 'identity', file: null }],
            on,
            idempotencyKey: randomUUID(),
          },
        },
        headers,
      );
    const matter = ok(await open('2026-09-18', officer));
    expect(matter).toMatchObject({ openedOn: '2026-09-18', papers: [{ file: null }] });
    expect((await logOf(matter.number)).entries[0]).toMatchObject({ recorded: true, on: '2026-09-18' });
    // With the code that passed through the clerk's hands the clerk still only records what the applicant does.
    const withdrawn = ok(await act(t, matter, 'withdraw', officer, { code: matter.code! }));
    expect((await logOf(withdrawn.number)).entries[1]).toMatchObject({ recorded: true });
    // The office has the matter, and the applicant the code of the receipt.
    expect(ok(await read(matter.number, matter.code)).version).toBe(2);
    expect(fault(await open('2026-09-22', officer)).code).toBe('matters_future');
    expect(fault(await open('2026-09-18')).code).toBe('matters_past');
  });

  test('keeps the version under which it began', async () => {
    const early = await t.call(
      contract.openMatter,
      {
        body: {
          item: 'infringement',
          form: {
            ...request,
            ...{ respondent: '示例公司', respondentAddress: '南通市', patentNumber: 'CN201510958772.0' },
            ...{
              patentTitle: '一种装置',
              interest: 'holder',
              claim: '停止制造',
              facts: '事实',
              court: false,
            },
            ...{ title: undefined, delivery: undefined, form: undefined },
          },
          materials: ['request', 'identity', 'right', 'evidence'].map((what) => ({ what, file: null })),
          on: '2025-01-27',
          idempotencyKey: randomUUID(),
        },
      },
      officer,
    );
    expect(ok(early)).toMatchObject({ item: { from: '2021-06-01' }, openedOn: '2025-01-27' });
    const filed = ok(await act(t, early.body, 'file', officer, { on: '2025-02-10' }));
    expect(filed.clocks.map(({ limit }) => limit.basis.law.zh).join()).toContain('专利行政执法办法');
  });
});

describe('who sees a matter', () => {
  test('the applicant with the code or by account, the office, and nobody else', async () => {
    const mine = await t.as('firm-user', { username: 'applicant' });
    const matter = await asked(t, { headers: mine });
    const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
    for (const headers of [mine, officer, head])
      expect((await read(matter.number, null, headers)).status).toBe(200);
    expect((await read(matter.number, matter.code!.toLowerCase().replaceAll('-', ' '))).status).toBe(200);
    // Without account and code nobody learns anything, but how to go on.
    expect((await read(matter.number)).status).toBe(401);
    expect((await read('通知公开收〔2026〕999号')).status).toBe(401);
    for (const answer of [
      await read(matter.number, 'AAAA-BBBB-CCCC-DDDD'),
      await read(matter.number, null, other),
      await read('通知公开收〔2026〕999号', matter.code),
    ])
      expect([answer.status, fault(answer).code]).toEqual([404, 'matters_none']);
    expect(ok(await read(matter.number, null, officer)).code).toBeNull();
    const list = ok(await t.call(contract.myMatters, {}, mine));
    expect(list.matters.map(({ number }) => number)).toEqual([matter.number]);
  });

  test('codes cannot be tried without end', async () => {
    const { number } = await asked(t);
    const tries = [];
    for (let n = 0; n < 31; n += 1) tries.push((await read(number, `AAAA-${n}`)).status);
    expect(tries.at(0)).toBe(404);
    expect(tries.at(-1)).toBe(429);
  });

  test.each([
    ['通知公开收[2026]1号', '通知公开收〔2026〕1号'],
    ['通知公开收（２０２６） 001 号', '通知公开收〔2026〕1号'],
    ['通知公开收【2026】第12', '通知公开收〔2026〕12号'],
    ['nonsense', 'nonsense'],
  ])('a number typed as %s', (typed, printed) => {
    expect(contract.tidyNumber(typed)).toBe(printed);
  });

  test('a paper comes back as it was sent, to those who see the matter', async () => {
    const { number, code } = await asked(t);
    const get = (headers = {}) =>
      t.app.inject({ url: `/api/matters/${encodeURIComponent(number)}/papers/1`, headers });
    const answer = await get({ 'x-matter-code': code });
    expect(answer.body).toBe('身份证明');
    expect(answer.headers).toMatchObject({
      'content-disposition': expect.stringContaining('attachment'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect((await get(officer)).statusCode).toBe(200);
    expect((await get()).statusCode).toBe(401);

    // Struck out it is handed out to the office alone: it may be somebody else's.
    const params = { number, no: 1 };
    ok(await t.call(contract.strikePaper, { params, body: { version: 1, reason: '别人的证件' } }, officer));
    expect((await get({ 'x-matter-code': code })).statusCode).toBe(404);
    expect((await get(officer)).statusCode).toBe(200);
    expect(ok(await read(number, code)).papers[0]).toMatchObject({ file: null, struck: { by: '' } });
  });

  test('an applicant learns the office, not its officers', async () => {
    const mine = await t.as('firm-user');
    const matter = await asked(t, { headers: mine });
    const { officers } = ok(await t.call(contract.listMatters, { query: {} }, officer));
    const params = { number: matter.number };
    ok(await t.call(contract.assignMatter, { params, body: { version: 1, handler: officers[0]!.id } }, head));
    const shown = [
      (await read(matter.number, null, mine)).raw.body,
      (await t.call(contract.matterLog, { params }, mine)).raw.body,
      (await t.call(contract.myMatters, {}, mine)).raw.body,
      (await act(t, matter, 'withdraw', mine)).raw.body,
    ];
    expect(shown.join()).not.toMatch(/case-(officer|head)/);
  });

  test('whoever applied gives the matter to nobody, also as an officer of another office', async () => {
    const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
    const matter = await asked(t, { headers: other });
    const params = { number: matter.number };
    const body = { version: 1, handler: null };
    const answer = await t.call(contract.assignMatter, { params, body: { ...body, handler: 'x' } }, other);
    expect([answer.status, fault(answer).code]).toEqual([404, 'matters_none']);
  });
});

describe('a step', () => {
  test('is taken by those whose it is, and recorded by the office for others', async () => {
    const matter = await asked(t);
    const wrong = await act(t, matter, 'disclose', {}, { code: matter.code! });
    expect([wrong.status, fault(wrong).code]).toEqual([403, 'matters_not_yours']);
    const asking = ok(await act(t, matter, 'ask-third', officer));
    expect(asking.clocks.find(({ id }) => id === 'answer')!.due).toBeNull();
    expect(asking.next.find(({ id }) => id === 'third-answers')).toMatchObject({
      mine: true,
      recorded: true,
    });
    t.clock.set('2026-09-28T10:00:00+08:00');
    const heard = ok(await act(t, asking, 'third-answers', officer, { note: '同意公开' }));
    expect((await logOf(matter.number)).entries.map(({ recorded, state }) => [recorded, state?.zh])).toEqual([
      [false, '已收到，审查中'],
      [false, '征求第三方意见'],
      [true, '已收到，审查中'],
    ]);
    const more = await act(t, heard, 'extend', officer);
    expect(fault(more).code).toBe('matters_not_yours');
    const extended = ok(await act(t, heard, 'extend', head));
    expect(extended.clocks.find(({ id }) => id === 'answer')).toMatchObject({
      extensions: ['20WD'],
      late: false,
    });
    const done = ok(await act(t, extended, 'disclose', officer));
    expect(done).toMatchObject({ state: { zh: '已答复' }, endedOn: '2026-09-28', next: [] });
    expect(done.clocks.every(({ ended }) => ended !== null)).toBe(true);
  });

  test('of two at once one is taken, and the other is told who was first', async () => {
    const matter = await asked(t);
    const second = await t.as('case-officer', { ...OFFICE, username: 'second' });
    const answers = await Promise.all([
      act(t, matter, 'disclose', officer),
      act(t, matter, 'deny', second),
      act(t, matter, 'inform', officer),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const told = fault(answers.find(({ status }) => status === 409)!);
    expect(told.code).toBe('matters_changed');
    expect(told.message).toMatch(/^(case-officer|second) 已于 2026-09-21 09:00 先办理了/);
    expect((await logOf(matter.number)).entries).toHaveLength(2);
  });

  test('sent twice is taken once; the same key cannot mean something else', async () => {
    const matter = await asked(t);
    const key = { idempotencyKey: randomUUID() };
    const [one, two] = [
      ok(await act(t, matter, 'disclose', officer, key)),
      ok(await act(t, matter, 'disclose', officer, key)),
    ];
    expect(two).toEqual(one);
    expect(fault(await act(t, matter, 'deny', officer, key)).code).toBe('matters_key');
  });

  test('fits the procedure: state, order of days, days that have come', async () => {
    const matter = await asked(t);
    expect(fault(await act(t, matter, 'correct', {}, { code: matter.code! })).code).toBe('course_state');
    expect(fault(await act(t, matter, 'dance', officer)).code).toBe('course_action');
    expect(fault(await act(t, matter, 'disclose', officer, { on: '2026-09-20' })).code).toBe('course_order');
    expect(fault(await act(t, matter, 'disclose', officer, { on: '2026-09-22' })).code).toBe(
      'matters_future',
    );
    expect(ok(await read(matter.number, null, officer)).version).toBe(1);
  });

  test('an ability that is handed out can be used, and nothing else', async () => {
    const matter = await asked(t);
    for (const [headers, code] of [
      [officer, undefined],
      [head, undefined],
      [{}, matter.code!],
    ] as const) {
      const seen = ok(await read(matter.number, code, headers));
      const others = seen.next.filter(({ id }) => !seen.abilities.act.includes(id));
      for (const { id } of others) {
        const answer = await act(t, matter, id, headers, { ...(code && { code }) });
        expect([id, answer.status >= 400]).toEqual([id, true]);
      }
      expect(seen.abilities.act.length).toBeGreaterThan(0);
    }
  });
});

describe('the log', () => {
  test('is chained, append-only, and shows what was known', async () => {
    const matter = await asked(t);
    await act(t, matter, 'ask-correction', officer, { note: '请写明年度' });
    const { entries, intact } = await logOf(matter.number);
    expect(intact).toBe(true);
    expect(entries[0]!.dues.map(({ due }) => due)).toContain('2026-10-26');
    expect(entries[1]).toMatchObject({ note: '请写明年度', by: { name: 'case-officer' } });
    // The applicant reads the same, without the officer's name.
    const open = ok(
      await t.call(contract.matterLog, { params: { number: matter.number }, ...withCode(matter.code) }),
    );
    expect(open.entries[1]).toMatchObject({ note: '请写明年度', by: { name: '' } });
    const { pool } = t.platform.stores;
    await expect(pool.query("update matter_log set actor_name = 'x'")).rejects.toThrow('append-only');
    await expect(pool.query('delete from matter_log')).rejects.toThrow('append-only');
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });
  });

  test('holds no name of an applicant and no answer: they can be erased', async () => {
    const matter = await asked(t);
    const { rows } = await t.platform.stores.pool.query(
      'select row_to_json(l)::text as line from matter_log l',
    );
    expect(rows.map(({ line }) => line).join()).not.toMatch(/示例申请人|55500100/);
    await t.platform.stores.pool.query('delete from matter_answers');
    expect((await logOf(matter.number)).intact).toBe(true);
    expect(ok(await read(matter.number, null, officer)).form).toEqual([]);
  });

  test('says when answers or papers are not those of the log', async () => {
    const { pool } = t.platform.stores;
    const { number } = await asked(t);
    expect((await logOf(number)).intact).toBe(true);
    await pool.query(`update matter_answers set answers = answers || '{"title": "别的"}'`);
    expect((await logOf(number)).intact).toBe(false);
    await pool.query('delete from matter_answers');
    expect((await logOf(number)).intact).toBe(true);
    await pool.query('delete from matter_paper');
    expect((await logOf(number)).intact).toBe(false);
  });

  test('a wrong paper is struck out with its trace', async () => {
    const matter = await asked(t);
    const strike = (no: number, version: number) =>
      t.call(
        contract.strikePaper,
        { params: { number: matter.number, no }, body: { version, reason: '传错了' } },
        officer,
      );
    const struck = ok(await strike(1, 1));
    expect(struck.papers.map((paper) => paper.struck?.reason)).toEqual(['传错了']);
    expect(fault(await strike(1, 2)).code).toBe('matters_struck');
    expect((await logOf(matter.number)).entries.at(-1)).toMatchObject({ kind: 'struck', paper: 1 });
  });

  test('says who has the matter', async () => {
    const matter = await asked(t);
    const { officers } = ok(await t.call(contract.listMatters, { query: {} }, officer));
    const assign = (handler: string | null, version: number) =>
      t.call(
        contract.assignMatter,
        { params: { number: matter.number }, body: { version, handler, note: '请接办' } },
        head,
      );
    const given = ok(await assign(officers[0]!.id, 1));
    expect(given.handler?.name).toBe('case-officer');
    expect(fault(await assign('nobody', 2)).code).toBe('matters_officer');
    const counts = ok(await t.call(contract.listMatters, { query: { view: 'mine' } }, officer)).counts;
    expect(counts).toMatchObject({ open: 1, mine: 1, unassigned: 0 });
    expect((await logOf(matter.number)).entries.at(-1)).toMatchObject({
      ...{ kind: 'assigned', handler: 'case-officer', note: '请接办' },
    });
  });
});
