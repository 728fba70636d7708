import type * as z from 'zod';
import { clock } from '#kernel/calendar/due';
import { calendarOf } from '#kernel/city/calendar';
import { notify } from '#kernel/notify/notify';
import type { Trx } from '#kernel/records';
import type { endPublication } from '../../contract.ts';
import type { MatterContext } from '../matters/context.ts';
import { type By, enter } from '../matters/entry.ts';
import { matterError } from '../matters/errors.ts';
import type { FoundMatter } from '../matters/file.ts';
import { matterMessage } from '../matters/messages.ts';
import { withMatters } from '../matters/tables.ts';
import { newestOf, type PublicationRow, publicationHash, standingOf, stateOf } from './publication.ts';

/** What follows for the public from a step. */
export interface PublicStep {
  /** SHA-256 of what is released with it. */
  hash: string | null;
  write: (seq: number) => Promise<void>;
}

/**
 * What a step does to what everybody may read: the one that the item names releases what was prepared, others bring down what stands.
 * A step without anything prepared only records what was published elsewhere. Throws `matters_publication_own` where who
 * prepared it would release it, `matters_publication_today` for another day than today.
 */
export async function publicStep(
  ctx: MatterContext,
  trx: Trx,
  found: FoundMatter,
  { action, on, note, by }: { action: string; on: string; note: string; by: By },
): Promise<PublicStep> {
  const nothing = { hash: null, write: async () => {} };
  const { publication } = found.definition.item;
  if (!publication) return nothing;
  const today = ctx.platform.clock.today();
  const newest = await newestOf(trx, found.row.id);
  const waits = newest && stateOf(newest, today) === 'prepared' ? newest : undefined;
  if (publication.withdrawn.includes(action)) {
    const { title, by: role } = found.definition.item.actions.find(({ id }) => id === action)!;
    // What a party writes with its step is for the office alone.
    const told = found.definition.item.roles.find(({ id }) => id === role)!.side === 'party' ? '' : note;
    return {
      hash: null,
      write: async (seq) => {
        if (waits) await mark(trx, waits, { returned: seq });
        await takeDown(trx, found, seq, on, told || title.zh);
      },
    };
  }
  if (!waits || !publication.steps.includes(action)) return nothing;
  const preparer = found.log[waits.prepared - 1]!.actorId;
  if (preparer === by.actor.id) throw matterError('matters_publication_own');
  if (on !== today) throw matterError('matters_publication_today', { on, today });
  return {
    hash: publicationHash(waits),
    write: async (seq) => {
      const before = await standingOf(trx, found.row.id, today);
      // Who releases it publishes it, also where another body had the matter when it was prepared.
      const { department } = found.row;
      const until = lastDay(ctx, waits.ends, on);
      await mark(trx, waits, { released: seq, releasedOn: on, until, department });
      if (before) await mark(trx, before, { down: seq, downOn: on, reason: '更正', replacedBy: waits.id });
    },
  };
}

/** The last day on which it stands: a period from the day of the release. */
function lastDay({ platform: { pack } }: MatterContext, ends: string | null, from: string): string | null {
  const limit = pack.limits.limits.find(({ id }) => id === ends);
  if (!limit) return null;
  return clock({ from, rule: limit.rule, roll: limit.roll, calendar: calendarOf(pack) }).due;
}

async function mark(trx: Trx, { id }: PublicationRow, set: Partial<PublicationRow>): Promise<void> {
  const { search: _, ...columns } = set;
  await withMatters(trx).updateTable('matterPublication').set(columns).where('id', '=', id).execute();
}

/** Takes down whatever of a matter stands in public; what was over before stays as it was. */
async function takeDown(
  trx: Trx,
  { row }: FoundMatter,
  seq: number,
  on: string,
  reason: string,
): Promise<void> {
  await withMatters(trx)
    .updateTable('matterPublication')
    .set({ down: seq, downOn: on, reason })
    .where('matter', '=', row.id)
    .where('released', 'is not', null)
    .where('down', 'is', null)
    .execute();
}

/**
 * Sends back what was prepared, or takes down what is public, with the reason. Throws `matters_publication_none` where there is
 * neither, `matters_changed`, `matters_none`.
 */
export function endPublicationOf(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, reason }: z.output<(typeof endPublication)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing, log } = found;
    if (!standing.approves) throw matterError('matters_none', { number });
    const today = ctx.platform.clock.today();
    const newest = await newestOf(trx, row.id);
    const waits = newest && stateOf(newest, today) === 'prepared' ? newest : undefined;
    const stands = await standingOf(trx, row.id, today);
    const which = waits ?? stands;
    if (!which) throw matterError('matters_publication_none');
    return {
      says: {
        ...{ kind: waits ? 'sent-back' : 'taken-down', onDay: today, note: reason },
        publication: publicationHash(which),
      },
      write: (seq) =>
        waits ? mark(trx, waits, { returned: seq }) : takeDown(trx, found, seq, today, reason),
      tell: async (after) => {
        const preparer = log[which.prepared - 1]!.actorId;
        if (preparer === null || preparer === by.actor.id) return;
        const title = waits
          ? {
              zh: '公示稿被退回，请修改后重新提交',
              en: 'A publication was sent back: mend it and prepare it again',
            }
          : { zh: '公示已停止', en: 'A publication was taken down' };
        await notify(trx, [matterMessage(preparer, after, 'matters.publication', title)]);
      },
    };
  });
}
