import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { asked, fault, type Headers, type Matter, matterPlatform, OFFICE, ok, withCode } from './helpers.ts';

let t: TestPlatform;
let officer: Headers;
let second: Headers;
let head: Headers;
/** Accounts by user name. */
let ids: Record<string, string>;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  officer = await t.as('case-officer', OFFICE);
  second = await t.as('case-officer', { ...OFFICE, username: 'second' });
  await t.as('case-officer', { ...OFFICE, username: 'third' });
  head = await t.as('case-head', OFFICE);
  const found = await Promise.all(
    ['case-officer', 'second', 'third'].map(
      async (name) => [name, (await t.platform.auth.findAccountByUsername(name))!.id] as const,
    ),
  );
  ids = Object.fromEntries(found);
});

const office = OFFICE.organisation;
/** Enters that somebody is away; the officer, whom the second one covers, unless told otherwise. */
const enter = (
  from: string,
  to: string,
  { who = 'case-officer', cover = 'second', headers = officer, of = office } = {},
) =>
  t.call(
    contract.enterAbsence,
    { body: { office: of, account: ids[who] ?? who, cover: ids[cover] ?? cover, from, to } },
    headers,
  );
const end = (id: string, headers = officer) => t.call(contract.endAbsence, { params: { id } }, headers);
const list = async (headers = officer) => ok(await t.call(contract.listAbsences, {}, headers));
const mine = async (headers: Headers) =>
  ok(await t.call(contract.listMatters, { query: { view: 'mine' } }, headers));
const look = async (number: string, headers: Headers) =>
  ok(await t.call(contract.getMatter, { params: { number } }, headers));
/** A request that the officer has. */
async function given(): Promise<Matter> {
  const { number, version, code } = await asked(t);
  const body = { version, handler: ids['case-officer']!, note: '' };
  return { ...ok(await t.call(contract.assignMatter, { params: { number }, body }, officer)), code };
}
const write = ({ number, version, code }: Matter) =>
  t.call(contract.writeMessage, {
    params: { number },
    ...withCode(code),
    body: { version, idempotencyKey: randomUUID(), text: '请问进度' },
  });
/** Who was told of something. */
const told = async (kind: string) =>
  (
    await t.platform.stores.pool.query<{ username: string }>(
      `select u.username from notification n join auth."user" u on u.id = n.user_id where n.kind = $1 order by u.username`,
      [kind],
    )
  ).rows.map(({ username }) => username);

test('while somebody is away, who covers is told too and has their matters, which say so', async () => {
  const matter = await given();
  ok(await enter('2026-09-22', '2026-09-25'));
  expect((await look(matter.number, officer)).away).toBeNull();
  expect((await mine(second)).total).toBe(0);
  t.clock.set('2026-09-22T09:00:00+08:00');
  expect((await look(matter.number, second)).away).toEqual({ until: '2026-09-25', cover: 'second' });
  const covered = await mine(second);
  expect(covered.counts.mine).toBe(1);
  expect(covered.matters[0]).toMatchObject({
    ...{ number: matter.number, handler: { name: 'case-officer' } },
    away: { until: '2026-09-25', cover: 'second' },
  });
  expect((await mine(officer)).total).toBe(1);
  const words = { query: { view: 'mine', q: '专利授权' } } as const;
  expect(ok(await t.call(contract.listMatters, words, second)).total).toBe(1);
  ok(await write(matter));
  expect(await told('matters.message')).toEqual(['case-officer', 'second']);
  // A party learns neither the officer nor who covers.
  const own = ok(
    await t.call(contract.getMatter, { params: { number: matter.number }, ...withCode(matter.code) }),
  );
  expect(own).toMatchObject({ handler: null, away: null });
  // It ends by itself.
  t.clock.set('2026-09-26T09:00:00+08:00');
  expect((await mine(second)).total).toBe(0);
  expect((await list()).absences).toEqual([]);
  expect((await look(matter.number, second)).away).toBeNull();
});

