import { type FileHandle, open, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Cell, EMPTY, type TableReader, type TableRow } from './cells.ts';
import { megabytes, TableError } from './errors.ts';
import { customFormat, numberCell } from './formats.ts';
import { OLE_MAGIC, oleContent } from './ole.ts';
import type { SheetInfo } from './workbook.ts';
import type { RawCell, XlsMessage } from './xls-worker.ts';

/** Which sheet to read and how much the file may cost. */
export interface XlsOptions {
  /** Name of the sheet; the first visible one unless given. */
  sheet?: string;
  /** Largest file in bytes, 40 MB unless given: the old format can only be read as a whole. */
  maxBytes?: number;
  /** Longest silence of the parser in milliseconds, two minutes unless given. */
  timeoutMs?: number;
}

/** A reader of an old workbook that also says what it found; known once the first row is there. */
export interface XlsReader extends TableReader {
  readonly sheetName: string;
  readonly sheets: readonly Pick<SheetInfo, 'name' | 'hidden'>[];
  readonly date1904: boolean;
}

const MAX_BYTES = 40 * 1024 ** 2;
const TIMEOUT_MS = 120_000;
/** Heap of the parser; a file that needs more is refused and the process goes on. */
const HEAP_MB = 1024;

/**
 * Reads the rows of a worksheet in the format of Excel 97-2003 (.xls). The file is parsed as a whole in a thread of its
 * own with bounded heap and time, after its size and completeness were checked; rows come in pieces. Throws
 * {@link TableError} while iterating: `table_unsupported`, `table_password`, `table_xls_large`, `table_xls_broken`,
 * `table_no_sheet`, `table_empty`.
 */
export function readXls(path: string, options: XlsOptions = {}): XlsReader {
  return new Reader(path, options);
}

class Reader implements XlsReader {
  readonly #path: string;
  readonly #options: XlsOptions;
  sheetName = '';
  sheets: readonly Pick<SheetInfo, 'name' | 'hidden'>[] = [];
  date1904 = false;
  bytesRead = 0;
  totalBytes = 0;

