import type { MergedRange, TableReader, TableRow } from './cells.ts';
import { TableError } from './errors.ts';
import { MAX_MERGES, parseRange, SheetParser } from './sheet.ts';
import { checkWorkbookFile, checkWorkbookZip } from './sniff.ts';
import { readSharedStrings, type StringLimits, StringTable } from './strings.ts';
import { chooseSheet, readWorkbook, type SheetInfo, type Workbook } from './workbook.ts';
import { SafeZip, type ZipLimits } from './zip.ts';

/** Which sheet to read and how much the file may cost. */
export interface XlsxOptions {
  /** Name of the sheet; the first visible one unless given. */
  sheet?: string;
  /** Find the merged ranges before the first row is handed out (one more pass over the packed sheet). */
  merged?: boolean;
  limits?: Partial<ZipLimits>;
  strings?: Partial<StringLimits>;
}

/** A reader of a workbook that also says what it found. Everything but the rows is known once the first row is there. */
export interface XlsxReader extends TableReader {
  /** Name of the sheet being read. */
  readonly sheetName: string;
  /** All worksheets. */
  readonly sheets: readonly SheetInfo[];
  /** Merged ranges: before the first row with `merged: true`, else after the last. */
  readonly merged: readonly MergedRange[];
  /** Whether the workbook counts days from 1904. */
  readonly date1904: boolean;
}

/**
 * Reads the rows of a worksheet (.xlsx, .xlsm) in bounded memory, whatever the size of the file: rows come while the
 * sheet is being unpacked, and shared strings beyond a budget lie in a temporary file. Rows without content are left
 * out, hidden ones are not. Throws {@link TableError} while iterating: not a workbook, old format, password, damage,
 * bombs, DTD. Errors of the file system pass through.
 */
export function readXlsx(path: string, options: XlsxOptions = {}): XlsxReader {
  return new Reader(path, options);
}

class Reader implements XlsxReader {
  readonly #path: string;
  readonly #options: XlsxOptions;
  #zip: SafeZip | null = null;
  #finished = 0;
  #workbook: Workbook | null = null;
  #ranges: readonly MergedRange[] = [];
  sheetName = '';
  totalBytes = 0;

  constructor(path: string, options: XlsxOptions) {
    this.#path = path;
    this.#options = options;
  }

  get bytesRead(): number {
    return this.#zip?.bytesRead ?? this.#finished;
  }

  get sheets(): readonly SheetInfo[] {
    return this.#workbook?.sheets ?? [];
  }

  get merged(): readonly MergedRange[] {
    return this.#ranges;
  }

  get date1904(): boolean {
    return this.#workbook?.date1904 ?? false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TableRow, void, undefined> {
    await checkWorkbookFile(this.#path);
    const zip = await SafeZip.open(this.#path, this.#options.limits);
    const strings = new StringTable(this.#options.strings);
    this.#zip = zip;
    try {
      checkWorkbookZip(zip.names);
      const workbook = await readWorkbook(zip);
      const sheet = chooseSheet(workbook, this.#options.sheet);
      this.#workbook = workbook;
      this.sheetName = sheet.name;
      const { stringsPart } = workbook;
      const passes = this.#options.merged ? 2 : 1;
      this.totalBytes =
        zip.bytesRead + (stringsPart ? zip.sizeOf(stringsPart) : 0) + passes * zip.sizeOf(sheet.part);
      if (this.#options.merged) this.#ranges = await findMerges(zip, sheet.part);
      if (stringsPart) await readSharedStrings(stringsPart, zip.read(stringsPart), strings);
      const parser = new SheetParser(sheet.part, workbook, strings);
      for await (const bytes of zip.read(sheet.part)) yield* parser.feed(bytes);
      parser.end();
      this.#ranges = parser.merged;
    } finally {
      this.#finished = zip.bytesRead;
      this.#zip = null;
      strings.close();
      zip.close();
    }
  }
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]{0,200}?\bref="([A-Z0-9:]+)"/g;
/** Longer than any `mergeCell` element. */
const MERGE_TAIL = 256;

/**
 * Finds merged ranges without parsing the rows before them. Cell text cannot be mistaken for one, since its `<` are
 * escaped. (In a sheet written as UTF-16, which no program does, they are found only with the rows.)
 */
async function findMerges(zip: SafeZip, part: string): Promise<MergedRange[]> {
  const ranges: MergedRange[] = [];
  let tail: Buffer = Buffer.alloc(0);
  for await (const bytes of zip.read(part)) {
    const data = Buffer.concat([tail, bytes]);
    let done = 0;
    if (data.includes('mergeCell')) {
      for (const m of data.toString('latin1').matchAll(MERGE)) {
        const range = parseRange(m[1] ?? '');
        if (range && ranges.length >= MAX_MERGES) throw new TableError('table_merges', { limit: MAX_MERGES });
        if (range) ranges.push(range);
        done = m.index + m[0].length;
      }
    }
    tail = data.subarray(Math.max(done, data.length - MERGE_TAIL));
  }
  return ranges;
}
