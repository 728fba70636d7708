import { sql } from 'kysely';
import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import { sha256 } from '#kernel/ids';
import { notify } from '#kernel/notify/notify';
import type { Records, Trx } from '#kernel/records';
import { MATTERS_APPROVE } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { type By, enter, unnamed } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile } from './file.ts';
import { matterMessage } from './messages.ts';
import { officersOf } from './officers.ts';
import { applicantRole } from './standing.ts';
import { withMatters } from './tables.ts';

/** The score from which somebody counts as content: 基本满意. */
export const CONTENT = 3;

/** The rating of a matter, where there is one. */
export function ratingOf(db: Records | Trx, matter: string) {
  return withMatters(db as Records)
    .selectFrom('matterRating')
    .selectAll()
    .where('matter', '=', matter)
    .executeTakeFirst();
}

/** May whoever asks rate the matter? The applicant, or who acts for them, once it has ended. */
export function mayRate({ course, standing, definition: { item } }: FoundMatter): boolean {
  return !standing.reads && standing.party?.role === applicantRole(item) && course.endedOn !== null;
}

/**
 * Rates how a matter was handled. The same again changes nothing; somebody discontent is brought before the heads. Throws
 * `matters_rated` where another rating was given, `matters_not_ended`, `matters_none`.
 */
export async function rate(
  ctx: MatterContext,
  asker: By,
  number: string,
  { score, words }: { score: number; words: string },
): Promise<FoundMatter> {
  const found = await findFile(ctx, ctx.platform.records, number, asker);
  return enter(ctx, unnamed(asker, found), number, found.row.version, async (trx, before) => {
    const { row, standing } = before;
    if (!mayRate(before)) throw matterError('matters_not_ended');
    const known = await ratingOf(trx, row.id);
    if (known?.score === score && known.words === words) return null;
    if (known) throw matterError('matters_rated');
    const ratedOn = ctx.platform.clock.today();
    return {
      says: {
        ...{ kind: 'rated', party: standing.party!.no, score },
        ...(words !== '' && { words: sha256(words) }),
      },
      write: (seq) =>
        withMatters(trx)
          .insertInto('matterRating')
          .values({
            matter: row.id,
            item: row.item,
            score,
            words,
            seq,
            ratedOn,
            answer: null,
            answerSeq: null,
          })
          .execute(),
      tell: async (after) => {
        if (score >= CONTENT) return;
        const heads = await officersOf(ctx, trx, [row.department], MATTERS_APPROVE);
        const title = {
          zh: '申请人对办理不满意，请核实回复',
          en: 'An applicant is not content: look into it',
        };
        await notify(
          trx,
          heads.map(({ id }) => matterMessage(id, after, 'matters.rated', title)),
        );
      },
    };
  });
}

/** Says what was done about a rating. Throws `matters_no_rating`, `matters_rated` where it was answered, `matters_changed`, `matters_none`. */
export function answerRating(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, text }: { version: number; text: string },
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, { row, parties, standing }) => {
    if (!standing.handles) throw matterError('matters_none', { number: row.number });
    const known = await ratingOf(trx, row.id);
    if (!known) throw matterError('matters_no_rating');
    if (known.answer !== null) throw matterError('matters_rated');
    return {
      says: { kind: 'answered', words: sha256(text) },
      write: (seq) =>
        withMatters(trx)
          .updateTable('matterRating')
          .set({ answer: text, answerSeq: seq })
          .where('matter', '=', row.id)
          .execute(),
      tell: async (after) => {
        const account = parties[0]?.account;
        const title = { zh: '承办机构回复了您的评价', en: 'The office answered your rating' };
        if (account) await notify(trx, [matterMessage(account, after, 'matters.answered', title)]);
      },
    };
  });
}

/** Ratings of an item in the twelve months up to a day: how many, and how many of them content. */
export async function ratingsOf(
  db: Records,
  item: string,
  asOf: CalendarDate,
): Promise<{ count: number; content: number }> {
  const { rows } = await sql<{ count: number; content: number }>`
    select count(*)::int as count, (count(*) filter (where score >= ${CONTENT}))::int as content from matter_rating
     where item = ${item} and rated_on between ${yearBefore(asOf)}::date and ${asOf}::date`.execute(db);
  return rows[0]!;
}

/** First of the twelve months up to a day. */
export const yearBefore = (asOf: CalendarDate): CalendarDate => addDays(addMonths(asOf, -12), 1);
