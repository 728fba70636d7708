import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as contract from '../contract.ts';
import { act, asked, fault, type Headers, matterPlatform, OFFICE, ok, withCode } from './helpers.ts';

let t: TestPlatform;
let head: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  t.clock.set('2026-09-21T09:00:00+08:00');
  head = await t.as('case-head', OFFICE);
});

test('more time that was granted in time is entered later, with the day on which it was; nobody is offered to grant it too late', async () => {
  const matter = await asked(t);
  const due = matter.clocks.find(({ id }) => id === 'answer')!.due!;
  const look = async (headers: Headers, code?: string) =>
    ok(await t.call(contract.getMatter, { params: { number: matter.number }, ...withCode(code) }, headers));
  const extend = ({ next }: Awaited<ReturnType<typeof look>>) => next.find(({ id }) => id === 'extend');
  expect(extend(await look(head))?.notAfter).toBeNull();

  t.clock.set('2026-11-02T09:00:00+08:00');
  const late = await look(head);
  expect(extend(late)).toMatchObject({ notAfter: due, mine: true });
  expect(late.abilities.act).not.toContain('extend');
  // Whoever applied sees nothing of what can no longer be done.
  expect(extend(await look({}, matter.code!))).toBeUndefined();
  expect(fault(await act(t, late, 'extend', head)).code).toBe('course_clock');
  const entered = ok(await act(t, late, 'extend', head, { on: due, note: '当日已经批准' }));
  const clock = entered.clocks.find(({ id }) => id === 'answer')!;
  expect([clock.extensions.length, clock.late]).toEqual([1, false]);
});
