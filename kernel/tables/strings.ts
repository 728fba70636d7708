import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { megabytes, TableError } from './errors.ts';
import { unescapeText, XmlPart } from './xml.ts';

/** What a table of shared strings may cost. Bytes are those of UTF-16. */
export interface StringLimits {
  /** Kept in memory; strings that come after these go to a temporary file. */
  memoryBytes: number;
  /** All strings together. */
  maxBytes: number;
  /** Folder of the temporary file. */
  directory: string;
}

/** 32 MB in memory and 4 GB in all. */
export const STRING_LIMITS: StringLimits = {
  memoryBytes: 32 * 1024 ** 2,
  maxBytes: 4 * 1024 ** 3,
  directory: tmpdir(),
};

/** Memory that a string costs beside its characters, and bytes of its length in the file. */
const OVERHEAD = 32;
const PREFIX = 4;
/** The place of every sixteenth string is remembered; from there lengths lead on. */
const GROUP = 16;
const BLOCK = 64 * 1024;
const CACHED_BLOCKS = 64;
/** Texts up to this length are taken for names and codes, which repeat; so many of them are kept once read. */
const SHORT = 64;
const HOT = 20_000;

/**
 * The shared strings of a workbook by number, in memory that does not grow with them. The first stay in memory; the
 * rest lies in a temporary file, read through a small cache of blocks. Unique long texts (abstracts, claims) make up
 * nearly all of a large table and are asked for in the order in which they were stored, so that few reads serve them.
 */
export class StringTable {
  readonly #limits: StringLimits;
  #head: string[] = [];
  #headBytes = 0;
  #headFull = false;
  #spilled = 0;
  #total = 0;
  #fd: number | null = null;
  /** Where each group of {@link GROUP} spilled strings begins. */
  #groups: number[] = [];
  #fileSize = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  readonly #blocks = new Map<number, Buffer>();
  readonly #hot = new Map<number, string>();

  constructor(limits: Partial<StringLimits> = {}) {
    this.#limits = { ...STRING_LIMITS, ...limits };
  }

  /** How many strings there are. */
  get length(): number {
    return this.#head.length + this.#spilled;
  }

  /** Appends a string. Throws {@link TableError} `table_strings` beyond the limit. */
  push(text: string): void {
    const bytes = text.length * 2 + OVERHEAD;
    this.#total += bytes;
    if (this.#total > this.#limits.maxBytes) {
      throw new TableError('table_strings', { limit: megabytes(this.#limits.maxBytes) });
    }
    this.#headFull ||= this.#headBytes + bytes > this.#limits.memoryBytes;
    if (this.#headFull) {
      this.#spill(text);
    } else {
      this.#headBytes += bytes;
      this.#head.push(text);
    }
  }

  /** The string of a number, undefined where there is none. */
  get(n: number): string | undefined {
    const kept = this.#head[n] ?? this.#hot.get(n);
    if (kept !== undefined) return kept;
    const index = n - this.#head.length;
    if (!Number.isInteger(index) || index < 0 || index >= this.#spilled) return undefined;
    this.#flush();
    let at = this.#groups[Math.floor(index / GROUP)] ?? 0;
    for (let skip = index % GROUP; skip > 0; skip -= 1) at += PREFIX + this.#lengthAt(at);
    const text = this.#bytes(at + PREFIX, this.#lengthAt(at)).toString('utf16le');
    if (text.length <= SHORT) {
      if (this.#hot.size >= HOT) this.#hot.clear();
      this.#hot.set(n, text);
    }
    return text;
  }

  /** Frees the temporary file. */
  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    this.#head = [];
    this.#groups = [];
    this.#spilled = 0;
    this.#blocks.clear();
    this.#hot.clear();
  }

  #spill(text: string): void {
    if (this.#spilled % GROUP === 0) this.#groups.push(this.#fileSize);
    this.#spilled += 1;
    const data = Buffer.allocUnsafe(PREFIX + text.length * 2);
    data.writeUInt32LE(text.length * 2);
    data.write(text, PREFIX, 'utf16le');
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

  #lengthAt(offset: number): number {
    const within = offset % BLOCK;
    const block = this.#block(Math.floor(offset / BLOCK));
    return within + PREFIX <= block.length
      ? block.readUInt32LE(within)
      : this.#bytes(offset, PREFIX).readUInt32LE();
  }

  #bytes(offset: number, length: number): Buffer {
    const first = Math.floor(offset / BLOCK);
    const last = Math.floor((offset + length - 1) / BLOCK);
    const start = offset - first * BLOCK;
    if (last <= first) return this.#block(first).subarray(start, start + length);
    const blocks: Buffer[] = [];
    // A string of more blocks than the cache holds would overwrite its own first ones: copy.
    for (let n = first; n <= last; n += 1) blocks.push(Buffer.from(this.#block(n)));
    return Buffer.concat(blocks).subarray(start, start + length);
  }

  /** Takes the least recently used block out of a full cache, to be filled again: new ones would only make garbage. */
  #oldestBlock(): Buffer | null {
    if (this.#blocks.size < CACHED_BLOCKS) return null;
    const [oldest] = this.#blocks;
    if (!oldest) return null;
    this.#blocks.delete(oldest[0]);
    return Buffer.from(oldest[1].buffer);
  }

  /** A block of the file. Valid until the next block is asked for. */
  #block(n: number): Buffer {
    let block = this.#blocks.get(n);
    if (block) {
      this.#blocks.delete(n);
    } else {
      const whole = this.#oldestBlock() ?? Buffer.allocUnsafeSlow(BLOCK);
      const got = this.#fd === null ? 0 : readSync(this.#fd, whole, 0, BLOCK, n * BLOCK);
      block = whole.subarray(0, got);
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
