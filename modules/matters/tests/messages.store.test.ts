import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { readZip } from '#kernel/office/zip';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { messageHash, SIDES_MESSAGES } from '../server/matters/correspondence.ts';
import { withMatters } from '../server/matters/tables.ts';
import {
  act,
  asked,
  fault,
  type Headers,
  type Matter,
  matterPlatform,
  OFFICE,
  ok,
  withCode,
} from './helpers.ts';

/** Advice for which the vault keeps who asks. */
function secretive(pack: CityPack): CityPack {
  const item = structuredClone(pack.items.find(({ id }) => id === 'consultation')!);
  const form = { ...item.form, secret: ['name', 'phone', 'email'] };
  return { ...pack, items: [...pack.items.filter(({ id }) => id !== item.id), { ...item, form }] };
}

let t: TestPlatform;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform('2026-09-21T09:00:00+08:00', secretive);
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
});

type Writing = Partial<(typeof contract.writeMessage)['body']['_zod']['input']> & {
  code?: string | null;
  headers?: Headers;
};
const write = (
  { number, version }: Pick<Matter, 'number' | 'version'>,
  text: string,
  { code, headers = {}, ...more }: Writing,
) =>
  t.call(
    contract.writeMessage,
    {
      params: { number },
      ...withCode(code),
      body: { version, idempotencyKey: randomUUID(), text, ...more },
    },
    headers,
  );
const look = async (number: string, code: string | null, headers: Headers = {}) =>
  ok(await t.call(contract.getMatter, { params: { number }, ...withCode(code) }, headers));
const logOf = async (number: string, code: string | null, headers: Headers = {}) =>
  ok(await t.call(contract.matterLog, { params: { number }, ...withCode(code) }, headers));
const desk = async (view: 'open' | 'messages' = 'open') =>
  ok(await t.call(contract.listMatters, { query: { view } }, officer));
/** Who was told of messages, and of what. */
const told = async () =>
  (
    await t.platform.stores.pool.query<{ username: string; title: string; body: string }>(
      `select u.username, n.title_zh as title, n.body_zh as body from notification n join auth."user" u on u.id = n.user_id
        where n.kind = 'matters.message' order by n.id`,
    )
  ).rows;
/** Lets a third party in. */
async function admitted(matter: Matter, name = '示例第三方') {
  const role = matter.admits.find(({ id }) => id !== 'applicant')?.id ?? 'third';
  return ok(
    await t.call(
      contract.admitParty,
      {
        params: { number: matter.number },
        body: { version: matter.version, role, name, reason: '征求意见' },
      },
      officer,
    ),
  );
}

test('a party asks, the mark stays until the office has answered, and each hears of it', async () => {
  const citizen = await t.as('firm-user', { username: 'citizen' });
  const matter = await asked(t, { headers: citizen });
  const { number } = matter;
  const asking = ok(await write(matter, '请问何时答复？', { headers: citizen }));
  expect(asking.messages).toMatchObject([
    { office: false, party: { no: 1, name: '示例申请人' }, by: '', text: '请问何时答复？', waits: true },
  ]);
  expect((await desk()).matters[0]).toMatchObject({ number, askedOn: '2026-09-21' });
  expect((await desk('messages')).matters.map((row) => row.number)).toEqual([number]);
  t.clock.set('2026-09-22T10:00:00+08:00');
  const seen = await look(number, null, officer);
  const answered = ok(await write(seen, '十月十九日以前。', { headers: officer }));
  expect(answered.messages.map(({ office, by, waits }) => [office, by, waits])).toEqual([
    [false, '', false],
    [true, 'case-officer', false],
  ]);
  expect((await desk()).counts.messages).toBe(0);
  // In order with day and time, and without the officer’s name.
  const own = await look(number, null, citizen);
  expect(own.messages.map(({ at, by, text }) => [at, by, text])).toEqual([
    ['2026-09-21T01:00:00.000Z', '', '请问何时答复？'],
    ['2026-09-22T02:00:00.000Z', '', '十月十九日以前。'],
  ]);
  const messages = await told();
  expect(messages.map(({ username, title }) => [username, title])).toEqual([
    ['case-officer', '当事人来信，请回复'],
    ['citizen', '承办机构给您写了消息'],
  ]);
  expect(JSON.stringify(messages)).not.toContain('十月十九日');
  // What was written stands beside the log, which holds its hash.
  const { entries, intact } = await logOf(number, null, citizen);
  expect([intact, entries.slice(-2).map(({ kind, note }) => [kind, note])]).toEqual([
    true,
    [
      ['message', ''],
      ['message', ''],
    ],
  ]);
});

