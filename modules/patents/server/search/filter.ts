import type { Expr } from '../../query/ast.ts';
import { patentError } from '../errors.ts';
import { FILTERS } from './facet-list.ts';

const NOWHERE = { offset: 0, length: 0 };

/**
 * Joins a query with the chosen values of facets: `legalStatus:in-force|-country:US`. Values of one facet are alternatives,
 * facets must all hold, excluded values must not. A bar or backslash in a value is written with a backslash before it.
 * @throws AppError `patents_filter`
 */
export function readFilter(filter: string, query: Expr | null): Expr | null {
  const wanted = new Map<string, Expr[]>();
  const unwanted: Expr[] = [];
  for (const part of splitFilter(filter)) {
    const m = /^(-?)([A-Za-z]+):([\s\S]+)$/.exec(part);
    const make = m ? FILTERS[m[2] as keyof typeof FILTERS] : undefined;
    const expr = m && make ? make(m[3]!) : null;
    if (!m || !expr) throw patentError('patents_filter', { filter: part.slice(0, 80) });
    const node = { ...expr, at: NOWHERE } as Expr;
    if (m[1] === '-') unwanted.push(node);
    else wanted.set(m[2]!, [...(wanted.get(m[2]!) ?? []), node]);
  }
  const keep = [
    ...(query ? (query.type === 'and' ? query.items : [query]) : []),
    ...[...wanted.values()].map(
      (items): Expr => (items.length === 1 ? items[0]! : { type: 'or', items, at: NOWHERE }),
    ),
  ];
  const at = query?.at ?? NOWHERE;
  const kept: Expr | null =
    keep.length === 0 ? null : keep.length === 1 ? keep[0]! : { type: 'and', items: keep, at };
  if (unwanted.length === 0) return kept;
  const drop: Expr = unwanted.length === 1 ? unwanted[0]! : { type: 'or', items: unwanted, at: NOWHERE };
  // Chosen values may exclude from everything: what remains was looked at, unlike a query that only excludes.
  return { type: 'not', keep: kept ?? EVERYTHING, drop, at };
}

const EVERYTHING: Expr = { type: 'count', fields: ['FAC'], mode: 'any', from: 0, to: null, at: NOWHERE };

function splitFilter(filter: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < filter.length; i++) {
    const char = filter[i]!;
    if (char === '\\' && i + 1 < filter.length) {
      part += filter[i + 1];
      i += 1;
    } else if (char === '|') {
      if (part.trim() !== '') parts.push(part);
      part = '';
    } else part += char;
  }
  if (part.trim() !== '') parts.push(part);
  return parts;
}
