import { setImmediate as breathe } from 'node:timers/promises';
import type { ClassTree } from '../classes/tree.ts';
import type { QueryTerm } from './query-terms.ts';
import { eachToken } from './tokens.ts';

const K1 = 1.2;
const B = 0.75;
/** Titles between two breaths. */
const STRIDE = 2000;

/**
 * Finds subclasses by the words of their titles and of all titles under them: BM25 over pairs of characters and Latin words,
 * one document a subclass. What can be suggested before anything was learned.
 */
export class TitleIndex {
  readonly #symbols: string[] = [];
  readonly #lengths: number[] = [];
  /** Token → subclass and count, in turn. */
  readonly #postings = new Map<string, number[]>();

  /** Reads all titles of a scheme. */
  static async of(tree: ClassTree): Promise<TitleIndex> {
    const index = new TitleIndex();
    let read = 0;
    for (const node of [...tree.nodes()].filter((n) => n.level === 'subclass')) {
      if (node.version !== tree.currentVersion && node.version !== '') continue;
      const counts = new Map<string, number>();
      let length = 0;
      for (const one of [node, ...tree.below(node.symbol).symbols.map((s) => tree.node(s)!)])
        for (const title of [one.zh, one.en])
          eachToken(title, (token) => {
            if (token.startsWith('1:')) return;
            counts.set(token, (counts.get(token) ?? 0) + 1);
            length += 1;
          });
      read += counts.size;
      const at = index.#symbols.push(node.symbol) - 1;
      index.#lengths.push(length);
      for (const [token, count] of counts) {
        const list = index.#postings.get(token);
        if (list) list.push(at, count);
        else index.#postings.set(token, [at, count]);
      }
      if (read > STRIDE) {
        read = 0;
        await breathe();
      }
    }
    return index;
  }

  get size(): number {
    return this.#symbols.length;
  }

  /** The best subclasses for a text, best first. */
  find(terms: readonly QueryTerm[], count: number): { symbol: string; score: number }[] {
    const docs = this.#symbols.length;
    const scores = new Float64Array(docs);
    const average = Math.max(1, this.#lengths.reduce((a, b) => a + b, 0) / Math.max(1, docs));
    for (const { token, weight } of terms) {
      const list = this.#postings.get(token);
      if (!list) continue;
      const df = list.length / 2;
      const idf = Math.log(1 + (docs - df + 0.5) / (df + 0.5));
      for (let i = 0; i < list.length; i += 2) {
        const [at, tf] = [list[i]!, list[i + 1]!];
        scores[at]! +=
          (weight * idf * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * this.#lengths[at]!) / average));
      }
    }
    return [...scores.keys()]
      .filter((at) => scores[at]! > 0)
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .slice(0, count)
      .map((at) => ({ symbol: this.#symbols[at]!, score: scores[at]! }));
  }
}
