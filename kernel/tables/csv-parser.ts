import { type Cell, EMPTY, type TableRow } from './cells.ts';
import { TableError } from './errors.ts';

/** More columns than this are a wrong delimiter. */
export const MAX_CSV_COLUMNS = 16_384;

const QUOTE = 34;
const LF = 10;
const CR = 13;

type State = 'start' | 'plain' | 'quoted' | 'closed';

/** What {@link CsvParser} needs to know. */
export interface CsvParserOptions {
  delimiter: string;
  headerRow: number;
  maxRecordChars: number;
  /** Told the number of columns of each record that is not blank, empty ones included. */
  onWidth?: (columns: number) => void;
}

/**
 * Takes text apart into records, piece by piece; pieces may end anywhere. Line ends are CRLF, LF or CR. A quotation
 * mark inside an unquoted field is an ordinary character; text after a closing one is kept and reported.
 */
export class CsvParser {
  /** Number of the physical line being read, from 1. */
  line = 1;
  readonly #delimiter: number;
  readonly #headerRow: number;
  readonly #maxRecordChars: number;
  readonly #onWidth: ((columns: number) => void) | undefined;
  #rows: TableRow[] = [];
  #state: State = 'start';
  #field = '';
  #wasQuoted = false;
  #cells: string[] = [];
  #chars = 0;
  #recordLine = 1;
  #quoteLine = 1;
  #rowNumber = 0;
  #expected: number | null = null;
  #stray = false;
  #afterCr = false;
  #begun = false;

  constructor(options: CsvParserOptions) {
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#headerRow = options.headerRow;
    this.#maxRecordChars = options.maxRecordChars;
    this.#onWidth = options.onWidth;
  }

  /** The line of the first occurrence of `mark` in a piece that is about to be parsed. */
  lineOf(piece: string, mark: string): number {
    return this.line + piece.slice(0, piece.indexOf(mark)).split('\n').length - 1;
  }

