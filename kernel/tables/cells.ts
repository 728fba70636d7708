import type { CalendarDate } from '#kernel/calendar/date';
import type { TableError } from './errors.ts';

/**
 * One cell. `formula` marks a cached result. A date has `time` (HH:MM:SS) where the cell shows one. A number that is
 * formatted as a date but cannot be one (the 29 February 1900 of the 1900 system) stays a number.
 */
export type Cell = (
  | { kind: 'empty'; value: null }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'date'; value: CalendarDate; time?: string }
  | { kind: 'time'; value: string }
  | { kind: 'error'; value: string }
) & { formula?: true };

/** The one empty cell. */
export const EMPTY: Cell = Object.freeze({ kind: 'empty', value: null });

/** One row. `cells` ends with the last filled cell; gaps inside are {@link EMPTY}. */
export interface TableRow {
  /** Number that a spreadsheet shows beside the row, from 1. Rows without any content are left out, so it may jump. */
  rowNumber: number;
  cells: Cell[];
  /** Line of the text file on which the row begins (CSV). */
  line?: number;
  /** The row is hidden in the spreadsheet (by hand or by a filter); it is handed out all the same. */
  hidden?: true;
  /** Something is wrong with this row alone (CSV: number of columns, stray quotation marks). */
  problem?: TableError;
}

/** How far a reader has come. `totalBytes` is 0 until reading has begun; both count what is read, unpacked where packed. */
export interface Progress {
  readonly bytesRead: number;
  readonly totalBytes: number;
}

/** A reader of rows. Each `for await` opens the file anew; leaving the loop early closes it. */
export interface TableReader<Row = TableRow> extends AsyncIterable<Row>, Progress {}

/** A cell as text, as a person would type it: numbers without exponent, dates as YYYY-MM-DD, TRUE and FALSE. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell.kind === 'empty') return '';
  if (cell.kind === 'number') return numberText(cell.value);
  if (cell.kind === 'boolean') return cell.value ? 'TRUE' : 'FALSE';
  if (cell.kind === 'date' && cell.time !== undefined) return `${cell.value} ${cell.time}`;
  return String(cell.value);
}

/** The shortest decimal that reads back as the same number, never with an exponent (1e21 is 1 and 21 zeros). */
export function numberText(value: number): string {
  const plain = String(value);
  const m = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(plain);
  if (!m) return plain;
  const [, sign = '', lead = '', rest = '', power] = m;
  const shift = Number(power);
  const digits = lead + rest;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return `${sign}${digits}${'0'.repeat(shift - rest.length)}`;
}

/** A merged range, both corners included; rows and columns count from 1. */
export interface MergedRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/**
 * Column titles from one or more header rows. A merged cell gives its text to every column (and row) that it covers;
 * the levels of one column are joined, each text once: 一级 over 二级 gives `一级 / 二级`.
 */
export function headerTitles(
  rows: readonly TableRow[],
  merged: readonly MergedRange[] = [],
  separator = ' / ',
): string[] {
  const texts = new Map(rows.map((row) => [row.rowNumber, row.cells.map(cellText)]));
  for (const range of merged) {
    const text = texts.get(range.top)?.[range.left - 1];
    if (text === undefined || text === '') continue;
    for (const [rowNumber, cells] of texts) {
      if (rowNumber < range.top || rowNumber > range.bottom) continue;
      for (let column = range.left; column <= range.right; column += 1) cells[column - 1] = text;
    }
  }
  const width = Math.max(0, ...[...texts.values()].map((cells) => cells.length));
  return Array.from({ length: width }, (_, column) => {
    const levels = [...texts.values()].map((cells) => (cells[column] ?? '').replaceAll(/\s+/g, ' ').trim());
    return levels.filter((text, i) => text !== '' && levels.indexOf(text) === i).join(separator);
  });
}
