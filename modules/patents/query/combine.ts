import { type Expr, type Nearness, QueryError, type Span, type TextExpr } from './ast.ts';

type TextNode = Extract<Expr, { type: 'text' }>;

/** A part of a query as the operand of a proximity: a term, or alternatives in the same fields. Null for anything else. */
function operand(expr: Expr): TextNode | null {
  if (expr.type === 'text') return expr;
  if (expr.type !== 'or') return null;
  const items = expr.items.map(operand);
  const first = items[0];
  if (!first || items.some((item) => !item || !sameFields(item, first))) return null;
  return { ...first, expr: { type: 'any', items: items.map((item) => item!.expr) }, at: expr.at };
}

function sameFields(a: TextNode, b: TextNode): boolean {
  return a.mode === b.mode && a.fields.join() === b.fields.join();
}

/**
 * Joins two parts by a proximity.
 * @throws QueryError where a part is not a term or a list of alternatives, or the fields differ.
 */
export function combineNear(left: Expr, near: Nearness, right: Expr, at: Span): Expr {
  const [a, b] = [operand(left), operand(right)];
  if (!a || !b)
    throw new QueryError([
      {
        offset: at.offset,
        length: at.length,
        message: {
          zh: '邻近运算的两边应是同一文本字段里的检索词，或用 OR 连接的检索词',
          en: 'Proximity joins terms of one text field, or terms joined with OR',
        },
        expected: ['检索词', '(甲 OR 乙)'],
        suggestion: null,
      },
    ]);
  if (!sameFields(a, b))
    throw new QueryError([
      {
        offset: at.offset,
        length: at.length,
        message: { zh: '邻近运算的两边必须在同一字段', en: 'Both sides of a proximity must be in one field' },
        expected: [],
        suggestion: null,
      },
    ]);
  const from = Math.min(a.at.offset, b.at.offset);
  const to = Math.max(a.at.offset + a.at.length, b.at.offset + b.at.length);
  const inBounds = near.within === 'units';
  for (const [side, node] of [
    ['left', a],
    ['right', b],
  ] as const)
    if (inBounds && holdsBound(node.expr))
      throw new QueryError([
        {
          ...node.at,
          message: {
            zh: '字距运算里不能再套同句、同段、同字段或 $FREQ',
            en: `A distance cannot hold sentence, paragraph, field or $FREQ inside (${side})`,
          },
          expected: [],
          suggestion: null,
        },
      ]);
  return {
    ...a,
    expr: { type: 'near', near, left: a.expr, right: b.expr },
    at: { offset: from, length: to - from },
  };
}

/** Whether an expression cannot be a span of text: same sentence and the like, or a frequency. */
function holdsBound(expr: TextExpr): boolean {
  if (expr.type === 'term') return expr.term.times !== undefined;
  if (expr.type === 'any') return expr.items.some(holdsBound);
  return expr.near.within !== 'units' || holdsBound(expr.left) || holdsBound(expr.right);
}

/** Number of single conditions in a query. */
export function countTerms(expr: Expr): number {
  switch (expr.type) {
    case 'and':
    case 'or':
    case 'xor':
      return expr.items.reduce((sum, item) => sum + countTerms(item), 0);
    case 'not':
      return countTerms(expr.keep) + countTerms(expr.drop);
    case 'text':
      return countText(expr.expr);
    default:
      return 1;
  }
}

function countText(expr: TextExpr): number {
  if (expr.type === 'term') return 1;
  if (expr.type === 'any') return expr.items.reduce((sum, item) => sum + countText(item), 0);
  return countText(expr.left) + countText(expr.right);
}

/** The query without places in the text and quotation marks, which say nothing of its meaning: for comparing two readings. */
export function withoutPlaces(expr: Expr): unknown {
  return JSON.parse(
    JSON.stringify(expr, (key, value) => (key === 'at' || key === 'quoted' ? undefined : value)),
  );
}
