import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import { seeded } from '#kernel/random';
import type { TestPlatform } from '#kernel/testing/platform';
import fc from '#kernel/testing/property';
import { DESK_VIEWS } from '../contract.ts';
import { type Asked, shownOf, type View } from '../server/matters/shown.ts';
import { type MatterRow, withMatters } from '../server/matters/tables.ts';
import { matterPlatform, OFFICE } from './helpers.ts';

const TODAY = '2026-11-30';

let t: TestPlatform;
let all: MatterRow[];
let officer: string;
type Move = readonly [seq: number, from: string, to: string, onDay: string];
const sent = new Map<string, readonly Move[]>();
const moves = (i: number): readonly Move[] => {
  const first: Move = [2, 'market-regulation', 'science', addDays('2026-10-01', i % 20)];
  if (i % 14 !== 0) return [];
  const back: Move = [3, 'science', 'market-regulation', '2026-11-01'];
  return i === 14 ? [first, back, [4, 'market-regulation', 'science', '2026-11-02']] : [first];
};
beforeAll(async () => {
  t = await matterPlatform(`${TODAY}T14:00:00+08:00`);
  await t.clean();
  await t.as('case-officer', OFFICE);
  await t.as('case-head', OFFICE);
  await t.load(true);
  // Some that look like patterns, are written large, and belong to another office.
  const odd = ['100%_完成', 'a\\b', 'Ünïcode ABC', '统计', '计', '统 计'];
  const random = seeded(3);
  const rows = await withMatters(t.platform.records).selectFrom('matter').selectAll().orderBy('id').execute();
  for (const [i, { id, subject, department }] of rows.entries())
    await withMatters(t.platform.records)
      .updateTable('matter')
      .set({
        subject: i % 4 === 0 ? random.pick(odd) : subject,
        department: i % 7 === 0 ? 'science' : department,
        askedOn: i % 5 === 0 ? addDays(TODAY, -random.int(0, 9)) : null,
        portal: i % 5 === 0 ? 'tongzhou' : null,
      })
      .where('id', '=', id)
      .execute();
  // Some of those that another office has were handed to it, one of them there and back and there again.
  for (const [i, { id }] of rows.entries())
    for (const [seq, from, to, onDay] of moves(i))
      await withMatters(t.platform.records)
        .insertInto('matterTransfer')
        .values({ matter: id, seq, fromDepartment: from, toDepartment: to, onDay })
        .execute();
  rows.forEach(({ id }, i) => {
    sent.set(id, moves(i));
  });
  all = await withMatters(t.platform.records).selectFrom('matter').selectAll().orderBy('id').execute();
  officer = (await t.platform.auth.findAccountByUsername('case-officer'))!.id;
});
afterAll(() => t.close());

/** What each view shows, said without SQL. */
const shows: Record<Exclude<View, 'transferred'>, (row: MatterRow) => boolean> = {
  open: ({ doneOn }) => doneOn === null,
  mine: ({ doneOn, handler }) => doneOn === null && handler === officer,
  unassigned: ({ doneOn, handler }) => doneOn === null && handler === null,
  late: ({ doneOn, nextOn }) => doneOn === null && nextOn !== null && nextOn < TODAY,
  soon: ({ doneOn, nextOn }) =>
    doneOn === null && nextOn !== null && nextOn >= TODAY && nextOn <= addDays(TODAY, 7),
  messages: ({ askedOn }) => askedOn !== null,
  ended: ({ doneOn }) => doneOn !== null,
};

function expected({ offices, without, item, portal, q, view, page, pageSize }: Asked) {
  const words = q.split(/\s+/).filter((word) => word !== '');
  const fits = all.filter(
    (row) =>
      !without.includes(row.id) &&
      (item === undefined || row.item === item) &&
      (portal === undefined || row.portal === portal) &&
      words.every((word) =>
        [row.number, row.name, row.subject].some((text) => text.toLowerCase().includes(word.toLowerCase())),
      ),
  );
  const found = fits.filter(({ department }) => offices.includes(department));
  /** The last day on which one of the offices handed it on. */
  const sentOn = ({ id }: MatterRow) =>
    (sent.get(id) ?? [])
      .filter(([, from]) => offices.includes(from))
      .map(([, , , on]) => on)
      .sort()
      .at(-1);
  const past = fits.filter((row) => !offices.includes(row.department) && sentOn(row) !== undefined);
  // They are in the order of their ids, which stays where the days are the same.
  const day = ({ nextOn, doneOn, askedOn }: MatterRow) =>
    view === 'ended' ? doneOn! : view === 'messages' ? askedOn! : (nextOn ?? '9999-12-31');
  const last = view === 'ended' ? -1 : 1;
  const order = (a: MatterRow, b: MatterRow) => last * (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0);
  const ofView = view === 'transferred' ? past : found.filter(shows[view]);
  const lastSent = (a: MatterRow, b: MatterRow) =>
    sentOn(a)! > sentOn(b)! ? -1 : sentOn(a)! < sentOn(b)! ? 1 : 0;
  return {
    ids: ofView
      .sort(view === 'transferred' ? lastSent : order)
      .slice((page - 1) * pageSize, page * pageSize)
      .map(({ id }) => id),
    counts: Object.fromEntries(
      DESK_VIEWS.map((one) => [one, one === 'transferred' ? past.length : found.filter(shows[one]).length]),
    ),
  };
}

test('the desk shows and counts what has all the words, however they are written', async () => {
  const piece = fc
    .tuple(fc.nat(), fc.constantFrom('number', 'name', 'subject'), fc.nat(8), fc.integer({ min: 1, max: 5 }))
    .map(([n, column, from, length]) =>
      [...(all[n % all.length]![column as 'name'] as string)].slice(from, from + length).join(''),
    );
  const typed = fc.oneof(
    piece,
    piece.map((text) => text.toUpperCase()),
    fc.constantFrom(
      '%',
      '_',
      '\\',
      '100%_',
      'a\\b',
      'ünï',
      'abc',
      '计',
      '号 〔',
      '\n',
      '量子纠缠',
      "'",
      '{a}',
    ),
  );
  const asked = fc.record({
    offices: fc.constantFrom(['market-regulation'], ['science'], ['market-regulation', 'science'], ['']),
    without: fc.array(fc.nat(), { maxLength: 3 }).map((some) => some.map((n) => all[n % all.length]!.id)),
    account: fc.constant(officer),
    covers: fc.constant([]),
    today: fc.constant(TODAY),
    view: fc.constantFrom(...DESK_VIEWS),
    item: fc.option(fc.constantFrom('disclosure', 'infringement', 'none'), { nil: undefined, freq: 3 }),
    portal: fc.option(fc.constantFrom('tongzhou', 'none'), { nil: undefined, freq: 3 }),
    q: fc.oneof(
      fc.constant(''),
      typed,
      fc.tuple(typed, typed).map((words) => words.join(' ')),
    ),
    page: fc.integer({ min: 1, max: 3 }),
    pageSize: fc.constantFrom(5, 50),
  });
  await fc.assert(
    fc.asyncProperty(asked, async (one) => {
      expect(await shownOf(t.platform.records, one)).toEqual(expected(one));
    }),
    { numRuns: 250 },
  );
});
