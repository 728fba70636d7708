import { type Cell, cellText, type MergedRange, type TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { readXls } from '#kernel/tables/xls';
import { readXlsx } from '#kernel/tables/xlsx';
import type { ColumnMapping, ImportFormat, MappedField } from '../../contract.ts';
import { sourceById, withStructured } from '../sources/index.ts';
import type { RawValue, RowFault, RowSource, SourceRow } from '../sources/raw.ts';
import { columnOrder, headerScore } from './columns.ts';

/** A file and how to read it. Only tables have heads, a mapping and a header row. */
export interface SourceFile {
  path: string;
  format: Exclude<ImportFormat, 'demo'>;
  sheet: string | null;
  encoding: string | null;
  delimiter: string | null;
  headerRow: number | null;
  mapping: ColumnMapping | null;
}

/** Opens a file's rows after row number `after` (0: from the beginning). Throws TableError while iterating. */
export function openRows(file: SourceFile, after: number): RowSource {
  if (isTable(file.format)) return tableRows(file, after);
  return sourceById(file.format === 'jsonl' ? 'zhicheng-jsonl' : file.format).open(file.path, after);
}

/** Whether a format is a table, read by a mapping of its columns. */
export function isTable(format: ImportFormat): format is 'xlsx' | 'xls' | 'csv' {
  return format === 'xlsx' || format === 'xls' || format === 'csv';
}

/** What a file of a table looks like before it is mapped. */
export interface TableHead {
  headerRow: number;
  header: string[];
  rows: string[][];
  encoding: string | null;
  delimiter: string | null;
  sheets: string[];
  sheet: string | null;
}

const HEAD_ROWS = 20;
const SHOWN_ROWS = 10;
const SHOWN_CHARS = 200;

/**
 * Finds the heads among the first 20 rows (the row with the most known heads, else the first with two filled cells) and
 * the rows after them. Null when there is nothing that could be heads. Throws TableError.
 */
export async function readHead(file: Omit<SourceFile, 'headerRow' | 'mapping'>): Promise<TableHead | null> {
  const reader = openTable({ ...file, headerRow: null }, false);
  const first: TableRow[] = [];
  for await (const row of reader) {
    first.push(row);
    if (first.length >= HEAD_ROWS + SHOWN_ROWS) break;
  }
  const texts = first.map((row) => row.cells.map((cell) => cellText(cell).replace(/\s+/g, ' ').trim()));
  const scores = texts.slice(0, HEAD_ROWS).map(headerScore);
  const best = Math.max(0, ...scores);
  const at =
    best >= 2
      ? scores.indexOf(best)
      : texts.findIndex((cells) => cells.filter((text) => text !== '').length >= 2);
  const headRow = first[at];
  if (!headRow) return null;
  return {
    headerRow: headRow.rowNumber,
    header: texts[at]!,
    rows: texts
      .slice(at + 1, at + 1 + SHOWN_ROWS)
      .map((cells) =>
        cells.map((text) => (text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text)),
      ),
    encoding: 'encoding' in reader ? reader.encoding : null,
    delimiter: 'delimiter' in reader ? reader.delimiter : null,
    sheets: 'sheets' in reader ? reader.sheets.map((s) => s.name) : [],
    sheet: 'sheetName' in reader ? reader.sheetName : null,
  };
}

/** `merged`: one more pass over a sheet, before its first row, that finds merged cells. */
function openTable(file: Omit<SourceFile, 'mapping'>, merged: boolean) {
  if (file.format === 'xls') return readXls(file.path, file.sheet === null ? {} : { sheet: file.sheet });
  if (file.format === 'xlsx')
    return readXlsx(file.path, { merged, ...(file.sheet !== null && { sheet: file.sheet }) });
  return readCsv(file.path, {
    ...(file.encoding !== null && { encoding: file.encoding as 'utf-8' }),
    ...(file.delimiter !== null && { delimiter: file.delimiter as ',' }),
    ...(file.headerRow !== null && { headerRow: file.headerRow }),
  });
}

function tableRows(file: SourceFile, after: number): RowSource {
  const reader = openTable(file, true);
  const mapping = file.mapping ?? {};
  return {
    get share() {
      return reader.totalBytes === 0 ? 0 : Math.min(1, reader.bytesRead / reader.totalBytes);
    },
    async *[Symbol.asyncIterator]() {
      let columns: Column[] = [];
      let merges: Merges | null = null;
      for await (const row of reader) {
        if (row.rowNumber < (file.headerRow ?? 1)) continue;
        merges ??= 'merged' in reader ? new Merges(reader.merged as readonly MergedRange[]) : NO_MERGES;
        const cells = merges.fill(row);
        if (row.rowNumber === (file.headerRow ?? 1)) {
          columns = toColumns(cells, mapping);
          continue;
        }
        if (row.rowNumber <= after) continue;
        yield row.problem
          ? {
              row: row.rowNumber,
              raw: null,
              faults: [
                { field: '', value: cells.map(cellText).join(' ').slice(0, 200), reason: row.problem.text },
              ],
            }
          : mapCells(row.rowNumber, cells, columns);
      }
    },
  };
}

interface Column {
  index: number;
  head: string;
  field: MappedField | null;
}

function toColumns(cells: readonly Cell[], mapping: ColumnMapping): Column[] {
  const header = cells.map((cell) => cellText(cell).replace(/\s+/g, ' ').trim());
  return columnOrder(header).map((index) => {
    const head = header[index]!;
    return { index, head: head === '' ? `列${index + 1}` : head, field: mapping[head] ?? null };
  });
}

function mapCells(row: number, cells: readonly Cell[], columns: readonly Column[]): SourceRow {
  const values = new Map<MappedField, RawValue[]>();
  const extra: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const { index, head, field } of columns) {
    const cell = cells[index];
    if (!cell || cell.kind === 'empty') continue;
    const text = cellText(cell);
    if (text.trim() === '') continue;
    if (field === null) {
      extra[head] = text.trim();
    } else if (cell.kind === 'error') {
      faults.push({
        field: head,
        value: text,
        reason: {
          zh: '单元格是公式错误值，请修正公式或填入文本',
          en: 'The cell holds an error value: mend the formula or type the text',
        },
      });
    } else {
      const list = values.get(field);
      if (list) list.push({ head, text });
      else values.set(field, [{ head, text }]);
    }
  }
  return faults.length > 0
    ? { row, raw: null, faults }
    : { row, raw: withStructured({ values, extra }), faults };
}

/** Gives every cell of a merged range the value of its first one, as a person reads it. */
class Merges {
  readonly #byTop = new Map<number, MergedRange[]>();
  #open: { range: MergedRange; cell: Cell }[] = [];

  constructor(ranges: readonly MergedRange[]) {
    for (const range of ranges) {
      const list = this.#byTop.get(range.top);
      if (list) list.push(range);
      else this.#byTop.set(range.top, [range]);
    }
  }

  fill(row: TableRow): readonly Cell[] {
    if (this.#byTop.size === 0) return row.cells;
    this.#open = this.#open.filter(({ range }) => range.bottom >= row.rowNumber);
    for (const range of this.#byTop.get(row.rowNumber) ?? []) {
      const cell = row.cells[range.left - 1];
      if (cell && cell.kind !== 'empty') this.#open.push({ range, cell });
    }
    if (this.#open.length === 0) return row.cells;
    const cells = [...row.cells];
    for (const { range, cell } of this.#open)
      for (let column = range.left; column <= range.right; column++) {
        while (cells.length < column) cells.push({ kind: 'empty', value: null });
        cells[column - 1] = cell;
      }
    return cells;
  }
}

const NO_MERGES = new Merges([]);
