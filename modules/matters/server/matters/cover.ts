import type { CalendarDate } from '#kernel/calendar/date';
import type { Records, Trx } from '#kernel/records';
import type { MatterContext } from './context.ts';
import type { MatterFile } from './file.ts';
import { type Officer, officersFor } from './officers.ts';
import { withMatters } from './tables.ts';

/** An absence that lasts: until when, and who covers. */
export interface Away {
  account: string;
  department: string;
  until: CalendarDate;
  cover: { id: string; name: string };
}

/** Absences of offices that last on a day. */
export async function awayOn(
  db: Records | Trx,
  departments: readonly string[],
  day: CalendarDate,
): Promise<Away[]> {
  if (departments.length === 0) return [];
  const rows = await withMatters(db as Records)
    .selectFrom('matterAbsence as a')
    .innerJoin('auth.user as u', 'u.id', 'a.cover')
    .select(['a.account', 'a.department', 'a.toOn as until', 'u.id', 'u.name'])
    .where('a.department', 'in', [...departments])
    .where('a.endedAt', 'is', null)
    .where('a.fromOn', '<=', day)
    .where('a.toOn', '>=', day)
    .execute();
  return rows.map(({ id, name, ...away }) => ({ ...away, cover: { id, name } }));
}

/** The absence of whoever has a matter, where they are away on a day. */
export const awayFrom = (
  all: readonly Away[],
  { handler, department }: { handler: string | null; department: string },
): Away | undefined => all.find((one) => one.account === handler && one.department === department);

/** Who attends to a matter: the officer who has it, or all of the office where that one has left. */
function attending(handler: string | null, officers: readonly Officer[]): string[] {
  const all = officers.map(({ id }) => id);
  return handler !== null && all.includes(handler) ? [handler] : all;
}

/**
 * Who is told of what happens in a matter: whoever attends to it, and while that one is away also who covers, unless they were
 * recused or have left.
 */
export async function toldOf(
  ctx: MatterContext,
  db: Records | Trx,
  file: Pick<MatterFile, 'row' | 'seats'>,
): Promise<string[]> {
  const { row } = file;
  const officers = await officersFor(ctx, db, file);
  const away = awayFrom(await awayOn(db, [row.department], ctx.platform.clock.today()), row);
  const cover = away && officers.some(({ id }) => id === away.cover.id) ? [away.cover.id] : [];
  return [...new Set([...attending(row.handler, officers), ...cover])];
}
