import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { clockLeftRunning, leadingToAnEnd, reachable } from './item-graph.ts';
import type { ItemAction, ItemState } from './schema-item.ts';

const title = { zh: '甲', en: 'A' };
const state = (id: string, end = false): ItemState => ({ id, title, end });
const action = (id: string, from: string[], more: Partial<ItemAction> = {}): ItemAction => ({
  ...{ id, title, by: 'clerk', from, starts: [], meets: [], stops: [], pauses: [], resumes: [], extends: [] },
  ...{ documents: [], after: [], basis: [], once: false, extension: 1, ...more },
});

/** Small procedures of any form, sound or not: some states are ends, some actions start or stop the clock. */
const graph = fc.integer({ min: 2, max: 5 }).chain((count) => {
  const id = fc.integer({ min: 0, max: count - 1 }).map((n) => `s${n}`);
  const clock = fc.subarray(['c'], { maxLength: 1 });
  return fc.record({
    ends: fc.subarray(Array.from({ length: count }, (_, n) => `s${n}`)),
    actions: fc.array(
      fc.record({
        from: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
        to: fc.option(id, { nil: undefined }),
        starts: clock,
        stops: clock,
      }),
      { maxLength: 7 },
    ),
    count: fc.constant(count),
  });
});

const procedure = graph.map(({ count, ends, actions }) => ({
  states: Array.from({ length: count }, (_, n) => state(`s${n}`, ends.includes(`s${n}`))),
  actions: actions.map(({ from, to, starts, stops }, i) =>
    action(`a${i}`, from, { ...(to !== undefined && { to }), starts, stops }),
  ),
}));
type Procedure = { states: ItemState[]; actions: ItemAction[] };

/** Every way of acting from a state on, with as many steps as can bring anything new. */
function* ways(item: Procedure, at: string, steps: number): Generator<{ way: ItemAction[]; at: string }> {
  yield { way: [], at };
  if (steps === 0) return;
  for (const first of item.actions.filter((one) => one.from.includes(at)))
    for (const rest of ways(item, first.to ?? at, steps - 1))
      yield { way: [first, ...rest.way], at: rest.at };
}

const isEnd = (item: Procedure, id: string) => item.states.some((one) => one.id === id && one.end);

describe('the walk through a procedure', () => {
  test('reaches what trying every way of acting reaches', () => {
    fc.assert(
      fc.property(procedure, (item) => {
        for (const { id } of item.states) {
          const met = new Set([...ways(item, id, item.states.length)].map((one) => one.at));
          expect(reachable(item, id)).toEqual(met);
          expect(leadingToAnEnd(item).has(id)).toBe([...met].some((at) => isEnd(item, at)));
        }
      }),
    );
  });

  test('finds a clock that runs on when trying every way finds one, by a way that can be gone', () => {
    fc.assert(
      fc.property(procedure, (item) => {
        const found = clockLeftRunning(item, 'c') as ItemAction[] | null;
        const runsOn = ({ way, at }: { way: ItemAction[]; at: string }) =>
          way.length > 0 &&
          way[0]!.starts.includes('c') &&
          way.slice(1).every((one) => one.to === undefined || !one.stops.includes('c')) &&
          isEnd(item, at) &&
          !item.actions.some((one) => one.from.includes(at) && one.stops.includes('c'));
        const every = item.states.flatMap(({ id }) => [...ways(item, id, item.states.length + 1)]);
        expect(found !== null).toBe(every.some(runsOn));
        if (!found) return;
        const fewest = Math.min(...every.filter(runsOn).map((one) => one.way.length));
        expect(found).toHaveLength(fewest);
        expect(every.some((one) => runsOn(one) && one.way.every((a, i) => a === found[i]))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
