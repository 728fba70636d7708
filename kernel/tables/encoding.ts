import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { TableError } from './errors.ts';

/** Encodings of text tables that are read. GBK and GB2312 are parts of GB18030. */
export type TextEncodingName = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

const PIECE = 1024 * 1024;
/** So many whole UTF-8 characters before the first fault mean damaged UTF-8: in GB18030 text a run of two is rare. */
const UTF8_EVIDENCE = 16;

/** The encoding that a byte-order mark names, or null. */
export function encodingOfMark(bytes: Uint8Array): TextEncodingName | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** Bytes at the end that may be the beginning of a character whose rest is still to come: 0 to 3. */
function openTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Length of the longest beginning that is whole UTF-8 characters. */
function validLength(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - openTail(part)))) low = middle;
    else high = middle - 1;
  }
  return low - openTail(bytes.subarray(0, low));
}

function countNewlines(bytes: Uint8Array, stopAt = bytes.length): number {
  let count = 0;
  for (let i = bytes.indexOf(10); i >= 0 && i < stopAt; i = bytes.indexOf(10, i + 1)) count += 1;
  return count;
}

/** What the whole file says about being UTF-8. */
interface Utf8Verdict {
  mark: TextEncodingName | null;
  /** Line (from 1) of the first fault, null when there is none. */
  faultLine: number | null;
  /** Whole multi-byte characters before the fault, counted up to {@link UTF8_EVIDENCE}. */
  evidence: number;
}

function pieces(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: PIECE });
}

/** Reads the file until it stops being UTF-8. Throws `table_nul`, except after a mark of UTF-16. */
async function scanUtf8(path: string): Promise<Utf8Verdict> {
  const verdict: Utf8Verdict = { mark: null, faultLine: null, evidence: 0 };
  let line = 1;
  let tail: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const piece of pieces(path)) {
    if (first) verdict.mark = encodingOfMark(piece);
    first = false;
    if (verdict.mark === 'utf-16le' || verdict.mark === 'utf-16be') return verdict;
    const nul = piece.indexOf(0);
    if (nul >= 0) throw new TableError('table_nul', { line: line + countNewlines(piece, nul) });
    const data = tail.length > 0 ? Buffer.concat([tail, piece]) : piece;
    const body = data.subarray(0, data.length - openTail(data));
    const good = isUtf8(body) ? body.length : validLength(body);
    for (let i = 0; i < good && verdict.evidence < UTF8_EVIDENCE; i += 1) {
      if ((body[i] ?? 0) >= 0xc2) verdict.evidence += 1;
    }
    if (good < body.length) {
      verdict.faultLine = line + countNewlines(data, good);
      return verdict;
    }
    line += countNewlines(data);
    tail = Buffer.from(data.subarray(body.length));
  }
  if (tail.length > 0) verdict.faultLine = line;
  return verdict;
}

/** Line of the first fault when the file is read as GB18030, null when there is none. Throws `table_nul`. */
async function scanGb18030(path: string): Promise<number | null> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  let line = 1;
  for await (const piece of pieces(path)) {
    const nul = piece.indexOf(0);
    if (nul >= 0) throw new TableError('table_nul', { line: line + countNewlines(piece, nul) });
    try {
      decoder.decode(piece, { stream: true });
    } catch {
      return line + faultyLine(piece);
    }
    line += countNewlines(piece);
  }
  try {
    decoder.decode();
  } catch {
    return line;
  }
  return null;
}

/**
 * Which line of the piece is not GB18030, from 0. A line feed is never part of a longer character, so lines can be
 * judged alone; the first and the last may be cut by the piece and are blamed only when no whole one is at fault.
 */
function faultyLine(piece: Buffer): number {
  let index = 1;
  let start = piece.indexOf(10) + 1;
  while (start > 0) {
    const end = piece.indexOf(10, start);
    if (end < 0) return isGb18030(piece.subarray(start), true) ? 0 : index;
    if (!isGb18030(piece.subarray(start, end), false)) return index;
    index += 1;
    start = end + 1;
  }
  return 0;
}

function isGb18030(bytes: Buffer, stream: boolean): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the encoding of a text file by reading all of it: a byte-order mark, else UTF-8, else GB18030, each without a
 * single fault. Text of which only the last line is not ASCII is therefore judged rightly. UTF-8 with a damaged byte is
 * not passed off as GB18030, which would accept nearly all of it and turn it into other characters. With `only` the file
 * is checked against that encoding (UTF-16 is checked while it is read).
 * Throws {@link TableError} `table_encoding`, `table_encoding_damaged`, `table_nul`, each with the line.
 */
export async function detectEncoding(path: string, only?: TextEncodingName): Promise<TextEncodingName> {
  if (only === 'utf-16le' || only === 'utf-16be') return only;
  if (only === 'gb18030') {
    const line = await scanGb18030(path);
    if (line !== null) throw new TableError('table_encoding', { line, encoding: 'GB18030' });
    return only;
  }
  const { mark, faultLine, evidence } = await scanUtf8(path);
  if (only === 'utf-8' || mark === 'utf-8') {
    if (faultLine !== null) throw new TableError('table_encoding', { line: faultLine, encoding: 'UTF-8' });
    return 'utf-8';
  }
  if (mark !== null) return mark;
  if (faultLine === null) return 'utf-8';
  if (evidence >= UTF8_EVIDENCE) throw new TableError('table_encoding_damaged', { line: faultLine });
  const line = await scanGb18030(path);
  if (line !== null) throw new TableError('table_encoding', { line, encoding: 'UTF-8 / GB18030' });
  return 'gb18030';
}
