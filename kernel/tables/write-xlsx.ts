import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type exceljs from '@protobi/exceljs';
import { isCalendarDate, toEpochDay } from '#kernel/calendar/date';
import { neutralise } from './csv-text.ts';
import { MAX_ROWS } from './sheet.ts';
import type { Rows } from './write-csv.ts';

/** What a cell may be given. A date is text, `YYYY-MM-DD`; money is in fen (hundredths of a yuan). */
export type XlsxValue = string | number | boolean | null | undefined;

/** How a column is shown: the type decides number format and alignment. `percent` takes shares (0.25 is 25%). */
export interface XlsxColumn {
  header: string;
  type: 'text' | 'integer' | 'number' | 'percent' | 'money' | 'date' | 'boolean';
  /** Number format code in place of the type's own. */
  format?: string;
  /** Width in characters; counted from the header and the first rows unless given. */
  width?: number;
}

/** One worksheet. More rows than a sheet can hold go on in a second one of the same name and a number. */
export interface XlsxSheet {
  name: string;
  columns: readonly XlsxColumn[];
  rows: Rows<XlsxValue>;
}

/** Properties of the file. With `created` given, the same rows make the same content. */
export interface XlsxWriteOptions {
  creator?: string;
  created?: Date;
}

const FORMATS: Record<XlsxColumn['type'], string> = {
  text: '@',
  integer: '#,##0',
  number: 'General',
  percent: '0.0%',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  boolean: 'General',
};

/** Excel's limits. */
const MAX_TEXT = 32_767;
const MAX_NAME = 31;

const SAMPLE_ROWS = 200;
const MIN_WIDTH = 6;
const MAX_WIDTH = 60;
/** Rows between two breaths of the event loop: some milliseconds of work. */
const ROWS_PER_BREATH = 100;

const HEADER_FONT = { bold: true, color: { argb: 'FFFFFFFF' } };
const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E79' } } as const;

/** Columns that a text takes on the screen: East Asian wide and full-width characters take two. The longest line counts. */
export function displayWidth(text: string): number {
  let widest = 0;
  for (const line of text.split(/\r?\n/)) {
    let width = 0;
    for (const char of line) width += isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
    widest = Math.max(widest, width);
  }
  return widest;
}

function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff01 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}

/** A name that Excel takes: at most 31 characters, none of : \ / ? * [ ], no apostrophe at an end, not yet used. */
export function sheetName(wanted: string, used: ReadonlySet<string>): string {
  const clean = wanted.replaceAll(/[:\\/?*[\]\p{Cc}]/gu, ' ').replaceAll(/^['\s]+|['\s]+$/g, '') || 'Sheet';
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : ` (${n})`;
    const room = MAX_NAME - suffix.length;
    // Half a surrogate pair, or an apostrophe that the cut brought to the end, must not stay.
    const name = clean.slice(0, room).replaceAll(/['\s\p{Cs}]+$/gu, '') + suffix;
    if (!used.has(name.toLowerCase())) return name;
  }
}

/** Text that XML and Excel can hold; a longer one ends with a note that says how long it was. */
function fitText(text: string): string {
  const clean = neutralise(text.replaceAll(/\p{Cs}/gu, '\uFFFD').replaceAll(/[\uFFFE\uFFFF]/g, ''));
  if (clean.length <= MAX_TEXT) return clean;
  const note = `…（已截断，全文 ${text.length} 字）`;
  return clean.slice(0, MAX_TEXT - note.length).replaceAll(/\p{Cs}/gu, '') + note; // no half of a character
}

/** The value as Excel stores it. What does not fit the column's type is written as text, never dropped. */
function cellValue(value: XlsxValue, type: XlsxColumn['type']): string | number | boolean | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return type === 'money' ? value / 100 : value;
  }
  if (type === 'date' && isCalendarDate(value)) {
    const serial = toEpochDay(value) + 25_569;
    // Before 1900-03-01 the 1900 system is a day off or has no number at all: such dates stay text.
    if (serial > 60) return serial;
  }
  return fitText(value);
}

/** How wide a value is when shown. */
function shownWidth(value: XlsxValue, type: XlsxColumn['type']): number {
  if (typeof value === 'number') {
    return (
      (type === 'money' ? value / 100 : value).toLocaleString('en-US').length + (type === 'percent' ? 2 : 0)
    );
  }
  return displayWidth(String(value ?? ''));
}

function widthOf(column: XlsxColumn, index: number, sample: readonly (readonly XlsxValue[])[]): number {
  if (column.width !== undefined) return column.width;
  const widths = sample.map((row) => shownWidth(row[index], column.type));
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, displayWidth(column.header), ...widths) + 2);
}

