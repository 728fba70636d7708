import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { canonicalJson, newId, sha256 } from './ids.ts';

describe('ids', () => {
  test('are UUIDs of version 7 that sort by their time, and inside one millisecond by their order', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 - 1 }), fc.nat({ max: 2 ** 48 - 1 }), (a, b) => {
        expect(Number.parseInt(newId(a).replaceAll('-', '').slice(0, 12), 16)).toBe(a);
        if (a < b) expect(newId(a) < newId(b)).toBe(true);
      }),
    );
    const burst = Array.from({ length: 20_000 }, () => [newId(1), newId(2)][0]);
    expect(new Set(burst).size).toBe(burst.length);
    expect(burst.toSorted()).toEqual(burst);
  });

  test('of bytes are their SHA-256', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('知')).toBe(sha256(Buffer.from([0xe7, 0x9f, 0xa5])));
  });
});

describe('canonical JSON', () => {
  test('is the same for equal values, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  test('sorts keys by their code units, leaves out what is undefined, and writes dates as JSON does', () => {
    expect(canonicalJson({ b: 1, a: undefined, '€': 2, A: [undefined, 1] })).toBe(
      '{"A":[null,1],"b":1,"€":2}',
    );
    expect(canonicalJson({ at: new Date('2019-06-30T01:00:00Z') })).toBe('{"at":"2019-06-30T01:00:00.000Z"}');
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
  });

  function reversed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([k, v]) => [k, reversed(v)]),
    );
  }
});
