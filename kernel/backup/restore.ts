import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, open, type ZipFile } from 'yauzl';
import type { Stores } from '#kernel/stores/index';
import type { BackupManifest } from './backup.ts';
import { insertCorpus, insertRecords, quoted } from './tables.ts';

/** A backup that cannot be restored; the message says why and nothing was changed. */
export class BackupError extends Error {}

/** An archive that was opened and checked. */
export interface BackupArchive {
  manifest: BackupManifest;
  stream(name: string): Promise<Readable>;
  close(): void;
}

/** Opens an archive and checks every entry against its hash before anything is written anywhere. */
export async function openBackup(path: string): Promise<BackupArchive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error
        ? reject(new BackupError(`${path} is not a readable backup: ${error.message}`))
        : resolve(file as ZipFile),
    );
  });
  const entries = await listEntries(zip);
  const stream = (name: string) =>
    new Promise<Readable>((resolve, reject) => {
      const entry = entries.get(name);
      if (!entry) return reject(new BackupError(`${path} lacks ${name}`));
      zip.openReadStream(entry, (error, s) => (error ? reject(error) : resolve(s as Readable)));
    });
  try {
    const manifest = JSON.parse(await textOf(await stream('manifest.json'))) as BackupManifest;
    if (manifest.format !== 1) throw new BackupError(`${path} has the unknown format ${manifest.format}`);
    for (const [name, wanted] of Object.entries(manifest.sha256)) {
      const hash = createHash('sha256');
      await pipeline(await stream(name), hash);
      if (hash.digest('hex') !== wanted) throw new BackupError(`${path}: ${name} is damaged`);
    }
    return { manifest, stream, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Puts keys and files of an archive into a data folder; called before the stores are opened. */
export async function restoreFiles(archive: BackupArchive, dataDir: string): Promise<number> {
  let files = 0;
  for (const name of Object.keys(archive.manifest.sha256)) {
    if (!/^(files|keys)\/[\w./-]+$/.test(name) || name.includes('..')) continue;
    const target = join(dataDir, ...name.split('/'));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await pipeline(await archive.stream(name), createWriteStream(target, { mode: 0o600 }));
    files += 1;
  }
  return files;
}

/**
 * Fills migrated but otherwise empty stores from an archive, the records in one transaction. Tables that migrations or a
 * start have already filled are emptied first.
 */
export async function restoreStores(
  archive: BackupArchive,
  stores: Stores,
  progress: (note: string) => void,
): Promise<void> {
  const client = await stores.pool.connect();
  try {
    await client.query('begin');
    // Triggers keep logs append-only; a restore is the one occasion on which rows come back as they were.
    await client.query("set local session_replication_role = 'replica'");
    for (const { table } of [...archive.manifest.records].reverse())
      await client.query(`delete from ${quoted(table)}`);
    for (const { table, rows } of archive.manifest.records) {
      progress(`records ${table}`);
      const written = await insertRecords(
        client,
        table,
        linesOf(await archive.stream(`records/${table}.jsonl`)),
      );
      if (written !== rows) throw new BackupError(`${table}: ${written} rows restored of ${rows}`);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  for (const { table, rows } of archive.manifest.corpus) {
    progress(`corpus ${table}`);
    await stores.corpus.command({ query: 'truncate table {table:Identifier}', query_params: { table } });
    const written = await insertCorpus(
      stores.corpus,
      table,
      linesOf(await archive.stream(`corpus/${table}.jsonl`)),
    );
    if (written !== rows) throw new BackupError(`${table}: ${written} rows restored of ${rows}`);
  }
}

function linesOf(stream: Readable): AsyncIterable<string> {
  return createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}