type Writer = InstanceType<typeof exceljs.stream.xlsx.WorkbookWriter>;
type Worksheet = ReturnType<Writer['addWorksheet']>;

/** Waits for a turn of the event loop, and for the packer and the target when they are behind. */
async function catchUp(sheet: Worksheet, target: Writable): Promise<void> {
  await breathe();
  const { stream } = sheet as unknown as { stream: { pipes?: Writable[] } };
  for (const queue of [...(stream.pipes ?? []), target]) {
    if (queue.errored) throw queue.errored;
    if (queue.writableNeedDrain && !queue.destroyed) await once(queue, 'drain');
  }
}

function openSheet(writer: Writer, name: string, columns: readonly XlsxColumn[], widths: readonly number[]) {
  const sheet = writer.addWorksheet(name, { views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }] });
  sheet.columns = columns.map((column, i) => ({
    width: widths[i],
    style: {
      numFmt: column.format ?? FORMATS[column.type],
      alignment:
        column.type === 'text'
          ? { vertical: 'top', wrapText: (widths[i] ?? 0) >= MAX_WIDTH }
          : { vertical: 'top' },
    },
  }));
  const header = sheet.addRow(columns.map((column) => fitText(column.header)));
  header.eachCell((cell) => {
    cell.font = HEADER_FONT;
    cell.fill = HEADER_FILL;
    cell.numFmt = '@';
    cell.alignment = { vertical: 'middle', wrapText: true };
  });
  if (columns.length > 0) {
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  }
  header.commit();
  return sheet;
}

async function writeSheet(
  writer: Writer,
  sheet: XlsxSheet,
  used: Set<string>,
  target: Writable,
): Promise<void> {
  const { columns } = sheet;
  const sample: (readonly XlsxValue[])[] = [];
  let widths: number[] = [];
  let worksheet: Worksheet | null = null;
  let rowsInSheet = 0;
  const next = (): Worksheet => {
    worksheet?.commit();
    const name = sheetName(sheet.name, used);
    used.add(name.toLowerCase());
    rowsInSheet = 1;
    worksheet = openSheet(writer, name, columns, widths);
    return worksheet;
  };
  const put = async (row: readonly XlsxValue[]) => {
    const into = worksheet === null || rowsInSheet >= MAX_ROWS ? next() : worksheet;
    into.addRow(columns.map((column, i) => cellValue(row[i], column.type))).commit();
    rowsInSheet += 1;
    if (rowsInSheet % ROWS_PER_BREATH === 0) await catchUp(into, target);
  };
  const begin = async () => {
    widths = columns.map((column, i) => widthOf(column, i, sample));
    next();
    for (const row of sample) await put(row);
  };
  let begun = false;
  for await (const row of sheet.rows) {
    if (begun) {
      await put(row);
      continue;
    }
    sample.push(row);
    if (sample.length < SAMPLE_ROWS) continue;
    begun = true;
    await begin();
  }
  if (!begun) await begin();
}

/**
 * Writes a workbook row by row to a path or a stream (which is ended): typed columns, a styled and frozen header with a
 * filter, widths that count Chinese characters double. Texts that look like formulas are made harmless. Memory does not
 * grow with the rows, and the event loop gets a turn every hundred rows. A file that fails half-way is removed.
 * Rejects with the error of the rows or of the target.
 */
export async function writeXlsx(
  target: string | Writable,
  sheets: readonly XlsxSheet[],
  options: XlsxWriteOptions = {},
): Promise<void> {
  const stream = typeof target === 'string' ? createWriteStream(target) : target;
  const failed = once(stream, 'close').then(() => {
    if (!stream.writableFinished)
      throw stream.errored ?? new Error('the target was closed before the workbook was whole');
  });
  failed.catch(() => undefined);
  const created = options.created ?? new Date();
  // Loaded here: it is the largest of all packages, and most processes write no workbook.
  const { stream: streams } = (await import('@protobi/exceljs')).default;
  const writer = new streams.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  writer.creator = options.creator ?? '知城 Zhicheng';
  writer.lastModifiedBy = writer.creator;
  writer.created = created;
  writer.modified = created;
  const work = async () => {
    const used = new Set<string>();
    for (const sheet of sheets) await writeSheet(writer, sheet, used, stream);
    await writer.commit();
  };
  try {
    await Promise.race([work(), failed.then(() => new Promise<never>(() => undefined))]);
  } catch (error) {
    stream.destroy();
    if (typeof target === 'string') await rm(target, { force: true });
    throw error;
  }
}
