import { audit } from '#kernel/audit/audit';
import { AppError, type Issue } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import { newFaults, type Places } from './check.ts';
import { directory } from './directory.ts';
import { partyError } from './errors.ts';
import { hashOf, packEntries } from './load.ts';
import { type PartyDocs, type PartyKind, withParties } from './tables.ts';

/** Who changes a record, in which language refusals are worded. */
export interface Changing {
  actor: Actor;
  requestId: string;
  lang: Lang;
}

/** A changed or added record. `version` is the one that was looked at; absent for a new record. */
export interface PartyChange<K extends PartyKind> {
  kind: K;
  id: string;
  version?: number;
  doc: PartyDocs[K];
}

/**
 * Stores a changed or new record when the whole set still holds together. Throws `party_changed` (409, the current record
 * in its parameters), `party_exists` (409), `party_invalid` (400, with the places), `not_found`. Storing what is there
 * already changes nothing.
 */
export async function changeParty<K extends PartyKind>(
  platform: Platform,
  by: Changing,
  change: PartyChange<K>,
): Promise<void> {
  const { kind, id, doc } = change;
  if (doc.id !== id) throw partyError('party_id', { id });
  const adding = change.version === undefined;
  await platform.records.transaction().execute(async (trx) => {
    // One lock for all records: whether one fits depends on the others.
    await lockInTrx(trx, 'parties');
    const db = withParties(trx);
    const rows = await db.selectFrom('party').selectAll().execute();
    const current = rows.find((row) => row.kind === kind && row.id === id);
    if (adding && current) throw partyError('party_exists', { id });
    if (!adding && !current) throw new AppError('not_found', { what: `“${id}”` });
    if (current && current.version !== change.version)
      throw partyError('party_changed', {
        id,
        by: current.updatedByName,
        version: current.version,
        current: current.doc,
      });
    const inPack = packEntries(platform).find((entry) => entry.kind === kind && entry.id === id);
    const packHash = inPack?.hash ?? null;
    // Storing an edited record again after the pack changed says "looked at, stays as it is".
    if (current && hashOf(current.doc) === hashOf(doc) && current.packHash === packHash) return;

    const list = (of: PartyKind) => rows.filter((row) => row.kind === of).map((row) => row.doc);
    const before = { departments: list('department'), regions: list('region') } as Places;
    const after = withDoc(before, kind, doc);
    const found = newFaults(platform.pack.city, before, after, { kind, id });
    if (found.length > 0) {
      const first = found[0]!.fault;
      const issues: Issue[] = found.map(({ path, fault }) => ({
        path: `/body/doc${path}`,
        code: fault.code,
        message: `${fault.message[by.lang].trim()} ${fault.remedy[by.lang].trim()}`,
      }));
      throw partyError('party_invalid', { id, why_zh: first.message.zh, why_en: first.message.en }, issues);
    }

    const origin = !inPack ? 'added' : inPack.hash === hashOf(doc) ? 'pack' : 'edited';
    const now = platform.clock.now();
    const version = (current?.version ?? 0) + 1;
    const written = {
      doc: JSON.stringify(doc),
      origin,
      packHash,
      version,
      updatedAt: now,
      updatedBy: by.actor.id,
      updatedByName: by.actor.name,
    } as const;
    await db
      .insertInto('party')
      .values({ kind, id, ...written })
      .onConflict((c) => c.columns(['kind', 'id']).doUpdateSet(written))
      .execute();
    await db
      .insertInto('partyHistory')
      .values({
        ...{ kind, id, version, origin, doc: written.doc },
        ...{ at: now, byId: by.actor.id, byName: by.actor.name },
      })
      .execute();
    await audit(trx, now, {
      actor: by.actor,
      requestId: by.requestId,
      action: `${kind}.${adding ? 'add' : 'update'}`,
      objectType: kind,
      objectId: id,
      detail: { version, ...differing(current?.doc, doc) },
    });
  });
  directory(platform).invalidate();
}

function withDoc<K extends PartyKind>(places: Places, kind: K, doc: PartyDocs[K]): Places {
  const put = <T extends { id: string }>(entries: readonly T[], entry: T): T[] =>
    entries.some((e) => e.id === entry.id)
      ? entries.map((e) => (e.id === entry.id ? entry : e))
      : [...entries, entry];
  return kind === 'department'
    ? { ...places, departments: put(places.departments, doc as PartyDocs['department']) }
    : { ...places, regions: put(places.regions, doc as PartyDocs['region']) };
}

/** The top-level fields in which two records differ, before and after. */
export function differing(
  before: object | undefined,
  after: object,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = (before ?? {}) as Record<string, unknown>;
  const next = after as Record<string, unknown>;
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (field) => hashOf([old[field]]) !== hashOf([next[field]]),
  );
  const part = (doc: Record<string, unknown>) =>
    Object.fromEntries(fields.filter((f) => doc[f] !== undefined).map((f) => [f, doc[f]]));
  return { before: part(old), after: part(next) };
}
