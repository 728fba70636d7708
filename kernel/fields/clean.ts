/** Full-width digits and letters; full-width punctuation belongs to Chinese text and stays. */
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
/** Never kept: control characters, signs that nobody sees (zero width, direction), halves of characters, non-characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu;
/** Texts that need no cleaning: most of them. */
const PLAIN = /^[ -~\u3001-\u3011\u4e00-\u9fff\uff08\uff09\uff0c\uff1a\uff1b\n]*$/;
const CHINESE = /\p{sc=Han}/u;

/** Takes out what nobody sees and no store holds, and writes digits and letters in half width. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? c : ''))
    .replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** The one form of a text of one line: every run of white space is one blank, none at the ends. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** The one form of a text of several lines: each line folded, no blank lines at the ends or in a row. */
export function manyLines(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

/** A name: one line, in Chinese names with full-width brackets as they are printed. */
export function nameText(text: string): string {
  const folded = oneLine(text);
  if (!CHINESE.test(folded)) return folded;
  return folded.replace(/ ?[(（] ?/g, '（').replace(/ ?[)）]/g, '）');
}

/** What is compared when people write labels: no case, no width, no blanks. */
export function likeness(text: string): string {
  return visible(text).normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Number, code: NFKC, without blanks. */
export function compact(text: string): string {
  return visible(text).normalize('NFKC').replace(/\s+/g, '');
}

/** Characters as people (and JSON Schema) count them. */
export function lengthOf(text: string): number {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
}