  constructor(path: string, options: XlsOptions) {
    this.#path = path;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TableRow, void, undefined> {
    this.bytesRead = 0;
    this.totalBytes = await checkFile(this.#path, this.#options.maxBytes ?? MAX_BYTES);
    const thread = new Thread(this.#path, this.#options);
    try {
      const book = await thread.next();
      if (book.kind === 'no-sheet') {
        const { sheet = '' } = this.#options;
        throw new TableError('table_no_sheet', { sheet, sheets: book.sheets.join('、') });
      }
      if (book.kind !== 'book') throw new TableError('table_xls_broken', { why: book.kind });
      this.sheetName = book.sheet;
      this.date1904 = book.date1904;
      this.sheets = book.sheets;
      let last = 1;
      for (;;) {
        thread.ask();
        const answer = await thread.next();
        if (answer.kind !== 'rows') throw new TableError('table_xls_broken', { why: answer.kind });
        if (answer.rows.length === 0) break;
        for (const [rowNumber, cells] of answer.rows) {
          last = rowNumber;
          yield { rowNumber, cells: cells.map((cell) => toCell(cell, this.date1904)) };
        }
        // How many rows follow is not told; what was read is most of the work.
        this.bytesRead = Math.floor(this.totalBytes * (last / (last + 500)));
      }
      this.bytesRead = this.totalBytes;
    } finally {
      await thread.end();
    }
  }
}

function toCell(raw: RawCell, date1904: boolean): Cell {
  if (raw === null) return EMPTY;
  const [kind, value, format] = raw;
  if (typeof value === 'number') return numberCell(value, customFormat(format), date1904);
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  return kind === 'e' ? { kind: 'error', value } : { kind: 'text', value };
}

/** Loads the worker; from the sources with the help of tsx, as a new thread knows no TypeScript. */
function workerCode(): string {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return `import(${JSON.stringify(new URL('./xls-worker.js', here).href)})`;
  const api = new URL('./index.mjs', pathToFileURL(createRequire(here).resolve('tsx/esm/api'))).href;
  const worker = new URL('./xls-worker.ts', here).href;
  return `import(${JSON.stringify(api)}).then(({ register }) => (register(), import(${JSON.stringify(worker)})))`;
}

/** The thread that parses; one answer at a time. */
class Thread {
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  #answers: (XlsMessage | TableError)[] = [];
  #wake: (() => void) | null = null;

  constructor(path: string, options: XlsOptions) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#worker = new Worker(workerCode(), {
      eval: true,
      workerData: { path, sheet: options.sheet ?? null },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.#worker.on('message', (message: XlsMessage) => this.#take(message));
    this.#worker.on('error', (error: Error & { code?: string }) =>
      this.#take(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new TableError('table_xls_memory', { limit: HEAP_MB })
          : new TableError('table_xls_broken', { why: error.message.slice(0, 200) }),
      ),
    );
    this.#worker.on('exit', () => this.#take(new TableError('table_xls_broken', { why: 'exit' })));
  }

  #take(answer: XlsMessage | TableError): void {
    this.#answers.push(answer);
    this.#wake?.();
  }

  ask(): void {
    this.#worker.postMessage('next');
  }

  async next(): Promise<XlsMessage> {
    if (this.#answers.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    const answer = this.#answers.shift() ?? new TableError('table_xls_broken', { why: 'timeout' });
    if (answer instanceof TableError) throw answer;
    if (answer.kind === 'failed') throw new TableError('table_xls_broken', { why: answer.why.slice(0, 200) });
    return answer;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Size and kind of the file, and whether it is all there. Returns its size. */
async function checkFile(path: string, limit: number): Promise<number> {
  const { size } = await stat(path);
  if (size === 0) throw new TableError('table_empty', { name: 'XLS' });
  if (size > limit)
    throw new TableError('table_xls_large', { size: megabytes(size), limit: megabytes(limit) });
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(512);
    await file.read(head, 0, 512, 0);
    if (!head.subarray(0, 8).equals(OLE_MAGIC))
      throw new TableError('table_unsupported', { found: '其他格式 (another format)' });
    if (size < 512) throw new TableError('table_xls_broken', { why: `${size} bytes` });
    const needed = await lengthNeeded(file, head);
    if (needed > size) throw new TableError('table_xls_broken', { why: `${size} < ${needed} bytes` });
    const content = await oleContent(file);
    if (content === 'encrypted-office') throw new TableError('table_password');
    if (content !== 'xls') throw new TableError('table_unsupported', { found: content.toUpperCase() });
    return size;
  } finally {
    await file.close();
  }
}

/** Numbers from here on are marks. */
const LAST_SECTOR = 0xff_ff_ff_f0;
/** Tables of sectors that are looked at; enough for files of 100 MB. */
const MOST_TABLES = 2_000;

/** How long a compound file must be to hold every sector that its allocation table says is used. */
async function lengthNeeded(file: FileHandle, head: Buffer): Promise<number> {
  const shift = head.readUInt16LE(0x1e);
  if (shift !== 9 && shift !== 12) throw new TableError('table_xls_broken', { why: 'OLE' });
  const size = 1 << shift;
  const sector = Buffer.alloc(size);
  const load = async (index: number) => {
    sector.fill(0xff);
    await file.read(sector, 0, size, (index + 1) * size);
  };
  const tables: number[] = [];
  for (let at = 0x4c; at < 512; at += 4) tables.push(head.readUInt32LE(at));
  let next = head.readUInt32LE(0x44);
  for (let n = 0; n < 64 && next < LAST_SECTOR; n += 1) {
    await load(next);
    for (let at = 0; at < size - 4; at += 4) tables.push(sector.readUInt32LE(at));
    next = sector.readUInt32LE(size - 4);
  }
  let highest = 0;
  // What a chain leads to is used; unused entries are marked in more than one way.
  for (const index of tables.filter((i) => i < LAST_SECTOR).slice(0, MOST_TABLES)) {
    highest = Math.max(highest, index);
    await load(index);
    for (let at = 0; at < size; at += 4) {
      const next = sector.readUInt32LE(at);
      if (next < LAST_SECTOR && next > highest) highest = next;
    }
  }
  // The last sector may be shorter than the others.
  return (highest + 1) * size + 1;
}
