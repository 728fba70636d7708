import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Stores } from '#kernel/stores/index';
import { corpusChunks, corpusTables, recordRows, recordTables } from './tables.ts';

/** What a backup says of itself; the last entry of the archive. */
export interface BackupManifest {
  format: 1;
  version: string;
  city: string;
  at: string;
  /** Rows by table, in the order in which they are to be restored. */
  records: { table: string; rows: number }[];
  corpus: { table: string; rows: number }[];
  files: number;
  /** SHA-256 of every entry by name. */
  sha256: Record<string, string>;
}

/** What to back up, and whom to tell. */
export interface BackupOptions {
  stores: Stores;
  dataDir: string;
  version: string;
  city: string;
  now: Date;
  progress(note: string): void;
}

/**
 * Writes everything that the platform keeps into one ZIP archive, while it runs: records as they were at one moment (one
 * repeatable-read transaction), the corpus, files and keys. Files never change and are only added, so they are copied
 * after the records that name them. Queued jobs are not kept. The archive appears under its name only when it is whole.
 */
export async function writeBackup(target: string, o: BackupOptions): Promise<BackupManifest> {
  const partial = `${target}.part`;
  const zip = new ZipFile();
  const output = pipeline(
    zip.outputStream as unknown as Readable,
    createWriteStream(partial, { mode: 0o600 }),
  );
  const sha256: Record<string, string> = {};
  const add = async (name: string, source: Readable): Promise<void> => {
    const hash = createHash('sha256');
    const through = new PassThrough();
    zip.addReadStream(through as never, name, { mtime: o.now });
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer | string>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      through,
    );
    sha256[name] = hash.digest('hex');
  };
  try {
    const manifest: BackupManifest = {
      format: 1,
      version: o.version,
      city: o.city,
      at: o.now.toISOString(),
      records: [],
      corpus: [],
      files: 0,
      sha256,
    };
    const client = await o.stores.pool.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      for (const table of await recordTables(client)) {
        o.progress(`records ${table}`);
        const counter = { rows: 0 };
        await add(`records/${table}.jsonl`, Readable.from(recordRows(client, table, counter)));
        manifest.records.push({ table, rows: counter.rows });
      }
      await client.query('commit');
    } finally {
      client.release();
    }
    for (const table of await corpusTables(o.stores.corpus)) {
      o.progress(`corpus ${table}`);
      const counter = { rows: 0 };
      await add(`corpus/${table}.jsonl`, Readable.from(corpusChunks(o.stores.corpus, table, counter)));
      manifest.corpus.push({ table, rows: counter.rows });
    }
    for (const folder of ['files', 'keys'])
      for (const path of await filesBelow(join(o.dataDir, folder))) {
        manifest.files += 1;
        await add(relative(o.dataDir, path).split(sep).join('/'), createReadStream(path));
      }
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), 'manifest.json', { mtime: o.now });
    zip.end();
    await output;
    await rename(partial, target);
    return manifest;
  } catch (error) {
    zip.end();
    await output.catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

/** Files below a folder, whole ones only: an upload under way has no name yet. */
async function filesBelow(dir: string): Promise<string[]> {
  const known = await stat(dir).catch(() => null);
  if (!known) return [];
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && !e.name.startsWith('incoming-') && !e.name.endsWith('.new'))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}
