import { bracketNames, type Dialect, operatorOf, WILDCARDS_OF } from '../../query/dialects.ts';
import { findField } from '../../query/fields.ts';
import { narrow } from '../../query/lexer.ts';
import { candidateKeys } from '../../query/numbers.ts';

/** What a piece of a query is, for colouring it. */
export type Colour =
  | 'field'
  | 'relation'
  | 'operator'
  | 'wildcard'
  | 'phrase'
  | 'number'
  | 'bracket'
  | 'reference';

/** A coloured piece; what lies between is plain. */
export interface ColouredPiece {
  from: number;
  to: number;
  colour: Colour;
}

const RELATION = /^(?:==|!=|<>|>=|<=|\*=|\^=|\+=|=|:|<|>|≥|≤)(?:\/(?:low|high|same)\b)?/i;
const WORD = /^[^\s()[\]{}",<>=≥≤:]+/;
/** Behind a name: more names, a closing bracket, and the relation that makes it a field. */
const BEFORE_RELATION = /^(?:\s*,\s*[^\s()[\]{}",<>=≥≤:]+)*\s*\)?\s*(?:[*^+!]?=|:|<|>|≥|≤)/;

/** The pieces of a query to colour, in order. Takes any text, also one that is not finished or not right. */
export function colourQuery(original: string, dialect: Dialect): ColouredPiece[] {
  const text = narrow(original);
  const upper = text.toUpperCase();
  const long = bracketNames(dialect);
  const pieces: ColouredPiece[] = [];
  const add = (from: number, to: number, colour: Colour) => pieces.push({ from, to, colour });
  let at = 0;
  let range = false;
  while (at < text.length) {
    const rest = text.slice(at);
    const char = text[at]!;
    const name = long.find((n) => upper.startsWith(n, at) && BEFORE_RELATION.test(text.slice(at + n.length)));
    const relation = RELATION.exec(rest)?.[0];
    if (char === '"') {
      const close = text.indexOf('"', at + 1);
      const end = close < 0 ? text.length : close + 1;
      add(at, end, 'phrase');
      at = end;
    } else if (name) {
      add(at, at + name.length, 'field');
      at += name.length;
    } else if ('()[]{}'.includes(char)) {
      range = char === '[' || char === '{' || (range && char !== ']' && char !== '}');
      add(at, at + 1, 'bracket');
      at += 1;
    } else if (relation) {
      add(at, at + relation.length, 'relation');
      at += relation.length;
    } else {
      const word = WORD.exec(rest)?.[0] ?? char;
      for (const piece of colourWord(word, text.slice(at + word.length), dialect, range))
        add(at + piece.from, at + piece.to, piece.colour);
      at += word.length;
    }
  }
  return pieces;
}

function colourWord(word: string, behind: string, dialect: Dialect, range: boolean): ColouredPiece[] {
  const whole = (colour: Colour) => [{ from: 0, to: word.length, colour }];
  if (BEFORE_RELATION.test(behind) && findField(word, dialect)) return whole('field');
  if (range && /^(?:TO|到|至)$/i.test(word)) return whole('operator');
  if (operatorOf(word, dialect)) return whole('operator');
  if (/^#\d+$/.test(word) || /^@./.test(word)) return whole('reference');
  if (/^[\d./-]*\d[\d./-]*$/.test(word) || candidateKeys(word).length > 0) return whole('number');
  const { any, one, maybe } = WILDCARDS_OF[dialect];
  return [...word].flatMap((char, i) =>
    any.includes(char) || char === one || char === maybe
      ? [{ from: i, to: i + 1, colour: 'wildcard' as const }]
      : [],
  );
}
