import { expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { type ClaimNode, claimForest, withoutNumber } from './claims.ts';

const claim = (number: number, ...dependsOn: number[]) => ({ number, dependsOn, text: `${number}. x` });

test('claims hang on the first claim that they name', () => {
  const forest = claimForest([claim(1), claim(2, 1), claim(3, 2, 1), claim(4), claim(5, 4)]);
  expect(forest.map((n) => [n.claim.number, n.below])).toEqual([
    [1, 2],
    [4, 1],
  ]);
  expect(forest[0]?.children[0]?.children[0]?.claim.number).toBe(3);
});

test('every claim stands once, whatever the references say', () => {
  const any = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 12 }), fc.array(fc.integer({ min: -2, max: 15 }), { maxLength: 3 })),
  );
  const all = (nodes: readonly ClaimNode[]): number =>
    nodes.reduce((n, node) => n + 1 + all(node.children), 0);
  fc.assert(
    fc.property(any, (list) => {
      const forest = claimForest(list.map(([number, on]) => claim(number, ...on)));
      expect(all(forest)).toBe(list.length);
      expect(forest.reduce((n, node) => n + 1 + node.below, 0)).toBe(list.length);
    }),
  );
});

test('the number of a claim is not written twice, a figure at its beginning stays', () => {
  expect(withoutNumber('1. 一种机器人', 1)).toBe('一种机器人');
  expect(withoutNumber('2、根据权利要求1', 2)).toBe('根据权利要求1');
  expect(withoutNumber('1.5 毫米的', 1)).toBe('1.5 毫米的');
  expect(withoutNumber('3. x', 1)).toBe('3. x');
});
