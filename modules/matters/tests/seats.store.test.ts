import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
  withCode,
} from './helpers.ts';

let t: TestPlatform;
/** Officers and heads of the office, by name. */
let people: Record<'one' | 'two' | 'three' | 'head' | 'deputy', Headers>;
beforeAll(async () => {
  t = await matterPlatform('2026-09-21T09:00:00+08:00', (pack) => ({
    ...pack,
    items: pack.items.map((item) => ({
      ...item,
      roles: item.roles.map((role) => ({
        ...role,
        panel: item.id === 'disclosure' && role.side === 'office',
      })),
    })),
  }));
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  const officer = (username: string) => t.as('case-officer', { ...OFFICE, username });
  const head = (username: string) => t.as('case-head', { ...OFFICE, username });
  people = {
    ...{ one: await officer('one'), two: await officer('two'), three: await officer('three') },
    ...{ head: await head('head'), deputy: await head('deputy') },
  };
});

const idOf = async (username: string) => (await t.platform.auth.findAccountByUsername(username))!.id;
const panel = async (
  matter: Pick<Matter, 'number' | 'version'>,
  members: Record<string, 'presiding' | 'member' | 'clerk'>,
  headers = people.head,
) =>
  t.call(
    contract.setPanel,
    {
      params: { number: matter.number },
      body: {
        version: matter.version,
        reason: '按规定组成',
        members: await Promise.all(
          Object.entries(members).map(async ([name, part]) => ({ account: await idOf(name), part })),
        ),
      },
    },
    headers,
  );
const recuse = async (
  matter: Pick<Matter, 'number' | 'version'>,
  username: string,
  recused = true,
  headers = people.head,
) =>
  t.call(
    contract.decideRecusal,
    {
      params: { number: matter.number },
      body: {
        ...{ version: matter.version, account: await idOf(username), asked: 'party', recused },
        reason: '与当事人有利害关系',
      },
    },
    headers,
  );
const assign = async (matter: Pick<Matter, 'number' | 'version'>, username: string) =>
  t.call(
    contract.assignMatter,
    { params: { number: matter.number }, body: { version: matter.version, handler: await idOf(username) } },
    people.head,
  );
const look = (number: string, headers: Headers) =>
  t.call(contract.getMatter, { params: { number } }, headers);

test('of a panel only its members take its steps, and the parties learn who they are', async () => {
  const matter = await asked(t);
  expect(fault(await panel(matter, { one: 'member', two: 'member' })).code).toBe('matters_panel');
  expect(fault(await panel(matter, { one: 'presiding', two: 'presiding' })).code).toBe('matters_panel');
  expect(fault(await panel(matter, { one: 'presiding', head: 'member' })).code).toBe('matters_officer');
  expect((await panel(matter, { one: 'presiding' }, people.one)).status).toBe(403);
  const set = ok(await panel(matter, { one: 'presiding', two: 'clerk' }));
  // The answer got lost and it is pressed again.
  expect(ok(await panel(matter, { one: 'presiding', two: 'clerk' })).version).toBe(set.version);
  expect(fault(await panel(matter, { one: 'presiding' })).code).toBe('matters_changed');

  const outside = ok(await look(matter.number, people.three));
  expect(outside.abilities.act).not.toContain('disclose');
  expect(fault(await act(t, set, 'disclose', people.three)).code).toBe('matters_not_yours');
  const seen = ok(
    await t.call(contract.getMatter, { params: { number: matter.number }, ...withCode(matter.code) }),
  );
  expect(seen.seats).toEqual({
    ...{ needed: true, recused: [] },
    panel: [
      { id: '', name: 'one', part: 'presiding' },
      { id: '', name: 'two', part: 'clerk' },
    ],
  });
  ok(await act(t, set, 'disclose', people.two));
  const { entries } = ok(
    await t.call(contract.matterLog, { params: { number: matter.number }, ...withCode(matter.code) }),
  );
  expect(entries.find(({ kind }) => kind === 'panel')).toMatchObject({
    panel: [{ name: 'one' }, { name: 'two' }],
    note: '',
  });
});

test('whoever is recused is out of it: no list, no page, no step, no message; whoever stays goes on', async () => {
  const matter = await asked(t);
  const stays = ok(await recuse(matter, 'one', false));
  ok(await look(matter.number, people.one));
  const given = ok(await assign(stays, 'one'));
  const set = ok(await panel(given, { one: 'presiding', two: 'member' }));
  const out = ok(await recuse(set, 'one'));
  expect(out).toMatchObject({
    handler: null,
    seats: { panel: [{ name: 'two' }], recused: [{ name: 'one', reason: '与当事人有利害关系' }] },
  });
  expect(fault(await look(matter.number, people.one)).code).toBe('matters_none');
  expect(fault(await act(t, out, 'disclose', people.one)).code).toBe('matters_none');
  const paper = { params: { number: matter.number, no: 1 } };
  expect(fault(await t.call(contract.downloadPaper, paper, people.one)).code).toBe('matters_none');
  const shown = async (headers: Headers, query: object = {}) =>
    ok(await t.call(contract.listMatters, { query }, headers)).total;
  for (const query of [{}, { q: '专利授权' }]) {
    expect(await shown(people.one, query)).toBe(0);
    expect(await shown(people.two, query)).toBe(1);
  }
  expect(fault(await assign(out, 'one')).code).toBe('matters_officer');
  expect(fault(await panel(out, { one: 'presiding' })).code).toBe('matters_officer');
  const { pool } = t.platform.stores;
  await pool.query('delete from notification');
  ok(await act(t, out, 'disclose', people.two));
  const told = await pool.query('select u.username from notification n join auth.user u on u.id = n.user_id');
  expect(told.rows.map(({ username }) => username)).not.toContain('one');
  const { intact } = ok(await t.call(contract.matterLog, { params: { number: matter.number } }, people.head));
  expect(intact).toBe(true);
});

test('nobody decides on their own recusal, and somebody who approves always remains', async () => {
  const matter = await asked(t);
  expect(fault(await recuse(matter, 'head')).code).toBe('matters_recuse_self');
  expect((await recuse(matter, 'two', true, people.one)).status).toBe(403);
  const out = ok(await recuse(matter, 'head', true, people.deputy));
  expect(fault(await look(matter.number, people.head)).code).toBe('matters_none');
  expect(fault(await recuse(out, 'head', true, people.deputy)).code).toBe('matters_officer');
  const third = await t.as('case-head', { ...OFFICE, username: 'third' });
  const both = ok(await recuse(out, 'deputy', true, third));
  expect(fault(await recuse(both, 'third', true, third)).code).toBe('matters_recuse_self');
  // Signing in as head elsewhere helps nobody.
  const elsewhere = await t.as('case-head', { organisation: 'ip-bureau', username: 'elsewhere' });
  expect(fault(await recuse(both, 'one', true, elsewhere)).code).toBe('matters_none');
});
