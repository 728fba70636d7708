import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { system } from '#kernel/policy/policy';
import { browser, type TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, fault, type Headers, type Matter, matterPlatform, OFFICE, ok } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
let head: Headers;
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

const DECISION = [
  '当事人：李示例，男，身份证号320602199001010014，住址：江苏省南通市崇川区示例路1号。',
  '当事人李示例在没有专利权的产品上标注专利标识，联系电话13912345678。',
  '决定没收违法所得，并处罚款30000元。',
];

/** A case of a counterfeit patent in which a penalty was decided. */
async function decided(): Promise<Matter> {
  const opened = ok(
    await t.call(
      contract.openMatter,
      {
        body: {
          item: 'counterfeit',
          form: {
            ...{ respondent: '李示例', subject: '在产品上标注不存在的专利号', act: 'marking' },
            ...{ place: '南通市崇川区', source: 'inspection', facts: '现场检查发现' },
          },
          idempotencyKey: randomUUID(),
        },
      },
      officer,
    ),
  );
  let matter = opened;
  for (const step of ['discover', 'file', 'notify', 'heard'])
    matter = ok(await act(t, matter, step, officer));
  const penalty = [{ what: 'penalty', file: null, text: DECISION.join('\n'), to: '李示例' }];
  return ok(await act(t, matter, 'decide', head, { papers: penalty }));
}

const look = (number: string, headers = officer, paper?: number) =>
  t.call(
    contract.getPublication,
    { params: { number }, query: paper === undefined ? {} : { paper } },
    headers,
  );
const prepare = (matter: Pick<Matter, 'number' | 'version'>, body: object = {}, headers = officer) =>
  t.call(
    contract.preparePublication,
    {
      params: { number: matter.number },
      body: {
        ...{ version: matter.version, paper: 1, title: '行政处罚决定书', summary: '当事人：李某' },
        ...{ body: '决定没收违法所得。', ends: 'penalty-publish-end' },
        ...body,
      },
    },
    headers,
  );
const end = (matter: Pick<Matter, 'number' | 'version'>, reason: string, headers = head) =>
  t.call(
    contract.endPublication,
    { params: { number: matter.number }, body: { version: matter.version, reason } },
    headers,
  );
const listed = async (q = '') => ok(await t.call(contract.listPublications, { query: { q } }));
const read = async (id: string) => ok(await t.call(contract.readPublication, { params: { id } }));
const log = async (number: string) => ok(await t.call(contract.matterLog, { params: { number } }, officer));

test('a decision is masked by rule, reviewed by the head, public, and over when its time is', async () => {
  const matter = await decided();
  expect(matter.publication).toMatchObject({ id: null, state: null });
  const seen = ok(await look(matter.number));
  const { original, body, masked, summary } = seen.proposal!;
  expect(original).toContain('李示例');
  expect(body).toContain('李某，男，身份证号320602×××，住址：江苏省南通市崇川区***');
  for (const text of [body, summary]) expect(text).not.toMatch(/李示例|13912345678|示例路/);
  expect(new Set(masked.map(({ rule }) => rule))).toEqual(
    new Set(['person', 'resident-id', 'home', 'phone']),
  );
  expect(seen.ends.map(({ id }) => id)).toEqual(['penalty-publish-end', 'penalty-publish-end-light']);

  // What an officer leaves in it, the head is shown.
  const blank = fault(await prepare(matter, { summary, body }));
  expect(blank).toMatchObject({ code: 'matters_publication_blank', params: { name: '违法行为类型' } });
  const full = summary.replace('类型：', '类型：假冒专利').replace('内容：', '内容：罚款30000元');
  const left = `${body}\n联系电话13912345678`;
  const prepared = ok(
    await prepare(matter, { summary: full, body: left, ends: 'penalty-publish-end-light' }),
  );
  expect(ok(await look(matter.number, head)).current).toMatchObject({
    state: 'prepared',
    left: [{ rule: 'phone', was: '13912345678' }],
  });
  expect((await listed()).total).toBe(0);
  const back = ok(await end(prepared, '请删除电话'));
  expect(ok(await look(matter.number)).current).toMatchObject({ state: 'returned', reason: '请删除电话' });
  const again = ok(await prepare(back, { summary: full, body, ends: 'penalty-publish-end-light' }));

  const shown = ok(await act(t, again, 'publish', head));
  expect(shown.publication).toMatchObject({ state: 'public', on: '2026-09-21', until: '2026-12-21' });
  const { publications, total } = await listed('李某');
  expect(total).toBe(1);
  const { id } = publications[0]!;
  expect(await read(id)).toMatchObject({ state: 'public', shown: { body, until: '2026-12-21' } });
  t.clock.set('2026-12-21T23:00:00+08:00');
  expect((await listed()).total).toBe(1);
  t.clock.set('2026-12-22T00:10:00+08:00');
  expect((await listed()).total).toBe(0);
  expect(await read(id)).toEqual({ state: 'over', shown: null, down: null, replacedBy: null });

  const { entries, intact } = await log(matter.number);
  expect(intact).toBe(true);
  expect(entries.slice(-4).map(({ kind }) => kind)).toEqual(['prepared', 'sent-back', 'prepared', 'step']);
  await t.platform.stores.pool.query(
    "update matter_publication set body = '别的' where released is not null",
  );
  expect((await log(matter.number)).intact).toBe(false);
});

