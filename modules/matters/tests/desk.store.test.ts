import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CityPack } from '#kernel/city/schema';
import { anonymous } from '#kernel/policy/policy';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { Catalog } from '../server/catalog/catalog.ts';
import type { MatterContext } from '../server/matters/context.ts';
import { Definitions } from '../server/matters/definitions.ts';
import { tidyDrafts } from '../server/matters/drafts.ts';
import { findFile } from '../server/matters/file.ts';
import { reckonAll } from '../server/matters/reckon.ts';
import { warn } from '../server/matters/warn.ts';
import { act, asked, fault, type Headers, matterPlatform, OFFICE, ok, request } from './helpers.ts';

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

type DeskQuery = (typeof contract.listMatters)['query']['_zod']['input'];
const desk = async (query: DeskQuery = {}, headers = officer) =>
  ok(await t.call(contract.listMatters, { query }, headers));

/** The module's context over another pack. */
function over(pack: CityPack): MatterContext {
  return { platform: t.platform, catalog: new Catalog(pack), definitions: new Definitions(pack), pdf: null };
}

describe('the desk', () => {
  test('puts what is due first on top, and counts each view', async () => {
    const late = await asked(t, { headers: officer, on: '2026-06-01', form: { title: '旧申请' } });
    const open = await asked(t, { form: { title: '新申请' } });
    const ended = await asked(t, { form: { title: '已答复的申请' } });
    ok(await act(t, ended, 'disclose', officer));
    const all = await desk();
    expect(all.matters.map(({ number }) => number)).toEqual([late.number, open.number]);
    expect(all.matters[0]!.clock).toMatchObject({ late: true, due: '2026-06-30', whose: 'office' });
    expect(all.counts).toEqual({
      open: 2,
      mine: 0,
      unassigned: 2,
      late: 1,
      transferred: 0,
      soon: 0,
      messages: 0,
      ended: 1,
    });
    expect((await desk({ view: 'late' })).matters.map(({ subject }) => subject)).toEqual(['旧申请']);
    expect((await desk({ view: 'ended' })).matters[0]).toMatchObject({ clock: null, endedOn: '2026-09-21' });
    expect((await desk({ q: '新 示例' })).total).toBe(1);
    expect((await desk({ q: '100%_' })).total).toBe(0);
    expect((await desk({ item: 'infringement' })).total).toBe(0);
    expect((await desk({ pageSize: 1, page: 2 })).matters[0]!.number).toBe(open.number);
  });

  test('several are given by their versions: one that somebody was first with fails alone, the same again does no harm', async () => {
    await asked(t, { form: { title: '一' } });
    await asked(t, { form: { title: '二' } });
    const { matters, officers } = await desk();
    const give = ({ number, version }: (typeof matters)[number], handler = officers[0]!.id) =>
      t.call(contract.assignMatter, { params: { number }, body: { version, handler, note: '' } }, officer);
    ok(
      await act(t, matters[0]!, 'ask-correction', officer, {
        papers: [{ what: 'correction-notice', file: null }],
      }),
    );
    const answers = await Promise.all(matters.map((row) => give(row)));
    expect(answers.map(({ status }) => status)).toEqual([409, 200]);
    expect(fault(answers[0]!)).toMatchObject({ code: 'matters_changed', params: { what: '一次性告知补正' } });
    // Its answer was lost: pressed again with the version of before.
    ok(await give(matters[1]!));
    const after = (await desk()).matters;
    expect(after.map(({ version }) => version)).toEqual([2, 2]);
    ok(await give(after.find(({ handler }) => handler === null)!));
    expect((await desk()).counts).toMatchObject({ open: 2, mine: 2, unassigned: 0 });
  });

  test('shows the matters of one’s own office alone', async () => {
    await asked(t);
    const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
    const nobody = await t.as('plan-office');
    expect((await desk({}, other)).counts).toMatchObject({ open: 0, ended: 0 });
    expect((await t.call(contract.listMatters, { query: {} }, nobody)).status).toBe(403);
  });

  test('a party whose time is over brings the matter up on the day after', async () => {
    const matter = await asked(t);
    ok(await act(t, matter, 'ask-third', officer));
    // 15 working days from 21 September end on 19 October.
    const [row] = (await desk()).matters;
    expect(row!.clock).toMatchObject({ whose: 'party', due: '2026-10-19', late: false });
    t.clock.set('2026-10-19T09:00:00+08:00');
    expect((await desk()).counts).toMatchObject({ late: 0, soon: 1 });
    t.clock.set('2026-10-20T09:00:00+08:00');
    const silent = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
    expect(silent.abilities.act).toContain('third-silent');
  });
});

