import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fromBufferPromise, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';

/** Bytes and separate reads that are spent on one file at most; a file may be larger and is then not looked through. */
const MOST_BYTES = 96 * 1024 ** 2;
const MOST_READS = 20_000;

/** Says that bytes could not be understood, or not within what is spent on them: nothing may be said of the file then. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** The bytes of a file, read in pieces, and not without end. */
export class Source {
  #bytes = MOST_BYTES;
  #reads = MOST_READS;

  private constructor(
    readonly size: number,
    readonly fetch: (at: number, length: number) => Promise<Buffer>,
    readonly zip: () => Promise<ZipFile>,
    /** Lets the file go. */
    readonly close: () => Promise<void> = async () => {},
  ) {}

  /** A file on disk. */
  static async of(path: string): Promise<Source> {
    const file = await open(path, 'r');
    const { size } = await file.stat();
    return new Source(
      size,
      (at, length) => readAll(file, at, length),
      () => fromRandomAccessReaderPromise(new Random(file), size, { autoClose: false, lazyEntries: true }),
      () => file.close(),
    );
  }

  /** Bytes at hand. */
  static from(bytes: Buffer): Source {
    return new Source(
      bytes.length,
      async (at, length) => bytes.subarray(at, at + length),
      () => fromBufferPromise(bytes, { lazyEntries: true }),
    );
  }

  /** Bytes from a place; fewer where the file ends. Throws {@link Unreadable} outside the file and past what is spent. */
  async read(at: number, length: number): Promise<Buffer> {
    if (!Number.isSafeInteger(at) || at < 0 || at > this.size) throw new Unreadable('outside the file');
    const wanted = Math.min(length, this.size - at);
    this.spend(wanted);
    return this.fetch(at, wanted);
  }

  /** Counts bytes that come from elsewhere, such as what was packed. Throws {@link Unreadable}. */
  spend(bytes: number): void {
    this.#bytes -= bytes;
    this.#reads -= 1;
    if (this.#bytes < 0 || this.#reads < 0) throw new Unreadable('too long to look through');
  }
}

async function readAll(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, at + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}

/** What the reader of zips asks of a file. */
class Random extends RandomAccessReader {
  constructor(readonly file: FileHandle) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { file } = this;
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; at += 65_536)
          yield await readAll(file, at, Math.min(65_536, end - at));
      })(),
    );
  }
}
