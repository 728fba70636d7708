import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { seeded } from './random.ts';

describe('random numbers', () => {
  test('are the same for the same seed on every machine', () => {
    const random = seeded(20_170_728);
    expect(Array.from({ length: 5 }, () => random.int(0, 999))).toEqual(expectedOf(20_170_728));
    expect(seeded(1).next()).not.toBe(seeded(2).next());
  });

  test('stay in their range and reach both ends of it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, min, width) => {
        const random = seeded(seed);
        const seen = new Set(Array.from({ length: 300 }, () => random.int(min, min + width)));
        expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: width + 1 }, (_, i) => min + i));
        expect(random.next()).toBeLessThan(1);
        expect([1, 2, 3]).toContain(random.pick([1, 2, 3]));
        expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
      }),
    );
  });

  /** Mulberry32 written down once more, with BigInt instead of 32-bit tricks. */
  function expectedOf(seed: number): number[] {
    const M = 2n ** 32n;
    let state = BigInt(seed);
    const mul = (a: bigint, b: bigint) => (a * b) % M;
    return Array.from({ length: 5 }, () => {
      state = (state + 0x6d2b79f5n) % M;
      let x = mul(state ^ (state >> 15n), state | 1n);
      x = ((x + mul(x ^ (x >> 7n), x | 61n)) % M) ^ x;
      const value = (x ^ (x >> 14n)) % M;
      return Math.floor((Number(value) / 2 ** 32) * 1000);
    });
  }
});