describe('drafts', () => {
  const draft = (version: number, more: object = {}) => ({
    item: 'disclosure',
    form: { name: '示例' },
    materials: [],
    version,
    ...more,
  });
  const save = (key: string, version: number, headers?: Headers) =>
    t.call(contract.saveDraft, { params: { key }, body: draft(version) }, headers);

  test('are kept on the server and never overwritten by an older window', async () => {
    const key = randomUUID();
    expect(ok(await save(key, 0)).version).toBe(1);
    expect(ok(await save(key, 1)).version).toBe(2);
    // The answer to a save was lost, and it is sent again; another window has something else.
    expect(ok(await save(key, 1)).version).toBe(2);
    const other = (version: number) =>
      t.call(contract.saveDraft, { params: { key }, body: draft(version, { form: { name: '别的' } }) });
    expect(fault(await other(1)).code).toBe('matters_draft_changed');
    expect(fault(await other(0)).code).toBe('matters_draft_changed');
    const kept = ok(await t.call(contract.readDraft, { params: { key } }));
    expect(kept).toMatchObject({ item: 'disclosure', form: { name: '示例' }, version: 2 });
    expect(ok(await t.call(contract.dropDraft, { params: { key } })).ok).toBe(true);
    expect((await t.call(contract.readDraft, { params: { key } })).status).toBe(404);
    expect(fault(await save(key, 2)).code).toBe('matters_draft');
  });

  test('are of an item that exists, not larger than a form is, and are thrown away after a long time', async () => {
    const put = (body: ReturnType<typeof draft>) =>
      t.call(contract.saveDraft, { params: { key: randomUUID() }, body });
    expect((await put(draft(0, { item: 'nothing' }))).status).toBe(404);
    expect((await put(draft(0, { form: { name: '长'.repeat(200_000) } }))).status).toBe(413);
    const key = randomUUID();
    ok(await save(key, 0));
    const ctx = over(t.platform.pack);
    t.clock.set('2026-12-19T09:00:00+08:00');
    expect(await tidyDrafts(ctx)).toBe(0);
    t.clock.set('2026-12-21T09:00:00+08:00');
    expect(await tidyDrafts(ctx)).toBe(1);
  });

  test('belong to the account that made them, and end with what was sent', async () => {
    const mine = await t.as('firm-user');
    const key = randomUUID();
    ok(await save(key, 0, mine));
    const list = ok(await t.call(contract.myDrafts, {}, mine));
    expect(list.drafts).toMatchObject([{ key, item: { title: { zh: '政府信息公开申请' } } }]);
    await asked(t, { key, headers: mine });
    expect(ok(await t.call(contract.myDrafts, {}, mine)).drafts).toEqual([]);
  });

  test('a form tells its fields, conditions, materials, and its JSON Schema', async () => {
    const form = ok(await t.call(contract.itemForm, { params: { id: 'infringement' }, query: {} }));
    expect(form.asks).toEqual({
      code: 'kind == "organisation"',
      agentName: 'agent',
      agentPhone: 'agent',
    });
    expect(form.materials.find(({ id }) => id === 'power')).toMatchObject({ required: false, if: 'agent' });
    expect(form.schema).toMatchObject({ type: 'object', additionalProperties: false });
    // What is handed in with a later step is not asked for at the beginning.
    const mediation = ok(await t.call(contract.itemForm, { params: { id: 'people-mediation' }, query: {} }));
    expect(mediation.materials).toEqual([]);
  });
});

