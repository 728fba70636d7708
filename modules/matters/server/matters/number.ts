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

/** A number as people type it, in the form in which it is printed: 通知公开收[2026]012 号 is 通知公开收〔2026〕12号. */
export function tidyNumber(typed: string): string {
  const signs = typed.normalize('NFKC').replaceAll(/\s/g, '');
  const [, mark, year, count] =
    /^(\p{Script=Han}+)[[(〔【〈<]?(\d{4})[\])〕】〉>]?第?0*(\d+)号?$/u.exec(signs) ?? [];
  return mark ? `${mark}〔${year}〕${count}号` : signs;
}
