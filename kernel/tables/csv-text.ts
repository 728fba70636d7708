/** What a cell of a CSV export may hold. Null and undefined are empty cells. */
export type CsvValue = string | number | boolean | null | undefined;

/** Tells Excel and WPS that a CSV file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

const FORMULA_START = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?%?$/i;

/**
 * Takes the danger out of a text that a spreadsheet would run as a formula: one that begins with = + - @, tab or
 * carriage return and is not a number gets an apostrophe in front, which spreadsheets read as "this is text".
 */
export function neutralise(text: string): string {
  return FORMULA_START.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** One field, quoted where RFC 4180 asks for it. Numbers that are not finite are left empty. */
export function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const text = neutralise(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its CRLF. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/**
 * A whole CSV file from records with named columns: byte-order mark, header, rows. Columns are those of all records in
 * the order in which they first appear. For many rows use `writeCsv`.
 */
export function csvText(records: readonly Readonly<Record<string, CsvValue>>[]): string {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = records.map((record) => csvLine(columns.map((column) => record[column])));
  return BYTE_ORDER_MARK + csvLine(columns) + lines.join('');
}
