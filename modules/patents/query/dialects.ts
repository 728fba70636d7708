import type { Dialect, Nearness } from './ast.ts';
import { fieldNames } from './fields.ts';

export { type Dialect, QueryError, type Span } from './ast.ts';

/** Wildcards of a dialect. The same sign means different things in different systems. */
export interface Wildcards {
  /** Any number of characters. */
  any: readonly string[];
  /** Exactly one; '' where the dialect has none. */
  one: string;
  /** None or one. */
  maybe: string;
}

/** Source: help pages and grammars as collected in the reference of query languages. */
export const WILDCARDS_OF: Record<Dialect, Wildcards> = {
  zc: { any: ['*'], one: '?', maybe: '#' },
  cql: { any: ['*'], one: '#', maybe: '?' },
  patsnap: { any: ['*'], one: '?', maybe: '#' },
  cnipr: { any: ['+', '%'], one: '#', maybe: '?' },
  lucene: { any: ['*'], one: '?', maybe: '' },
};

/** What a word between two parts of a query does. */
export type Operator =
  | { type: 'and' | 'or' | 'xor' | 'not' }
  | { type: 'near'; near: Nearness }
  | { type: 'frequency'; times: number };

const BOOLEAN: Record<string, 'and' | 'or' | 'xor' | 'not'> = {
  AND: 'and',
  OR: 'or',
  XOR: 'xor',
  NOT: 'not',
  ANDNOT: 'not',
  与: 'and',
  或: 'or',
  非: 'not',
  异或: 'xor',
};
const SIGNS: Record<string, 'and' | 'or' | 'not'> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '&': 'and',
  '|': 'or',
};

const units = (least: number, most: number, ordered: boolean): Nearness => ({
  within: 'units',
  least,
  most,
  ordered,
});
const inside = (within: 'sentence' | 'paragraph' | 'field', without: boolean): Nearness => ({
  within,
  least: 0,
  most: 0,
  ordered: false,
  ...(without && { without: true as const }),
});
const WITHIN: Record<string, 'sentence' | 'paragraph' | 'field'> = {
  S: 'sentence',
  P: 'paragraph',
  F: 'field',
};

/**
 * The operator that a word is in a dialect, or null for an ordinary word. Boolean words are upper or lower case
 * everywhere; in Lucene style only upper case, as there.
 */
export function operatorOf(word: string, dialect: Dialect): Operator | null {
  const upper = word.toUpperCase();
  if (BOOLEAN[upper] && (dialect !== 'lucene' || word === upper)) return { type: BOOLEAN[upper] };
  if (dialect === 'lucene' || dialect === 'zc') if (SIGNS[word]) return { type: SIGNS[word] };
  if (dialect === 'lucene' || dialect === 'cql') return null;
  if (dialect === 'patsnap' && upper === 'GAND') return { type: 'and' };
  return nearOf(upper, dialect);
}

const near = (n: Nearness): Operator => ({ type: 'near', near: n });

/** What $-words of PatSnap style do; `zc` takes them too. */
const DOLLAR: readonly [RegExp, (n: number) => Operator][] = [
  [/^\$W(\d{1,3})$/, (n) => near(units(0, n, false))],
  [/^\$PRE(\d{1,3})$/, (n) => near(units(0, n, true))],
  [/^\$WS$/, () => near(units(0, 0, true))],
  [/^\$SEN$/, () => near(inside('sentence', false))],
  [/^\$PARA$/, () => near(inside('paragraph', false))],
  [/^\$FREQ(\d{1,4})$/, (times) => ({ type: 'frequency', times })],
];

/** Words of the Chinese command searches (PSS, Orbit, CNIPR); `zc` takes them too. */
const COMMAND: readonly [RegExp, (n: number) => Operator][] = [
  [/^W$/, () => near(units(0, 0, true))],
  [/^D$/, () => near(units(0, 0, false))],
  [/^(\d{1,3})W$/, (n) => near(units(0, n, true))],
  [/^(\d{1,3})[DN]$/, (n) => near(units(0, n, false))],
  [/^=(\d{1,3})W$/, (n) => near(units(n, n, true))],
  [/^=(\d{1,3})[DN]$/, (n) => near(units(n, n, false))],
  [/^ADJ$/, () => near(units(0, 0, true))],
  [/^(?:ADJ|PRE)\/(\d{1,3})$/, (n) => near(units(0, n, true))],
  [/^NEAR\/(\d{1,3})$/, (n) => near(units(0, n, false))],
  [/^EQU\/(\d{1,3})$/, (n) => near(units(n, n, false))],
];

function nearOf(word: string, dialect: Dialect): Operator | null {
  const tables = dialect === 'zc' ? [DOLLAR, COMMAND] : dialect === 'patsnap' ? [DOLLAR] : [COMMAND];
  for (const table of tables)
    for (const [pattern, make] of table) {
      const m = pattern.exec(word);
      if (m) return make(Number(m[1] ?? 0));
    }
  const bound = dialect === 'patsnap' ? null : /^(NOT)?([SPF])$/.exec(word);
  return bound ? near(inside(WITHIN[bound[2]!]!, bound[1] !== undefined)) : null;
}

const long = new Map<Dialect, string[]>();
/** Field names that hold brackets, upper case, longest first; the lexer must know them. */
export function bracketNames(dialect: Dialect): readonly string[] {
  let names = long.get(dialect);
  if (!names) {
    names = fieldNames(dialect)
      .map(({ name }) => name.toUpperCase())
      .filter((name) => name.includes('('))
      .sort((a, b) => b.length - a.length);
    long.set(dialect, names);
  }
  return names;
}

/**
 * The dialect that a query is most likely written in. What only one system writes decides; a query that any could have
 * written is the platform's own.
 */
export function recogniseDialect(text: string): Dialect {
  const bare = text.replace(/"[^"]*"/g, '""');
  if (/\bprox\/|\s(?:any|all|within)\s+"|[a-z]\s*=\/(?:low|high|same)\b/.test(bare)) return 'cql';
  if (/\$(?:W|PRE|WS|SEN|PARA|FREQ)\d*\b/i.test(bare)) return 'patsnap';
  if (/\b[A-Z][A-Z_]*\s*:\s*[("[]?/.test(bare) && !/=/.test(bare)) return 'patsnap';
  if (/\b[a-z][a-z_.]*:/.test(bare) && !/=/.test(bare)) return 'lucene';
  if (/\s(?:equ|pre)\/\d/i.test(bare) || /[\p{L}\p{N}][%+]/u.test(bare) || /[(=]%/.test(bare)) return 'cnipr';
  if (
    /(?:^|[\s(])(?:ti|ab|ta|txt|pa|in|ia|pn|pr|pd|ipc|ic|cpc|cl|ct|num|ap|famn|ftxt|desc|claims)\s*(?:=|<|>)/.test(
      bare,
    )
  )
    return 'cql';
  return 'zc';
}
