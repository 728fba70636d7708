import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { addDays } from '#kernel/calendar/date';
import { isWorkingDay } from '#kernel/calendar/workdays';
import { calendarOf } from '#kernel/city/calendar';
import { cityLookup } from '#kernel/city/lookup';
import { seeded } from '#kernel/random';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { madeUpAnswers } from '../server/demo/answers.ts';
import { planMatters } from '../server/demo/plan.ts';
import { Form } from '../server/matters/form.ts';
import { isIntact, readLog } from '../server/matters/log.ts';
import { clockRows, nextDay } from '../server/matters/settle.ts';
import { withMatters } from '../server/matters/tables.ts';
import { type Headers, matterPlatform, OFFICE, ok } from './helpers.ts';

const NOW = '2026-11-30T14:00:00+08:00';

let t: TestPlatform;
beforeAll(async () => {
  t = await matterPlatform(NOW);
});
afterAll(() => t.close());

const rows = () => withMatters(t.platform.records).selectFrom('matter').selectAll().orderBy('id').execute();
const logs = async () => Promise.all((await rows()).map(({ id }) => readLog(t.platform.records, id)));

describe('the demonstration', () => {
  let officer: Headers;
  beforeEach(async () => {
    await t.clean();
    t.clock.set(NOW);
    officer = await t.as('case-officer', OFFICE);
    await t.as('case-head', OFFICE);
  });

  test('fills the desk with matters in every state, as use would have left them', async () => {
    await t.load(true);
    const { counts, items } = ok(await t.call(contract.listMatters, { query: {} }, officer));
    expect(counts.open + counts.ended).toBe(60);
    expect(counts.late).toBeGreaterThanOrEqual(3);
    expect(counts.soon).toBeGreaterThanOrEqual(3);
    expect(counts.ended).toBeGreaterThanOrEqual(5);
    expect(counts.mine).toBeGreaterThanOrEqual(5);
    expect(counts.unassigned).toBeGreaterThanOrEqual(5);
    expect(items.map(({ id }) => id)).toEqual([...new Set(t.platform.pack.items.map(({ id }) => id))].sort());
    const standing = await withMatters(t.platform.records)
      .selectFrom('matterClock')
      .select('matter')
      .where('due', 'is', null)
      .where('endedOn', 'is', null)
      .execute();
    expect(standing.length).toBeGreaterThan(0);

    const calendar = calendarOf(t.platform.pack);
    const all = await logs();
    const today = t.clock.today();
    for (const log of all) {
      expect(isIntact(log)).toBe(true);
      for (const [i, { at, onDay, recorded, actorKind }] of log.entries()) {
        if (onDay === null) continue;
        // The moment of an entry lies on the day that counts.
        expect(at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })).toBe(onDay);
        expect(isWorkingDay(onDay, calendar)).toBe(true);
        expect(onDay <= today && onDay >= addDays(today, -280)).toBe(true);
        expect(i === 0 || at >= log[i - 1]!.at).toBe(true);
        expect(recorded && actorKind === 'anonymous').toBe(false);
      }
    }
    expect(await verifyAudit(t.platform.records)).toMatchObject({ ok: true });
    const ratings = await withMatters(t.platform.records)
      .selectFrom('matterRating')
      .select('score')
      .execute();
    expect(ratings.length).toBeGreaterThanOrEqual(3);

    const numbers = new Map<string, number[]>();
    for (const { number } of await rows()) {
      const [, mark, year, n] = /^(\D+)〔(\d+)〕(\d+)号$/.exec(number)!;
      numbers.set(`${mark} ${year}`, [...(numbers.get(`${mark} ${year}`) ?? []), Number(n)]);
    }
    for (const given of numbers.values()) expect(given).toEqual(given.map((_, i) => i + 1));
    for (const { name } of await rows())
      expect(name).toMatch(/^(南通示例.+有限公司|示例申请人|匿名|身份保密)$/);

    const { rows: messages } = await t.platform.stores.pool.query<{ created_at: Date; read_at: Date | null }>(
      'select created_at, read_at from notification',
    );
    const week = new Date(+t.clock.now() - 7 * 86_400_000);
    expect(messages.length).toBeGreaterThan(50);
    for (const { created_at, read_at } of messages) {
      expect(created_at <= t.clock.now()).toBe(true);
      expect(read_at !== null).toBe(created_at < week);
    }
  });

  test('made twice, or once more on a later day after it was broken off, is the same', async () => {
    await t.load(true);
    const before = [await rows(), await logs()];
    t.clock.set('2026-12-02T10:00:00+08:00');
    await t.load(true);
    expect([await rows(), await logs()]).toEqual(before);
  });

  test('goes on where it was broken off', async () => {
    const { files } = t.platform;
    const put = files.put.bind(files);
    let left = 5;
    files.put = (...given) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('no space')) : put(...given);
    };
    await expect(t.load(true)).rejects.toThrow('no space');
    files.put = put;
    const half = (await rows()).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(60);
    t.clock.set('2026-12-01T10:00:00+08:00');
    await t.load(true);
    expect(await rows()).toHaveLength(60);
    for (const log of await logs()) expect(isIntact(log)).toBe(true);
  });

  test('has no matters where nobody would handle them', async () => {
    await t.clean();
    await t.load(true);
    expect(await rows()).toEqual([]);
  });
});

