import type { TextExpr } from './ast.ts';
import { splitForm, WILD } from './form.ts';
import { termForm } from './pattern.ts';

/**
 * Looks for text expressions by walking over the units of a form, without index and without regular expressions: the scan
 * that the index must agree with, and the source of highlighting.
 */

/** A span of units: first and one behind the last. */
export type UnitSpan = readonly [from: number, to: number];

/** All spans at which a span expression stands in the units of a form. Sentences and the like give both their sides. */
export function findSpans(expr: TextExpr, units: readonly string[]): UnitSpan[] {
  if (expr.type === 'term') return findTerm(splitForm(termForm(expr.term)), units);
  if (expr.type === 'any') return unique(expr.items.flatMap((item) => findSpans(item, units)));
  const { left, right, near } = expr;
  const [a, b] = [findSpans(left, units), findSpans(right, units)];
  const found: UnitSpan[] = [];
  if (near.within === 'units') {
    const pair = (first: readonly UnitSpan[], second: readonly UnitSpan[]) => {
      for (const [from, end] of first)
        for (const [start, to] of second) {
          const gap = start - end;
          if (gap >= near.least && gap <= near.most) found.push([from, to]);
        }
    };
    pair(a, b);
    if (!near.ordered) pair(b, a);
    return unique(found);
  }
  const areas = areaOf(near.within, units);
  const inside = (area: number, spans: readonly UnitSpan[]) =>
    spans.filter(([from, to]) => areas[from] === area && areas[to - 1] === area);
  for (const area of new Set(a.map(([from]) => areas[from]!))) {
    const lefts = inside(area, a);
    const rights = inside(area, b);
    if (lefts.length === 0) continue;
    if (near.without ? rights.length === 0 : rights.length > 0)
      found.push(...lefts, ...(near.without ? [] : rights));
  }
  return unique(found);
}

/** Whether an expression holds in a form. */
export function matches(expr: TextExpr, form: string): boolean {
  const spans = findSpans(expr, splitForm(form));
  return expr.type === 'term' && expr.term.times !== undefined
    ? apart(spans) >= expr.term.times
    : spans.length > 0;
}

/** How often spans occur that do not overlap, counted from the left. */
function apart(spans: readonly UnitSpan[]): number {
  let count = 0;
  let behind = 0;
  for (const [from, to] of [...spans].sort((x, y) => x[0] - y[0] || x[1] - y[1])) {
    if (from < behind) continue;
    count += 1;
    behind = to;
  }
  return count;
}

/** For every unit the number of the sentence, paragraph or field that it lies in; marks that end one lie in none. */
function areaOf(within: 'sentence' | 'paragraph' | 'field', units: readonly string[]): number[] {
  let area = 0;
  return units.map((unit) => {
    const ends = within !== 'field' && (unit === '\n' || (within === 'sentence' && unit === ';'));
    if (!ends) return area;
    area += 1;
    return -1;
  });
}

function unique(spans: UnitSpan[]): UnitSpan[] {
  const seen = new Set<number>();
  return spans.filter(([from, to]) => {
    const key = from * 4_194_304 + to;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Spans of one term, wildcards included. */
function findTerm(wanted: readonly string[], units: readonly string[]): UnitSpan[] {
  const found: UnitSpan[] = [];
  const first = wanted[0] ?? '';
  const plain = !/[\ue000-\ue002]/.test(first);
  for (let at = 0; at < units.length; at++)
    // Most places are not where a term begins.
    if (!plain || units[at] === first)
      for (const end of endsFrom(wanted, 0, units, at)) if (end > at) found.push([at, end]);
  return unique(found);
}

/** Where the rest of a term can end when it begins at a unit. */
function endsFrom(wanted: readonly string[], next: number, units: readonly string[], at: number): number[] {
  let ends = new Set([at]);
  for (let i = next; i < wanted.length && ends.size > 0; i++) {
    const unit = wanted[i]!;
    const after = new Set<number>();
    const only = /^<[\ue000-\ue002]+>$/.test(unit) ? [...unit.slice(1, -1)] : null;
    for (const end of ends) {
      if (only) for (const e of freeEnds(only, units, end)) after.add(e);
      else if (end < units.length && sameUnit(unit, units[end]!)) after.add(end + 1);
    }
    ends = after;
  }
  return [...ends];
}

function freeEnds(wild: readonly string[], units: readonly string[], at: number): number[] {
  let ends = new Set([at]);
  for (const sign of wild) {
    const after = new Set<number>();
    for (const end of ends) {
      if (sign !== WILD.one) after.add(end);
      for (let e = end; e < units.length && !/^[,;\n]$/.test(units[e]!); e++) {
        after.add(e + 1);
        if (sign !== WILD.any) break;
      }
    }
    ends = after;
  }
  return [...ends];
}

function sameUnit(wanted: string, unit: string): boolean {
  if (!/[\ue000-\ue002]/.test(wanted)) return wanted === unit;
  if (!unit.startsWith('<')) return false;
  return sameWord([...wanted.slice(1, -1)], [...unit.slice(1, -1)]);
}

function sameWord(wanted: readonly string[], word: readonly string[]): boolean {
  let places = new Set([0]);
  for (const sign of wanted) {
    const after = new Set<number>();
    for (const place of places) {
      if (sign === WILD.any) for (let p = place; p <= word.length; p++) after.add(p);
      else if (sign === WILD.one) {
        if (place < word.length) after.add(place + 1);
      } else if (sign === WILD.maybe) {
        after.add(place);
        if (place < word.length) after.add(place + 1);
      } else if (word[place] === sign) after.add(place + 1);
    }
    places = after;
  }
  return places.has(word.length);
}
