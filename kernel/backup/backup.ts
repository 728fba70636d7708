import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import * as z from 'zod';
import type { Stores } from '#kernel/stores/index';
import {
  corpusRows,
  corpusTables,
  readMigrations,
  readSequences,
  recordRows,
  recordTables,
} from './tables.ts';

const Tables = z.array(z.object({ table: z.string(), rows: z.int().min(0) }));

/** What a backup says of itself; the last entry of the archive. */
export const BackupManifest = z.object({
  format: z.literal(1),
  /** Version of the platform that wrote it. */
  version: z.string(),
  city: z.string(),
  at: z.string(),
  /** Migrations that its tables had gone through; a restore needs the same. */
  migrations: z.array(z.string()),
  /** Rows by table, in the order in which they are to be restored. */
  records: Tables,
  corpus: Tables,
  /** Last values of the sequences. */
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
  /** Number of files and keys. */
  files: z.int().min(0),
  /** SHA-256 of every entry by name. */
  sha256: z.record(z.string(), z.string()),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

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
 * repeatable-read transaction), the corpus, files and keys. The corpus follows the records, and may so hold rows of an
 * import that the records do not know yet; the import writes them again. Files never change and are only added, so they
 * are copied after the records that name them. The archive appears under its name only when it is whole and on disk.
 */
export async function writeBackup(target: string, o: BackupOptions): Promise<BackupManifest> {
  const partial = `${target}.part`;
  const zip = new ZipFile();
  const file = createWriteStream(partial, { mode: 0o600 });
  const output = pipeline(zip.outputStream as unknown as Readable, file);
  zip.on('error', (error) => file.destroy(error as Error));
  // When the disk is full nobody reads on, and an entry would wait for ever.
  const broken = output.then(() => new Promise<never>(() => {}));
  broken.catch(() => {});
  const sha256: Record<string, string> = {};
  const add = async (name: string, source: Readable): Promise<void> => {
    const hash = createHash('sha256');
    const through = new PassThrough();
    zip.addReadStream(through as never, name, { mtime: o.now, compressionLevel: 1 });
    const copied = pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer | string>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      through,
    );
    copied.catch(() => {});
    try {
      await Promise.race([copied, broken]);
    } finally {
      source.destroy();
    }
    sha256[name] = hash.digest('hex');
  };
  try {
    const manifest: BackupManifest = {
      format: 1,
      version: o.version,
      city: o.city,
      at: o.now.toISOString(),
      migrations: [],
      records: [],
      corpus: [],
      sequences: {},
      files: 0,
      sha256,
    };
    const client = await o.stores.pool.connect();
    try {
      manifest.migrations = await readMigrations(client, o.stores.corpus);
      await client.query('begin isolation level repeatable read read only');
      for (const table of await recordTables(client)) {
        o.progress(`records ${table}`);
        const counter = { rows: 0 };
        await add(`records/${table}.jsonl`, Readable.from(recordRows(client, table, counter)));
        manifest.records.push({ table, rows: counter.rows });
      }
      await client.query('commit');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
    for (const table of await corpusTables(o.stores.corpus)) {
      o.progress(`corpus ${table}`);
      const counter = { rows: 0 };
      await add(`corpus/${table}.jsonl`, Readable.from(corpusRows(o.stores.corpus, table, counter)));
      manifest.corpus.push({ table, rows: counter.rows });
    }
    // After the corpus: no row there may have been given a number that a restored sequence gives once more.
    const last = await o.stores.pool.connect();
    try {
      manifest.sequences = await readSequences(last);
    } finally {
      last.release();
    }
    for (const folder of ['files', 'keys'])
      for (const path of await filesBelow(join(o.dataDir, folder))) {
        manifest.files += 1;
        await add(relative(o.dataDir, path).split(sep).join('/'), createReadStream(path));
      }
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), 'manifest.json', { mtime: o.now });
    zip.end();
    await output;
    await syncToDisk(partial);
    await rename(partial, target);
    return manifest;
  } catch (error) {
    file.destroy();
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

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
