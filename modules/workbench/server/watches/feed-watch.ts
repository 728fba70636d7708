import type { Kysely } from 'kysely';
import { newId } from '#kernel/ids';
import type { WorkbenchTables } from '../tables.ts';

/**
 * A public query has a hidden watch, which feeds its RSS and is run as a visitor. Called in the transaction that changes the
 * query, so that both hold or neither.
 */
export async function feedOfQuery(
  trx: Kysely<WorkbenchTables>,
  query: { id: string; owner: string; name: string; public: boolean },
  from: number,
  now: Date,
): Promise<void> {
  const there = await trx
    .selectFrom('workbenchWatch')
    .select(['id', 'active'])
    .where('saved', '=', query.id)
    .where('feed', '=', true)
    .executeTakeFirst();
  if (there && there.active === query.public) return;
  if (there)
    await trx
      .updateTable('workbenchWatch')
      .set({ active: query.public, ...(query.public && { seenVersion: from }) })
      .where('id', '=', there.id)
      .execute();
  else if (query.public)
    await trx
      .insertInto('workbenchWatch')
      .values({
        id: newId(),
        account: query.owner,
        name: query.name,
        kind: 'saved',
        saved: query.id,
        notice: 'none',
        feed: true,
        seenVersion: from,
        createdAt: now,
      })
      .execute();
}
