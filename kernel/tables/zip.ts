import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { megabytes, TableError } from './errors.ts';

/** What an archive may cost before it is refused. Sizes are of the unpacked content. */
export interface ZipLimits {
  /** Files in the archive. */
  maxEntries: number;
  /** Unpacked bytes: as declared for all files together, and as really read. */
  maxUncompressedBytes: number;
  /** Unpacked size over packed size of a file that is read; only above `ratioFreeBytes`. */
  maxRatio: number;
  /** Files up to this size may be packed as tightly as they like. */
  ratioFreeBytes: number;
}

/** Room for an honest workbook of some million rows; raise them for more. */
export const ZIP_LIMITS: ZipLimits = {
  maxEntries: 5_000,
  maxUncompressedBytes: 4 * 1024 ** 3,
  maxRatio: 200,
  ratioFreeBytes: 32 * 1024 ** 2,
};

function broken(part: string, cause: unknown): TableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TableError('table_zip_broken', { part, why: why.slice(0, 200) }, { cause });
}

/** An archive whose directory has been checked: names, number, declared sizes. Close it after use. */
export class SafeZip {
  /** Unpacked bytes handed out so far. */
  bytesRead = 0;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #limits: ZipLimits;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ZipLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  /** Opens and checks the archive. Throws {@link TableError} `table_zip_*`, `table_password`. */
  static async open(path: string, options: Partial<ZipLimits> = {}): Promise<SafeZip> {
    const limits = { ...ZIP_LIMITS, ...options };
    let zip: ZipFile;
    try {
      zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
      throw broken('ZIP', error);
    }
    try {
      return new SafeZip(zip, await readDirectory(zip, limits), limits);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Names of the files, as written. */
  get names(): string[] {
    return [...this.#entries.values()].map((entry) => entry.fileName);
  }

  /** Whether the archive holds the file; upper and lower case are the same, as in the packaging standard. */
  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Unpacked size as declared, 0 when absent. What is read can never be more: reading stops with an error. */
  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** Unpacks a file piece by piece, counting and checking size and checksum. Throws {@link TableError}. */
  async *read(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw new TableError('table_workbook', { why: `${name} 缺失 (missing)` });
    const ratio = Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize));
    if (ratio > this.#limits.maxRatio && entry.uncompressedSize > this.#limits.ratioFreeBytes) {
      throw new TableError('table_zip_ratio', { part: name, ratio, limit: this.#limits.maxRatio });
    }
    let checksum = 0;
    let unpacked = 0;
    const stream = await this.#zip.openReadStreamPromise(entry).catch((error: unknown) => {
      throw broken(name, error);
    });
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    try {
      for (;;) {
        const piece = await pieces.next().catch((error: unknown) => {
          throw broken(name, error);
        });
        if (piece.done) break;
        this.bytesRead += piece.value.length;
        unpacked += piece.value.length;
        if (unpacked > this.#limits.maxUncompressedBytes) throw tooLarge(unpacked, this.#limits);
        checksum = crc32(piece.value, checksum);
        yield piece.value;
      }
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) throw broken(name, 'CRC-32');
  }

  /** Closes the file; pieces still being read end with an error. */
  close(): void {
    this.#zip.close();
  }
}

function tooLarge(bytes: number, limits: ZipLimits): TableError {
  return new TableError('table_zip_size', {
    size: megabytes(bytes),
    limit: megabytes(limits.maxUncompressedBytes),
  });
}

/** Reads the central directory and refuses what no spreadsheet program writes. */
async function readDirectory(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) {
    throw new TableError('table_zip_entries', { count: zip.entryCount, limit: limits.maxEntries });
  }
  const entries = new Map<string, Entry>();
  let declared = 0;
  const all = zip.eachEntry();
  for (;;) {
    const next = await all.next().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : '';
      // yauzl refuses "../", absolute and drive paths before it hands an entry out.
      const name = /^(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(
        message,
      );
      throw name ? new TableError('table_zip_name', { entry: name[1]?.slice(0, 100) }) : broken('ZIP', error);
    });
    if (next.done) break;
    const entry = next.value;
    if (entry.isEncrypted()) throw new TableError('table_password');
    const name = entry.fileName.toLowerCase();
    if (entries.has(name)) throw broken('ZIP', `duplicate entry ${entry.fileName.slice(0, 100)}`);
    entries.set(name, entry);
    declared += entry.uncompressedSize;
    if (declared > limits.maxUncompressedBytes) throw tooLarge(declared, limits);
  }
  return entries;
}
