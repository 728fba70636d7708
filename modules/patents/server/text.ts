/** Scripts that are written without spaces: white space beside them is line breaking, not a word border. */
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f';
const SPACE_BY_CJK = new RegExp(` (?=[${CJK}])|(?<=[${CJK}]) `, 'gu');
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/**
 * The one form in which texts are searched: NFKC (full-width letters and digits become plain), lower case, white space
 * as one space and none beside Chinese characters, invisible characters dropped. Text and query pass through the same
 * function, and a word is found exactly where its form is part of the text's form.
 */
export function searchForm(text: string): string {
  return squeeze(fold(text));
}

function fold(text: string): string {
  // A final sigma depends on what follows it, so it is made equal to the other one.
  return text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(INVISIBLE, '');
}

function squeeze(folded: string): string {
  if (!/\s/.test(folded)) return folded;
  return folded.replace(/\s+/g, ' ').replace(SPACE_BY_CJK, '').trim();
}

/** Characters for storing: well-formed Unicode without control characters except line breaks and tabs, NFC, trimmed. */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/g, '')
      .normalize('NFC')
      .trim()
  );
}

/** A matched piece of an original text: start and length in UTF-16 units. */
export type Mark = [start: number, length: number];

/**
 * Where the words (already in {@link searchForm}) occur in the original text; overlapping pieces become one. Empty where
 * the form cannot be traced back to single characters, which ordinary text never does.
 */
export function findMarks(text: string, words: readonly string[]): Mark[] {
  if (words.length === 0 || text === '') return [];
  const traced = trace(text);
  if (!traced) return [];
  const found: Mark[] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let at = traced.form.indexOf(word); at >= 0; at = traced.form.indexOf(word, at + 1)) {
      const start = traced.starts[at]!;
      const end = traced.ends[at + word.length - 1]!;
      found.push([start, end - start]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: Mark[] = [];
  for (const [start, length] of found) {
    const last = merged.at(-1);
    if (last && start <= last[0] + last[1]) last[1] = Math.max(last[1], start + length - last[0]);
    else merged.push([start, length]);
  }
  return merged;
}

/** A base character with what combines with it (marks, half-width voicing signs). */
const CLUSTER = /[\s\S][\p{M}\uff9e\uff9f]*/gu;

/** The search form with, for each of its units, the piece of the original that it came from. */
function trace(text: string): { form: string; starts: number[]; ends: number[] } | null {
  let form = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const push = (piece: string, start: number, end: number) => {
    form += piece;
    for (let i = 0; i < piece.length; i++) {
      starts.push(start);
      ends.push(end);
    }
  };
  const cjk = new RegExp(`[${CJK}]`, 'u');
  let space: { start: number; end: number } | null = null;
  let last = '';
  for (const match of text.matchAll(CLUSTER)) {
    const start = match.index;
    const end = start + match[0].length;
    const piece = fold(match[0]);
    for (const char of piece) {
      if (/\s/.test(char)) {
        space ??= { start, end };
        continue;
      }
      if (space && last !== '' && !cjk.test(last) && !cjk.test(char)) push(' ', space.start, space.end);
      space = null;
      push(char, start, end);
      last = char;
    }
  }
  return form === searchForm(text) ? { form, starts, ends } : null;
}

/**
 * A stretch of at most `width` characters around the first mark, with the marks that lie in it, shifted. `…` stands where
 * the text was cut.
 */
export function excerpt(
  text: string,
  marks: readonly Mark[],
  width: number,
): { text: string; marks: Mark[] } {
  const first = marks[0]?.[0] ?? 0;
  let start =
    text.length <= width ? 0 : Math.max(0, Math.min(first - Math.floor(width / 4), text.length - width));
  let end = Math.min(text.length, start + width);
  // Never between the halves of a surrogate pair.
  if (start > 0 && isLow(text, start)) start -= 1;
  if (end < text.length && isLow(text, end)) end += 1;
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  const inside = marks
    .filter(([at, length]) => at >= start && at + length <= end)
    .map(([at, length]): Mark => [at - start + before.length, length]);
  return { text: before + text.slice(start, end) + after, marks: inside };
}

function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
