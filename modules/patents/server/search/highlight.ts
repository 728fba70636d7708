import type { Highlight } from '../../contract.ts';
import type { Expr, TextExpr } from '../../query/ast.ts';
import { partsOf } from '../../query/fields.ts';
import { unitsOf } from '../../query/form.ts';
import { findSpans } from '../../query/match.ts';
import { excerpt, type Mark } from '../text.ts';

/** What a query looks for in each text field, without what it excludes. */
export type Sought = ReadonlyMap<string, readonly TextExpr[]>;

/** Collects the text expressions of a query by single field. */
export function soughtIn(expr: Expr | null): Sought {
  const found = new Map<string, TextExpr[]>();
  const walk = (node: Expr): void => {
    if (node.type === 'and' || node.type === 'or' || node.type === 'xor') node.items.forEach(walk);
    else if (node.type === 'not') walk(node.keep);
    else if (node.type === 'text')
      for (const field of node.fields.flatMap(partsOf))
        found.set(field.id, [...(found.get(field.id) ?? []), node.expr]);
  };
  if (expr) walk(expr);
  return found;
}

/** Where expressions stand in an original text; overlapping pieces become one. */
export function marksIn(text: string, exprs: readonly TextExpr[]): Mark[] {
  if (exprs.length === 0 || text === '') return [];
  const units = unitsOf(text);
  const words = units.map((unit) => unit.text);
  const marks = exprs
    .flatMap((expr) => leaves(expr).flatMap((leaf) => (holds(expr, words) ? findSpans(leaf, words) : [])))
    .map(([from, to]): Mark => [units[from]!.start, units[to - 1]!.end - units[from]!.start])
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: Mark[] = [];
  for (const [start, length] of marks) {
    const last = merged.at(-1);
    if (last && start <= last[0] + last[1]) last[1] = Math.max(last[1], start + length - last[0]);
    else merged.push([start, length]);
  }
  return merged;
}

/** A proximity marks its terms, and only where it holds. */
function holds(expr: TextExpr, words: readonly string[]): boolean {
  return expr.type !== 'near' || findSpans(expr, words).length > 0;
}

function leaves(expr: TextExpr): TextExpr[] {
  if (expr.type === 'term') return [expr];
  if (expr.type === 'any') return expr.items.flatMap(leaves);
  return [...leaves(expr.left), ...(expr.near.without ? [] : leaves(expr.right))];
}

const SHOWN = 220;
/** Longest text that is looked through for a piece to show. */
const LOOKED = 60_000;

/** The title with marks, and the piece of abstract, claims or description that best shows why this is a hit. */
export function highlights(
  texts: { title: string; abstract: string; claims: readonly string[]; description: string },
  sought: Sought,
): Highlight[] {
  const of = (field: string) => sought.get(field) ?? [];
  const shown: Highlight[] = [{ part: 'title', text: texts.title, marks: marksIn(texts.title, of('TI')) }];
  const abstract = marksIn(texts.abstract, of('AB'));
  if (
    abstract.length > 0 ||
    (texts.abstract !== '' && of('CLM').length + of('CL').length + of('DESC').length === 0)
  )
    shown.push({ part: 'abstract', ...excerpt(texts.abstract, abstract, SHOWN) });
  const pieces: ['claims' | 'description', string, readonly TextExpr[]][] = [
    ['claims', texts.claims.join('\n').slice(0, LOOKED), [...of('CLM'), ...of('CL')]],
    ['description', texts.description.slice(0, LOOKED), of('DESC')],
  ];
  for (const [part, text, exprs] of pieces) {
    if (abstract.length > 0 && exprs.length > 0 && shown.length > 2) continue;
    const marks = marksIn(text, exprs);
    if (marks.length > 0) shown.push({ part, ...excerpt(text, marks, SHOWN) });
  }
  if (shown.length === 1 && texts.abstract !== '')
    shown.push({ part: 'abstract', ...excerpt(texts.abstract, [], SHOWN) });
  return shown;
}