describe('another calendar', () => {
  /** The pack with one more day off. */
  function withHoliday(date: string): CityPack {
    const { pack } = t.platform;
    const years = pack.calendar.years.map((year) =>
      String(year.year) === date.slice(0, 4)
        ? { ...year, holidays: [...year.holidays, { ...year.holidays[0]!, date }] }
        : year,
    );
    return { ...pack, calendar: { ...pack.calendar, years } } as CityPack;
  }

  test('moves the last days of running matters, and their logs say from when to when', async () => {
    const running = await asked(t);
    const ended = await asked(t);
    ok(await act(t, ended, 'disclose', officer));
    const ctx = over(withHoliday('2026-09-30'));
    expect(await reckonAll(ctx)).toEqual({ looked: 1, moved: 1 });
    expect(await reckonAll(ctx)).toEqual({ looked: 0, moved: 0 });
    const params = { number: running.number };
    const { entries, intact } = ok(await t.call(contract.matterLog, { params }, officer));
    expect(intact).toBe(true);
    expect(entries.at(-1)).toMatchObject({ kind: 'reckoned', by: { name: '系统' } });
    expect(entries.at(-1)!.dues).toContainEqual(
      expect.objectContaining({ was: '2026-10-26', due: '2026-10-27', provisional: false }),
    );
    const { rows } = await t.platform.stores.pool.query(
      `select due::text from matter_clock c join matter m on m.id = c.matter where m.number = $1 and clock = 'answer'`,
      [running.number],
    );
    expect(rows).toEqual([{ due: '2026-10-27' }]);
  });

  test('does not undo what was done under the one before', async () => {
    const matter = await asked(t);
    const asking = ok(await act(t, matter, 'ask-third', officer));
    t.clock.set('2026-10-20T09:00:00+08:00');
    ok(await act(t, asking, 'third-silent', officer));
    const ctx = over(withHoliday('2026-10-13'));
    expect(await reckonAll(ctx)).toEqual({ looked: 1, moved: 0 });
    const file = await findFile(ctx, t.platform.records, matter.number, {
      actor: anonymous,
      code: matter.code!,
    });
    expect(file.course.state.id).toBe('received');
    expect(() => file.definition.procedure.after(file.steps)).toThrow('waits until');
  });

  test('that changes nothing leaves no trace', async () => {
    const matter = await asked(t);
    expect(await reckonAll(over(withHoliday('2026-12-16')))).toEqual({ looked: 1, moved: 0 });
    const params = { number: matter.number };
    const { entries } = ok(await t.call(contract.matterLog, { params }, officer));
    expect(entries).toHaveLength(1);
  });

  test('a limit that running matters count with may not vanish from the pack', async () => {
    await asked(t);
    const { pack } = t.platform;
    const limits = {
      ...pack.limits,
      limits: pack.limits.limits.filter(({ id }) => id !== 'disclosure-answer'),
    };
    const ctx = over({ ...pack, limits, items: [] } as unknown as CityPack);
    await expect(ctx.definitions.check(t.platform.records)).rejects.toThrow('disclosure-answer');
  });
});

