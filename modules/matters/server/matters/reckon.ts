import { audit } from '#kernel/audit/audit';
import { system } from '#kernel/policy/policy';
import type { MatterContext } from './context.ts';
import { stepsOf } from './file.ts';
import { append } from './log.ts';
import { clockRows, settle } from './settle.ts';
import { type KnownDue, type LogRow, type MatterTables, withMatters } from './tables.ts';

/** Matters that are reckoned in one transaction. */
const BATCH = 200;

type ClockRow = MatterTables['matterClock'];

/** Are there running matters whose clocks were reckoned with another calendar or other limits? */
export async function isStale({ platform, definitions }: MatterContext): Promise<boolean> {
  const row = await withMatters(platform.records)
    .selectFrom('matter')
    .select('id')
    .where('endedOn', 'is', null)
    .where('rules', '!=', definitions.rules)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Reckons the clocks of all running matters with today's calendar and limits. Where a last day moves, the matter's log says from
 * which day to which. Can be broken off and goes on where it was.
 * @returns how many matters were looked at, and in how many a last day moved.
 */
export async function reckonAll(
  ctx: MatterContext,
  on: { stopping: () => boolean; progress: (done: number) => void } = {
    stopping: () => false,
    progress: () => {},
  },
): Promise<{ looked: number; moved: number }> {
  const sum = { looked: 0, moved: 0 };
  for (;;) {
    const { looked, moved } = await reckonBatch(ctx);
    sum.looked += looked;
    sum.moved += moved;
    on.progress(sum.looked);
    if (looked === 0 || on.stopping()) return sum;
  }
}

async function reckonBatch(ctx: MatterContext): Promise<{ looked: number; moved: number }> {
  const { platform, definitions } = ctx;
  const now = platform.clock.now();
  return platform.records.transaction().execute(async (trx) => {
    const db = withMatters(trx);
    const rows = await db
      .selectFrom('matter')
      .selectAll()
      .where('endedOn', 'is', null)
      .where('rules', '!=', definitions.rules)
      .orderBy('id')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute();
    if (rows.length === 0) return { looked: 0, moved: 0 };
    const ids = rows.map(({ id }) => id);
    const logs = grouped(
      (await db
        .selectFrom('matterLog')
        .selectAll()
        .where('matter', 'in', ids)
        .orderBy('seq')
        .execute()) as LogRow[],
    );
    const before = grouped(
      await db.selectFrom('matterClock').selectAll().where('matter', 'in', ids).orderBy('run').execute(),
    );
    const moved: string[] = [];
    for (const row of rows) {
      const definition = await definitions.of(trx, row.definition);
      const course = definition.procedure.after(stepsOf(logs.get(row.id) ?? []));
      const dues = movedDues(before.get(row.id) ?? [], clockRows(definition, row.id, course));
      if (dues.length === 0) continue;
      const seq = row.version + 1;
      await append(trx, now, row.id, seq, {
        ...{
          kind: 'reckoned',
          action: null,
          onDay: null,
          role: null,
          recorded: false,
          key: null,
          keyHash: null,
        },
        actor: system,
        content: { note: '', papers: [], answers: null, dues, rules: definitions.rules },
      });
      await settle(ctx, trx, definition, row.id, seq, course);
      moved.push(row.number);
    }
    await db.updateTable('matter').set({ rules: definitions.rules }).where('id', 'in', ids).execute();
    if (moved.length > 0)
      await audit(trx, now, {
        ...{ actor: system, action: 'matters.reckoned', objectType: 'calendar', objectId: definitions.rules },
        detail: { matters: moved },
      });
    return { looked: rows.length, moved: moved.length };
  });
}

/** Last days that differ, of the clocks that run or stand. */
function movedDues(before: readonly ClockRow[], after: readonly ClockRow[]): KnownDue[] {
  return after.flatMap(({ run, clock, due, provisional, endedOn }) => {
    const was = before.find((one) => one.run === run);
    if (endedOn !== null || was?.due === due) return [];
    return [{ clock, due, was: was?.due ?? null, provisional }];
  });
}

function grouped<R extends { matter: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) groups.set(row.matter, [...(groups.get(row.matter) ?? []), row]);
  return groups;
}
