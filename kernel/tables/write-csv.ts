import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BYTE_ORDER_MARK, type CsvValue, csvLine } from './csv-text.ts';

/** Rows from memory or as they come. */
export type Rows<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

const PIECE = 64 * 1024;

/** A CSV file piece by piece: byte-order mark, header, rows; for an HTTP reply or {@link writeCsv}. */
export async function* csvPieces(header: readonly string[], rows: Rows<CsvValue>): AsyncGenerator<string> {
  let piece = BYTE_ORDER_MARK + csvLine(header);
  for await (const row of rows) {
    piece += csvLine(row);
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/**
 * Writes a CSV file (UTF-8 with byte-order mark, CRLF, formulas made harmless) to a path or a stream, which is ended.
 * Memory does not grow with the rows. Rejects with the error of the rows or of the target.
 */
export async function writeCsv(
  target: string | Writable,
  header: readonly string[],
  rows: Rows<CsvValue>,
): Promise<void> {
  const writable = typeof target === 'string' ? createWriteStream(target) : target;
  await pipeline(Readable.from(csvPieces(header, rows)), writable);
}
