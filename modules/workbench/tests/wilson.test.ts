import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { belongs } from '../server/objects/standing.ts';
import { wilson } from '../server/trees/wilson.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, hits: Math.round(share * n) }));

describe('the Wilson interval', () => {
  test('lies inside [0, 1] and holds the share', () => {
    fc.assert(
      fc.property(counts, ({ n, hits }) => {
        const { share, low, high } = wilson(hits, n)!;
        expect(share).toBe(hits / n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(high - low).toBeGreaterThan(0);
      }),
    );
  });

  test('narrows with more observations of the same share', () => {
    const grown = fc.tuple(counts, fc.integer({ min: 2, max: 50 }));
    fc.assert(
      fc.property(grown, ([{ n, hits }, times]) => {
        const few = wilson(hits, n)!;
        const many = wilson(hits * times, n * times)!;
        expect(many.high - many.low).toBeLessThan(few.high - few.low);
      }),
    );
  });

  test('mirrors: what is not relevant has the opposite interval', () => {
    fc.assert(
      fc.property(counts, ({ n, hits }) => {
        const a = wilson(hits, n)!;
        const b = wilson(n - hits, n)!;
        expect(a.low).toBeCloseTo(1 - b.high, 10);
      }),
    );
  });

  test('has the values of the literature, and none where nothing was observed', () => {
    // 81 of 263: 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3).
    const a = wilson(81, 263)!;
    expect([a.low.toFixed(4), a.high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    // 0 of 20: 0 to 0.1611; 1 of 29: 0.0061 to 0.1718 (the same table).
    expect(wilson(0, 20)!.high.toFixed(4)).toBe('0.1611');
    const c = wilson(1, 29)!;
    expect([c.low.toFixed(4), c.high.toFixed(4)]).toEqual(['0.0061', '0.1718']);
    expect(wilson(0, 0)).toBeNull();
  });
});

test('a decision always wins over the query, and only then the query counts', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom('in' as const, 'out' as const, null), (found, choice) => {
      expect(belongs(found, choice)).toBe(choice === null ? found : choice === 'in');
    }),
  );
});
