/** How lists stand in one cell of a table, and how such a cell is taken apart again. */

const SEPARATORS = [/\n/, /[;；]/, /、/] as const;

/** Cuts at a separator that no backslash precedes; the pieces keep their backslashes. */
function cut(text: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (c === '\\' && i + 1 < text.length) {
      piece += c + text.charAt(i + 1);
      i += 1;
    } else if (separator.test(c)) {
      pieces.push(piece);
      piece = '';
    } else piece += c;
  }
  return [...pieces, piece];
}

/** Takes the backslashes off: `\|` is a bar, `\n` a line break, `\\` a backslash; any other stays. */
function plain(text: string): string {
  return text.replace(/\\([\\|｜;；、n])/g, (_, c: string) => (c === 'n' ? '\n' : c));
}

/**
 * The values in a cell. Where there are line breaks they alone separate, else semicolons, else 、; so a name that holds
 * 、 can stand on a line of its own.
 */
export function splitValues(text: string): string[] {
  const whole = text.replace(/\r\n?/g, '\n').trim();
  for (const separator of SEPARATORS) {
    const pieces = cut(whole, separator)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '');
    if (pieces.length > 1 || (pieces[0] ?? '').length < whole.length) return pieces.map(plain);
  }
  return whole === '' ? [] : [plain(whole)];
}

/** The rows in a cell: a line each, columns separated by a bar (also full-width). Lines without content are left out. */
export function splitRows(text: string): string[][] {
  return cut(text.replace(/\r\n?/g, '\n'), /\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => cut(line, /[|｜]/).map((piece) => plain(piece.trim())))
    .filter((row) => row.some((piece) => piece !== ''));
}

const escaped = (text: string, signs: RegExp) => text.replace(signs, '\\$&').replaceAll('\n', '\\n');

/** Writes values for a cell so that {@link splitValues} gives them back. */
export function joinValues(values: readonly string[]): string {
  // One value alone has no line break that would take the other separators their meaning.
  const signs = values.length === 1 ? /[\\;；、]/g : /\\/g;
  return values.map((value) => escaped(value, signs)).join('\n');
}

/** Writes rows for a cell so that {@link splitRows} gives them back. */
export function joinRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((piece) => escaped(piece, /[\\|｜]/g)).join(' | ')).join('\n');
}
