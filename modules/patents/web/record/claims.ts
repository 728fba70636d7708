import type { ClaimJson } from '../../contract/record.ts';

/** A claim with those that hang on it. */
export interface ClaimNode {
  claim: ClaimJson;
  children: ClaimNode[];
  /** How many hang on it, directly or not. */
  below: number;
}

/**
 * Claims as trees: each hangs on the first claim that it names, if that one stands before it; so there is no circle, and
 * every claim stands exactly once.
 */
export function claimForest(claims: readonly ClaimJson[]): ClaimNode[] {
  const nodes = new Map<number, ClaimNode>();
  const roots: ClaimNode[] = [];
  const all = claims.map((claim) => ({ claim, children: [], below: 0 }) as ClaimNode);
  for (const node of all) {
    const parent = nodes.get(node.claim.dependsOn[0] ?? -1);
    (parent?.children ?? roots).push(node);
    if (!nodes.has(node.claim.number)) nodes.set(node.claim.number, node);
  }
  for (const node of all.reverse()) node.below = node.children.reduce((sum, c) => sum + 1 + c.below, 0);
  return roots;
}

/** The text without its own number, which the tree writes itself. */
export function withoutNumber(text: string, number: number): string {
  return text.replace(new RegExp(`^\\s*${number}\\s*[.．、]\\s*(?!\\d)`), '').trim();
}
