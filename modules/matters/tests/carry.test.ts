import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import { calendarOf } from '#kernel/city/calendar';
import { loadCityPack } from '#kernel/city/load';
import type { AppError } from '#kernel/errors';
import { rootPath } from '#kernel/paths';
import fc from '#kernel/testing/property';
import { type Course, Procedure, type Step } from '../server/course/course.ts';

const loaded = await loadCityPack(rootPath('cities', 'nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
/** Every version of an item with every other one of the same item. */
const pairs = pack.items.flatMap((from) =>
  pack.items
    .filter((to) => to.id === from.id && to !== from)
    .map((to) => [`${from.id} ${from.from} → ${to.from}`, from, to] as const),
);
const procedureOf = (item: (typeof pack.items)[number]) => new Procedure(item, pack.limits, calendarOf(pack));
const choices = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 12 });

/** Goes on from a course by what is possible, as the choices say. */
function goOn(
  procedure: Procedure,
  begun: Course,
  first: string,
  chosen: readonly [number, number][],
): Course {
  let course = begun;
  let number = course.done.length;
  let on = first;
  for (const [choice, days] of chosen) {
    on = addDays(on, days);
    const possible = procedure.possible(course, on);
    if (possible.length === 0) break;
    const { action, notBefore } = possible[choice % possible.length]!;
    if (notBefore !== null && notBefore > on) on = notBefore;
    number += 1;
    const step: Step = { action: action.id, on };
    course = procedure.next(course, step, number);
  }
  return course;
}

describe.each(pairs)('%s', (_, from, to) => {
  test('a running course goes on as it was, or is refused by name; whatever is done then, no clock runs for ever', () => {
    const [before, after] = [procedureOf(from), procedureOf(to)];
    fc.assert(
      fc.property(choices, choices, (first, then) => {
        const course = goOn(before, before.begin(), from.from, first);
        if (course.state.end) return;
        let carried: Course;
        try {
          carried = after.carry(course);
        } catch (error) {
          expect((error as AppError).code).toBe('course_carry');
          return;
        }
        expect(to.states).toContain(carried.state);
        expect(carried.state.id).toBe(course.state.id);
        for (const [i, run] of carried.runs.entries()) {
          const was = course.runs[i]!;
          if (was.ended) expect(run).toBe(was);
          else expect(run).toEqual({ ...was, limit: after.limitOf(run.clock) });
        }
        expect(procedureOf(to).possible(carried)).not.toEqual([]);
        const end = goOn(after, carried, course.on!, then);
        if (end.state.end)
          for (const run of end.runs)
            if (!run.ended)
              expect(
                after
                  .possible(end)
                  .some(({ action }) => [...action.meets, ...action.stops].includes(run.clock)),
                `${run.clock} runs on in ${end.state.id}`,
              ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
