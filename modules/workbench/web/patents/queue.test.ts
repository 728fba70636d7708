import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { ApiError } from '#shell/api-error';
import type { CollectionItem } from '../../contract.ts';
import { DecisionQueue, type Pending, withWaiting } from './queue.ts';

const one = (number: string, step: Pending['step'] = { choice: 'keep' }, collection = 'c'): Pending => ({
  ...{ collection, number, step },
});
/** Everything that is ready to run has run. */
const settled = () => new Promise((go) => setTimeout(go, 0));

/** A queue whose server does as `answer` says, and what reached it. */
function queueTo(answer: (p: Pending) => void, pause = () => Promise.resolve()) {
  const sent: string[] = [];
  const stored: string[] = [];
  const queue = new DecisionQueue(
    async (p) => {
      answer(p);
      sent.push(`${p.collection} ${p.number} ${p.step.choice}`);
      return { number: p.number } as CollectionItem;
    },
    (p, _item, last) => stored.push(last ? `${p.number} last` : p.number),
    pause,
  );
  return { queue, sent, stored };
}

describe('decisions on their way', () => {
  test('are sent one after another in their order, and the last one is told', async () => {
    const { queue, sent, stored } = queueTo(() => {});
    for (const n of ['A', 'B', 'A']) queue.add(one(n));
    await settled();
    expect(sent).toEqual(['c A keep', 'c B keep', 'c A keep']);
    expect(stored).toEqual(['A', 'B', 'A last']);
    expect(queue.state()).toEqual({ steps: [], failure: null });
  });

  test('are sent again by themselves when the line was down, at once where somebody asks', async () => {
    let down = 2;
    const pauses: (() => void)[] = [];
    const { queue, sent } = queueTo(
      () => {
        if (down-- > 0) throw new ApiError('network', '', 0);
      },
      () => new Promise((go) => pauses.push(go)),
    );
    queue.add(one('A'));
    await settled();
    expect(queue.state().failure).toBeInstanceOf(ApiError);
    pauses[0]!();
    await settled();
    expect(sent).toEqual([]);
    // A decision made meanwhile waits behind.
    queue.add(one('B'));
    queue.retry();
    await settled();
    expect(sent).toEqual(['c A keep', 'c B keep']);
  });

  test('wait where they are refused, and are moved, or given up', async () => {
    const refused = new ApiError('workbench_gone', '已删除', 404);
    const { queue, sent } = queueTo((p) => {
      if (p.collection === 'c') throw refused;
    });
    queue.add(one('A'));
    queue.add(one('B'));
    await settled();
    expect(queue.state()).toMatchObject({ failure: refused, steps: [{ number: 'A' }, { number: 'B' }] });
    queue.move('c', 'd');
    await settled();
    expect(sent).toEqual(['d A keep', 'd B keep']);
    queue.add(one('X'));
    queue.add(one('Y', { rating: 3 }, 'd'));
    await settled();
    expect(queue.state().steps).toHaveLength(2);
    queue.drop('c');
    await settled();
    expect(sent.at(-1)).toBe('d Y undefined');
    expect(queue.state()).toEqual({ steps: [], failure: null });
  });
});

test('what a person sees while decisions wait is what the server will say', () => {
  const step = fc.oneof(
    fc.record({ choice: fc.constantFrom('keep' as const, 'dismiss' as const, null) }),
    fc.record({ rating: fc.option(fc.integer({ min: 1, max: 5 })) }),
    fc.constantFrom('t', 'u').map((tag) => ({ addTags: [tag] })),
    fc.constantFrom('t', 'u').map((tag) => ({ removeTags: [tag] })),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const server = { choice: null as unknown, rating: null as unknown, tags: new Set<string>() };
      for (const s of steps) {
        if ('choice' in s) server.choice = s.choice;
        if ('rating' in s) server.rating = s.rating;
        if ('addTags' in s) for (const tag of s.addTags) server.tags.add(tag);
        if ('removeTags' in s) for (const tag of s.removeTags) server.tags.delete(tag);
      }
      const others = [one('B', { choice: 'dismiss' }), one('A', { rating: 1 }, 'd')];
      const waiting = [...others, ...steps.map((s) => one('A', s)), ...others];
      const seen = withWaiting({ choice: null, rating: null, tags: [] }, waiting, 'c', 'A');
      expect({ ...seen, tags: [...seen.tags].sort() }).toEqual({ ...server, tags: [...server.tags].sort() });
    }),
  );
});
