import { type Cell, cellText, type MergedRange, type TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { readJsonl } from '#kernel/tables/jsonl';
import { readXlsx } from '#kernel/tables/xlsx';
import type { ColumnMapping, MappedField } from '../contract.ts';
import { MappedField as MappedFieldSchema } from '../contract.ts';
import type { RawRecord, RawValue, RowFault } from './build.ts';
import { columnOrder, headerScore } from './columns.ts';

/** A file and how to read it. Only tables have heads, a mapping and a header row. */
export interface SourceFile {
  path: string;
  format: 'xlsx' | 'csv' | 'jsonl';
  sheet: string | null;
  encoding: string | null;
  delimiter: string | null;
  headerRow: number | null;
  mapping: ColumnMapping | null;
}

/** One row as it comes: its number in the file, and either its values or what is wrong with all of it. */
export interface SourceRow {
  row: number;
  raw: RawRecord | null;
  faults: RowFault[];
}

/** Rows of a file after a given one, in bounded memory. `share` says how much of the file was read, 0 to 1. */
export interface RowSource extends AsyncIterable<SourceRow> {
  readonly share: number;
}

/** Opens a file's rows after row number `after` (0: from the beginning). Throws TableError while iterating. */
export function openRows(file: SourceFile, after: number): RowSource {
  if (file.format === 'jsonl') return jsonlRows(file, after);
  return tableRows(file, after);
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
        merges ??= 'merged' in reader ? new Merges(reader.merged) : NO_MERGES;
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
  return faults.length > 0 ? { row, raw: null, faults } : { row, raw: { values, extra }, faults };
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

function jsonlRows(file: SourceFile, after: number): RowSource {
  const reader = readJsonl(file.path);
  return {
    get share() {
      return reader.totalBytes === 0 ? 0 : Math.min(1, reader.bytesRead / reader.totalBytes);
    },
    async *[Symbol.asyncIterator]() {
      for await (const line of reader) {
        if (line.lineNumber <= after) continue;
        yield line.problem
          ? { row: line.lineNumber, raw: null, faults: [{ field: '', value: '', reason: line.problem.text }] }
          : mapObject(line.lineNumber, line.value);
      }
    },
  };
}

const FIELDS = new Set<string>(MappedFieldSchema.options);

/** Reads an object of the platform's own format: fields by their names, lists as arrays; anything else is kept as extra. */
function mapObject(row: number, object: Record<string, unknown>): SourceRow {
  const values = new Map<MappedField, RawValue[]>();
  const extra: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const [head, value] of Object.entries(object)) {
    if (value === null || value === undefined || value === '') continue;
    if (!FIELDS.has(head)) {
      extra[head] = typeof value === 'string' ? value : JSON.stringify(value);
      continue;
    }
    const items = Array.isArray(value) ? value : [value];
    const wrong = items.find((item) => typeof item !== 'string' && typeof item !== 'number');
    if (wrong !== undefined) {
      faults.push({
        field: head,
        value: JSON.stringify(value).slice(0, 200),
        reason: { zh: '应为文本或文本的列表', en: 'A text or a list of texts is expected' },
      });
      continue;
    }
    values.set(
      head as MappedField,
      items.map((item) => ({
        head,
        text: String(item),
        ...(Array.isArray(value) && { item: true as const }),
      })),
    );
  }
  return faults.length > 0 ? { row, raw: null, faults } : { row, raw: { values, extra }, faults };
}
