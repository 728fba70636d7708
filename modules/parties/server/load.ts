import type { Insertable } from 'kysely';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import { checkPlaces } from './check.ts';
import { directory, docsOf } from './directory.ts';
import { type PartyDocs, type PartyKind, type PartyTables, withParties } from './tables.ts';

/** Hash by which two versions of a pack's entry are told apart. */
export function hashOf(doc: unknown): string {
  return sha256(canonicalJson(doc));
}

/** The pack's entries as they are stored. */
export function packEntries(platform: Platform) {
  const { departments, regions } = docsOf(platform.pack);
  const entry =
    <K extends PartyKind>(kind: K) =>
    (doc: PartyDocs[K]) => ({
      kind: kind as PartyKind,
      id: doc.id,
      doc,
      hash: hashOf(doc),
    });
  return [...departments.map(entry('department')), ...regions.map(entry('region'))];
}

/**
 * Lays the pack's departments and regions in. Records that people edited or added are kept; where the pack says something
 * else, the log and `GET /api/parties/differences` tell. Runs at every start and changes nothing when nothing changed.
 */
export async function loadParties(platform: Platform): Promise<void> {
  const { records, clock, log } = platform;
  const entries = packEntries(platform);
  await records.transaction().execute(async (trx) => {
    await lockInTrx(trx, 'parties');
    const db = withParties(trx);
    const rows = await db.selectFrom('party').selectAll().execute();
    const byKey = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]));
    const now = clock.now();
    // Written all at once: every start of an empty platform waits for this.
    const written: Insertable<PartyTables['party']>[] = [];
    const history: Insertable<PartyTables['partyHistory']>[] = [];
    for (const { kind, id, doc, hash } of entries) {
      const row = byKey.get(`${kind} ${id}`);
      byKey.delete(`${kind} ${id}`);
      if (row && hashOf(row.doc) !== hash && row.origin !== 'pack') {
        log.warn(
          { kind, id, editedBy: row.updatedByName, packChanged: row.packHash !== hash },
          'edited record differs from the city pack',
        );
        continue;
      }
      if (row && hashOf(row.doc) === hash && row.origin === 'pack' && row.packHash === hash) continue;
      const version = (row?.version ?? 0) + 1;
      const common = { kind, id, doc: JSON.stringify(doc), origin: 'pack' as const, version };
      const by = '城市数据包';
      written.push({ ...common, packHash: hash, updatedAt: now, updatedBy: null, updatedByName: by });
      history.push({ ...common, at: now, byId: null, byName: by });
    }
    if (written.length > 0) {
      await db
        .insertInto('party')
        .values(written)
        .onConflict((c) =>
          c.columns(['kind', 'id']).doUpdateSet((e) => ({
            doc: e.ref('excluded.doc'),
            origin: e.ref('excluded.origin'),
            version: e.ref('excluded.version'),
            packHash: e.ref('excluded.packHash'),
            updatedAt: e.ref('excluded.updatedAt'),
            updatedBy: e.ref('excluded.updatedBy'),
            updatedByName: e.ref('excluded.updatedByName'),
          })),
        )
        .execute();
      await db.insertInto('partyHistory').values(history).execute();
    }
    for (const row of byKey.values())
      if (row.origin !== 'added')
        log.warn({ kind: row.kind, id: row.id }, 'record is no longer in the city pack and is kept');
  });
  const places = directory(platform);
  places.invalidate();
  const { lookup } = await places.standing();
  for (const fault of checkPlaces(platform.pack.city, docsOf(lookup.pack)))
    log.warn({ code: fault.code, path: fault.path }, `departments and regions: ${fault.message.en}`);
}
