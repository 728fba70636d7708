import type { ClickHouseClient } from '@clickhouse/client';
import type { ScorePart } from '../../contract.ts';
import type { TextExpr } from '../../query/ast.ts';
import { formOf, WILD } from '../../query/form.ts';
import { matches } from '../../query/match.ts';
import { select } from '../corpus/client.ts';
import { Params, textCondition } from './compile-text.ts';
import type { Sought } from './highlight.ts';

/** How a result is sorted by relevance, and how that is explained for one hit. */
export interface Scoring {
  /** SQL of a publication's score. */
  sql: string;
  params: Record<string, unknown>;
  explain(row: { title: string; abstract: string }): ScorePart[];
}

type TermExpr = Extract<TextExpr, { type: 'term' }>;

/** A term in the title counts so often as one in the abstract. */
const TITLE_WEIGHT = 3;
/** Terms that are weighed; the first ones of a longer query. The rest decide what is found, not in which order. */
const MOST_TERMS = 16;

/**
 * Weighs the terms that a query looks for in title and abstract: each counts ln(1 + N / n) where n of N publications hold
 * it, three times as much in the title. The weights are those of the moment. Null where a query has no such terms.
 */
export async function makeScoring(
  corpus: ClickHouseClient,
  sought: Sought,
  shown: string,
  all: number,
): Promise<Scoring | null> {
  const terms = new Map<string, TermExpr>();
  for (const field of ['TI', 'AB'])
    for (const expr of sought.get(field) ?? [])
      for (const leaf of termsOf(expr)) terms.set(leaf.term.text, leaf);
  const weighed = [...terms.values()].slice(0, MOST_TERMS);
  if (weighed.length === 0) return null;
  const params = new Params();
  const where = weighed.map((term) => ({
    title: textCondition('title_form', false, false, term, params),
    abstract: textCondition('abstract_form', false, false, term, params),
  }));
  const counts = await Promise.all(
    where.map(async ({ title, abstract }) => {
      const [row] = await select<{ n: string }>(
        corpus,
        `select count() as n from patent_document where (${title} or ${abstract}) and ${shown}`,
        params.values,
      );
      return Number(row?.n ?? 0);
    }),
  );
  const weights = counts.map((n) => Math.log(1 + all / Math.max(1, n)));
  const held = (condition: string) => `(doc in (select doc from patent_document where ${condition}))`;
  const names = prefixed(params.values);
  const sql = where
    .map(({ title, abstract }, i) => `${weights[i]} * (${TITLE_WEIGHT} * ${held(title)} + ${held(abstract)})`)
    .join(' + ')
    .replaceAll(/\{p(\d+):/g, '{s$1:');
  return {
    sql: `(${sql})`,
    params: names,
    explain: ({ title, abstract }) => {
      const forms = [formOf(title), formOf(abstract)];
      return weighed.map((term, i) => ({
        term: shownTerm(term),
        weight: Math.round(weights[i]! * 100) / 100,
        inTitle: matches(term, forms[0]!),
        inAbstract: matches(term, forms[1]!),
      }));
    },
  };
}

/** Its parameters stand beside those of the query. */
function prefixed(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.replace(/^p/, 's'), value]));
}

function termsOf(expr: TextExpr): TermExpr[] {
  if (expr.type === 'term')
    return [{ type: 'term', term: { text: expr.term.text, quoted: expr.term.quoted } }];
  if (expr.type === 'any') return expr.items.flatMap(termsOf);
  return [...termsOf(expr.left), ...(expr.near.without ? [] : termsOf(expr.right))];
}

function shownTerm(expr: TermExpr): string {
  return expr.term.text.replaceAll(WILD.any, '*').replaceAll(WILD.one, '?').replaceAll(WILD.maybe, '#');
}
