/**
 * Reading and writing tables: the platform's own readers beside the streaming and the whole-file reader of
 * @protobi/exceljs, on the same files. Each run is a process of its own, so that its memory is its own.
 *
 *   npx tsx bench/tables.ts [rows, 100000 unless given] [own: leave the others out, for large files]
 */
import { fork } from 'node:child_process';
import { createWriteStream, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import exceljs from '@protobi/exceljs';
import { readCsv } from '#kernel/tables/csv';
import { readJsonl } from '#kernel/tables/jsonl';
import { writeCsv } from '#kernel/tables/write-csv';
import { writeXlsx, type XlsxColumn } from '#kernel/tables/write-xlsx';
import { readXlsx } from '#kernel/tables/xlsx';
import { writeWorkbook } from '#kernel/testing/xlsx-file';

/** What one run reports. */
interface Result {
  rows: number;
  ms: number;
  /** Peak resident memory of the process, and what it was before the run. */
  peakMb: number;
  baseMb: number;
  /** Longest time for which the event loop did not turn. */
  blockMs: number;
}

const ABSTRACT =
  '本实用新型公开了一种家纺面料的防螨整理装置，包括机架，所述机架上设有导辊、浸轧槽和烘干箱，其特征在于浸轧槽内设有超声波发生器。';

/** One row of text: short columns as exports have them, and in wide tables an abstract and a claim that never repeat. */
function textRow(i: number, columns: number): string[] {
  const row = [
    `CN2012${String(i).padStart(8, '0')}.4`,
    `CN20${i}U`,
    '2013.01.02',
    `南通第${i % 900}家纺有限公司`,
    `E01B${i % 90}/32`,
  ];
  while (row.length < columns) row.push(row.length % 4 === 0 ? `${row.length}-${i % 50}` : '江苏省南通市');
  if (columns >= 25) {
    row[19] = `${i}${ABSTRACT.repeat(4)}`;
    row[20] = `${i}权利要求${ABSTRACT.repeat(2)}`;
  }
  return row.slice(0, columns);
}

function columnName(n: number): string {
  return n < 26 ? String.fromCharCode(65 + n) : `A${String.fromCharCode(65 + n - 26)}`;
}

/** A workbook as Excel writes it: every text in the shared strings, each once. */
async function makeWorkbook(path: string, rows: number, columns: number): Promise<void> {
  const known = new Map<string, number>();
  const numbers = new Uint32Array(rows * columns);
  let next = 0;
  for (let i = 0; i < rows; i += 1) {
    for (const [c, text] of textRow(i, columns).entries()) {
      const repeated = text.length < 20 ? known.get(text) : undefined;
      if (repeated === undefined && text.length < 20) known.set(text, next);
      numbers[i * columns + c] = repeated ?? next;
      if (repeated === undefined) next += 1;
    }
  }
  const strings = function* () {
    let number = 0;
    for (let i = 0; i < rows; i += 1) {
      for (const [c, text] of textRow(i, columns).entries()) {
        if (numbers[i * columns + c] !== number) continue;
        number += 1;
        yield `<si><t>${text}</t></si>`;
      }
    }
  };
  const xml = function* () {
    yield '<sheetData>';
    for (let i = 0; i < rows; i += 1) {
      let row = `<row r="${i + 1}" spans="1:${columns}">`;
      for (let c = 0; c < columns; c += 1) {
        row += `<c r="${columnName(c)}${i + 1}" s="0" t="s"><v>${numbers[i * columns + c]}</v></c>`;
      }
      yield `${row}</row>`;
    }
    yield '</sheetData>';
  };
  await writeWorkbook(path, { sheets: [{ name: 'Sheet1', xml }], strings });
}

/** What can be run, by name. Each returns the rows it saw. */
const runs: Record<string, (path: string) => Promise<number>> = {
  async own(path) {
    let n = 0;
    for await (const row of readXlsx(path)) if (row.cells.length > 0) n += 1;
    return n;
  },
  async 'own, titles from merged cells'(path) {
    let n = 0;
    for await (const row of readXlsx(path, { merged: true })) if (row.cells.length > 0) n += 1;
    return n;
  },
  async 'exceljs, streaming'(path) {
    let n = 0;
    for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache',
      worksheets: 'emit',
    })) {
      for await (const row of sheet) if (row.hasValues) n += 1;
    }
    return n;
  },
  async 'exceljs, whole file'(path) {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(path);
    return book.worksheets[0]?.actualRowCount ?? 0;
  },
  async 'CSV, UTF-8'(path) {
    let n = 0;
    for await (const row of readCsv(path)) if (row.cells.length > 0) n += 1;
    return n;
  },
  async 'CSV, GB18030'(path) {
    let n = 0;
    for await (const row of readCsv(path)) if (row.cells.length > 0) n += 1;
    return n;
  },
  async 'JSON lines'(path) {
    let n = 0;
    for await (const row of readJsonl(path)) if (row.value) n += 1;
    return n;
  },
  async 'write XLSX, 7 typed columns'(path) {
    const columns: XlsxColumn[] = [
      { header: '申请号', type: 'text' },
      { header: '名称', type: 'text' },
      { header: '数量', type: 'integer' },
      { header: '日期', type: 'date' },
      { header: '占比', type: 'percent' },
      { header: '金额', type: 'money' },
      { header: '有效', type: 'boolean' },
    ];
    const total = Number(path.split('#')[1]);
    const rows = function* () {
      for (let i = 0; i < total; i += 1) yield [`CN${i}`, `名称${i}`, i, '2013-01-02', 0.5, i * 100, true];
    };
    await writeXlsx(path.split('#')[0] ?? '', [{ name: 'Sheet1', columns, rows: rows() }]);
    return total;
  },
  async 'write CSV, 25 columns'(path) {
    const total = Number(path.split('#')[1]);
    const rows = function* () {
      for (let i = 0; i < total; i += 1) yield textRow(i, 25);
    };
    await writeCsv(path.split('#')[0] ?? '', textRow(0, 25), rows());
    return total;
  },
};

