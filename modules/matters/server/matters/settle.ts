import { addDays, type CalendarDate } from '#kernel/calendar/date';
import type { Trx } from '#kernel/records';
import type { Course, Run } from '../course/course.ts';
import type { MatterContext } from './context.ts';
import type { Definition } from './definitions.ts';
import { type KnownDue, type MatterTables, withMatters } from './tables.ts';

type ClockRow = MatterTables['matterClock'];

/** The runs of a course's clocks as they are stored. */
export function clockRows({ item, procedure }: Definition, matter: string, course: Course): ClockRow[] {
  const ifUsed = new Set(item.clocks.filter((clock) => clock.ifUsed).map(({ id }) => id));
  return course.runs.map((run, i): ClockRow => {
    const { due, provisional } = procedure.due(run);
    return {
      ...{ matter, run: i + 1, clock: run.clock, limitId: run.limit.id, whose: run.limit.whose },
      ...{ ifUsed: ifUsed.has(run.clock), startedOn: run.startedOn, due, provisional },
      ...{ endedOn: run.ended?.on ?? null, how: run.ended?.how ?? null },
    };
  });
}

/** Last days of the clocks that run or stand, as an entry of the log keeps them. */
export function knownDues({ procedure }: Definition, course: Course): KnownDue[] {
  const open = course.runs.filter((run: Run) => !run.ended);
  return open.map((run) => {
    const { due, provisional } = procedure.due(run);
    return { clock: run.clock, due, was: null, provisional };
  });
}

/**
 * The day by which somebody in the office looks at a matter: the first last day of the office's and the court's own clocks, or
 * the day after a party's time is over. Null where no clock runs.
 */
export function nextDay(clocks: readonly ClockRow[]): CalendarDate | null {
  const days = clocks.flatMap(({ due, endedOn, whose, ifUsed }) => {
    if (due === null || endedOn !== null || ifUsed) return [];
    return [whose === 'party' ? addDays(due, 1) : due];
  });
  return days.sort()[0] ?? null;
}

/** Does the office still owe something within a time, such as telling somebody what was decided? Then a matter is not off its desk. */
function isOwed(clocks: readonly ClockRow[]): boolean {
  return clocks.some(({ whose, ifUsed, endedOn }) => whose === 'office' && !ifUsed && endedOn === null);
}

/** Writes what follows from a course: the state, the clocks, the day for the desk. */
export async function settle(
  ctx: MatterContext,
  trx: Trx,
  definition: Definition,
  matter: string,
  version: number,
  course: Course,
): Promise<void> {
  const db = withMatters(trx);
  const clocks = clockRows(definition, matter, course);
  await db.deleteFrom('matterClock').where('matter', '=', matter).execute();
  if (clocks.length > 0) await db.insertInto('matterClock').values(clocks).execute();
  await db
    .updateTable('matter')
    .set({
      ...{ version, state: course.state.id, endedOn: course.endedOn },
      doneOn: isOwed(clocks) ? null : course.endedOn,
      ...{ nextOn: nextDay(clocks), rules: ctx.definitions.rules },
    })
    .where('id', '=', matter)
    .execute();
}
