import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { TableReader } from './cells.ts';
import { encodingOfMark } from './encoding.ts';
import { TableError } from './errors.ts';

/** How to read JSON lines. */
export interface JsonlOptions {
  /** Longest line in bytes, 16 MiB unless given. A longer one becomes a row with a problem. */
  maxLineBytes?: number;
}

/** One line: an object, or what is wrong with it. */
export type JsonlRow =
  | { lineNumber: number; value: Record<string, unknown>; problem?: undefined }
  | { lineNumber: number; value: null; problem: TableError };

const PIECE = 256 * 1024;
const MAX_LINE_BYTES = 16 * 1024 ** 2;

/**
 * Reads a file of JSON objects, one a line, in bounded memory. A line that is too long, not UTF-8, not JSON or not an
 * object is handed out with its `problem`, and reading goes on; blank lines are left out. A byte-order mark is skipped.
 * Throws {@link TableError} for an empty file and for UTF-16 (`table_utf8`). Errors of the file system pass through.
 */
export function readJsonl(path: string, options: JsonlOptions = {}): TableReader<JsonlRow> {
  return new Reader(path, options.maxLineBytes ?? MAX_LINE_BYTES);
}

class Reader implements TableReader<JsonlRow> {
  readonly #path: string;
  readonly #maxLineBytes: number;
  bytesRead = 0;
  totalBytes = 0;

  constructor(path: string, maxLineBytes: number) {
    this.#path = path;
    this.#maxLineBytes = maxLineBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<JsonlRow, void, undefined> {
    this.bytesRead = 0;
    this.totalBytes = (await stat(this.#path)).size;
    if (this.totalBytes === 0) throw new TableError('table_empty', { name: 'JSONL' });
    let lineNumber = 1;
    let open: Buffer[] = [];
    let openBytes = 0;
    const pieces: AsyncIterable<Buffer> = createReadStream(this.#path, { highWaterMark: PIECE });
    for await (const piece of pieces) {
      let start = 0;
      if (this.bytesRead === 0) {
        const mark = encodingOfMark(piece);
        if (mark === 'utf-8') start = 3;
        else if (mark !== null) throw new TableError('table_utf8', { line: 1 });
      }
      for (;;) {
        const end = piece.indexOf(10, start);
        const part = piece.subarray(start, end < 0 ? piece.length : end);
        openBytes += part.length;
        // Beyond the limit only the length is kept.
        if (openBytes <= this.#maxLineBytes) open.push(part);
        else open = [];
        if (end < 0) break;
        const row = this.#row(open, openBytes, lineNumber);
        open = [];
        openBytes = 0;
        lineNumber += 1;
        start = end + 1;
        if (row) yield row;
      }
      this.bytesRead += piece.length;
    }
    const last = this.#row(open, openBytes, lineNumber);
    if (last) yield last;
  }

  #row(parts: Buffer[], bytes: number, lineNumber: number): JsonlRow | null {
    const fail = (problem: TableError): JsonlRow => ({ lineNumber, value: null, problem });
    if (bytes > this.#maxLineBytes) {
      return fail(new TableError('table_line_long', { line: lineNumber, limit: this.#maxLineBytes }));
    }
    const line = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    if (!isUtf8(line)) return fail(new TableError('table_utf8', { line: lineNumber }));
    const text = line.toString('utf8').trim();
    if (text === '') return null;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 120) : '';
      return fail(new TableError('table_json', { line: lineNumber, why }));
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fail(new TableError('table_json_object', { line: lineNumber }));
    }
    return { lineNumber, value: value as Record<string, unknown> };
  }
}
