import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromFile } from 'file-type';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Records } from '#kernel/records';

/** A stored file as the record store knows it. */
export interface FileInfo {
  id: string;
  sha256: string;
  size: number;
  name: string;
  mediaType: string;
  ownerId: string | null;
  purpose: string;
  createdAt: Date;
}

/** Media types that may be kept as evidence, by what the bytes are, not by the name. Text has no signature. */
export const evidenceTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['pdf']],
  ['image/png', ['png']],
  ['image/jpeg', ['jpg', 'jpeg']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
  ['application/zip', ['zip', 'ofd']],
  ['application/x-cfb', ['doc', 'xls', 'ppt', 'wps', 'et']],
  ['text/plain', ['txt', 'csv']],
]);

/** Names of files that are still being received. */
const INCOMING = 'incoming-';
const DAY = 86_400_000;

/**
 * Files by content: the bytes lie once under their SHA-256, names and owners lie in the record store. A file is on
 * disk, synced and renamed into place before its row exists, so what is acknowledged survives a power cut.
 */
export class Files {
  constructor(
    readonly dir: string,
    readonly records: Records,
  ) {}

  /** Where bytes of that hash lie. */
  pathOf(sha256: string): string {
    return join(this.dir, sha256.slice(0, 2), sha256);
  }

  /** Takes a stream to disk. Throws `too_large` past `limit` bytes; then nothing is left behind. */
  async receive(stream: Readable, limit: number): Promise<{ path: string; sha256: string; size: number }> {
    await mkdir(this.dir, { recursive: true });
    const temporary = join(this.dir, `${INCOMING}${newId()}`);
    // Opened before anything can fail: a stream that opens by itself could make the file after it was tidied away.
    const file = await open(temporary, 'wx', 0o600);
    const hash = createHash('sha256');
    let size = 0;
    try {
      await pipeline(
        stream,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            size += chunk.length;
            if (size > limit) throw new AppError('too_large', { limit: readableSize(limit) });
            hash.update(chunk);
            yield chunk;
          }
        },
        file.createWriteStream(),
      );
      // A form's own limit cuts the stream off without an error.
      if ((stream as { truncated?: boolean }).truncated)
        throw new AppError('too_large', { limit: readableSize(limit) });
      await syncToDisk(temporary);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return { path: temporary, sha256: hash.digest('hex'), size };
  }

  /**
   * Keeps a received stream. With `allowed`, the bytes must be one of those types and fit the name's ending; else
   * `file_type`, which says what was found.
   */
  async put(
    stream: Readable,
    meta: {
      name: string;
      ownerId: string | null;
      purpose: string;
      limit: number;
      allowed?: typeof evidenceTypes;
    },
  ): Promise<FileInfo> {
    const name = safeName(meta.name);
    const got = await this.receive(stream, meta.limit);
    try {
      const mediaType = await sniff(got.path);
      if (meta.allowed) {
        const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
        if (!meta.allowed.get(mediaType)?.includes(ending))
          throw new AppError('file_type', {
            name,
            found: mediaType,
            allowed: [...meta.allowed.values()].flat().join(', '),
          });
      }
      const target = this.pathOf(got.sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(got.path, target);
      // The name, too, must be on disk before the row says that it is.
      await syncToDisk(dirname(target));
      const row = await this.records
        .insertInto('storedFile')
        .values({
          sha256: got.sha256,
          size: got.size,
          name,
          mediaType,
          ownerId: meta.ownerId,
          purpose: meta.purpose,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return row;
    } catch (error) {
      await rm(got.path, { force: true });
      throw error;
    }
  }

  /** Takes away what uploads left behind that were cut off by the end of a process; none lasts a day. */
  async tidy(now: Date): Promise<void> {
    const names = await readdir(this.dir).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(INCOMING))) {
      const path = join(this.dir, name);
      const info = await stat(path).catch(() => null);
      if (info && now.getTime() - info.mtimeMs > DAY) await rm(path, { force: true });
    }
  }

  /** The file's row, or undefined. */
  async find(id: string): Promise<FileInfo | undefined> {
    return this.records.selectFrom('storedFile').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** Opens the bytes for reading. Throws `not_found` when they are gone. */
  async read(info: Pick<FileInfo, 'sha256' | 'name'>): Promise<ReadStream> {
    const path = this.pathOf(info.sha256);
    await stat(path).catch(() => {
      throw new AppError('not_found', { what: `文件 ${info.name}` });
    });
    return createReadStream(path);
  }
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The media type of the bytes; text where they have no known signature and begin without NUL, else octet-stream. */
export async function sniff(path: string): Promise<string> {
  const type = await fileTypeFromFile(path);
  if (type) return type.mime;
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const head = buffer.subarray(0, bytesRead);
    return head.includes(0) ? 'application/octet-stream' : 'text/plain';
  } finally {
    await handle.close();
  }
}

/**
 * A file name without folders, control and direction characters (which make `fdp.exe` look like `exe.pdf`) or an empty
 * rest; at most 200 characters, its ending kept.
 */
export function safeName(name: string): string {
  const base = name.toWellFormed().replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = base
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/^[\s.]+/, '')
    .trim();
  return [...clean].slice(-200).join('').trim() || 'file';
}

/** Bytes in words, for messages. */
export function readableSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${unit === 0 ? n : n.toFixed(1)} ${units[unit]}`;
}
