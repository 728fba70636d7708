import type { Nearness, Term, TextExpr } from './ast.ts';
import { formOf, splitForm, WILD } from './form.ts';

/**
 * Terms and proximities as regular expressions over a form (`form.ts`), in the common part of RE2 and JavaScript. The index
 * is asked with {@link literalsOf} first; where {@link isLiteral} holds that answer is already exact.
 */

/** One unit of a form: a character or a word, marks included. */
const UNIT = '(?:<[^<>]*>|[^<>])';
/** The same without marks: what a wildcard between characters may stand for. */
const PLAIN = '(?:<[^<>]*>|[^<>,;\\n])';
const WILD_CHARS = /[\ue000-\ue002]/;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\n', '\\n');
}

/** The form of a term. A whole value stands between line breaks. */
export function termForm(term: Term): string {
  const form = formOf(term.text);
  return term.whole ? `\n${form}\n` : form;
}

/** Whether a term has no wildcards, so that finding its form is finding the term. */
export function isLiteral(term: Term): boolean {
  return !WILD_CHARS.test(term.text);
}

/**
 * Pieces that every place where the term stands must hold, each a part of the form. A word with a wildcard at its end gives
 * its beginning (`<comput`), which is exact by itself; `exact` says whether finding all pieces is finding the term.
 */
export function literalsOf(term: Term): { pieces: string[]; exact: boolean } {
  const form = termForm(term);
  if (isLiteral(term)) return { pieces: [form], exact: true };
  const units = splitForm(form);
  // Wildcards at either end of a run of characters say nothing: a term is found within a text anyway.
  const start = units.findIndex((unit) => !isFree(unit));
  const end = units.length - [...units].reverse().findIndex((unit) => !isFree(unit));
  const body = units.slice(Math.max(0, start), end).join('');
  const head = body.replace(new RegExp(`^<${WILD.any}+`), '');
  const tail = head.replace(new RegExp(`${WILD.any}+>$`), '');
  const pieces = tail
    .replace(/<[\ue000-\ue002]+>/g, WILD.any)
    .split(/[\ue000-\ue002]+/)
    .filter((piece) => piece !== '' && piece !== '<' && piece !== '>');
  return { pieces, exact: !WILD_CHARS.test(tail) };
}

function isFree(unit: string): boolean {
  return /^<[\ue000\ue002]+>$/.test(unit);
}

/** A regular expression that finds the term in a form. */
export function termRegex(term: Term): string {
  const units = splitForm(termForm(term));
  return units.map(unitRegex).join('');
}

function unitRegex(unit: string): string {
  if (!unit.startsWith('<')) return escaped(unit);
  const inner = unit.slice(1, -1);
  // Only wildcards: they stand for characters or words between their neighbours.
  if (/^[\ue000-\ue002]+$/.test(inner))
    return [...inner].map((c) => PLAIN + (c === WILD.any ? '*' : c === WILD.maybe ? '?' : '')).join('');
  return `<${[...inner].map((c) => (c === WILD.any ? '[^<>]*' : c === WILD.one ? '[^<>]' : c === WILD.maybe ? '[^<>]?' : escaped(c))).join('')}>`;
}

/** A regular expression for a span of text: terms, alternatives and distances. Same sentence and the like have none. */
export function spanRegex(expr: TextExpr): string {
  if (expr.type === 'term') return termRegex(expr.term);
  if (expr.type === 'any') return `(?:${expr.items.map(spanRegex).join('|')})`;
  const { left, right, near } = expr;
  if (near.within !== 'units') throw new Error('a sentence, paragraph or field is no span');
  const [a, b] = [spanRegex(left), spanRegex(right)];
  const gap = gapRegex(near);
  return near.ordered ? `${a}${gap}${b}` : `(?:${a}${gap}${b}|${b}${gap}${a})`;
}

function gapRegex({ least, most }: Nearness): string {
  if (most === 0) return '';
  return `${UNIT}{${least},${most}}`;
}

/** Whether a span can be found by one regular expression. */
export function isSpan(expr: TextExpr): boolean {
  if (expr.type === 'term') return expr.term.times === undefined;
  if (expr.type === 'any') return expr.items.every(isSpan);
  return expr.near.within === 'units' && isSpan(expr.left) && isSpan(expr.right);
}

/** What a sentence or paragraph ends at, as the inside of a character class. */
export const BREAKS = { sentence: ';\\n', paragraph: '\\n' } as const;
