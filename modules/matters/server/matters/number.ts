import { sql } from 'kysely';
import type { Trx } from '#kernel/records';
import { withMatters } from './tables.ts';

/**
 * The next number of a 代字 in a year: 通知公开收〔2026〕12号. Taken in the transaction that opens the matter, so that numbers
 * have no gaps.
 */
export async function nextNumber(trx: Trx, mark: string, year: number): Promise<string> {
  const { last } = await withMatters(trx)
    .insertInto('matterCounter')
    .values({ mark, year, last: 1 })
    .onConflict((c) =>
      c.columns(['mark', 'year']).doUpdateSet({ last: sql<number>`matter_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${mark}〔${year}〕${last}号`;
}