test('is written once however often it is sent, and never over what was not seen', async () => {
  const matter = await asked(t);
  const idempotencyKey = randomUUID();
  const send = (text = '补充说明', version = matter.version) =>
    write({ number: matter.number, version }, text, { code: matter.code, idempotencyKey });
  const first = ok(await send());
  expect(ok(await send()).version).toBe(first.version);
  expect(fault(await send('别的内容')).code).toBe('matters_key');
  // The officer looked at what was before the message: an answer to it is not meant.
  const answer = await write(matter, '已收到申请', { headers: officer });
  expect(fault(answer).code).toBe('matters_changed');
  expect((await desk()).counts.messages).toBe(1);
  for (const text of ['', '  ', '长'.repeat(2001)])
    expect((await write(first, text, { code: matter.code })).status).toBe(400);
  expect(ok(await write(first, '长'.repeat(2000), { code: matter.code })).messages).toHaveLength(2);
});

test('is seen by the side whose it is and the office, by nobody else', async () => {
  const opened = await asked(t);
  const { matter, code } = await admitted(await look(opened.number, null, officer));
  const { number } = matter;
  const first = ok(await write(matter, '申请人的话', { code: opened.code }));
  const second = ok(await write(first, '第三方的话', { code }));
  expect(second.messages.map(({ text }) => text)).toEqual(['第三方的话']);
  expect((await logOf(number, code)).entries.filter(({ kind }) => kind === 'message')).toHaveLength(1);
  const all = await look(number, null, officer);
  expect(all.messages.map(({ text, waits }) => [text, waits])).toEqual([
    ['申请人的话', true],
    ['第三方的话', true],
  ]);
  // An answer to one leaves the other waiting.
  const one = ok(await write(all, '致第三方', { headers: officer, to: 2 }));
  expect(one.messages.map(({ waits }) => waits)).toEqual([true, false, false]);
  expect((await desk()).counts.messages).toBe(1);
  expect((await look(number, opened.code)).messages.map(({ text }) => text)).toEqual(['申请人的话']);
  // Strangers, another office, and heads, who do not write.
  const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
  const head = await t.as('case-head', OFFICE);
  expect(fault(await write(one, '谁？', { code: 'ABCD-ABCD-ABCD-ABCD' })).code).toBe('matters_none');
  expect(fault(await write(one, '谁？', { headers: other })).code).toBe('matters_none');
  expect(fault(await write(one, '好', { headers: head })).code).toBe('matters_not_yours');
  expect((await look(number, null, head)).abilities.write).toBe(false);
  expect(fault(await write(one, '在吗', { headers: officer, to: 3 })).code).toBe('matters_party');
});

test('an officer who was recused neither reads nor hears of it', async () => {
  const second = await t.as('case-officer', { ...OFFICE, username: 'second' });
  const head = await t.as('case-head', OFFICE);
  const matter = await asked(t);
  const { id } = (await t.platform.auth.findAccountByUsername('second'))!;
  const body = { version: 1, account: id, asked: 'self', recused: true, reason: '近亲属' } as const;
  const recused = ok(await t.call(contract.decideRecusal, { params: { number: matter.number }, body }, head));
  const asking = ok(await write(recused, '请问进度', { code: matter.code }));
  expect((await told()).map(({ username }) => username)).toEqual(['case-officer']);
  expect(fault(await write(asking, '我来答', { headers: second })).code).toBe('matters_none');
});

test('nobody waits for an answer who has left the matter', async () => {
  const opened = await asked(t);
  const { matter, code } = await admitted(await look(opened.number, null, officer));
  const asking = ok(await write(matter, '有一个问题', { code }));
  expect((await desk()).counts.messages).toBe(1);
  const params = { number: matter.number, no: 2 };
  const body = { version: asking.version, reason: '误加' };
  const left = ok(await t.call(contract.dismissParty, { params, body }, officer));
  expect(left.messages).toMatchObject([{ text: '有一个问题', waits: false }]);
  expect((await desk()).counts.messages).toBe(0);
  expect(fault(await write(left, '还在吗', { code })).code).toBe('matters_none');
});

