import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#kernel/errors';
import { SafeZip, type ZipLimits } from '#kernel/tables/zip';
import type { Text } from '#kernel/text';
import { sourceError } from './errors.ts';
import type { SourceRow } from './raw.ts';
import { type CountedRows, nothingFound, type SourceReader } from './reader.ts';

const TITLE: Text = { zh: '压缩包（ZIP），内有上述任一种文件', en: 'ZIP archive of any of these files' };
const HEAD = 64 * 1024;
/** So many files are looked into before an archive counts as one of something else. */
const LOOKED_INTO = 200;

/** Deliveries of an office are one large file or some ten thousand small ones. */
const LIMITS: Partial<ZipLimits> = { maxEntries: 200_000, maxUncompressedBytes: 16 * 1024 ** 3 };

/** Files that archives carry beside the data. */
const JUNK = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)|\/$/i;

/** A reader of ZIP archives that hold files of the given readers; others in it are passed over. */
export function archiveOf(readers: readonly SourceReader[], limits: Partial<ZipLimits> = {}): SourceReader {
  return {
    id: 'archive',
    title: TITLE,
    detect: (head) => head.length >= 4 && head.readUInt32LE(0) === 0x04_03_4b_50,
    open: (path, after) => new Rows(readers, { ...LIMITS, ...limits }, path, after),
  };
}

/** Whether an archive holds a file of one of the readers. Throws `TableError` for a damaged or dangerous archive. */
export async function holdsSource(readers: readonly SourceReader[], path: string): Promise<boolean> {
  const zip = await SafeZip.open(path, LIMITS);
  try {
    const names = zip.names.filter((name) => !JUNK.test(name)).slice(0, LOOKED_INTO);
    for (const name of names) if (await readerOf(readers, zip, name)) return true;
    return false;
  } finally {
    zip.close();
  }
}

async function readerOf(
  readers: readonly SourceReader[],
  zip: SafeZip,
  name: string,
): Promise<SourceReader | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of zip.read(name)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= HEAD) break;
  }
  const head = Buffer.concat(pieces).subarray(0, HEAD);
  return head.length === 0 ? null : (readers.find((reader) => reader.detect(head, name)) ?? null);
}

/** Files one after the other in the order of the archive; their numbers run on. */
class Rows implements CountedRows {
  seen = 0;
  share = 0;
  readonly #readers: readonly SourceReader[];
  readonly #limits: Partial<ZipLimits>;
  readonly #path: string;
  readonly #after: number;

  constructor(readers: readonly SourceReader[], limits: Partial<ZipLimits>, path: string, after: number) {
    this.#readers = readers;
    this.#limits = limits;
    this.#path = path;
    this.#after = after;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceRow, void, undefined> {
    this.seen = 0;
    this.share = 0;
    const zip = await SafeZip.open(this.#path, this.#limits);
    try {
      const names = zip.names.filter((name) => !JUNK.test(name));
      const total = names.reduce((sum, name) => sum + zip.sizeOf(name), 0);
      let done = 0;
      for (const name of names) {
        yield* this.#entry(zip, name, done, total);
        done += zip.sizeOf(name);
        this.share = total === 0 ? 1 : done / total;
      }
    } finally {
      zip.close();
    }
    if (this.seen === 0) throw nothingFound(TITLE);
  }

  async *#entry(zip: SafeZip, name: string, done: number, total: number): AsyncGenerator<SourceRow> {
    const size = zip.sizeOf(name);
    const base = this.seen;
    let spool: string | null = null;
    try {
      const reader = await readerOf(this.#readers, zip, name);
      if (!reader) return;
      const after = Math.max(0, this.#after - base);
      if (!reader.stream) spool = await unpack(zip, name);
      const rows = reader.stream ? reader.stream(zip.read(name), size, after) : reader.open(spool!, after);
      for await (const row of rows) {
        this.share = total === 0 ? 0 : (done + size * rows.share) / total;
        yield { ...row, row: base + row.row };
      }
      this.seen = base + rows.seen;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // A file without records among others is none of ours; the whole is judged at the end.
      if (error.code === 'patents_source_nothing') return;
      throw sourceError('patents_source_entry', {
        entry: name.slice(-100),
        why_zh: error.text.zh,
        why_en: error.text.en,
      });
    } finally {
      if (spool !== null) await rm(join(spool, '..'), { recursive: true, force: true });
    }
  }
}

/** Unpacks one file into a folder of its own, for formats that need it whole. */
async function unpack(zip: SafeZip, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'zc-entry-'));
  const path = join(folder, 'entry');
  try {
    await pipeline(Readable.from(zip.read(name)), createWriteStream(path));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return path;
}