describe('warnings', () => {
  const inbox = async () =>
    (
      await t.platform.stores.pool.query<{ kind: string; name: string; title_zh: string }>(
        `select n.kind, u.name, n.title_zh from notification n join auth."user" u on u.id = n.user_id order by u.name, n.kind`,
      )
    ).rows;

  test('reach the officer before the last day, and the head too after it, once', async () => {
    await t.as('case-head', OFFICE);
    await asked(t);
    const ctx = over(t.platform.pack);
    expect(await warn(ctx)).toBe(0);
    t.clock.set('2026-10-23T08:30:00+08:00');
    expect(await warn(ctx)).toBe(1);
    expect(await warn(ctx)).toBe(0);
    t.clock.set('2026-10-27T08:30:00+08:00');
    expect(await warn(ctx)).toBe(2);
    expect((await inbox()).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'case-head matters.late',
      'case-officer matters.due',
      'case-officer matters.late',
      'case-officer matters.opened',
    ]);
    expect((await inbox())[1]!.title_zh).toContain('2026-10-26');
  });

  test('a clock that stands warns nobody', async () => {
    const matter = await asked(t);
    ok(await act(t, matter, 'ask-third', officer));
    t.clock.set('2026-12-01T08:30:00+08:00');
    expect(await warn(over(t.platform.pack))).toBe(0);
  });
});

describe('the calendar', () => {
  const read = (path: string) => t.app.inject({ url: path });
  const make = async () => ok(await t.call(contract.makeCalendar, {}, officer)).path;

  test('shows the office’s last days as whole days, and nothing about the parties', async () => {
    const matter = await asked(t);
    ok(await act(t, await asked(t, { form: { title: '另一件' } }), 'disclose', officer));
    const answer = await read(await make());
    expect(answer.headers['content-type']).toContain('text/calendar');
    // Long lines are folded, as the format wants.
    const text = answer.body.replaceAll('\r\n ', '');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(text).toMatch(/DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261027/);
    expect(text).toContain(`SUMMARY:答复申请人 ${matter.number}`);
    expect(text).toContain('第三十三条');
    expect(text).not.toMatch(/示例申请人|2025年专利授权统计/);
    expect((await read(await make())).body).toBe(answer.body);
  });

  test('leaves out what stands still, what others have, and what is a party’s', async () => {
    const matter = await asked(t);
    ok(await act(t, matter, 'ask-third', officer));
    await t.as('case-officer', { ...OFFICE, username: 'second' });
    const theirs = await asked(t);
    const { officers } = await desk();
    const handler = officers.find(({ name }) => name === 'second')!.id;
    const params = { number: theirs.number };
    ok(await t.call(contract.assignMatter, { params, body: { version: 1, handler } }, officer));
    expect((await read(await make())).body).not.toContain('VEVENT');
  });

  test('an address is useless once there is another one, or the account is disabled', async () => {
    const first = await make();
    const second = await make();
    expect([(await read(first)).statusCode, (await read(second)).statusCode]).toEqual([404, 200]);
    ok(await t.call(contract.dropCalendar, {}, officer));
    expect((await read(second)).statusCode).toBe(404);
    expect(ok(await t.call(contract.getCalendar, {}, officer)).madeAt).toBeNull();
  });
});

test('the applicant is told of the office’s steps, and the officer of the applicant’s', async () => {
  const mine = await t.as('firm-user');
  const matter = await asked(t, { headers: mine });
  const asking = ok(await act(t, matter, 'ask-correction', officer));
  ok(await act(t, asking, 'correct', mine));
  const { rows } = await t.platform.stores.pool.query(
    `select u.name, n.title_zh from notification n join auth."user" u on u.id = n.user_id where kind = 'matters.step' order by n.id`,
  );
  expect(rows).toEqual([
    { name: 'firm-user', title_zh: '“一次性告知补正”：现为待补正' },
    { name: 'case-officer', title_zh: '“提交补正”：现为已收到，审查中' },
  ]);
});

test('a request is refused by a form that changed while it was open', async () => {
  const answer = await t.call(contract.openMatter, {
    body: { item: 'disclosure', form: { ...request, gone: 'x' }, idempotencyKey: randomUUID() },
  });
  expect(fault(answer).issues[0]).toMatchObject({ path: '/body/form/gone', code: 'unknown-field' });
});
