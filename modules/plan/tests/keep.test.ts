import { describe, expect, it } from 'vitest';
import { Lanes, remember } from '../server/keep.ts';

/** Tasks that end when they are told to. */
function tasks(lanes: Lanes, count: number) {
  const started: number[] = [];
  const ends: ((failed?: boolean) => void)[] = [];
  const results = Array.from({ length: count }, (_, i) =>
    lanes
      .run(
        () =>
          new Promise<number>((resolve, reject) => {
            started.push(i);
            ends[i] = (failed) => (failed ? reject(new Error(String(i))) : resolve(i));
          }),
      )
      .catch((error: Error) => `failed ${error.message}`),
  );
  return { started, ends, results };
}

describe('lanes', () => {
  it('let so many run at once, and the others in the order in which they came', async () => {
    const { started, ends, results } = tasks(new Lanes(2), 5);
    expect(started).toEqual([0, 1]);
    ends[1]!();
    await results[1];
    expect(started).toEqual([0, 1, 2]);
    ends[0]!();
    await results[0];
    expect(started).toEqual([0, 1, 2, 3]);
    for (const i of [2, 3]) ends[i]!();
    await Promise.all([results[2], results[3]]);
    ends[4]!();
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are free again after a failure', async () => {
    const lanes = new Lanes(1);
    const { started, ends, results } = tasks(lanes, 2);
    ends[0]!(true);
    expect(await results[0]).toBe('failed 0');
    expect(started).toEqual([0, 1]);
    ends[1]!();
    await results[1];
    expect(await lanes.run(async () => 'free')).toBe('free');
  });
});

describe('what is remembered', () => {
  it('is made once, forgotten when it failed, and the oldest goes first', async () => {
    const map = new Map<string, Promise<number>>();
    let made = 0;
    const make = async () => ++made;
    await Promise.all([remember(map, 'a', make, 2), remember(map, 'a', make, 2)]);
    expect(made).toBe(1);
    await expect(remember(map, 'bad', () => Promise.reject(new Error('x')), 2)).rejects.toThrow('x');
    expect(map.has('bad')).toBe(false);
    for (const key of ['b', 'c']) await remember(map, key, make, 2);
    expect([...map.keys()]).toEqual(['b', 'c']);
  });
});
