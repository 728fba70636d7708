import { addDays } from '#kernel/calendar/date';
import { type Message, notify } from '#kernel/notify/notify';
import { MATTERS_APPROVE } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { toldOf } from './cover.ts';
import { seatsOf } from './file.ts';
import { matterMessage } from './messages.ts';
import { officersOf, recusedIn } from './officers.ts';
import { withMatters } from './tables.ts';

/** Natural days before a last day on which whoever has the matter is warned. */
export const WARN_DAYS = 3;

/**
 * Tells officers of last days that come near, and their heads too of those that are past; each of them once. A clock that stands,
 * and a party's own time, warn nobody.
 * @returns how many messages were new.
 */
export async function warn(ctx: MatterContext): Promise<number> {
  const { platform } = ctx;
  const today = platform.clock.today();
  const db = withMatters(platform.records);
  const rows = await db
    .selectFrom('matterClock as c')
    .innerJoin('matter as m', 'm.id', 'c.matter')
    .selectAll('m')
    .select(['c.run', 'c.limitId', 'c.due'])
    .where('c.endedOn', 'is', null)
    .where('c.whose', '=', 'office')
    .where('c.ifUsed', '=', false)
    .where('c.due', '<=', addDays(today, WARN_DAYS))
    .where('m.doneOn', 'is', null)
    .execute();
  const messages: Message[] = [];
  for (const { run, limitId, due, ...row } of rows) {
    const definition = await ctx.definitions.of(platform.records, row.definition);
    const { step } = ctx.catalog.limit(limitId);
    const late = due! < today;
    const seats = await seatsOf(platform.records, row.id);
    const heads = late ? await officersOf(ctx, platform.records, [row.department], MATTERS_APPROVE) : [];
    const told = new Set([
      ...(await toldOf(ctx, platform.records, { row, seats })),
      ...heads.map(({ id }) => id),
    ]);
    const recused = recusedIn(seats);
    for (const id of [...told].filter((one) => !recused.has(one)))
      messages.push(
        matterMessage(
          id,
          { row, definition },
          late ? 'matters.late' : 'matters.due',
          late
            ? { zh: `已超过期限：${step.zh}（${due} 届满）`, en: `Past its last day, ${due}: ${step.en}` }
            : { zh: `期限将至：${step.zh}（${due} 届满）`, en: `Due by ${due}: ${step.en}` },
          { dedupKey: `matters ${late ? 'late' : 'due'} ${row.id} ${run} ${due} ${id}` },
        ),
      );
  }
  return notify(platform.records, messages);
}
