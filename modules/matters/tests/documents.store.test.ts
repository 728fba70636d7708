import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readZip } from '#kernel/office/zip';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, fault, type Headers, type Matter, matterPlatform, OFFICE, ok } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  officer = await t.as('case-officer', OFFICE);
});

const TEXT = '你提交的申请内容不明确，请补正：\n一、写明地区范围；<script>\n\n二、写明年度。';

const correction = (matter: Matter, more: object = {}) =>
  act(t, matter, 'ask-correction', officer, {
    papers: [{ what: 'correction-notice', file: null, text: TEXT }],
    ...more,
  });
const bytesOf = async (number: string, no: number) =>
  (
    await t.app.inject({
      url: `/api/matters/${encodeURIComponent(number)}/papers/${no}`,
      headers: officer,
    })
  ).rawPayload;
const verify = (code: string) => t.call(contract.verifyDocument, { params: { code } });

test('is made with a number, a code and a Word file, in the step itself', async () => {
  const matter = ok(await correction(await asked(t)));
  const notice = matter.papers.at(-1)!;
  expect(notice).toMatchObject({
    ...{ no: 2, title: { zh: '补正告知书' }, number: '通知公开补〔2026〕1号' },
    file: { name: '补正告知书 通知公开补〔2026〕1号.docx' },
  });
  const bytes = await bytesOf(matter.number, 2);
  const word = (await readZip(bytes)).get('word/document.xml')!.toString('utf8');
  const lines = [...word.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([p]) =>
    [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map((m) => m[1]).join(''),
  );
  expect(lines).toEqual([
    ...['南通市市场监督管理局', '补正告知书', '通知公开补〔2026〕1号', '示例申请人：'],
    ...['你提交的申请内容不明确，请补正：', '一、写明地区范围；&lt;script&gt;', '二、写明年度。'],
    ...['南通市市场监督管理局', '（印章）', '2026年9月21日'],
  ]);
  const foot = [...(await readZip(bytes))]
    .find(([path]) => /^word\/footer\d+\.xml$/.test(path))![1]
    .toString('utf8');
  expect(foot).toContain(notice.code!);
});

test('anybody verifies it by its code, until it is struck out', async () => {
  const matter = ok(await correction(await asked(t)));
  const { code, file } = matter.papers.at(-1)!;
  const known = ok(await verify(` ${code!.toLowerCase()} `));
  expect(known).toEqual({
    number: '通知公开补〔2026〕1号',
    title: { zh: '补正告知书', en: 'Notice to correct' },
    office: expect.objectContaining({ zh: '南通市市场监督管理局' }),
    ...{ on: '2026-09-21', sha256: file!.sha256, pdf: null, struck: false },
  });
  const params = { number: matter.number, no: 2 };
  ok(await t.call(contract.strikePaper, { params, body: { version: 2, reason: '文字有误' } }, officer));
  expect(ok(await verify(code!)).struck).toBe(true);
  expect(fault(await verify('AAAA-BBBB')).code).toBe('matters_verify');
});

test('is written to whom the officer says, and bears the day of its making', async () => {
  const matter = await asked(t);
  const seen = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
  // A question to a third party does not begin with who asked.
  expect(seen.next.find(({ id }) => id === 'ask-third')!.papers).toMatchObject([{ makes: true, to: '' }]);
  const papers = [{ what: 'third-question', file: null, text: '请提出意见。', to: '示例第三方' }];
  const asking = ok(await act(t, matter, 'ask-third', officer, { papers }));
  const word = (await readZip(await bytesOf(matter.number, 2))).get('word/document.xml')!.toString('utf8');
  expect(word).toContain('示例第三方');
  expect(word).not.toContain('示例申请人');
  t.clock.set('2026-09-23T09:00:00+08:00');
  const late = await act(
    t,
    ok(await act(t, asking, 'third-answers', officer, { on: '2026-09-22' })),
    'extend',
    officer,
  );
  expect(late.status).toBe(403);
  const back = await correction(await asked(t), { on: '2026-09-23' });
  expect(back.status).toBe(200);
  const old = await asked(t, { headers: officer, on: '2026-09-21' });
  const answer = await correction(old, { on: '2026-09-22' });
  expect([answer.status, fault(answer).code]).toEqual([400, 'matters_made_today']);
});

test('numbers have no gaps: a refused step takes none, a repeated one only one', async () => {
  const [one, two] = [await asked(t), await asked(t)];
  expect((await correction(one, { on: '2026-09-22' })).status).toBe(400);
  const key = { idempotencyKey: randomUUID() };
  const papers = [ok(await correction(one, key)), ok(await correction(one, key))].map(
    (m) => m.papers.at(-1)!,
  );
  expect(papers[0]).toEqual(papers[1]);
  const next = ok(await correction(two));
  expect(next.papers.at(-1)!.number).toBe('通知公开补〔2026〕2号');
});

test.each([
  ['by somebody else than the office', 'withdraw', true],
  ['of a kind that belongs to another step', 'ask-third', false],
])('is not made %s', async (_, action, visitor) => {
  const matter = await asked(t);
  const answer = await act(t, matter, action, visitor ? {} : officer, {
    papers: [{ what: 'correction-notice', file: null, text: TEXT }],
    ...(visitor && { code: matter.code! }),
  });
  expect([answer.status, fault(answer).code]).toEqual([400, 'matters_paper']);
});

test('two officers at once make one document', async () => {
  const matter = await asked(t);
  const answers = await Promise.all([correction(matter), correction(matter), correction(matter)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const { rows } = await t.platform.stores.pool.query(
    'select number from matter_paper where number is not null',
  );
  expect(rows).toEqual([{ number: '通知公开补〔2026〕1号' }]);
});
