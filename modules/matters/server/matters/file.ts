import { AppError } from '#kernel/errors';
import type { Records, Trx } from '#kernel/records';
import type { Course, Step } from '../course/course.ts';
import type { MatterContext } from './context.ts';
import type { Definition } from './definitions.ts';
import { matterError } from './errors.ts';
import { readLog } from './log.ts';
import { tidyNumber } from './number.ts';
import { type Asker, type Standing, standingOf } from './standing.ts';
import { type LogRow, type MatterRow, withMatters } from './tables.ts';

/** A matter with everything that follows from its log. */
export interface MatterFile {
  row: MatterRow;
  definition: Definition;
  log: readonly LogRow[];
  steps: readonly Step[];
  course: Course;
}

/** The steps of a log. */
export function stepsOf(log: readonly Pick<LogRow, 'action' | 'onDay'>[]): Step[] {
  return log.flatMap(({ action, onDay }) => (action && onDay ? [{ action, on: onDay }] : []));
}

/** A matter from its row. */
export async function fileOf(ctx: MatterContext, db: Records, row: MatterRow): Promise<MatterFile> {
  const definition = await ctx.definitions.of(db, row.definition);
  const log = await readLog(db, row.id);
  const steps = stepsOf(log);
  return { row, definition, log, steps, course: definition.procedure.after(steps, steps.length) };
}

/**
 * The matter of a number for somebody whom it concerns. In a transaction with `lock` its row is held until the end, so that of
 * two who act at once one waits for the other. Throws `matters_none`, the same for a number that does not exist.
 */
export async function findFile(
  ctx: MatterContext,
  db: Records | Trx,
  typed: string,
  asker: Asker,
  lock: 'lock' | 'read' = 'read',
): Promise<MatterFile & { standing: Standing }> {
  const number = tidyNumber(typed);
  const query = withMatters(db as Records)
    .selectFrom('matter')
    .selectAll()
    .where('number', '=', number);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  const standing = row && standingOf(ctx.platform.policy, row, asker);
  if (!standing && asker.actor.kind === 'anonymous' && asker.code === undefined)
    throw new AppError('not_signed_in');
  if (!row || !standing) throw matterError('matters_none', { number: number.slice(0, 60) });
  return { ...(await fileOf(ctx, db as Records, row)), standing };
}
