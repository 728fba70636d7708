import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { browser, type TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, fault, type Headers, matterPlatform, OFFICE, ok, sent, withCode } from './helpers.ts';

type Editable<T> = T extends object ? { -readonly [K in keyof T]: Editable<T[K]> } : T;
const editable = <T>(of: T) => structuredClone(of) as Editable<T>;

/** Advice that may be asked for without a name, beside which the same question is asked of a second item. */
function secretive(pack: CityPack): CityPack {
  const asked = editable(pack.items.find(({ id }) => id === 'consultation')!);
  const { schema } = asked.form;
  schema.required = ['subject', 'reply', 'phone', 'email'];
  asked.form.secret = ['name', 'phone', 'email'];
  asked.form.also = [{ item: 'second', if: 'details == "both"' }];
  const second = editable(asked);
  Object.assign(second, { id: 'second', mark: '通知另收' });
  second.form.also = [];
  return { ...pack, items: [...pack.items.filter(({ id }) => id !== asked.id), asked, second] };
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
  officer = await t.as('case-officer', OFFICE);
});

const answers = {
  ...{ name: '示例举报人', reply: 'call', phone: '0513-55500100', subject: '一条线索', details: '情况' },
};
const open = (form: object = answers, headers: Headers = {}, key = randomUUID(), file?: string) =>
  t.call(
    contract.openMatter,
    {
      body: {
        ...{ item: 'consultation', form: { ...form }, idempotencyKey: key },
        materials: file ? [{ what: 'paper', file }] : [],
      },
    },
    headers,
  );
const unseal = (number: string, version: number, reason = '核实举报线索', headers = officer) =>
  t.call(contract.unsealMatter, { params: { number }, body: { version, reason } }, headers);

/** Everything that the record store holds, as a dump would. */
async function dump(): Promise<string> {
  const { pool } = t.platform.stores;
  const { rows } = await pool.query<{ name: string }>(
    "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema in ('public', 'auth') and table_type = 'BASE TABLE'",
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => JSON.stringify((await pool.query(`select * from ${name}`)).rows)),
  );
  return texts.join('\n');
}

test('who reports lies nowhere in the record store, not even as an account', async () => {
  const account = await t.as('firm-user', { username: 'reporter-account' });
  const file = await sent(t, '证据', { ...browser, ...account });
  const before = await dump();
  const key = randomUUID();
  const matter = ok(await open(answers, account, key, file));
  expect(matter).toMatchObject({ name: '身份保密', sealed: true, me: 1 });
  expect(matter.form.map(({ key }) => key)).toEqual(['reply', 'subject', 'details']);
  const after = await dump();
  expect(after).toContain('一条线索');
  expect(after).not.toContain('示例举报人');
  expect(after).not.toContain('55500100');
  // It is sent again after the session ended: the same matter, not a refusal.
  expect(ok(await open(answers, {}, key, file)).number).toBe(matter.number);
  // The account signs in, and is mentioned no more often than before it reported.
  const id = ok(await t.call(contract.myMatters, {}, account)).matters;
  expect(id).toEqual([]);
  const { rows } = await t.platform.stores.pool.query<{ id: string }>(
    `select id from auth."user" where username = 'reporter-account'`,
  );
  const mentions = (text: string) => text.split(rows[0]!.id).length - 1;
  expect(mentions(after)).toBe(mentions(before));
});

test('nobody’s name is asked, and then there is nothing to open', async () => {
  const { name: _name, phone: _phone, ...rest } = answers;
  const matter = ok(await open({ ...rest, reply: 'mail', email: 'someone@example.org' }));
  expect(matter).toMatchObject({ name: '匿名', sealed: true });
  const wrong = await open({ ...rest, reply: 'call' });
  expect(fault(wrong).issues.map(({ path }) => path)).toEqual(['/body/form/phone']);
  const answer = ok(await unseal(matter.number, 1));
  expect(answer.answers.map(({ key }) => key)).toEqual(['email']);
});

test('is opened by the office alone, for a reason that stands in the log, and the head is told', async () => {
  const head = await t.as('case-head', OFFICE);
  const matter = ok(await open());
  const looked = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
  expect(JSON.stringify(looked)).not.toContain('示例举报人');
  expect(looked.abilities.unseal).toBe(true);
  expect((await unseal(matter.number, 1, '为何')).status).toBe(400);
  expect(fault(await unseal(matter.number, 4)).code).toBe('matters_changed');
  const opened = ok(await unseal(matter.number, 1));
  expect(opened.answers.map(({ text }) => text.zh)).toEqual(['示例举报人', '0513-55500100']);
  expect(opened.matter.version).toBe(2);
  const { entries, intact } = ok(
    await t.call(contract.matterLog, { params: { number: matter.number } }, officer),
  );
  expect(intact).toBe(true);
  expect(entries.at(-1)).toMatchObject({
    kind: 'unsealed',
    note: '核实举报线索',
    by: { name: 'case-officer' },
  });
  // The reporter sees that it was opened, without the officer's name.
  const own = ok(
    await t.call(contract.matterLog, { params: { number: matter.number }, ...withCode(matter.code) }),
  );
  expect(own.entries.at(-1)).toMatchObject({ kind: 'unsealed', by: { name: '' } });
  const { pool } = t.platform.stores;
  const told = await pool.query("select user_id from notification where kind = 'matters.unsealed'");
  expect(told.rowCount).toBe(1);
  // Another office, and a head who is none of the officers who handle.
  const other = await t.as('case-officer', { organisation: 'ip-bureau', username: 'elsewhere' });
  expect((await unseal(matter.number, 2, '核实举报线索', other)).status).toBe(404);
  expect((await unseal(matter.number, 2, '核实举报线索', head)).status).toBe(403);
});