describe('the plan of the demonstration', () => {
  const offices = new Map([['market-regulation', { head: true }]]);

  test.each(['2025-12-31', '2026-01-03', '2026-02-22', '2026-05-05', '2026-10-08', '2027-03-15'])(
    'has matters in every state on %s',
    (today) => {
      const plan = planMatters(t.platform.pack, today, offices);
      expect(plan).toHaveLength(60);
      expect(planMatters(t.platform.pack, today, offices).map(({ steps }) => steps)).toEqual(
        plan.map(({ steps }) => steps),
      );
      const ways = plan.map(({ definition, steps }) => {
        const course = definition.procedure.after(steps);
        const clocks = clockRows(definition, '', course);
        const next = nextDay(clocks);
        if (course.state.end) return 'ended';
        if (next !== null && next < today) return 'late';
        if (next !== null && next <= addDays(today, 7)) return 'soon';
        return clocks.some(({ due, endedOn }) => due === null && endedOn === null) ? 'standing' : 'running';
      });
      const count = (way: string) => ways.filter((one) => one === way).length;
      expect(count('ended')).toBeGreaterThanOrEqual(15);
      expect(count('soon')).toBeGreaterThanOrEqual(8);
      expect(count('late')).toBeGreaterThanOrEqual(6);
      expect(count('standing')).toBeGreaterThanOrEqual(1);
      expect(count('running')).toBeGreaterThanOrEqual(8);
    },
  );

  test('takes no step of a head where there is none', () => {
    const plan = planMatters(
      t.platform.pack,
      '2026-11-30',
      new Map([['market-regulation', { head: false }]]),
    );
    const heads = plan.flatMap(({ definition: { item }, steps }) =>
      steps.filter(({ action }) => {
        const { by } = item.actions.find(({ id }) => id === action)!;
        return item.roles.find(({ id }) => id === by)!.side === 'head';
      }),
    );
    expect(heads).toEqual([]);
  });

  test('answers every form so that it is taken, under any seed', () => {
    const { pack } = t.platform;
    const reading = { lookup: cityLookup(pack), today: '2026-11-30', source: 'json' as const };
    for (const item of pack.items) {
      const form = new Form(item);
      for (let seed = 0; seed < 40; seed += 1) {
        const answers = madeUpAnswers(pack, item, form.model, seeded(seed), '2026-06-30');
        expect(form.read(answers, reading).issues).toEqual([]);
      }
    }
  });
});
