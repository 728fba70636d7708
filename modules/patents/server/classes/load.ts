import { type Selectable, sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import type { FileInfo } from '#kernel/files/files';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Trx } from '#kernel/records';
import { levelOf, sortKey } from '../../contract/classes.ts';
import { classError } from './errors.ts';
import { type ConcordanceRow, type EntryRow, type FieldRow, leaveOut } from './rows.ts';
import { type ClassSource, editionFor, openSource } from './source.ts';
import { type ClassTables, withClasses } from './tables.ts';

/** A file that is to be loaded, with what the form says of it. */
export interface ClassUpload {
  file: FileInfo;
  /** Edition as `2026.01`; null to take it from the file. */
  version: string | null;
  licence: string;
}

/** The row of a loaded file. */
export type ClassFileRow = Selectable<ClassTables['patentClassFile']>;

/** A table with more faulty rows than this share is refused; with fewer they are left out and noted. */
const BAD_SHARE = 0.005;
const KEPT_FAULTS = 200;

/** Rows written with one statement. */
const CHUNK = 4000;

/**
 * Loads a file: all of it in one transaction, with its line in the audit log, or nothing. The same bytes for the same edition
 * change nothing. `after` runs inside the transaction when something was loaded. Throws 4xx with the line of the fault.
 */
export async function loadClasses(
  platform: Platform,
  by: { actor: Actor; requestId: string },
  upload: ClassUpload,
  after: (trx: Trx, file: ClassFileRow) => Promise<void> = async () => {},
): Promise<{ changed: boolean; file: ClassFileRow }> {
  const { file } = upload;
  const source = await openSource(platform.files.pathOf(file.sha256), file.name);
  try {
    return await platform.records.transaction().execute(async (trx) => {
      await lockInTrx(trx, 'patents.classes');
      const db = withClasses(trx);
      const known = await db
        .selectFrom('patentClassFile')
        .selectAll()
        .where('sha256', '=', file.sha256)
        .where('scheme', '=', source.scheme)
        .$if(upload.version !== null, (q) => q.where('version', '=', upload.version!))
        .executeTakeFirst();
      if (known) return { changed: false, file: known };
      const now = platform.clock.now();
      const last = await db
        .selectFrom('patentClassFile')
        .select((e) => e.fn.max('seq').as('seq'))
        .executeTakeFirst();
      const row = {
        id: newId(now.getTime()),
        scheme: source.scheme,
        // Known for certain, like scope and number of rows, when the last row was read.
        version: upload.version ?? '0000.00',
        format: source.format,
        lang: null,
        scope: '',
        sha256: file.sha256,
        name: file.name,
        licence: upload.licence,
        rows: 0,
        leftOut: 0,
        faults: '[]',
        loadedAt: now,
        loadedBy: by.actor.name,
        seq: (last?.seq ?? 0) + 1,
      };
      await db.insertInto('patentClassFile').values(row).execute();
      const { rows, scope } = await writeRows(trx, row.id, source);
      const { faults } = source.facts;
      const first = faults[0];
      if (first && faults.length > BAD_SHARE * (rows + faults.length))
        throw classError('patents_class_bad_rows', {
          count: faults.length,
          rows: rows + faults.length,
          why: first.zh,
          why_en: first.en,
        });
      if (rows === 0) throw classError('patents_class_empty', { name: file.name });
      const version = editionFor(source.facts, upload.version);
      const loaded = await db
        .updateTable('patentClassFile')
        .set({
          version,
          rows,
          scope,
          lang: source.facts.lang,
          leftOut: faults.length,
          faults: JSON.stringify(faults.slice(0, KEPT_FAULTS)),
        })
        .where('id', '=', row.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await after(trx, loaded);
      await audit(trx, now, {
        ...by,
        action: 'patents.classes.load',
        objectType: 'patent-class-file',
        objectId: row.id,
        detail: {
          name: file.name,
          scheme: row.scheme,
          version,
          format: row.format,
          rows,
          sha256: file.sha256,
        },
      });
      return { changed: true, file: loaded };
    });
  } finally {
    source.close();
  }
}

async function writeRows(
  trx: Trx,
  id: string,
  source: ClassSource,
): Promise<{ rows: number; scope: string }> {
  const { content, facts, format } = source;
  if (content.kind === 'concordance') {
    const rows = await inChunks(content.rows, (chunk, from) => writeConcordance(trx, id, chunk, from));
    return { rows, scope: facts.name };
  }
  if (content.kind === 'fields')
    return {
      rows: await inChunks(content.rows, (chunk, from) => writeFields(trx, id, chunk, from)),
      scope: '',
    };
  const lines = new Map<string, number>();
  let common: string | null = null;
  let level = '';
  const rows = await inChunks(content.rows, async (chunk, from) => {
    const kept: EntryRow[] = [];
    for (const row of chunk) {
      const { symbol, line } = row;
      const first = lines.get(symbol);
      if (first !== undefined) {
        const twice = classError('patents_class_twice', { name: facts.name, line, symbol, first });
        if (format !== 'scheme-csv') throw twice;
        leaveOut(facts, line, twice);
        continue;
      }
      kept.push(row);
      lines.set(symbol, line);
      const key = sortKey(symbol)!;
      level ||= levelOf(symbol);
      common = common === null ? key : commonStart(common, key);
    }
    await writeEntries(trx, id, kept, from);
    return kept.length;
  });
  // A place begins after one, three, four or eight characters of the key.
  const length = [8, 4, 3, 1].find((n) => n <= (common?.length ?? 0)) ?? 0;
  const place = (common ?? '').slice(0, length);
  return { rows, scope: format === 'titles' ? `${level} ${place}`.trim() : place };
}

function commonStart(a: string, b: string): string {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return a.slice(0, n);
}

async function inChunks<T>(
  rows: AsyncIterable<T>,
  write: (chunk: T[], from: number) => Promise<number>,
): Promise<number> {
  let chunk: T[] = [];
  let count = 0;
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    count += await write(chunk, count);
    chunk = [];
  }
  return chunk.length > 0 ? count + (await write(chunk, count)) : count;
}

