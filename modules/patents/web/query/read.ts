import { type Dialect, type Expr, type Parsed, QueryError, type QueryFault } from '../../query/ast.ts';
import { recogniseDialect } from '../../query/dialects.ts';
import { parseQuery } from '../../query/parser.ts';
import { printQuery } from '../../query/print.ts';

/** One of the conditions that must all hold. */
export interface Part {
  /** In the platform's own language. */
  text: string;
  /** The query without it; null where none is left. */
  without: Expr | null;
}

/** A query as this browser reads it, by the rules of the server. */
export type LocalReading =
  | { state: 'empty' }
  | { state: 'good'; parsed: Parsed; parts: Part[] }
  | { state: 'faulty'; dialect: Dialect; faults: QueryFault[] };

/** Reads a query without asking the server. */
export function readQuery(text: string, dialect: Dialect | undefined): LocalReading {
  if (text.trim() === '') return { state: 'empty' };
  try {
    const parsed = parseQuery(text, dialect);
    return { state: 'good', parsed, parts: partsOf(parsed.expr) };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { state: 'faulty', dialect: dialect ?? recogniseDialect(text), faults: error.faults };
  }
}

/** Whether a query refers to earlier or saved ones, so that only the server knows all of it. */
export function hasReferences(expr: Expr): boolean {
  switch (expr.type) {
    case 'reference':
      return true;
    case 'and':
    case 'or':
    case 'xor':
      return expr.items.some(hasReferences);
    case 'not':
      return hasReferences(expr.keep) || hasReferences(expr.drop);
    default:
      return false;
  }
}

/** The conditions that must all hold, each with the query that leaves it out; every excluded one stands for itself. */
export function partsOf(expr: Expr): Part[] {
  const { keep, drop } = sides(expr);
  const without = (list: readonly Expr[], item: Expr) => list.filter((other) => other !== item);
  return [
    ...keep.map((item) => ({ text: print(item), without: joined(without(keep, item), drop) })),
    ...drop.map((item) => ({ text: `NOT ${print(item)}`, without: joined(keep, without(drop, item)) })),
  ];
}

function sides(expr: Expr): { keep: Expr[]; drop: Expr[] } {
  if (expr.type === 'and') return { keep: expr.items, drop: [] };
  if (expr.type !== 'not') return { keep: [expr], drop: [] };
  return {
    keep: expr.keep.type === 'and' ? expr.keep.items : [expr.keep],
    drop: expr.drop.type === 'or' ? expr.drop.items : [expr.drop],
  };
}

/** Null where nothing is kept: there is no query that only excludes. */
function joined(keep: readonly Expr[], drop: readonly Expr[]): Expr | null {
  const kept = group(keep, 'and');
  const dropped = group(drop, 'or');
  return kept && dropped ? { type: 'not', keep: kept, drop: dropped, at: kept.at } : kept;
}

function group(items: readonly Expr[], type: 'and' | 'or'): Expr | null {
  if (items.length < 2) return items[0] ?? null;
  return { type, items: [...items], at: items[0]!.at };
}

const print = (expr: Expr) => printQuery(expr, 'zc').text;

/**
 * The part of an address that asks a query: its text in the platform's own language, and the language by name only where the
 * text alone would be taken for another.
 */
export function asAddress(expr: Expr | null): { q: string | undefined; dialect: Dialect | undefined } {
  if (!expr) return { q: undefined, dialect: undefined };
  const q = print(expr);
  return { q, dialect: recogniseDialect(q) === 'zc' ? undefined : 'zc' };
}
