import type * as z from 'zod';
import type { Platform } from '#kernel/module';
import type { Difference } from '../contract.ts';
import { differing } from './change.ts';
import { directory } from './directory.ts';
import { hashOf, packEntries } from './load.ts';
import { withParties } from './tables.ts';

/** Records that differ from the city pack, with what the pack says. */
export async function listDifferences(platform: Platform): Promise<z.infer<typeof Difference>[]> {
  const rows = await withParties(platform.records)
    .selectFrom('party')
    .selectAll()
    .orderBy('kind')
    .orderBy('id')
    .execute();
  const pack = new Map(packEntries(platform).map((entry) => [`${entry.kind} ${entry.id}`, entry]));
  const lookup = await directory(platform).lookup();
  const today = platform.clock.today();
  return rows.flatMap((row) => {
    const entry = pack.get(`${row.kind} ${row.id}`);
    if (entry && entry.hash === hashOf(row.doc)) return [];
    const name =
      row.kind === 'department'
        ? lookup.departmentName(row.id, today)
        : lookup.regionAt(row.id, today)?.at.name;
    const { before, after } = differing(entry?.doc, row.doc);
    const added = row.origin === 'added' ? ('added' as const) : ('removed' as const);
    return [
      {
        kind: row.kind,
        id: row.id,
        name: name?.zh ?? row.id,
        state: entry ? ('edited' as const) : added,
        packChanged: entry !== undefined && entry.hash !== row.packHash,
        fields: entry ? [...new Set([...Object.keys(before), ...Object.keys(after)])] : [],
        pack: entry?.doc ?? null,
        updatedBy: row.updatedByName,
        updatedAt: row.updatedAt.toISOString(),
      },
    ];
  });
}