  /** Parses a piece and returns the rows completed by it. */
  write(text: string): TableRow[] {
    let i = 0;
    if (!this.#begun && text !== '') {
      this.#begun = true;
      if (text.charCodeAt(0) === 0xfeff) i = 1;
    }
    while (i < text.length) i = this.#step(text, i);
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Ends the file: a last record without line end is complete, an open quotation mark is an error. */
  end(): TableRow[] {
    if (this.#state === 'quoted') throw new TableError('table_quote_open', { line: this.#quoteLine });
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRecord();
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Consumes characters from `i` on and returns where to go on. */
  #step(text: string, i: number): number {
    const c = text.charCodeAt(i);
    if (this.#afterCr) {
      this.#afterCr = false;
      if (c === LF) return i + 1;
    }
    switch (this.#state) {
      case 'quoted':
        return this.#quoted(text, i);
      case 'closed':
        if (c === QUOTE) {
          this.#append('"');
          this.#state = 'quoted';
          return i + 1;
        }
        if (c === this.#delimiter || c === LF || c === CR) return this.#plain(text, i);
        this.#stray = true;
        this.#state = 'plain';
        return i;
      case 'start':
        this.#wasQuoted = c === QUOTE;
        this.#state = this.#wasQuoted ? 'quoted' : 'plain';
        this.#quoteLine = this.line;
        return this.#wasQuoted ? i + 1 : i;
      default:
        return this.#plain(text, i);
    }
  }

  #plain(text: string, from: number): number {
    let i = from;
    let c = 0;
    for (; i < text.length; i += 1) {
      c = text.charCodeAt(i);
      if (c === this.#delimiter || c === LF || c === CR) break;
    }
    if (i > from) this.#append(text.slice(from, i));
    if (i === text.length) return i;
    if (c === this.#delimiter) {
      this.#endField();
      // The delimiter promises one more field, even when the line ends here.
      this.#state = 'start';
      return i + 1;
    }
    this.#endRecord();
    this.line += 1;
    this.#recordLine = this.line;
    this.#afterCr = c === CR;
    return i + 1;
  }

  #quoted(text: string, from: number): number {
    const end = text.indexOf('"', from);
    const piece = text.slice(from, end < 0 ? text.length : end);
    for (let n = piece.indexOf('\n'); n >= 0; n = piece.indexOf('\n', n + 1)) this.line += 1;
    this.#append(piece);
    if (end < 0) return text.length;
    this.#state = 'closed';
    return end + 1;
  }

  #append(piece: string): void {
    this.#chars += piece.length;
    if (this.#chars > this.#maxRecordChars) {
      throw new TableError('table_record_long', { line: this.#recordLine, limit: this.#maxRecordChars });
    }
    this.#field += piece;
  }

  #endField(): void {
    if (this.#cells.length >= MAX_CSV_COLUMNS) {
      throw new TableError('table_columns', { row: this.#rowNumber + 1, limit: MAX_CSV_COLUMNS });
    }
    this.#cells.push(this.#field);
    this.#field = '';
  }

  #endRecord(): void {
    const blank = this.#cells.length === 0 && this.#field === '' && !this.#wasQuoted;
    this.#endField();
    this.#rowNumber += 1;
    if (!blank) this.#emit();
    this.#cells = [];
    this.#chars = 0;
    this.#stray = false;
    this.#wasQuoted = false;
    this.#state = 'start';
  }

  #emit(): void {
    const texts = this.#cells;
    if (this.#rowNumber === 1 && /^sep=[,;\t|]?$/i.test(texts[0] ?? '')) return; // Excel's own first line
    this.#onWidth?.(texts.length);
    if (this.#expected === null && this.#rowNumber >= this.#headerRow) this.#expected = texts.length;
    const found = texts.length;
    while (texts.length > 0 && texts.at(-1) === '') texts.pop();
    if (texts.length === 0) return; // ",,," says nothing
    const row: TableRow = {
      rowNumber: this.#rowNumber,
      line: this.#recordLine,
      cells: texts.map((value): Cell => (value === '' ? EMPTY : { kind: 'text', value })),
    };
    const problem = this.#problem(found, texts.length);
    if (problem) row.problem = problem;
    this.#rows.push(row);
  }

  /** Too few columns, or filled ones beyond the last; empty ones beyond it do no harm. */
  #problem(found: number, filled: number): TableError | null {
    const where = { row: this.#rowNumber, line: this.#recordLine };
    const expected = this.#expected;
    if (expected !== null && (found < expected || filled > expected)) {
      return new TableError('table_ragged', { ...where, found, expected });
    }
    return this.#stray ? new TableError('table_quote_stray', where) : null;
  }
}

const CANDIDATES = [',', '\t', ';', '|'];
const SAMPLE_ROWS = 20;

/**
 * The delimiter that cuts the first records into the same number of columns most often, more columns winning a tie;
 * a comma when there is nothing to cut. A first line `sep=;`, which Excel writes, decides at once.
 */
export function guessDelimiter(sample: string): string {
  const declared = /^\uFEFF?"?sep=([,;\t|])"?\r?\n/i.exec(sample)?.[1];
  if (declared !== undefined) return declared;
  let best = ',';
  let bestScore = 0;
  for (const delimiter of CANDIDATES) {
    const counts = columnCounts(sample, delimiter);
    const usual = mostFrequent(counts.filter((n) => n > 1));
    if (usual === null) continue;
    const even = counts.filter((n) => n === usual).length / counts.length;
    const score = even * 100 + Math.min(usual, 99) / 100;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Columns of the first records; the last one may be cut and counts only when it is the only one. */
function columnCounts(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  const parser = new CsvParser({
    delimiter,
    headerRow: Number.MAX_SAFE_INTEGER,
    maxRecordChars: sample.length + 1,
    onWidth: (columns) => counts.push(columns),
  });
  try {
    parser.write(sample);
    if (counts.length === 0) parser.end();
  } catch {
    return []; // a quotation mark that is still open, or absurdly many columns
  }
  return counts.slice(0, SAMPLE_ROWS);
}

function mostFrequent(counts: readonly number[]): number | null {
  const tally = new Map<number, number>();
  for (const n of counts) tally.set(n, (tally.get(n) ?? 0) + 1);
  const [top] = [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return top?.[0] ?? null;
}
