import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, fault, type Headers, type Matter, matterPlatform, OFFICE, ok, withCode } from './helpers.ts';

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

/** A subsidy for a registered right, handed in at the counter on paper. */
const subsidy = async (name: string, registrationNumber: string, by = officer): Promise<Matter> =>
  ok(
    await t.call(
      contract.openMatter,
      {
        body: {
          item: 'subsidy',
          form: {
            ...{ kind: 'person', name, phone: '0513-55500100', programme: '示例资助项目' },
            ...{ rightKind: 'trade-mark', registrationNumber },
          },
          materials: ['application', 'identity', 'certificate'].map((what) => ({ what, file: null })),
          idempotencyKey: randomUUID(),
        },
      },
      by,
    ),
  );
const look = async (number: string, by: Headers) =>
  ok(await t.call(contract.getMatter, { params: { number } }, by));

test('the office sees which other matters are about the same right, however its number was typed, and the applicant does not', async () => {
  const first = await subsidy('示例申请人甲', '第 12345 号ＡＢ');
  expect(first.alike).toMatchObject({ by: [{ value: '第 12345 号AB' }], matters: [] });
  const second = await subsidy('示例申请人乙', '第12345号ab');
  await subsidy('示例申请人丙', '第54321号');
  expect(second.alike.matters.map(({ number, name }) => [number, name])).toEqual([
    [first.number, '示例申请人甲'],
  ]);
  const again = await look(first.number, head);
  expect(again.alike.matters.map(({ number }) => number)).toEqual([second.number]);
  const own = { params: { number: first.number }, ...withCode(first.code!) };
  expect(ok(await t.call(contract.getMatter, own)).alike).toEqual({ by: [], matters: [], more: false });
});

test('whoever was recused from the other matter does not learn of it here either', async () => {
  const first = await subsidy('示例申请人甲', '第12345号');
  const second = await subsidy('示例申请人乙', '第12345号');
  const { officers, version } = await look(first.number, head);
  // Officers are those to whom a matter can be given; heads are not among them.
  const { id } = officers[0]!;
  const decided = await t.call(
    contract.decideRecusal,
    {
      params: { number: first.number },
      body: { version, account: id, asked: 'self', recused: true, reason: '与申请人有利害关系' },
    },
    head,
  );
  ok(decided);
  expect((await look(second.number, officer)).alike.matters).toEqual([]);
  expect((await look(second.number, head)).alike.matters).toHaveLength(1);
});

test('a warning of a risk abroad goes out without any name, and needs a consent in writing where none was given', async () => {
  const body = (shareWarning: boolean) => ({
    item: 'rights-aid-abroad',
    form: {
      ...{ kind: 'person', name: '李示例', phone: '0513-55500100', address: '南通市示例路1号' },
      ...{ country: '示例国', position: 'accused', stage: 'none', subject: '展会被诉', shareWarning },
      ...{ facts: '示例事实', opponent: '示例对手科技有限公司' },
    },
    materials: ['identity', 'evidence'].map((what) => ({ what, file: null })),
    idempotencyKey: randomUUID(),
  });
  const warning = [
    {
      what: 'warning',
      file: null,
      text: '李示例在示例国展会上被示例对手科技有限公司起诉。',
      to: '本市出口企业',
    },
  ];
  const opened = async (yes: boolean) =>
    ok(await act(t, ok(await t.call(contract.openMatter, { body: body(yes) }, officer)), 'accept', officer));

  const without = await act(t, await opened(false), 'draft-warning', officer, { papers: warning });
  expect(fault(without).code).toBe('matters_material');
  const drafted = ok(await act(t, await opened(true), 'draft-warning', officer, { papers: warning }));
  const params = { number: drafted.number };
  const { proposal } = ok(await t.call(contract.getPublication, { params, query: {} }, officer));
  expect(proposal!.body).toContain('李某在示例国展会上被某单位起诉。');
  expect(proposal!.summary).toContain('申请人：李某');
  const { paper, title, summary, body: text } = proposal!;
  const prepared = ok(
    await t.call(
      contract.preparePublication,
      { params, body: { version: drafted.version, paper, title, summary, body: text, ends: null } },
      officer,
    ),
  );
  expect(ok(await act(t, prepared, 'share-warning', head)).publication).toMatchObject({ state: 'public' });
  const listed = ok(await t.call(contract.listPublications, { query: { q: '' } }));
  expect(listed.publications.map(({ item }) => item.id)).toEqual(['rights-aid-abroad']);
});

test('the public notice of a subsidy comes down when it ends, and what the applicant writes with a withdrawal stays inside', async () => {
  const published = async () => {
    let matter = ok(await act(t, await subsidy('李示例', '第1号'), 'check-clean', officer));
    const notice = [{ what: 'public', file: null }];
    matter = ok(await act(t, matter, 'propose', officer, { papers: notice }));
    const params = { number: matter.number };
    const { proposal } = ok(await t.call(contract.getPublication, { params, query: {} }, officer));
    const text = { title: '拟资助名单公示', summary: '申请人：李示例', body: '拟资助李示例，公示期见附件。' };
    const said = { version: matter.version, paper: proposal!.paper, ...text, ends: null };
    matter = ok(await t.call(contract.preparePublication, { params, body: said }, officer));
    return ok(await act(t, matter, 'publish', head));
  };
  const first = await published();
  expect(first.publication).toMatchObject({ state: 'public', ends: ['end-notice', 'recheck'] });
  const { id } = first.publication!;
  ok(await act(t, first, 'end-notice', officer));
  const read = async (one: string) =>
    ok(await t.call(contract.readPublication, { params: { id: one } })) as { down?: { reason: string } };
  expect((await read(id!)).down?.reason).toBe('公示期满，没有未处理的异议');

  const second = await published();
  ok(await act(t, second, 'withdraw', officer, { note: '家里有事，电话13912345678' }));
  expect((await read(second.publication!.id!)).down?.reason).toBe('撤回申请或者放弃资助');
});
