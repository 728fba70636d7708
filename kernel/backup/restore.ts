import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { type Entry, open, type ZipFile } from 'yauzl';
import type { Stores } from '#kernel/stores/index';
import { BackupManifest } from './backup.ts';
import { BackupError } from './error.ts';
import { corpusTables, insertCorpus, insertRecords, quoted, readMigrations, recordTables } from './tables.ts';

/** An archive that was opened and checked. */
export interface BackupArchive {
  manifest: BackupManifest;
  stream(name: string): Promise<Readable>;
  close(): void;
}

/** Opens an archive and checks every entry against its hash before anything is written anywhere. */
export async function openBackup(path: string, progress: (note: string) => void): Promise<BackupArchive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(unreadable(path, error)) : resolve(file as ZipFile),
    );
  });
  try {
    const entries = await listEntries(zip);
    const stream = (name: string) =>
      new Promise<Readable>((resolve, reject) => {
        const entry = entries.get(name);
        if (!entry) return reject(new Error(`${name} is missing`));
        zip.openReadStream(entry, (error, s) => (error ? reject(error) : resolve(s as Readable)));
      });
    const manifest = BackupManifest.parse(JSON.parse(await textOf(await stream('manifest.json'))));
    for (const [name, wanted] of Object.entries(manifest.sha256)) {
      progress(`sha256 ${name}`);
      const hash = createHash('sha256');
      await pipeline(await stream(name), hash);
      if (hash.digest('hex') !== wanted) throw new Error(`${name} is damaged`);
    }
    return { manifest, stream, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): BackupError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BackupError(
    {
      zh: `${path} 不是完好的备份文件，没有恢复任何内容：${why}`,
      en: `${path} is not a sound backup, and nothing was restored: ${why}`,
    },
    { cause },
  );
}

/** Puts keys and files of an archive into a data folder; called before the stores are opened. */
export async function restoreFiles(archive: BackupArchive, dataDir: string): Promise<number> {
  let files = 0;
  for (const name of Object.keys(archive.manifest.sha256)) {
    if (!/^(files|keys)\//.test(name)) continue;
    if (!/^(\w[\w.-]*\/)+\w[\w.-]*$/.test(name)) throw unreadable('archive', new Error(`name ${name}`));
    const target = join(dataDir, ...name.split('/'));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await pipeline(await archive.stream(name), createWriteStream(target, { mode: 0o600 }));
    files += 1;
  }
  return files;
}

/**
 * Fills migrated but otherwise empty stores from an archive. Everything is checked first: the stores must be empty, their
 * tables those of the archive. The records are written in one transaction, after the corpus.
 */
export async function restoreStores(
  archive: BackupArchive,
  stores: Stores,
  progress: (note: string) => void,
): Promise<void> {
  const { manifest } = archive;
  const client = await stores.pool.connect();
  try {
    await checkTarget(manifest, client, stores);
    for (const { table, rows } of manifest.corpus) {
      progress(`corpus ${table}`);
      // A view may have written here while the tables before were filled.
      await stores.corpus.command({
        query: 'truncate table {table:Identifier}',
        query_params: { table },
      });
      if (rows === 0) continue;
      const lines = linesOf(await archive.stream(`corpus/${table}.jsonl`));
      agree(table, rows, await insertCorpus(stores.corpus, table, lines));
    }
    await client.query('begin');
    for (const { table, rows } of manifest.records) {
      progress(`records ${table}`);
      const lines = linesOf(await archive.stream(`records/${table}.jsonl`));
      agree(table, rows, await insertRecords(client, table, lines));
    }
    for (const [name, value] of Object.entries(manifest.sequences))
      await client.query('select setval($1::regclass, $2)', [quoted(name), value]);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function agree(table: string, wanted: number, written: number): void {
  if (written !== wanted)
    throw new BackupError({
      zh: `${table}：应有 ${wanted} 行，只写入 ${written} 行`,
      en: `${table}: ${written} rows were written of ${wanted}`,
    });
}

async function checkTarget(manifest: BackupManifest, client: pg.PoolClient, stores: Stores): Promise<void> {
  const migrations = await readMigrations(client, stores.corpus);
  if (migrations.join('\n') !== manifest.migrations.join('\n'))
    throw new BackupError({
      zh: `备份由版本 ${manifest.version} 写成，其数据表与本版本不同。请先用版本 ${manifest.version} 恢复，再升级`,
      en: `The backup was written by version ${manifest.version}, whose tables are not those of this one: restore with that version, then upgrade`,
    });
  const tables = await recordTables(client);
  for (const table of tables) {
    const found = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (found.rowCount) throw notEmpty(table);
  }
  const corpus = await corpusTables(stores.corpus);
  for (const table of corpus) {
    const found = await stores.corpus.query({
      query: 'select 1 from {table:Identifier} limit 1',
      query_params: { table },
      format: 'JSONEachRow',
    });
    if ((await found.json()).length > 0) throw notEmpty(table);
  }
  const known = new Set([...tables, ...corpus]);
  const strange = [...manifest.records, ...manifest.corpus].find((t) => !known.has(t.table));
  if (strange) throw unreadable('archive', new Error(`table ${strange.table}`));
}

const notEmpty = (table: string) =>
  new BackupError({
    zh: `数据库不是空的（${table} 中有数据），没有恢复任何内容`,
    en: `The stores are not empty (there are rows in ${table}), and nothing was restored`,
  });

/** Lines that end with a line feed and nothing else: texts may hold U+2028, which other line readers break at. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
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
