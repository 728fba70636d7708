import type { Dialect } from '../../query/ast.ts';
import { type Field, findField } from '../../query/fields.ts';
import { narrow } from '../../query/lexer.ts';

/** Where in a query the cursor stands. */
export interface Place {
  /** Where the word begins that is being typed. */
  from: number;
  word: string;
  /** The field under whose values it stands, or null. */
  field: Field | null;
  /** Whether something stands before it that an operator can join to. */
  follows: boolean;
}

/** Looks at a query before the cursor. Null inside a phrase, where nothing is completed. */
export function placeAt(original: string, cursor: number, dialect: Dialect): Place | null {
  const text = narrow(original.slice(0, cursor));
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) return null;
  const word = /[^\s()[\]{}",<>=≥≤:]*$/.exec(text)?.[0] ?? '';
  const from = cursor - word.length;
  const before = text.slice(0, from);
  return {
    from,
    word,
    field: fieldBefore(before, dialect),
    follows: /[^\s(=:<>,[]\s+$/.test(before) || /[)"\]]\s*$/.test(before),
  };
}

/** The field whose value begins here: directly behind its relation, or in the brackets behind it. */
function fieldBefore(before: string, dialect: Dialect): Field | null {
  let depth = 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const char = before[i]!;
    if (char === ')' || char === ']') depth += 1;
    else if (char === '(' || char === '[') {
      if (depth === 0) {
        const field = endsWithRelation(before.slice(0, i), dialect);
        if (field) return field;
      } else depth -= 1;
    }
  }
  return endsWithRelation(before, dialect);
}

function endsWithRelation(before: string, dialect: Dialect): Field | null {
  const m =
    /([^\s()[\]{}",<>=≥≤:]+(?:\([^()]*\)[^\s()<>=:,]*)?)\s*(?:[*^+!=<>]?=|:|<|>|≥|≤)(?:\/(?:low|high|same))?\s*$/i.exec(
      before,
    );
  return m ? findField(m[1]!, dialect) : null;
}
