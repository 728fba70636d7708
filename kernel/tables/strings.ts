import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { megabytes, TableError } from './errors.ts';
import { unescapeText, XmlPart } from './xml.ts';

/** What a table of shared strings may cost. Bytes are those of UTF-16. */
export interface StringLimits {
  /** Kept in memory; what comes after goes to a temporary file. Half of it is kept for short strings, which repeat. */
  memoryBytes: number;
  /** All strings together. */
  maxBytes: number;
  /** Folder of the temporary file. */
  directory: string;
}

/** 64 MB in memory and 4 GB in all. */
export const STRING_LIMITS: StringLimits = {
  memoryBytes: 64 * 1024 ** 2,
  maxBytes: 4 * 1024 ** 3,
  directory: tmpdir(),
};

/** Strings up to this length are taken for names and codes. */
const SHORT = 64;
/** Memory that a kept string costs beside its characters. */
const OVERHEAD = 32;
const BLOCK = 64 * 1024;
const CACHED_BLOCKS = 64;

/**
 * The shared strings of a workbook by number, in bounded memory. Unique long texts (abstracts, claims) make up nearly
 * all of a large table and are asked for in the order in which they were stored, so a file with a small cache of blocks
 * serves them well.
 */
export class StringTable {
  readonly #limits: StringLimits;
  #memory: (string | undefined)[] = [];
  #kept = 0;
  #keptLong = 0;
  #total = 0;
  #fd: number | null = null;
  /** Byte offset and length of each spilled string, by its number; index 2n and 2n+1. */
  #places = new Float64Array(2048);
  #fileSize = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  readonly #blocks = new Map<number, Buffer>();

  constructor(limits: Partial<StringLimits> = {}) {
    this.#limits = { ...STRING_LIMITS, ...limits };
  }

  /** How many strings there are. */
  get length(): number {
    return this.#memory.length;
  }

  /** Bytes on disk. */
  get spilledBytes(): number {
    return this.#fileSize;
  }

  /** Appends a string. Throws {@link TableError} `table_strings` beyond the limit. */
  push(text: string): void {
    const bytes = text.length * 2;
    this.#total += bytes + OVERHEAD;
    if (this.#total > this.#limits.maxBytes) {
      throw new TableError('table_strings', { limit: megabytes(this.#limits.maxBytes) });
    }
    const long = text.length > SHORT;
    const room = long
      ? this.#keptLong + bytes + OVERHEAD <= this.#limits.memoryBytes / 2
      : this.#kept + bytes + OVERHEAD <= this.#limits.memoryBytes;
    if (room || bytes === 0) {
      this.#kept += bytes + OVERHEAD;
      if (long) this.#keptLong += bytes + OVERHEAD;
      this.#memory.push(text);
      return;
    }
    this.#spill(this.#memory.push(undefined) - 1, text);
  }

  /** The string of a number, undefined where there is none. */
  get(n: number): string | undefined {
    if (!Number.isInteger(n) || n < 0 || n >= this.#memory.length) return undefined;
    const kept = this.#memory[n];
    if (kept !== undefined) return kept;
    this.#flush();
    return this.#load(this.#places[2 * n] ?? 0, this.#places[2 * n + 1] ?? 0);
  }

  /** Frees the temporary file. */
  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    this.#memory = [];
    this.#blocks.clear();
  }

  #spill(n: number, text: string): void {
    while (this.#places.length < 2 * n + 2) {
      const larger = new Float64Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    const data = Buffer.from(text, 'utf16le');
    this.#places[2 * n] = this.#fileSize;
    this.#places[2 * n + 1] = data.length;
    this.#fileSize += data.length;
    this.#pending.push(data);
    this.#pendingBytes += data.length;
    if (this.#pendingBytes > 1024 ** 2) this.#flush();
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return;
    if (this.#fd === null) {
      const path = join(this.#limits.directory, `zc-strings-${randomUUID()}`);
      this.#fd = openSync(path, 'wx+', 0o600);
      rmSync(path); // the space is given back even when the process is killed
    }
    const data = Buffer.concat(this.#pending, this.#pendingBytes);
    const start = this.#fileSize - data.length;
    this.#blocks.delete(Math.floor(start / BLOCK)); // it may be cached while it was shorter
    for (let done = 0; done < data.length; ) {
      done += writeSync(this.#fd, data, done, data.length - done, start + done);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #load(offset: number, length: number): string {
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((offset + length - 1) / BLOCK);
    const start = offset - first * BLOCK;
    if (first === last) return this.#block(first).toString('utf16le', start, start + length);
    const blocks: Buffer[] = [];
    for (let n = first; n <= last; n += 1) blocks.push(this.#block(n));
    return Buffer.concat(blocks).toString('utf16le', start, start + length);
  }

  /** A block of the file; the least recently used is dropped. Offsets are even, so no character is cut in halves. */
  #block(n: number): Buffer {
    let block = this.#blocks.get(n);
    if (block) {
      this.#blocks.delete(n);
    } else {
      block = Buffer.allocUnsafeSlow(BLOCK);
      const got = this.#fd === null ? 0 : readSync(this.#fd, block, 0, BLOCK, n * BLOCK);
      block = block.subarray(0, got);
      const oldest = this.#blocks.keys().next();
      if (this.#blocks.size >= CACHED_BLOCKS && !oldest.done) this.#blocks.delete(oldest.value);
    }
    this.#blocks.set(n, block);
    return block;
  }
}

/** Fills the table from `sharedStrings.xml`. Phonetic readings (`rPh`) are not part of a string and are left out. */
export async function readSharedStrings(
  part: string,
  source: AsyncIterable<Buffer>,
  table: StringTable,
): Promise<void> {
  let inItem = false;
  let inText = false;
  let inPhonetic = false;
  let text = '';
  const xml = new XmlPart(part, {
    open(name) {
      if (name === 'si') {
        inItem = true;
        text = '';
      } else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = inItem && !inPhonetic;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') {
        inItem = false;
        table.push(unescapeText(text));
      }
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  for await (const bytes of source) xml.write(bytes);
  xml.end();
}
