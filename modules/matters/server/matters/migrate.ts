import type * as z from 'zod';
import { AppError } from '#kernel/errors';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Records, Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import type { matterVersions, migrateMatter } from '../../contract.ts';
import type { Course } from '../course/course.ts';
import { answersOf } from './answers.ts';
import type { MatterContext } from './context.ts';
import type { Definition } from './definitions.ts';
import { type By, enter } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile, type MatterFile } from './file.ts';
import { tellMigrated } from './messages.ts';
import { settle } from './settle.ts';
import { type KnownDue, withMatters } from './tables.ts';

/** Versions of a matter's item in the pack other than the one under which it runs; a corrected one counts as another. */
function othersOf({ platform, definitions }: MatterContext, { row, definition }: MatterFile): Definition[] {
  return platform.pack.items
    .filter(({ id }) => id === row.item)
    .map((item) => definitions.prepare(item))
    .filter(({ hash }) => hash !== definition.hash);
}

/** May whoever asks move it to another version? Heads of the office that has it, until it has ended. */
export function mayMigrate(ctx: MatterContext, found: FoundMatter): boolean {
  const { standing, course } = found;
  return standing.approves && !standing.past && course.endedOn === null && othersOf(ctx, found).length > 0;
}

/**
 * Where a matter stands under another version: what was done, and clocks that ended, stay as they were. Throws `course_carry` where its state
 * or a running clock has no place there, `matters_version` where a party or an answer has none.
 */
async function carried(db: Records | Trx, file: MatterFile, to: Definition): Promise<Course> {
  const { parties, course, row } = file;
  const why = (zh: string, en: string) => matterError('matters_version', { why: zh, why_en: en });
  for (const { role, name, until } of parties)
    if (until === null && !to.item.roles.some(({ id, side }) => id === role && side === 'party'))
      throw why(`其中没有“${name}”的当事人身份`, `it has no role for the party “${name}”`);
  for (const key of Object.keys(await answersOf(db, row.id)))
    if (!to.form.model.byKey.has(key)) {
      const label = file.definition.form.model.byKey.get(key)?.label;
      throw why(`申请表中没有“${label?.zh ?? key}”`, `its form does not ask for “${label?.en ?? key}”`);
    }
  if ([...to.form.secret].sort().join() !== [...file.definition.form.secret].sort().join())
    throw why('保密的内容不同', 'it keeps other answers secret');
  return to.procedure.carry(course);
}

/** Last days of the clocks that run or stand, before and after. */
function movedDues(file: MatterFile, to: Definition, course: Course): KnownDue[] {
  return course.runs.flatMap((run, i) => {
    if (run.ended) return [];
    const was = file.definition.procedure.due(file.course.runs[i]!).due;
    const { due, provisional } = to.procedure.due(run);
    return [{ clock: run.clock, due, was, provisional }];
  });
}

/** Other versions under which a matter could go on, with what would change. Throws `matters_none`. */
export async function versionsOf(
  ctx: MatterContext,
  by: By,
  number: string,
): Promise<EndpointResponse<typeof matterVersions>> {
  const { records, clock } = ctx.platform;
  const found = await findFile(ctx, records, number, by);
  if (!found.standing.approves) throw matterError('matters_none', { number });
  if (!mayMigrate(ctx, found)) return { versions: [] };
  const today = clock.today();
  const nextOf = ({ procedure }: Definition, course: Course): Text[] =>
    procedure.possible(course, today).map(({ action }) => action.title);
  const now = nextOf(found.definition, found.course);
  const without = (list: Text[], other: Text[]) =>
    list.filter(({ zh }) => !other.some((one) => one.zh === zh));
  const versions = await Promise.all(
    othersOf(ctx, found).map(async (to) => {
      const about = {
        ...{ from: to.item.from, to: to.item.to, corrected: to.item.from === found.definition.item.from },
        ...{ why: null, clocks: [], adds: [], drops: [] },
      };
      try {
        const course = await carried(records, found, to);
        const then = nextOf(to, course);
        const clocks = movedDues(found, to, course).map(({ clock: id, was, due }) => ({
          ...{ name: to.procedure.limitOf(id).step, was, due },
        }));
        return { ...about, clocks, adds: without(then, now), drops: without(now, then) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { ...about, why: { zh: String(error.params.why), en: String(error.params.why_en) } };
      }
    }),
  );
  return { versions };
}

/**
 * Moves a running matter to another version of its item. The entry holds reason, ground and every last day of before and after; what was
 * done under the earlier version is shown as that version had it. Throws `matters_version`, `course_carry`, `matters_changed`,
 * `matters_none`.
 */
export function migrate(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, from, reason, basis }: z.output<(typeof migrateMatter)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing, definition } = found;
    if (!standing.approves) throw matterError('matters_none', { number: row.number });
    const asked = ctx.platform.pack.items.find((item) => item.id === row.item && item.from === from);
    if (asked && ctx.definitions.hashOf(asked) === definition.hash) return null;
    const to = mayMigrate(ctx, found)
      ? othersOf(ctx, found).find(({ item }) => item.from === from)
      : undefined;
    if (!to)
      throw matterError('matters_version', {
        ...{
          why: '没有这个版本，或者办件已经办结',
          why_en: 'there is no such version, or the matter has ended',
        },
      });
    const course = await carried(trx, found, to);
    await ctx.definitions.keep(trx, to.item, ctx.platform.clock.now());
    return {
      says: {
        ...{ kind: 'migrated', note: reason, basis, onDay: ctx.platform.clock.today() },
        ...{ definition: { from: definition.hash, to: to.hash }, dues: movedDues(found, to, course) },
      },
      write: async (seq) => {
        const db = withMatters(trx);
        await db
          .insertInto('matterVersionChange')
          .values({ matter: row.id, seq, fromDefinition: definition.hash, toDefinition: to.hash })
          .execute();
        await db.updateTable('matter').set({ definition: to.hash }).where('id', '=', row.id).execute();
        await settle(ctx, trx, to, row.id, seq, course);
      },
      tell: (after) => tellMigrated(ctx, trx, after, by.actor.id),
    };
  });
}
