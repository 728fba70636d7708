/** A piece of the query: offset and length in UTF-16 units of the text as it was typed. */
export interface Span {
  offset: number;
  length: number;
}

/** The query languages that are read and written. `zc` is the platform's own. */
export const DIALECTS = ['zc', 'cql', 'patsnap', 'cnipr', 'lucene'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** How a list of fields is taken: in any of them, in all of them, in exactly one of them. */
export type FieldMode = 'any' | 'all' | 'one';

/** Proximity within one field. */
export interface Nearness {
  /** `units`: at most `most` units between; the others: within the same sentence, paragraph or field. */
  within: 'units' | 'sentence' | 'paragraph' | 'field';
  /** Fewest and most units between, 0 = adjacent. Both 0 where `within` is no distance. */
  least: number;
  most: number;
  /** The left one comes first. */
  ordered: boolean;
  /** The right one must not be there: NOTS, NOTP, NOTF. */
  without?: true;
}

/** What is looked for inside one text field. */
export type TextExpr =
  | { type: 'term'; term: Term }
  | { type: 'any'; items: TextExpr[] }
  | { type: 'near'; near: Nearness; left: TextExpr; right: TextExpr };

/**
 * A word, a run of characters or a phrase. `text` is as typed, wildcards as private characters (`form.ts`). `whole`: the
 * entire value (a name), not a part of it.
 */
export interface Term {
  text: string;
  quoted: boolean;
  whole?: true;
  /** It must occur at least so often ($FREQn). */
  times?: number;
}

/** How a class is compared: itself (and what a symbol above groups must include), below, above, exactly. */
export type ClassReach = 'same' | 'low' | 'high' | 'exact';

/** A condition or a combination of conditions. Every node knows where it was typed. */
export type Expr = { at: Span } & (
  | { type: 'and' | 'or' | 'xor'; items: Expr[] }
  /** `keep` and not `drop`: there is no "not" on its own. */
  | { type: 'not'; keep: Expr; drop: Expr }
  | { type: 'text'; fields: string[]; mode: FieldMode; expr: TextExpr }
  | { type: 'class'; fields: string[]; mode: FieldMode; symbol: string; reach: ClassReach }
  | { type: 'classRange'; fields: string[]; mode: FieldMode; from: string | null; to: string | null }
  /** Both ends included, `YYYYMMDD`; null = open. */
  | { type: 'date'; fields: string[]; mode: FieldMode; from: number | null; to: number | null }
  | { type: 'count'; fields: string[]; mode: FieldMode; from: number | null; to: number | null }
  /** A number in any spelling, with wildcards as private characters; two letters alone mean the office. */
  | { type: 'number'; fields: string[]; mode: FieldMode; text: string }
  /** One of the listed values of a field, by the id of the value. */
  | { type: 'value'; fields: string[]; mode: FieldMode; value: string }
  /** `#3`, `@name`, before it is replaced by what it stands for. */
  | { type: 'reference'; kind: 'history' | 'saved'; name: string }
);

/** One fault of a query. */
export interface QueryFault extends Span {
  /** What is wrong, in both languages. */
  message: { zh: string; en: string };
  /** What could have stood here, as it is typed. */
  expected: string[];
  /** The query or word as it could be meant; null where nothing can be proposed. */
  suggestion: string | null;
}

/** Something a reader should know although the query is accepted: mixed and/or, a wrong check digit, a missing depth. */
export interface QueryWarning extends Span {
  code: string;
  message: { zh: string; en: string };
}

/** Faults of a query; the first one is what stops it. */
export class QueryError extends Error {
  constructor(readonly faults: QueryFault[]) {
    super(faults[0]?.message.en ?? 'faulty query');
  }
}

/** A query that was understood. */
export interface Parsed {
  dialect: Dialect;
  expr: Expr;
  warnings: QueryWarning[];
}

/** The limits of a query; a query beyond them is refused before anything is asked. */
export const LIMITS = {
  /** Characters of the text. */
  length: 100_000,
  terms: 2_000,
  depth: 120,
  /** Wildcards in one word. */
  wildcards: 9,
  /** Literal characters that a word with wildcards must have. */
  literals: 2,
  /** Most units of a distance. */
  distance: 99,
} as const;
