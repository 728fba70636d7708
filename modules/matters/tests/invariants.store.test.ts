import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { addDays, type CalendarDate } from '#kernel/calendar/date';
import { clock } from '#kernel/calendar/due';
import { calendarOf } from '#kernel/city/calendar';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { rootPath } from '#kernel/paths';
import { seeded } from '#kernel/random';
import type { TestPlatform } from '#kernel/testing/platform';
import fc from '#kernel/testing/property';
import * as contract from '../contract.ts';
import { type Course, Procedure, type Step } from '../server/course/course.ts';
import { madeUpAnswers } from '../server/demo/answers.ts';
import { Form } from '../server/matters/form.ts';
import { isIntact, readLog } from '../server/matters/log.ts';
import { openingOf } from '../server/matters/standing.ts';
import { withMatters } from '../server/matters/tables.ts';
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

type Item = CityPack['items'][number];

const loaded = await loadCityPack(rootPath('cities', 'nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const calendar = calendarOf(pack);

let t: TestPlatform;
let people: Record<Who, Headers>;
beforeAll(async () => {
  t = await matterPlatform('2025-03-03T09:00:00+08:00');
  await t.clean();
  await t.load();
  people = {
    applicant: {},
    officer: await t.as('case-officer', OFFICE),
    head: await t.as('case-head', OFFICE),
  };
});
afterAll(() => t.close());
// What visitors may do in five minutes is not the subject.
beforeEach(() => t.platform.stores.pool.query('delete from auth.attempt'));

const WHO = ['applicant', 'officer', 'head'] as const;
type Who = (typeof WHO)[number];

/** Something that somebody tries. */
interface Try {
  who: Who;
  /** Which of the steps; of all, or of those that are offered to them. */
  choice: number;
  any: boolean;
  /** Days since the one before, and days before today that are named. */
  days: number;
  back: number;
  /** Somebody else tries something on the same version at the same time. */
  rival: Who | null;
  /** The version that was looked at is an old one. */
  stale: boolean;
}

const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.record({
    who: fc.constantFrom('officer', ...WHO),
    choice: fc.nat(60),
    any: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    days: fc.nat(25),
    back: fc.integer({ min: -12, max: 5 }).map((n) => Math.max(0, n)),
    rival: fc.option(fc.constantFrom(...WHO), { freq: 5 }),
    stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { minLength: 12, maxLength: 16 },
);

/** May somebody take a step, told without the module: the applicant the opening role's, heads those of heads, officers the rest. */
function mayTake(item: Item, who: Who, action: Item['actions'][number]): boolean {
  const { side } = item.roles.find(({ id }) => id === action.by)!;
  if (who === 'applicant') return action.by === openingOf(item).by;
  return who === 'head' ? side === 'head' : side !== 'head';
}

/** Does a step lead to an end? */
function endsWith(item: Item, action: string): boolean {
  const { to } = item.actions.find(({ id }) => id === action)!;
  return item.states.some(({ id, end }) => end && id === to);
}

const db = () => withMatters(t.platform.records);

/** Everything that is stored of a matter, and how much of it is elsewhere. */
async function stored(number: string) {
  const row = await db()
    .selectFrom('matter')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const of = (table: 'matterClock' | 'matterPaper' | 'matterAnswers', order: string) =>
    db()
      .selectFrom(table)
      .selectAll()
      .where('matter', '=', row.id)
      .orderBy(order as 'matter')
      .execute();
  return {
    ...{ row, log: await readLog(t.platform.records, row.id) },
    ...{
      clocks: await of('matterClock', 'run'),
      papers: await of('matterPaper', 'no'),
      answers: await of('matterAnswers', 'seq'),
    },
    ...(
      await t.platform.stores.pool.query<{ audited: number; told: number }>(
        'select (select count(*)::int from audit_log) as audited, (select count(*)::int from notification) as told',
      )
    ).rows[0],
  };
}

const stepsOf = (log: readonly { action: string | null; onDay: string | null }[]): Step[] =>
  log.flatMap(({ action, onDay }) => (action && onDay ? [{ action, on: onDay }] : []));

/** Rows of clocks as the calendar alone gives them, from the runs of a course. */
function clocksOf(item: Item, course: Course, matter: string) {
  return course.runs.map((run, i) => {
    const { due, provisional } = clock({
      ...{ from: run.startedOn, rule: run.limit.rule, roll: run.limit.roll, calendar },
      ...{ extensions: run.extensions, excluded: run.excluded },
    });
    return {
      ...{ matter, run: i + 1, clock: run.clock, limitId: run.limit.id, whose: run.limit.whose },
      ifUsed: item.clocks.find(({ id }) => id === run.clock)!.ifUsed,
      ...{ startedOn: run.startedOn, due, provisional },
      ...{ endedOn: run.ended?.on ?? null, how: run.ended?.how ?? null },
    };
  });
}

/** What is stored and shown follows from the steps of the log, and from nothing else. */
async function follows(item: Item, procedure: Procedure, number: string, seen: Matter): Promise<void> {
  const { row, log, clocks, papers } = await stored(number);
  expect(isIntact(log)).toBe(true);
  const courses = procedure.trace(stepsOf(log));
  const course = courses.at(-1)!;
  const expected = clocksOf(item, course, row.id);
  expect(clocks).toEqual(expected);
  const next = expected
    .filter(({ endedOn, ifUsed, due }) => endedOn === null && !ifUsed && due !== null)
    .map(({ whose, due }) => (whose === 'party' ? addDays(due!, 1) : due!))
    .sort()[0];
  const owed = expected.some((one) => one.whose === 'office' && !one.ifUsed && one.endedOn === null);
  const ended = courses.findIndex(({ state }) => state.end);
  expect(row).toMatchObject({
    ...{ state: course.state.id, version: log.length, openedOn: log[0]!.onDay, nextOn: next ?? null },
    endedOn: ended < 0 ? null : stepsOf(log)[ended]!.on,
    // What the office still owes keeps the matter on its desk.
    doneOn: ended < 0 || owed ? null : stepsOf(log)[ended]!.on,
  });
  expect(seen).toMatchObject({ version: row.version, state: course.state.title, endedOn: row.endedOn });
  expect(seen.clocks.map(({ id, due, ended: how }) => [id, due, how])).toEqual(
    course.runs.map((run, i) => [run.clock, expected[i]!.due, run.ended]),
  );
  for (const { due, proof } of seen.clocks) if (due !== null) expect(proof.at(-1)!.date).toBe(due);
  expect(papers.map(({ no }) => no)).toEqual(papers.map((_, i) => i + 1));
  // After an end nothing leads on; what may still be done is what somebody still waits for.
  if (course.state.end)
    for (const { id, to } of seen.next) {
      const { meets, stops } = item.actions.find((action) => action.id === id)!;
      const open = expected.filter(({ endedOn }) => endedOn === null).map((one) => one.clock);
      expect([id, to, open.some((one) => [...meets, ...stops].includes(one))]).toEqual([id, null, true]);
    }
}

/** A day on which a matter begins under a version. */
function firstDay({ from, to }: Item): CalendarDate {
  const usual = '2025-03-03';
  return to !== null && to < usual ? addDays(to, -40) : from > usual ? from : usual;
}

const at = (day: CalendarDate) => t.clock.set(`${day}T09:00:00+08:00`);

/** Opens a matter at the counter, which hands out the code. */
async function opened(item: Item, seed: number): Promise<Matter> {
  const form = new Form(item);
  const answers = madeUpAnswers(pack, item, form.model, seeded(seed), firstDay(item));
  const materials = form
    .materials(form.opening, answers)
    .filter(({ required }) => required)
    .map(({ material }) => ({ what: material.id, file: null }));
  const body = { item: item.id, form: { ...answers }, materials, idempotencyKey: randomUUID() };
  return ok(await t.call(contract.openMatter, { body }, people.officer));
}

/** One way of trying things in a matter. */
async function walk(item: Item, seed: number, all: readonly Try[]): Promise<void> {
  const procedure = new Procedure(item, pack.limits, calendar);
  let today = firstDay(item);
  at(today);
  const first = await opened(item, seed);
  const { number } = first;
  const { code } = first;
  // Where the office begins by itself nobody applies.
  const there = WHO.filter((who) => who !== 'applicant' || code !== null);
  const or = (who: Who) => (there.includes(who) ? who : 'officer');
  const look = async (who: Who): Promise<Matter> =>
    ok(
      await t.call(
        contract.getMatter,
        { params: { number }, ...withCode(who === 'applicant' ? code : null) },
        people[who],
      ),
    );
  const send = async (
    who: Who,
    seen: Matter,
    action: string,
    more: { on?: CalendarDate; version?: number },
  ) => {
    const papers = [];
    for (const { id, required } of seen.next.find((one) => one.id === action)?.papers ?? [])
      if (required) papers.push({ what: id, file: who === 'applicant' ? await sent(t) : null });
    return act(t, seen, action, people[who], {
      ...more,
      papers,
      ...(seen.reward?.propose === action && {
        reward: { grade: seen.reward.rule!.grades[0]!.id, base: 12_345_67, insider: false },
      }),
      ...(who === 'applicant' && { code: code! }),
    });
  };
  await follows(item, procedure, number, first);
  let afterEnd = 0;
  for (const one of all) {
    today = addDays(today, one.days);
    at(today);
    const rival = one.rival && or(one.rival);
    const views = await Promise.all(there.map(async (each) => ({ who: each, seen: await look(each) })));
    // Mostly what is offered to somebody and does not end the matter; else anything.
    const offers = views.flatMap((view) => view.seen.abilities.act.map((id) => ({ ...view, id })));
    const leading = offers.filter(({ id }) => one.choice % 8 === 0 || !endsWith(item, id));
    const own = leading.filter((offer) => offer.who === or(one.who));
    const any = views.filter((view) => view.who === or(one.who));
    const list =
      one.any || leading.length === 0
        ? any.flatMap((view) => item.actions.map(({ id }) => ({ ...view, id })))
        : own.length > 0
          ? own
          : leading;
    const { who, seen, id } = list[one.choice % list.length]!;
    if (seen.endedOn !== null) afterEnd += 1;
    if (afterEnd > 3) break;
    const offered = seen.abilities.act;
    const action = item.actions.find((each) => each.id === id)!;
    const before = await stored(number);
    const back = who === 'applicant' ? 0 : one.back;
    const on = addDays(today, -back);
    const could = (() => {
      try {
        procedure.after([...stepsOf(before.log), { action: action.id, on }]);
        return true;
      } catch {
        return false;
      }
    })();
    const fits = could && mayTake(item, who, action) && !one.stale;
    if (back === 0 && !one.stale) expect([action.id, offered.includes(action.id)]).toEqual([action.id, fits]);
    const more = { ...(back > 0 && { on }), ...(one.stale && { version: seen.version - 1 }) };
    if (rival !== null && rival !== who && fits) {
      const other = views.find((view) => view.who === rival)!.seen;
      const all = other.abilities.act.filter((each) => !endsWith(item, each));
      const theirs = all[one.choice % all.length];
      if (theirs !== undefined) {
        const answers = await Promise.all([send(who, seen, action.id, more), send(rival, other, theirs, {})]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        const won = answers.find(({ status }) => status === 200)!;
        expect(fault(answers.find(({ status }) => status === 409)!).code).toBe('matters_changed');
        expect(won.body.version).toBe(seen.version + 1);
        await follows(item, procedure, number, await look('officer'));
        continue;
      }
    }
    const answer = await send(who, seen, action.id, more);
    expect([action.id, on, answer.status === 200]).toEqual([action.id, on, fits]);
    if (fits) {
      expect(answer.body.version).toBe(seen.version + 1);
      // What is the office's alone an applicant does not see.
      await follows(item, procedure, number, who === 'applicant' ? await look('officer') : answer.body);
    } else {
      expect(fault(answer).code).toMatch(/^(course|matters)_/);
      expect(await stored(number)).toEqual(before);
    }
  }
  const { entries, intact } = ok(await t.call(contract.matterLog, { params: { number } }, people.officer));
  expect([intact, entries.length]).toEqual([true, (await stored(number)).row.version]);
}

describe.each(pack.items.map((item) => [`${item.id} ${item.from}`, item] as const))('%s', (_, item) => {
  test('whatever is tried by whom, everything follows from the log, and what is refused changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), tries, (seed, all) => walk(item, seed, all)),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

test('at the end the audit log is sound, and no number is missing', async () => {
  expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });
  const counters = await db().selectFrom('matterCounter').selectAll().execute();
  for (const { mark, year, last } of counters) {
    const rows = await db()
      .selectFrom('matter')
      .select('number')
      .where('number', 'like', `${mark}〔${year}〕%`)
      .execute();
    expect(rows.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: last }, (_, i) => `${mark}〔${year}〕${i + 1}号`).sort(),
    );
  }
});