test('a reporter goes on by number and code, as nobody', async () => {
  const account = await t.as('firm-user', { username: 'reporter-account' });
  const matter = ok(await open());
  const asked = ok(await act(t, matter, 'ask-details', officer));
  const given = ok(await act(t, asked, 'give-details', account, { code: matter.code! }));
  expect(given.state.zh).toBe('待答复');
  const { entries } = ok(await t.call(contract.matterLog, { params: { number: matter.number } }, officer));
  expect(entries.at(-1)).toMatchObject({ by: { name: '身份保密' } });
  const mentioned = await t.platform.stores.pool.query(
    `select 1 from audit_log a join auth."user" u on u.id = a.actor_id where u.username = 'reporter-account'`,
  );
  expect(mentioned.rowCount).toBe(0);
  const join = await t.call(
    contract.joinMatter,
    { params: { number: matter.number }, ...withCode(matter.code) },
    account,
  );
  expect(fault(join).code).toBe('matters_no_account');
});

test('what is changed or moved in the vault is seen', async () => {
  const [one, two] = [ok(await open()), ok(await open())];
  const { pool } = t.platform.stores;
  await pool.query(
    'update matter_vault v set sealed = (select sealed from matter_vault w where w.matter <> v.matter)',
  );
  const { intact } = ok(await t.call(contract.matterLog, { params: { number: one.number } }, officer));
  expect(intact).toBe(false);
  const answer = await unseal(two.number, 1);
  expect([answer.status, fault(answer).code]).toEqual([409, 'vault_closed']);
  expect(ok(await t.call(contract.getMatter, { params: { number: two.number } }, officer)).version).toBe(1);
});

test('another key is not taken up beside sealed identities', async () => {
  ok(await open());
  const { pool } = t.platform.stores;
  await pool.query(
    "update matter_vault set sealed = replace(sealed, split_part(sealed, '.', 1), 'another-key')",
  );
  await expect(t.load()).rejects.toThrow('sealed with another key (another-key)');
});

test('no other name is entered for a side whose identity is secret', async () => {
  const matter = ok(await open());
  const body = { version: 1, role: 'asker', name: '某人', reason: '试试' };
  const answer = await t.call(contract.admitParty, { params: { number: matter.number }, body }, officer);
  expect(fault(answer).code).toBe('matters_no_name');
});

test('a draft keeps nothing of it, nor whose it is', async () => {
  const account = await t.as('firm-user', { username: 'reporter-account' });
  const key = randomUUID();
  const body = { item: 'consultation', form: { ...answers }, materials: [], version: 0 };
  ok(await t.call(contract.saveDraft, { params: { key }, body }, account));
  const draft = ok(await t.call(contract.readDraft, { params: { key } }));
  expect(Object.keys(draft.form).sort()).toEqual(['details', 'reply', 'subject']);
  expect(ok(await t.call(contract.myDrafts, {}, account)).drafts).toEqual([]);
});

test('one submission opens two matters, each once, with a code of its own', async () => {
  const key = randomUUID();
  const both = { ...answers, details: 'both' };
  const [first, again] = [ok(await open(both, {}, key)), ok(await open(both, {}, key))];
  expect(again.number).toBe(first.number);
  expect(first.also).toHaveLength(1);
  const { number, code } = first.also[0]!;
  expect(code).not.toBe(first.code);
  expect(number).toBe('通知另收〔2026〕1号');
  const other = ok(await t.call(contract.getMatter, { params: { number }, ...withCode(code) }));
  expect(other).toMatchObject({ item: { id: 'second' }, sealed: true, also: [] });
  // The office does not learn from one which other one belongs to it.
  const seen = ok(await t.call(contract.getMatter, { params: { number: first.number } }, officer));
  expect(seen.also).toEqual([]);
  const withTheCode = { params: { number: first.number }, ...withCode(first.code) };
  expect(ok(await t.call(contract.getMatter, withTheCode, officer)).also).toEqual([]);
  // Nothing in the records ties the two together.
  const { rows } = await t.platform.stores.pool.query<{ n: string }>(
    'select count(distinct (m.key_hash, p.code)) as n from matter m join matter_party p on p.matter = m.id',
  );
  expect(Number(rows[0]!.n)).toBe(2);
  expect(ok(await open()).also).toEqual([]);
});
