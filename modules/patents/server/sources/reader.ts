import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AppError } from '#kernel/errors';
import type { Text } from '#kernel/text';
import { sourceError } from './errors.ts';
import type { RowSource, SourceRow } from './raw.ts';

/** Rows that also say how far they have come: the number of the last record passed, those before `after` included. */
export interface CountedRows extends RowSource {
  readonly seen: number;
}

/** A format of a source and how it is read. */
export interface SourceReader {
  /** Stored with an import; never changes. */
  id: string;
  title: Text;
  /** Whether a file is of this format, by its first 64 KB and its name. */
  detect(head: Buffer, name: string): boolean;
  /**
   * Rows with a number above `after`, in bounded memory; the same file gives the same rows with the same numbers each
   * time. Errors with both texts (`AppError`) are thrown while iterating, after the rows that came before.
   */
  open(path: string, after: number): CountedRows;
  /** The same from a stream of a given length, where the format does not need the whole file. */
  stream?(pieces: AsyncIterable<Buffer>, size: number, after: number): CountedRows;
}

const PIECE = 256 * 1024;

/** A file as a stream whose reading is counted. */
export class FilePieces implements AsyncIterable<Buffer> {
  readonly #path: string;
  bytesRead = 0;
  size = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get share(): number {
    return this.size === 0 ? 0 : Math.min(1, this.bytesRead / this.size);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    this.bytesRead = 0;
    this.size = (await stat(this.#path)).size;
    const pieces: AsyncIterable<Buffer> = createReadStream(this.#path, { highWaterMark: PIECE });
    for await (const piece of pieces) {
      this.bytesRead += piece.length;
      yield piece;
    }
  }
}

/** A row of which nothing can be used. */
export function faultyRow(row: number, reason: Text, field = '', value = ''): SourceRow {
  return { row, raw: null, faults: [{ field, value: value.slice(0, 200), reason }] };
}

/** The error of a file in which a reader found no record at all. */
export function nothingFound(title: Text): AppError {
  return sourceError('patents_source_nothing', { source: title.zh, source_en: title.en });
}

/** The beginning of a text file as characters, whatever its encoding; enough to recognise ASCII words in it. */
export function headText(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0))
    return head.toString('utf16le');
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c))
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString('utf16le');
  return head.toString('latin1');
}

/** The name of the root element of an XML file without prefix, or null when it is none. */
export function rootName(head: Buffer): string | null {
  const text = headText(head.subarray(0, 64 * 1024))
    .replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)?\s*/, '')
    .replace(/^<\?xml\s[^>]*\?>\s*/, '')
    .replace(/^(?:<!--[\s\S]*?-->\s*|<\?[\s\S]*?\?>\s*)+/, '')
    .replace(/^<!DOCTYPE\s[^[>]*(?:\[[^\]]*\]\s*)?>\s*/, '')
    .replace(/^(?:<!--[\s\S]*?-->\s*|<\?[\s\S]*?\?>\s*)+/, '');
  return /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(text)?.[1] ?? null;
}
