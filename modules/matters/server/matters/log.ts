import { canonicalJson, sha256 } from '#kernel/ids';
import type { Actor } from '#kernel/policy/policy';
import type { Records, Trx } from '#kernel/records';
import { publishEntries } from './happened.ts';
import { type EntryContent, type LogRow, withMatters } from './tables.ts';

/** An entry before it has its place in the log. */
export type NewEntry = Pick<LogRow, 'kind' | 'action' | 'onDay' | 'role' | 'recorded' | 'key' | 'keyHash'> & {
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  content: EntryContent;
};

const GENESIS = '0'.repeat(64);

/** The hash that links an entry to the one before it. */
export function entryHash({ hash: _hash, prevHash, at, ...rest }: LogRow): string {
  return sha256(`${prevHash}\n${canonicalJson({ ...rest, at: at.toISOString() })}`);
}

/** An entry in its place: number `seq` of a log whose last hash is `before`; null for the first. */
export function linked(
  before: string | null,
  at: Date,
  matter: string,
  seq: number,
  { actor, ...entry }: NewEntry,
): LogRow {
  const open = {
    ...entry,
    ...{ matter, seq, at },
    // A visitor is known by the matter alone: no name stands in what cannot be erased.
    ...{ actorKind: actor.kind, actorId: actor.id, actorName: actor.kind === 'anonymous' ? '' : actor.name },
    prevHash: before ?? GENESIS,
  };
  return { ...open, hash: entryHash({ ...open, hash: '' }) };
}

/** Appends an entry as number `seq`. The caller holds the matter's row, so nobody else writes meanwhile. */
export async function append(
  trx: Trx,
  at: Date,
  matter: string,
  seq: number,
  entry: NewEntry,
): Promise<LogRow> {
  const db = withMatters(trx);
  const before = await db
    .selectFrom('matterLog')
    .select('hash')
    .where('matter', '=', matter)
    .where('seq', '=', seq - 1)
    .executeTakeFirst();
  const row = linked(before?.hash ?? null, at, matter, seq, entry);
  await writeEntries(trx, [row]);
  return row;
}

/** Writes entries that have their places, and tells of them: the only place where logs grow. */
export async function writeEntries(trx: Trx, entries: readonly LogRow[]): Promise<void> {
  await withMatters(trx)
    .insertInto('matterLog')
    .values(entries.map((entry) => ({ ...entry, content: JSON.stringify(entry.content) })))
    .execute();
  await publishEntries(trx, entries);
}

/** The log of a matter, first entry first. */
export async function readLog(db: Records, matter: string): Promise<LogRow[]> {
  return withMatters(db)
    .selectFrom('matterLog')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute() as Promise<LogRow[]>;
}

/** Does every entry follow the one before it, with the content that it was written with? */
export function isIntact(log: readonly LogRow[]): boolean {
  return log.every(
    (row, i) =>
      row.seq === i + 1 && row.prevHash === (log[i - 1]?.hash ?? GENESIS) && row.hash === entryHash(row),
  );
}