const ordsOf = (chunk: readonly unknown[], from: number) => chunk.map((_, i) => from + i);

async function writeEntries(trx: Trx, id: string, chunk: readonly EntryRow[], from: number): Promise<void> {
  await sql`insert into patent_class_entry (file_id, ord, symbol, parent, depth, title)
    select ${id}::uuid, * from unnest(${ordsOf(chunk, from)}::int[], ${chunk.map((r) => r.symbol)}::text[],
      ${chunk.map((r) => r.parent)}::text[], ${chunk.map((r) => r.depth)}::smallint[],
      ${chunk.map((r) => r.title)}::text[])`.execute(trx);
}

async function writeConcordance(
  trx: Trx,
  id: string,
  chunk: readonly ConcordanceRow[],
  from: number,
): Promise<number> {
  await sql`insert into patent_class_concordance (file_id, ord, old_symbol, new_symbol, since)
    select ${id}::uuid, * from unnest(${ordsOf(chunk, from)}::int[], ${chunk.map((r) => r.old)}::text[],
      ${chunk.map((r) => r.new)}::text[], ${chunk.map((r) => r.since)}::text[])`.execute(trx);
  return chunk.length;
}

async function writeFields(trx: Trx, id: string, chunk: readonly FieldRow[], from: number): Promise<number> {
  await sql`insert into patent_class_field (file_id, ord, prefix, field, title, sector)
    select ${id}::uuid, * from unnest(${ordsOf(chunk, from)}::int[], ${chunk.map((r) => r.prefix)}::text[],
      ${chunk.map((r) => r.field)}::smallint[], ${chunk.map((r) => r.title)}::text[],
      ${chunk.map((r) => r.sector)}::text[])`.execute(trx);
  return chunk.length;
}