test('is ended early by the officer or a head, once', async () => {
  const matter = await given();
  const { absences } = ok(await enter('2026-09-21', '2026-10-10', { headers: head }));
  expect(absences).toMatchObject([{ now: true, ends: true, from: '2026-09-21', to: '2026-10-10' }]);
  const { id } = absences[0]!;
  expect((await list(second)).absences[0]!.ends).toBe(false);
  expect(fault(await end(id, second)).code).toBe('matters_absence_yours');
  expect(fault(await end(randomUUID())).code).toBe('matters_absence_none');
  expect(ok(await end(id)).absences).toEqual([]);
  expect(ok(await end(id)).absences).toEqual([]);
  ok(await write(matter));
  expect(await told('matters.message')).toEqual(['case-officer']);
  const { rows } = await t.platform.stores.pool.query(
    "select action, detail->>'account' as account from audit_log where action like 'matters.absence%' order by seq",
  );
  expect(rows).toEqual([
    { action: 'matters.absence', account: ids['case-officer'] },
    { action: 'matters.absence-ended', account: ids['case-officer'] },
  ]);
  // Both hear of what others entered: the head its beginning, the officer its end.
  expect(await told('matters.absence')).toEqual(['case-officer', 'second', 'second']);
});

test('refuses what overlaps, who is away, who is another office’s, and what is not one’s own', async () => {
  ok(await enter('2026-09-23', '2026-09-25'));
  const overlap = await enter('2026-09-25', '2026-09-30', { cover: 'third' });
  expect(fault(overlap)).toMatchObject({
    code: 'matters_absence_overlap',
    params: { name: 'case-officer', from: '2026-09-23', to: '2026-09-25' },
  });
  // Who covers is not away meanwhile, and who is away covers nobody.
  const covering = await enter('2026-09-24', '2026-09-24', {
    who: 'second',
    cover: 'third',
    headers: second,
  });
  expect(fault(covering).params.name).toBe('second');
  const away = await enter('2026-09-24', '2026-09-24', {
    who: 'third',
    cover: 'case-officer',
    headers: head,
  });
  expect(fault(away).code).toBe('matters_absence_overlap');
  // The days beside it are free, and one covers for several.
  ok(await enter('2026-09-26', '2026-09-26', { cover: 'third' }));
  ok(await enter('2026-09-24', '2026-09-24', { who: 'third', headers: head }));
  expect(fault(await enter('2026-09-20', '2026-09-21')).code).toBe('matters_absence_days');
  expect(fault(await enter('2026-10-02', '2026-10-01')).code).toBe('matters_absence_days');
  expect(fault(await enter('2026-10-01', '2026-10-02', { cover: 'case-officer' })).code).toBe(
    'matters_absence_self',
  );
  expect(fault(await enter('2026-10-01', '2026-10-02', { who: 'second', cover: 'third' })).code).toBe(
    'matters_absence_yours',
  );
  expect(fault(await enter('2026-10-01', '2026-10-02', { cover: 'nobody' })).code).toBe('matters_officer');
  expect(fault(await enter('2026-10-01', '2026-10-02', { of: 'science' })).code).toBe(
    'matters_absence_yours',
  );
  const other = await t.as('case-head', { username: 'other', organisation: 'science' });
  const { absences, offices } = await list();
  expect([absences.length, offices.map(({ enters }) => enters)]).toEqual([3, [[ids['case-officer']]]]);
  expect((await list(head)).offices[0]!.enters).toHaveLength(3);
  expect((await list(other)).absences).toEqual([]);
  expect(fault(await end(absences[0]!.id, other)).code).toBe('matters_absence_none');
});

test('two at once that overlap: one is entered', async () => {
  const answers = await Promise.all([
    enter('2026-09-22', '2026-09-24'),
    enter('2026-09-24', '2026-09-28', { headers: head, cover: 'third' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await list()).absences).toHaveLength(1);
});

test('who covers and was recused from a matter hears nothing of it', async () => {
  const matter = await given();
  ok(await enter('2026-09-21', '2026-09-25'));
  const body = {
    ...{
      version: matter.version,
      account: ids.second!,
      asked: 'self' as const,
      recused: true,
      reason: '近亲属',
    },
  };
  const after = ok(await t.call(contract.decideRecusal, { params: { number: matter.number }, body }, head));
  expect((await look(matter.number, officer)).away).toEqual({ until: '2026-09-25', cover: '' });
  expect((await mine(second)).total).toBe(0);
  ok(await write({ ...after, code: matter.code }));
  expect(await told('matters.message')).toEqual(['case-officer']);
});
