import { candidateKeys } from '../../query/numbers.ts';

/** A file or a pasted range that has columns, and which of them holds the numbers. */
export interface NumberTable {
  /** Heads of the columns; `''` where the table has none. */
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  /** The column that most likely holds the numbers. */
  best: number;
}

/** Rows by which a table is judged. */
const LOOKED_AT = 200;
const DELIMITERS = ['\t', ',', ';'] as const;
const isNumber = (cell: string) => candidateKeys(cell).length > 0;

/**
 * Takes a table apart: a CSV, or cells that were copied from a spreadsheet. Null for a plain list of numbers, also where a line
 * holds several of them.
 */
export function readNumberTable(text: string): NumberTable | null {
  const start = text.slice(0, 100_000).split(/\r?\n/, LOOKED_AT).filter(Boolean);
  if (start.length === 0 || share(start, isNumber) > 0.5) return null;
  const delimiter = DELIMITERS.find((one) => share(start, (line) => line.includes(one)) > 0.8);
  if (!delimiter) return null;
  const all = cells(text, delimiter);
  const first = all[0] ?? [];
  const headed = !first.some(isNumber) && all.length > 1;
  const rows = headed ? all.slice(1) : all;
  const shares = first.map((_, at) =>
    share(
      rows.slice(0, LOOKED_AT).map((row) => row[at]?.trim() ?? ''),
      isNumber,
    ),
  );
  // Lines of several numbers each, without a head: the server parts them.
  if (!headed && shares.filter((s) => s > 0.5).length > 1) return null;
  const most = Math.max(...shares);
  if (!(most > 0)) return null;
  return { heads: headed ? first : first.map(() => ''), rows, best: shares.indexOf(most) };
}

/** The numbers of a column, one a line. */
export function columnText(table: NumberTable, column: number): string {
  return table.rows
    .map((row) => (row[column] ?? '').replace(/\s+/g, ' ').trim())
    .filter((cell) => cell !== '')
    .join('\n');
}

/** Lines that are not empty. */
export function countLines(text: string): number {
  return text.match(/\S[^\n]*/g)?.length ?? 0;
}

/** The text of a file: UTF-8, UTF-16 with its mark, else GB18030, which Chinese Excel writes. Null for a workbook or an archive. */
export function decodeText(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if ((a === 0x50 && b === 0x4b) || (a === 0xd0 && b === 0xcf)) return null;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function share(list: readonly string[], fits: (one: string) => boolean): number {
  return list.length === 0 ? 0 : list.filter(fits).length / list.length;
}

/** Rows of cells; quotes as spreadsheets write them. */
function cells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += c;
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === delimiter) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r') cell += c;
  }
  endRow();
  return rows;
}