test('a correction takes the place of what was public, and a withdrawal tells only day and reason', async () => {
  const matter = await decided();
  const early = await act(t, matter, 'correct-publication', head);
  expect(fault(early).code).toBe('course_needs');
  const first = ok(await act(t, ok(await prepare(matter)), 'publish', head));
  const old = first.publication!.id!;
  const corrected = ok(await prepare(first, { body: '决定没收违法所得，并处罚款。' }));
  // Until the correction is released the first one stands.
  expect((await read(old)).state).toBe('public');
  const second = ok(await act(t, corrected, 'correct-publication', head));
  const { id } = second.publication!;
  expect(await read(old)).toMatchObject({ state: 'replaced', shown: null, replacedBy: id });
  expect((await listed()).publications.map((one) => one.id)).toEqual([id]);

  const revoked = ok(await act(t, second, 'revoke', officer));
  t.clock.set('2026-09-23T09:00:00+08:00');
  ok(await act(t, revoked, 'withdraw', officer, { note: '处罚决定被人民法院撤销' }));
  expect(await read(id!)).toEqual({
    ...{ state: 'down', shown: null, replacedBy: null },
    down: { on: '2026-09-23', reason: '处罚决定被人民法院撤销' },
  });
  expect((await listed()).total).toBe(0);
});

test('who prepared it does not release it, nothing is released for another day, and only what the item lets be published', async () => {
  const matter = await decided();
  const grants = ['case-officer', 'case-head'].map((role) => ({ role, ...OFFICE, region: null }));
  const { auth } = t.platform;
  const { id } = await auth.createAccount({ actor: system }, { username: 'both', name: 'both', grants });
  const both = { ...browser, cookie: await auth.openSession(id) };
  expect((await prepare(matter, {}, head)).status).toBe(403);
  expect(fault(await prepare(matter, { paper: 7 })).code).toBe('matters_paper');
  expect(fault(await prepare(matter, { ends: null })).code).toBe('matters_publication_ends');
  expect(fault(await end(matter, '没有')).code).toBe('matters_publication_none');
  const prepared = ok(await prepare(matter, {}, both));
  // The answer got lost and it is pressed again.
  expect(ok(await prepare(matter, {}, both)).version).toBe(prepared.version);
  expect(fault(await act(t, prepared, 'publish', both)).code).toBe('matters_publication_own');
  t.clock.set('2026-09-22T09:00:00+08:00');
  const late = await act(t, prepared, 'publish', head, { on: '2026-09-21' });
  expect(fault(late).code).toBe('matters_publication_today');
  const down = ok(await end(ok(await act(t, prepared, 'publish', head)), '信息不准确'));
  expect(await read(down.publication!.id!)).toMatchObject({ state: 'down', down: { reason: '信息不准确' } });

  const other = await asked(t);
  expect(fault(await look(other.number)).code).toBe('matters_none');
  expect(fault(await prepare(other)).code).toBe('matters_none');
  const elsewhere = await t.as('case-officer', { organisation: 'ip-bureau', username: 'elsewhere' });
  expect(fault(await look(matter.number, elsewhere)).code).toBe('matters_none');
});

test('what was published elsewhere is recorded with the step alone', async () => {
  const shown = ok(await act(t, await decided(), 'publish', head));
  expect(shown.publication).toMatchObject({ state: null });
  expect((await listed()).total).toBe(0);
});
