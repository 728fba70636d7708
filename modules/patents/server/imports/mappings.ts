import { AppError } from '#kernel/errors';
import type { ColumnMapping, SavedMapping } from '../../contract.ts';
import type { PatentRecords, PatentTrx } from '../tables.ts';
import { headerSignature } from './columns.ts';

/** The mapping remembered for these heads, or null. */
export async function findMapping(
  records: PatentRecords,
  header: readonly string[],
): Promise<SavedMapping | null> {
  const row = await records
    .selectFrom('patentMapping')
    .selectAll()
    .where('signature', '=', headerSignature(header))
    .executeTakeFirst();
  return row ? mappingJson(row) : null;
}

/** A remembered mapping by its id. Throws `not_found`. */
export async function getMapping(records: PatentRecords, id: string): Promise<SavedMapping> {
  const row = await records.selectFrom('patentMapping').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: '列对应关系 (column mapping)' });
  return mappingJson(row);
}

/** All remembered mappings, the last used first. */
export async function listAllMappings(records: PatentRecords): Promise<SavedMapping[]> {
  const rows = await records.selectFrom('patentMapping').selectAll().orderBy('usedAt', 'desc').execute();
  return rows.map(mappingJson);
}

/** Remembers a mapping for its heads, in place of the one remembered before. */
export async function rememberMapping(
  trx: PatentTrx,
  now: Date,
  header: readonly string[],
  mapping: ColumnMapping,
  name: string | null,
): Promise<void> {
  const signature = headerSignature(header);
  const text = JSON.stringify(mapping);
  await trx
    .insertInto('patentMapping')
    .values({
      name:
        name ??
        header
          .filter((h) => h !== '')
          .slice(0, 3)
          .join('、')
          .slice(0, 100),
      signature,
      header: JSON.stringify(header),
      mapping: text,
      usedAt: now,
    })
    .onConflict((c) =>
      c.column('signature').doUpdateSet({ mapping: text, usedAt: now, ...(name !== null && { name }) }),
    )
    .execute();
}

/** Forgets a mapping. Throws `not_found`. */
export async function forgetMapping(records: PatentRecords, id: string): Promise<void> {
  const gone = await records
    .deleteFrom('patentMapping')
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!gone) throw new AppError('not_found', { what: '列对应关系 (column mapping)' });
}

function mappingJson(row: {
  id: string;
  name: string;
  header: string[];
  mapping: ColumnMapping;
  usedAt: Date;
}): SavedMapping {
  const { id, name, header, mapping, usedAt } = row;
  return { id, name, header, mapping, usedAt: usedAt.toISOString() };
}
