/**
 * Texts that a spreadsheet would run get an apostrophe in front when they are written (kernel/tables), and lose exactly
 * that one when they are read. A text that has apostrophes of its own before such a sign gets one more, so that nothing
 * is lost on the way.
 */
const OWN_APOSTROPHE = /^'+[=+\-@\t\r]/;

/** Prepares a text for a writer of kernel/tables, which guards what begins with the sign itself. */
export function guard(text: string): string {
  return OWN_APOSTROPHE.test(text) ? `'${text}` : text;
}

/** The text as it was before it was written. */
export function unguard(text: string): string {
  return OWN_APOSTROPHE.test(text) ? text.slice(1) : text;
}

/**
 * A text for a workbook. There `_x0041_` stands for a character (ECMA-376, 22.9.2.19), so an underscore before
 * such a sequence is written as one itself.
 */
export function workbookText<T>(cell: T): T | string {
  return typeof cell === 'string' ? cell.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : cell;
}
