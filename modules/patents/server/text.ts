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
