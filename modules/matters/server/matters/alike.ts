import { sql } from 'kysely';
import type { Answers } from '#kernel/conditions';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Records, Trx } from '#kernel/records';
import type { getMatter } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import type { FoundMatter } from './file.ts';
import { withMatters } from './tables.ts';

type Alike = EndpointResponse<typeof getMatter>['alike'];

/** Matters that are shown at once. */
const SHOWN = 20;

/** Where nothing is compared, or whoever asks does not learn of it. */
export const NOTHING_ALIKE: Alike = { by: [], matters: [], more: false };

/** Numbers are the same however blanks and letters were typed. */
const folded = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/**
 * Other matters of the item in the same office in which the same number of a right was given. Those from which the asker was recused
 * are left out, as they are everywhere. All versions of the item are looked through, and matters that have ended, too.
 */
export async function alikeOf(
  ctx: MatterContext,
  db: Records | Trx,
  { row, definition, standing }: FoundMatter,
  answers: Answers,
): Promise<Alike> {
  const { alike } = definition.item.form;
  const given = alike.flatMap((key) => {
    const value = answers[key];
    return typeof value === 'string' && folded(value) !== '' ? [{ key, value }] : [];
  });
  if (given.length === 0) return NOTHING_ALIKE;
  const by = given.map(({ key, value }) => ({
    label: definition.form.model.fields.find((field) => field.key === key)!.label,
    value,
  }));
  const found = await withMatters(db as Records)
    .selectFrom('matter as m')
    .select(['m.number', 'm.name', 'm.subject', 'm.state', 'm.definition', 'm.openedOn', 'm.endedOn'])
    .where('m.item', '=', row.item)
    .where('m.department', '=', row.department)
    .where('m.id', '!=', row.id)
    .where(({ exists, selectFrom, or }) =>
      exists(
        selectFrom('matterAnswers as a')
          .select('a.matter')
          .whereRef('a.matter', '=', 'm.id')
          .where(
            or(
              given.map(
                ({ key, value }) =>
                  sql<boolean>`regexp_replace(lower(normalize(a.answers ->> ${key}, NFKC)), '\\s', '', 'g') = ${folded(value)}`,
              ),
            ),
          ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('matterSeat as s')
            .select('s.matter')
            .whereRef('s.matter', '=', 'm.id')
            .where('s.account', '=', standing.account)
            .where('s.part', '=', 'recused')
            .where('s.until', 'is', null),
        ),
      ),
    )
    .orderBy('m.openedAt', 'desc')
    .orderBy('m.id')
    .limit(SHOWN + 1)
    .execute();
  const matters = await Promise.all(
    found.slice(0, SHOWN).map(async ({ definition: hash, state, ...one }) => {
      const { item } = await ctx.definitions.of(ctx.platform.records, hash);
      return { ...one, state: item.states.find(({ id }) => id === state)!.title };
    }),
  );
  return { by, matters, more: found.length > SHOWN };
}
