import type { Kysely } from 'kysely';
import type { CollectionItem } from '../../contract.ts';
import { type Bench, type By, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { log } from '../objects/log.ts';
import { say } from '../objects/standing.ts';
import type { WorkbenchTables } from '../tables.ts';
import { setTag } from '../tags/tags.ts';
import { demandRoom, insertItems } from './change.ts';
import { itemRows, itemViews } from './items.ts';

/** One step of a review. */
export interface Review {
  number: string;
  choice?: 'keep' | 'dismiss' | null | undefined;
  rating?: number | null | undefined;
  why: string;
  settles: boolean;
  addTags: readonly string[];
  removeTags: readonly string[];
}

/** Decides, rates and tags one publication; adds it where it is not in the collection yet. All of it or nothing. */
export async function reviewItem(bench: Bench, by: By, id: string, review: Review): Promise<CollectionItem> {
  const { number } = review;
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await openObject(trx, by, id, 'edit', { kind: 'collection', lock: 'share' });
      await demandRoom(trx, id, 0);
      await insertItems(bench, trx, by, id, [number], 'add', {});
      await words(bench, trx, by, id, review);
      for (const tag of review.addTags) await setTag(bench, trx, by, tag, [number], true);
      for (const tag of review.removeTags) await setTag(bench, trx, by, tag, [number], false);
    });
  const rows = await itemRows(bench, id, [number]);
  return (await itemViews(bench, by, id, rows))[0]!;
}

async function words(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: By,
  id: string,
  { number, choice, rating, why, settles }: Review,
): Promise<void> {
  if (choice === undefined && rating === undefined) return;
  const common = { place: id, numbers: [number], why };
  let changed: string[] = [];
  // A rating is always one's own; only the decision can settle.
  if (settles && choice !== undefined)
    changed = await say(bench, trx, by, { ...common, choice, settles: true });
  const own = { choice: settles ? undefined : choice, rating };
  if (own.choice !== undefined || own.rating !== undefined)
    changed = [...changed, ...(await say(bench, trx, by, { ...common, ...own, settles: false }))];
  if (changed.length > 0)
    await log(bench, trx, by, {
      object: id,
      action: settles ? 'settle' : 'decide',
      numbers: [number],
      detail: { choice, rating, why },
    });
}