/** Runs one by name in this process and reports to the parent. */
async function runHere(name: string, path: string): Promise<Result> {
  const baseMb = process.memoryUsage.rss() / 1_048_576;
  let blockMs = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    blockMs = Math.max(blockMs, now - last - 2);
    last = now;
  }, 2);
  const start = performance.now();
  const rows = await (runs[name]?.(path) ?? 0);
  const ms = performance.now() - start;
  clearInterval(watch);
  return { rows, ms, baseMb, peakMb: process.resourceUsage().maxRSS / 1024, blockMs };
}

function runApart(name: string, path: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--run', name, path], {
      execArgv: ['--import', 'tsx'],
    });
    let result: Result | null = null;
    child.on('message', (message) => {
      result = message as Result;
    });
    child.on('exit', (code) => (result ? resolve(result) : reject(new Error(`${name}: exit ${code}`))));
  });
}

function print(name: string, columns: number | string, path: string, result: Result): void {
  const file = path.split('#')[0] ?? '';
  const cells = [
    name.padEnd(30),
    String(columns).padStart(4),
    `${(statSync(file).size / 1_048_576).toFixed(0)} MB`.padStart(8),
    String(result.rows).padStart(9),
    (result.ms / 1000).toFixed(2).padStart(8),
    Math.round(result.rows / (result.ms / 1000))
      .toLocaleString('en-US')
      .padStart(9),
    result.baseMb.toFixed(0).padStart(6),
    result.peakMb.toFixed(0).padStart(6),
    result.blockMs.toFixed(0).padStart(6),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function main(total: number, ownOnly: boolean): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'zc-bench-tables-'));
  const pieces = async (path: string, lines: Iterable<string>) =>
    pipeline(Readable.from(lines), createWriteStream(path));
  try {
    console.log(`${total.toLocaleString('en-US')} rows, Node ${process.version}`);
    console.log(
      '| what                           | cols |     file |      rows |  seconds |    rows/s | MB before | MB peak | ms blocked |',
    );
    console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|');
    for (const columns of [7, 25]) {
      const path = join(dir, `${columns}.xlsx`);
      if (total > 1_048_576) throw new Error('a sheet has no more than 1,048,576 rows');
      await makeWorkbook(path, total, columns);
      for (const name of [
        'own',
        'own, titles from merged cells',
        'exceljs, streaming',
        'exceljs, whole file',
      ]) {
        if (ownOnly && name.startsWith('exceljs')) continue;
        print(name, columns, path, await runApart(name, path));
      }
      await rm(path);
    }
    const csv = join(dir, 'a.csv');
    const lines = function* (separator: (row: string[]) => string) {
      for (let i = 0; i < total; i += 1) yield `${separator(textRow(i, 25))}\n`;
    };
    await pieces(
      csv,
      lines((row) => row.join(',')),
    );
    print('CSV, UTF-8', 25, csv, await runApart('CSV, UTF-8', csv));
    const gb = join(dir, 'gb.csv');
    // ASCII but for GB18030 bytes here and there: 家纺 is BC D2 B7 C4.
    const hanzi = Buffer.from('bcd2b7c4'.repeat(60), 'hex').toString('latin1');
    const target = createWriteStream(gb, 'latin1');
    for (let i = 0; i < total; i += 1) {
      const line = `${[i, hanzi, hanzi, 'x', hanzi, '2013.01.02', hanzi].join(',')}\n`;
      if (!target.write(line, 'latin1'))
        await new Promise<void>((resolve) => target.once('drain', () => resolve()));
    }
    await new Promise<void>((resolve) => target.end(() => resolve()));
    print('CSV, GB18030', 7, gb, await runApart('CSV, GB18030', gb));
    const jsonl = join(dir, 'a.jsonl');
    await pieces(
      jsonl,
      lines((row) => JSON.stringify(Object.fromEntries(row.map((text, c) => [`c${c}`, text])))),
    );
    print('JSON lines', 25, jsonl, await runApart('JSON lines', jsonl));
    const out = join(dir, 'out');
    for (const [name, columns] of [
      ['write XLSX, 7 typed columns', 7],
      ['write CSV, 25 columns', 25],
    ] as const) {
      print(name, columns, `${out}#${total}`, await runApart(name, `${out}#${total}`));
    }
  } finally {
    await rm(dir, { recursive: true });
  }
}

if (process.argv[2] === '--run') {
  const result = await runHere(process.argv[3] ?? '', process.argv[4] ?? '');
  process.send?.(result, () => process.exit(0));
} else {
  await main(Number(process.argv[2] ?? 100_000), process.argv[3] === 'own');
}
