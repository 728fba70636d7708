import { compareSymbols } from '../../contract/classes.ts';
import type { ClassNode, ClassTree } from './tree.ts';

/** What may be the beginning of a symbol: a letter, and more of it. */
const SYMBOL_START = /^[A-HY](?:\d{0,2}|\d\d[A-Z](?:\d{1,4}(?:\/\d{0,6})?)?)$/;

/**
 * Places for what somebody has typed so far: symbols that begin so, in scheme order, else places whose title has all the
 * words, the higher ones first. Places that are gone from the newest edition come last.
 */
export function searchTree(tree: ClassTree, typed: string, limit: number): ClassNode[] {
  const start = typed.normalize('NFKC').toUpperCase().replace(/\s+/g, '');
  const gone = (node: ClassNode) => (node.version !== '' && node.version < tree.currentVersion ? 1 : 0);
  if (SYMBOL_START.test(start)) {
    const found = [...tree.nodes()].filter((node) => node.symbol.startsWith(start));
    if (found.length > 0)
      return found
        .sort(
          (a, b) => gone(a) - gone(b) || compareByLevel(start, a, b) || compareSymbols(a.symbol, b.symbol),
        )
        .slice(0, limit);
  }
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: ClassNode[] = [];
  for (const { node, title } of titlesOf(tree))
    if (words.every((word) => title.includes(word))) found.push(node);
  const height = (node: ClassNode) => (node.depth ?? 9) + 20 * gone(node);
  return found.sort((a, b) => height(a) - height(b) || compareSymbols(a.symbol, b.symbol)).slice(0, limit);
}

/** While a subclass is not complete, its groups are not offered before the subclasses. */
function compareByLevel(start: string, a: ClassNode, b: ClassNode): number {
  if (start.length >= 4) return 0;
  return Math.min(a.symbol.length, 5) - Math.min(b.symbol.length, 5);
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** Titles in the form in which they are searched, made once for a tree. */
const folded = new WeakMap<ClassTree, { node: ClassNode; title: string }[]>();

function titlesOf(tree: ClassTree): { node: ClassNode; title: string }[] {
  let titles = folded.get(tree);
  if (!titles) {
    titles = [...tree.nodes()].map((node) => ({ node, title: fold(`${node.zh}\n${node.en}`) }));
    folded.set(tree, titles);
  }
  return titles;
}
