import type { TextExpr } from '../../query/ast.ts';
import { BREAKS, isSpan, literalsOf, spanRegex, termForm, termRegex } from '../../query/pattern.ts';

/** How a condition is decided: by the indexes, over the whole corpus; or by reading the rows, where they are few. */
export type Access = 'index' | 'read';

/** Values of a query, each under a name of its own; several queries of one statement differ by their `prefix`. */
export class Params {
  readonly values: Record<string, unknown> = {};
  #count = 0;

  constructor(readonly prefix = 'p') {}

  /** Keeps a value and gives the placeholder to write. */
  add(value: unknown, type: string): string {
    const name = `${this.prefix}${this.#count++}`;
    this.values[name] = value;
    return `{${name}:${type}}`;
  }
}

/**
 * A condition on a column that holds a form. Where the index can tell, it alone is asked; else it narrows and the form
 * itself decides. `first`: only the first paragraph counts. `scanned`: the index knows no positions, or there is none.
 */
export function textCondition(
  column: string,
  first: boolean,
  scanned: boolean,
  expr: TextExpr,
  params: Params,
  access: Access = 'index',
): string {
  const part = first ? `substringIndex(${bare(column)}, '\\n', 1)` : bare(column);
  if (access === 'read') return onText(part, expr, params);
  const indexed = new Indexed(column, scanned, params);
  if (!first) return indexed.condition(expr);
  return `(${indexed.narrowing(expr)} and ${onText(part, expr, params)})`;
}

/**
 * The rows for which a condition does not hold, as those that are not among the rows for which it does: negated in place,
 * conditions on two text indexes together leave rows out (26.7).
 */
export function notAmong(condition: string): string {
  return `doc not in (select doc from patent_document where ${condition})`;
}

class Indexed {
  constructor(
    readonly column: string,
    readonly scanned: boolean,
    readonly params: Params,
  ) {}

  /** Exactly whether the expression holds. */
  condition(expr: TextExpr): string {
    if (expr.type === 'any') return `(${expr.items.map((item) => this.condition(item)).join(' or ')})`;
    if (expr.type === 'term' && expr.term.times === undefined) {
      const { pieces, exact } = literalsOf(expr.term);
      if (exact && pieces.length === 1) return this.#piece(pieces[0]!);
    }
    if (expr.type === 'near' && expr.near.within === 'field') {
      const right = this.condition(expr.right);
      return `(${this.condition(expr.left)} and ${expr.near.without ? notAmong(right) : right})`;
    }
    return `(${this.narrowing(expr)} and ${onText(bare(this.column), expr, this.params)})`;
  }

  /** A condition that holds wherever the expression does, from the index alone. */
  narrowing(expr: TextExpr): string {
    if (expr.type === 'any') return `(${expr.items.map((item) => this.narrowing(item)).join(' or ')})`;
    if (expr.type === 'near') {
      const left = this.narrowing(expr.left);
      return expr.near.without ? left : `(${left} and ${this.narrowing(expr.right)})`;
    }
    const pieces = literalsOf(expr.term).pieces.filter((piece) => [...piece].length > 1);
    if (pieces.length === 0) return 'true';
    return `(${pieces.map((piece) => this.#hint(piece)).join(' and ')})`;
  }

  /** Whether a piece is part of the form, exactly. */
  #piece(piece: string): string {
    const length = [...piece].length;
    const value = this.params.add(piece, 'String');
    if (this.scanned) {
      const found = `position(${bare(this.column)}, ${value}) > 0`;
      return length > 1 && this.column === 'description_form'
        ? `(hasAllTokens(${this.column}, ${value}) and ${found})`
        : found;
    }
    // One sign has an index of its own where it is a plain Chinese character.
    if (length === 1)
      return /^[\u4e00-\u9fff]$/.test(piece) && SIGNS.has(this.column)
        ? `hasAllTokens(lower(${this.column}), ${value})`
        : `position(${bare(this.column)}, ${value}) > 0`;
    // Two characters are one entry of the index, no positions needed.
    return length === 2 ? `hasAllTokens(${this.column}, ${value})` : `hasPhrase(${this.column}, ${value})`;
  }

  #hint(piece: string): string {
    if (this.scanned && this.column !== 'description_form')
      return `position(${bare(this.column)}, ${this.params.add(piece, 'String')}) > 0`;
    if (this.scanned) return `hasAllTokens(${this.column}, ${this.params.add(piece, 'String')})`;
    return this.#piece(piece);
  }
}

/**
 * A column that is read itself. Without `identity` the engine (26.7) would ask the index for what it can guess of the
 * condition too, and under NOT it takes that guess for the whole and leaves rows out.
 */
export function bare(column: string): string {
  return `identity(${column})`;
}

/** Columns with an index of single characters. */
const SIGNS = new Set(['title_form', 'abstract_form', 'claims_form']);

/** Whether an expression holds in a text, read itself. */
function onText(text: string, expr: TextExpr, params: Params): string {
  if (expr.type === 'any') return `(${expr.items.map((item) => onText(text, item, params)).join(' or ')})`;
  if (expr.type === 'term') {
    const { times } = expr.term;
    if (times !== undefined)
      return `countSubstrings(${text}, ${params.add(termForm(expr.term), 'String')}) >= ${params.add(times, 'UInt32')}`;
    const { pieces, exact } = literalsOf(expr.term);
    if (exact && pieces.length === 1) return `position(${text}, ${params.add(pieces[0]!, 'String')}) > 0`;
    return `match(${text}, ${params.add(termRegex(expr.term), 'String')})`;
  }
  const { near, left, right } = expr;
  if (near.within === 'units') {
    if (!isSpan(expr)) throw new Error('a distance holds spans only');
    return `match(${text}, ${params.add(spanRegex(expr), 'String')})`;
  }
  const area = near.within === 'field' ? null : BREAKS[near.within];
  const [a, b] = [onText(area ? 'part' : text, left, params), onText(area ? 'part' : text, right, params)];
  const both = `(${a} and ${near.without ? `not ${b}` : b})`;
  return area
    ? `arrayExists(part -> ${both}, splitByRegexp('[${area.replaceAll('\\', '\\\\')}]', ${text}))`
    : both;
}
