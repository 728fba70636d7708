import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { TableReader, TableRow } from './cells.ts';
import { CsvParser, guessDelimiter } from './csv-parser.ts';
import { detectEncoding, type TextEncodingName } from './encoding.ts';
import { TableError } from './errors.ts';

/** How to read a text table. */
export interface CsvOptions {
  /** `auto`: byte-order mark, else UTF-8, else GB18030, judged on the whole file. `gbk` is read as GB18030. */
  encoding?: 'auto' | TextEncodingName | 'gbk';
  /** `auto`: the one of comma, semicolon, tab and bar that cuts the first rows most evenly. */
  delimiter?: 'auto' | ',' | ';' | '\t' | '|';
  /** Row that sets the number of columns (1 unless given); rows before it are titles and may have any number. */
  headerRow?: number;
  /** Longest record in characters, 16 Mi unless given. */
  maxRecordChars?: number;
}

/** A reader of a text table that also says what it found; known once the first row is there. */
export interface CsvReader extends TableReader {
  readonly encoding: TextEncodingName | null;
  readonly delimiter: string | null;
}

const PIECE = 128 * 1024;
const SAMPLE = 64 * 1024;
const MAX_RECORD_CHARS = 16 * 1024 ** 2;

/**
 * Reads the rows of a CSV or TSV file (RFC 4180, quoted line breaks included) in bounded memory. All cells are text.
 * Blank lines are left out. A row with another number of columns, or with text after a closing quotation mark, is
 * handed out with a `problem`. Throws {@link TableError} while iterating: empty, encoding, NUL bytes, a quotation mark
 * never closed, an endless record. Errors of the file system pass through.
 */
export function readCsv(path: string, options: CsvOptions = {}): CsvReader {
  return new Reader(path, options);
}

class Reader implements CsvReader {
  readonly #path: string;
  readonly #options: CsvOptions;
  encoding: TextEncodingName | null = null;
  delimiter: string | null = null;
  bytesRead = 0;
  totalBytes = 0;

  constructor(path: string, options: CsvOptions) {
    this.#path = path;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TableRow, void, undefined> {
    const { encoding = 'auto', delimiter = 'auto' } = this.#options;
    this.bytesRead = 0;
    this.totalBytes = (await stat(this.#path)).size;
    if (this.totalBytes === 0) throw new TableError('table_empty', { name: 'CSV' });
    const named = encoding === 'gbk' ? 'gb18030' : encoding === 'auto' ? undefined : encoding;
    const charset = await detectEncoding(this.#path, named);
    this.encoding = charset;
    this.delimiter = delimiter === 'auto' ? await this.#sampleDelimiter(charset) : delimiter;
    const parser = new CsvParser({
      delimiter: this.delimiter,
      headerRow: this.#options.headerRow ?? 1,
      maxRecordChars: this.#options.maxRecordChars ?? MAX_RECORD_CHARS,
    });
    const decoder = new TextDecoder(charset, { fatal: true });
    const decode = (piece?: Buffer): string => {
      try {
        const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
        if (text.includes('\0')) throw new TableError('table_nul', { line: parser.lineOf(text, '\0') });
        return text;
      } catch (error) {
        if (error instanceof TableError) throw error;
        throw new TableError('table_encoding', { line: parser.line, encoding: charset.toUpperCase() });
      }
    };
    const pieces: AsyncIterable<Buffer> = createReadStream(this.#path, { highWaterMark: PIECE });
    for await (const piece of pieces) {
      const rows = parser.write(decode(piece));
      this.bytesRead += piece.length;
      yield* rows;
    }
    yield* parser.write(decode());
    yield* parser.end();
  }

  async #sampleDelimiter(charset: TextEncodingName): Promise<string> {
    const file = await open(this.#path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(SAMPLE, this.totalBytes));
      await file.read(buffer, 0, buffer.length, 0);
      return guessDelimiter(new TextDecoder(charset).decode(buffer, { stream: true }));
    } finally {
      await file.close();
    }
  }
}
