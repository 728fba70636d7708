import type { Answers } from '#kernel/conditions';
import type { Records, Trx } from '#kernel/records';
import { withMatters } from './tables.ts';

/** What was answered in a matter, by field; later answers go before earlier ones. */
export async function answersOf(db: Records | Trx, matter: string): Promise<Answers> {
  const rows = await withMatters(db as Records)
    .selectFrom('matterAnswers')
    .select('answers')
    .where('matter', '=', matter)
    .orderBy('seq')
    .execute();
  return Object.assign({}, ...rows.map(({ answers }) => answers)) as Answers;
}