test('is answered also after the matter has ended', async () => {
  const matter = await asked(t);
  const ended = ok(await act(t, matter, 'disclose', officer));
  ok(await write(ended, '没有收到答复书', { code: matter.code }));
  expect((await desk('messages')).matters).toMatchObject([{ number: matter.number, askedOn: '2026-09-21' }]);
  expect((await desk()).counts).toMatchObject({ open: 0, messages: 1, ended: 1 });
});

test('fills no log without end', async () => {
  const matter = await asked(t);
  const { id } = await withMatters(t.platform.records)
    .selectFrom('matter')
    .select('id')
    .where('number', '=', matter.number)
    .executeTakeFirstOrThrow();
  // As if so many had been written: each call would take its time.
  await t.platform.stores.pool.query(
    `insert into matter_log (matter, seq, kind, at, role, actor_kind, actor_name, content, prev_hash, hash)
     select $1, n, 'message', now(), 'applicant', 'anonymous', '', '{"note":"","papers":[],"dues":[],"party":1}', '', n::text
       from generate_series(2, $2) n`,
    [id, SIDES_MESSAGES],
  );
  await t.platform.stores.pool.query('update matter set version = $2 where id = $1', [id, SIDES_MESSAGES]);
  const last = ok(await write({ ...matter, version: SIDES_MESSAGES }, '最后一条', { code: matter.code }));
  expect(fault(await write(last, '再一条', { code: matter.code })).code).toBe('matters_messages');
  // The office is not held to it.
  expect(ok(await write(last, '请来电', { headers: officer })).messages.at(-1)!.office).toBe(true);
});

test('can be erased without breaking the log, and not be altered; the dossier holds what is left', async () => {
  const matter = await asked(t);
  const first = ok(await write(matter, '好的', { code: matter.code }));
  ok(await write(first, '谢谢', { code: matter.code }));
  const { pool } = t.platform.stores;
  await pool.query("delete from matter_message where text = '好的'");
  const seen = await look(matter.number, null, officer);
  expect(seen.messages.map(({ text, waits }) => [text, waits])).toEqual([
    [null, true],
    ['谢谢', true],
  ]);
  expect((await logOf(matter.number, null, officer)).intact).toBe(true);
  const url = `/api/matters/${encodeURIComponent(matter.number)}/dossier`;
  const files = await readZip((await t.app.inject({ url, headers: officer })).rawPayload);
  const read = (name: string) => JSON.parse(Buffer.from(files.get(name)!).toString());
  const kept = read('messages.json');
  expect(kept).toMatchObject([{ seq: 3, party: 1, fromOffice: false, text: '谢谢' }]);
  expect(read('manifest.json').log[2].content.words).toBe(messageHash(kept[0]));
  await pool.query("update matter_message set text = '不谢'");
  expect((await logOf(matter.number, null, officer)).intact).toBe(false);
});

test('names no account where identities are sealed', async () => {
  const account = await t.as('firm-user', { username: 'reporter' });
  const form = {
    name: '示例举报人',
    reply: 'call',
    phone: '0513-55500100',
    subject: '线索',
    details: '情况',
  };
  const body = { item: 'consultation', form, materials: [], idempotencyKey: randomUUID() };
  const matter = ok(await t.call(contract.openMatter, { body }, account));
  const sent = { code: matter.code, idempotencyKey: randomUUID() };
  const asking = ok(await write(matter, '有进展吗？', { ...sent, headers: account }));
  // Sent again after the session ended: the same message.
  expect(ok(await write(matter, '有进展吗？', sent)).version).toBe(asking.version);
  const seen = await look(matter.number, null, officer);
  ok(await write(seen, '正在核实', { headers: officer }));
  expect((await look(matter.number, matter.code)).messages).toHaveLength(2);
  const { rows } = await t.platform.stores.pool.query<{ text: string }>(
    `select l::text as text from matter_log l union all select m::text from matter_message m
      union all select a::text from audit_log a where a.action = 'matters.message' and a.detail->>'seq' = '2'`,
  );
  const { id } = (await t.platform.auth.findAccountByUsername('reporter'))!;
  expect(rows).not.toHaveLength(0);
  expect(rows.filter(({ text }) => text.includes(id) || text.includes('reporter'))).toEqual([]);
  expect((await told()).map(({ username }) => username)).toEqual(['case-officer']);
});
