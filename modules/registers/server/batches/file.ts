import { type Cell, cellText, headerTitles, type MergedRange, type TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { readXlsx } from '#kernel/tables/xlsx';
import type { RegisterModel } from '../fields/model.ts';
import { type ColumnMatch, type MatchOptions, matchColumns } from '../transfer/heads.ts';

/** A kept file and how it is read. */
export interface SourceFile {
  path: string;
  format: 'xlsx' | 'csv';
  /** Name of the sheet; the first visible one when null. */
  sheet: string | null;
}

/** Where the heads stand and what they mean. */
export interface FileHead {
  /** First and last row of the heads, as a spreadsheet numbers them. */
  first: number;
  last: number;
  columns: ColumnMatch[];
  sheet: string | null;
}

/** Rows above the heads (titles, notes) that are looked at. */
export const HEAD_ROWS = 30;
/** Rows that heads may have: groups above labels. */
const MAX_DEPTH = 3;

const open = (file: SourceFile, headerRow: number) =>
  file.format === 'xlsx'
    ? readXlsx(file.path, { merged: true, ...(file.sheet !== null && { sheet: file.sheet }) })
    : readCsv(file.path, { headerRow });

/**
 * Finds the heads: the row, or up to three rows with merged cells, in which most columns are recognised; rows above are
 * titles. Null when no column of the register is there. Throws TableError.
 */
export async function findHead(
  file: SourceFile,
  model: RegisterModel,
  options: MatchOptions,
): Promise<FileHead | null> {
  const reader = open(file, 1);
  const rows: TableRow[] = [];
  for await (const row of reader) {
    rows.push(row);
    if (rows.length >= HEAD_ROWS + MAX_DEPTH) break;
  }
  const merged = 'merged' in reader ? reader.merged : [];
  let best: { score: number; at: number; depth: number; columns: ColumnMatch[] } | null = null;
  for (let at = 0; at < Math.min(rows.length, HEAD_ROWS); at += 1) {
    for (let depth = 1; depth <= MAX_DEPTH && at + depth <= rows.length; depth += 1) {
      const heads = rows.slice(at, at + depth);
      if (depth > 1 && !spansOver(merged, heads)) break;
      const columns = matchColumns(model, headerTitles(heads, merged), options);
      const score = columns.filter((c) => c.target.kind !== 'ignored').length;
      if (score > (best?.score ?? 0)) best = { score, at, depth, columns };
    }
  }
  if (!best?.columns.some((c) => c.target.kind === 'field')) return null;
  return {
    first: rows[best.at]!.rowNumber,
    last: rows[best.at + best.depth - 1]!.rowNumber,
    columns: best.columns,
    sheet: 'sheetName' in reader ? reader.sheetName : null,
  };
}

/** Do merged cells join these rows into one head: one above several columns, or one over several rows? */
function spansOver(merged: readonly MergedRange[], rows: readonly TableRow[]): boolean {
  const [top, bottom] = [rows[0]!.rowNumber, rows.at(-1)!.rowNumber];
  return merged.some((m) => m.top >= top && m.top < bottom && m.bottom <= bottom);
}

/** The rows below the heads, with what merged cells show in each of their rows. Throws TableError while iterating. */
export async function* rowsBelow(file: SourceFile, head: FileHead): AsyncGenerator<TableRow> {
  const reader = open(file, head.last);
  let filler: Filler | null = null;
  for await (const row of reader) {
    filler ??= new Filler('merged' in reader ? reader.merged : [], head.last);
    if (row.rowNumber > head.last) yield filler.fill(row);
  }
}

/** Repeats the value of a cell that is merged over several rows, as people read it. */
class Filler {
  readonly #ranges: readonly MergedRange[];
  #open: { range: MergedRange; cell: Cell }[] = [];
  #next = 0;

  constructor(ranges: readonly MergedRange[], after: number) {
    this.#ranges = ranges.filter((r) => r.top > after && r.bottom > r.top).sort((a, b) => a.top - b.top);
  }

  fill(row: TableRow): TableRow {
    if (this.#ranges.length === 0) return row;
    this.#open = this.#open.filter(({ range }) => range.bottom >= row.rowNumber);
    for (; (this.#ranges[this.#next]?.top ?? Number.POSITIVE_INFINITY) <= row.rowNumber; this.#next += 1) {
      const range = this.#ranges[this.#next]!;
      const cell = row.rowNumber === range.top ? row.cells[range.left - 1] : undefined;
      if (cell && cell.kind !== 'empty') this.#open.push({ range, cell });
    }
    if (this.#open.length === 0) return row;
    const cells = [...row.cells];
    for (const { range, cell } of this.#open) {
      const at = range.left - 1;
      while (cells.length < at) cells.push({ kind: 'empty', value: null });
      if (cells[at] === undefined || cells[at].kind === 'empty') cells[at] = cell;
    }
    return { ...row, cells };
  }
}

/** Has the row anything in one of these columns? */
export function isBlank(row: TableRow, columns: readonly ColumnMatch[]): boolean {
  return columns.every(
    ({ index, target }) => target.kind === 'ignored' || cellText(row.cells[index]).trim() === '',
  );
}
