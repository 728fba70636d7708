import { isCalendarDate } from '#kernel/calendar/date';
import { type Cell, EMPTY, type MergedRange, type TableRow } from './cells.ts';
import { TableError } from './errors.ts';
import { numberCell } from './formats.ts';
import type { StringTable } from './strings.ts';
import type { Workbook } from './workbook.ts';
import { unescapeText, XmlPart } from './xml.ts';

/** Largest row and column that a spreadsheet has. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** More merged ranges than this are data that somebody merged, not a header. */
export const MAX_MERGES = 100_000;

/** Column and row of an address such as `AB12`, from 1; null when it is not one. */
export function parseAddress(ref: string): { column: number; row: number } | null {
  let column = 0;
  let i = 0;
  for (; i < ref.length && i < 4; i += 1) {
    const c = ref.charCodeAt(i);
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
  }
  const row = Number(ref.slice(i));
  if (column === 0 || column > MAX_COLUMNS || !Number.isInteger(row) || row < 1 || row > MAX_ROWS)
    return null;
  return { column, row };
}

/** Corners of a range such as `A1:C2`; null when it is not one. */
export function parseRange(ref: string): MergedRange | null {
  const [from = '', to = from] = ref.split(':');
  const a = parseAddress(from);
  const b = parseAddress(to);
  return a && b ? { top: a.row, left: a.column, bottom: b.row, right: b.column } : null;
}

/** The cell of an ISO 8601 text (type `d`, written by few programs). */
function isoCell(text: string): Cell {
  const m = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?)?$/.exec(text);
  if (!m?.[1] || !isCalendarDate(m[1])) return { kind: 'text', value: text };
  return m[2] === undefined || m[2] === '00:00:00'
    ? { kind: 'date', value: m[1] }
    : { kind: 'date', value: m[1], time: m[2] };
}

/** Reads the rows of one sheet piece by piece: feed bytes, then take the rows that are complete. */
export class SheetParser {
  /** Merged ranges; they stand behind the rows in the file, so they are complete only at the end. */
  readonly merged: MergedRange[] = [];
  readonly #workbook: Workbook;
  readonly #strings: StringTable;
  readonly #xml: XmlPart;
  #rows: TableRow[] = [];

  #inData = false;
  #rowNumber = 0;
  #hidden = false;
  #cells: Cell[] = [];
  #filled = 0;
  #column = 0;
  #type = '';
  #style = 0;
  #formula = false;
  #capture = false;
  #phonetic = false;
  #value = '';

  constructor(part: string, workbook: Workbook, strings: StringTable) {
    this.#workbook = workbook;
    this.#strings = strings;
    this.#xml = new XmlPart(part, {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => {
        if (this.#capture) this.#value += text;
      },
    });
  }

  /** Parses the next bytes and returns the rows completed by them. */
  feed(bytes: Buffer): TableRow[] {
    this.#xml.write(bytes);
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Ends the sheet; throws when it stops in the middle. */
  end(): void {
    this.#xml.end();
  }

  #open(name: string, a: Readonly<Record<string, string>>): void {
    if (!this.#inData) {
      if (name === 'sheetData') this.#inData = true;
      else if (name === 'mergeCell') this.#merge(a.ref ?? '');
      return;
    }
    switch (name) {
      case 'c':
        this.#startCell(a);
        break;
      case 'v':
        this.#capture = true;
        break;
      case 't':
        this.#capture = !this.#phonetic;
        break;
      case 'rPh':
        this.#phonetic = true;
        break;
      case 'f':
        this.#formula = true;
        break;
      case 'row':
        this.#startRow(a);
        break;
    }
  }

  #close(name: string): void {
    if (!this.#inData) return;
    switch (name) {
      case 'v':
      case 't':
        this.#capture = false;
        break;
      case 'rPh':
        this.#phonetic = false;
        break;
      case 'c':
        this.#endCell();
        break;
      case 'row':
        this.#endRow();
        break;
      case 'sheetData':
        this.#inData = false;
        break;
    }
  }

  #startRow(a: Readonly<Record<string, string>>): void {
    const number = a.r === undefined ? this.#rowNumber + 1 : Number(a.r);
    if (!Number.isInteger(number) || number <= this.#rowNumber || number > MAX_ROWS) {
      throw new TableError('table_address', { row: this.#rowNumber, ref: String(a.r).slice(0, 20) });
    }
    this.#rowNumber = number;
    this.#hidden = a.hidden === '1' || a.hidden === 'true';
    this.#cells = [];
    this.#filled = 0;
    this.#column = 0;
  }

  #startCell(a: Readonly<Record<string, string>>): void {
    const address = a.r === undefined ? null : parseAddress(a.r);
    this.#column = a.r === undefined ? this.#column + 1 : (address?.column ?? 0);
    if (this.#column < 1 || this.#column > MAX_COLUMNS || (address && address.row !== this.#rowNumber)) {
      throw new TableError('table_address', { row: this.#rowNumber, ref: String(a.r).slice(0, 20) });
    }
    this.#type = a.t ?? 'n';
    this.#style = a.s === undefined ? 0 : Number(a.s);
    this.#formula = false;
    this.#value = '';
  }

  #endCell(): void {
    const cell = this.#cell();
    if (cell === EMPTY) return;
    while (this.#cells.length < this.#column - 1) this.#cells.push(EMPTY);
    this.#cells[this.#column - 1] = this.#formula ? { ...cell, formula: true } : cell;
    if (this.#column > this.#filled) this.#filled = this.#column;
  }

  #cell(): Cell {
    const value = this.#value;
    if (value === '') return this.#formula ? { kind: 'empty', value: null } : EMPTY;
    switch (this.#type) {
      case 's': {
        const text = this.#strings.get(Number(value));
        if (text === undefined) {
          throw new TableError('table_workbook', {
            why: `第 ${this.#rowNumber} 行引用了不存在的字符串 (row ${this.#rowNumber}: no string ${value.slice(0, 20)})`,
          });
        }
        return text === '' ? EMPTY : { kind: 'text', value: text };
      }
      case 'inlineStr':
      case 'str':
        return { kind: 'text', value: unescapeText(value) };
      case 'b':
        return { kind: 'boolean', value: value === '1' || value === 'true' };
      case 'e':
        return { kind: 'error', value };
      case 'd':
        return isoCell(value);
      default: {
        const number = Number(value);
        if (!Number.isFinite(number)) return { kind: 'text', value };
        return numberCell(number, this.#workbook.styles[this.#style] ?? 'number', this.#workbook.date1904);
      }
    }
  }

  #endRow(): void {
    if (this.#filled === 0) return;
    const row: TableRow = { rowNumber: this.#rowNumber, cells: this.#cells };
    if (this.#hidden) row.hidden = true;
    this.#rows.push(row);
  }

  #merge(ref: string): void {
    const range = parseRange(ref);
    if (!range) throw new TableError('table_address', { row: this.#rowNumber, ref: ref.slice(0, 20) });
    if (this.merged.length >= MAX_MERGES) throw new TableError('table_merges', { limit: MAX_MERGES });
    this.merged.push(range);
  }
}
