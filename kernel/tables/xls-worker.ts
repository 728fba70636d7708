import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { read, set_cptable } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';

/** A cell as the library gives it: kind, value, number format. Null where there is none. */
export type RawCell = [kind: string, value: string | number | boolean, format: string] | null;

/** What the worker says: what the workbook is, then rows on each request, an empty list at the end; or what went wrong. */
export type XlsMessage =
  | { kind: 'book'; sheets: { name: string; hidden: boolean }[]; sheet: string; date1904: boolean }
  | { kind: 'rows'; rows: [number: number, cells: RawCell[]][] }
  | { kind: 'no-sheet'; sheets: string[] }
  | { kind: 'failed'; why: string };

const ROWS = 500;

// Files of before 1997 hold no Unicode.
set_cptable(codepages);

/** Parses the whole file, which the library cannot do in pieces, and hands its rows out as they are asked for. */
function main(path: string, sheet: string | null, port: NonNullable<typeof parentPort>): void {
  const say = (message: XlsMessage) => port.postMessage(message);
  const book = read(readFileSync(path), {
    type: 'buffer',
    dense: true,
    cellFormula: false,
    cellHTML: false,
    cellText: false,
    cellNF: true,
    WTF: true,
  });
  const hidden = (i: number) => (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0;
  const sheets = book.SheetNames.map((name, i) => ({ name, hidden: hidden(i) }));
  const chosen = sheet ?? (sheets.find((s) => !s.hidden) ?? sheets[0])?.name;
  const data = chosen === undefined ? undefined : book.Sheets[chosen]?.['!data'];
  if (chosen === undefined || !data) {
    say({ kind: 'no-sheet', sheets: book.SheetNames });
    return;
  }
  say({ kind: 'book', sheets, sheet: chosen, date1904: book.Workbook?.WBProps?.date1904 === true });
  let at = 0;
  port.on('message', () => {
    const rows: [number, RawCell[]][] = [];
    for (; at < data.length && rows.length < ROWS; at += 1) {
      const cells = data[at];
      if (!cells?.some((cell) => cell !== undefined && cell.v !== undefined && cell.v !== '')) continue;
      const raw = Array.from(cells, (cell): RawCell => {
        if (!cell || cell.v === undefined || cell.v === '') return null;
        const value = cell.t === 'e' ? (cell.w ?? '#N/A') : cell.v;
        return [cell.t, value instanceof Date ? value.toISOString() : value, String(cell.z ?? '')];
      });
      rows.push([at + 1, raw]);
    }
    say({ kind: 'rows', rows });
  });
}

if (parentPort) {
  try {
    main(workerData.path, workerData.sheet, parentPort);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    parentPort.postMessage({ kind: 'failed', why } satisfies XlsMessage);
  }
}
