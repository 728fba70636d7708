import type * as z from 'zod';
import { canonicalJson } from '#kernel/ids';
import { notify } from '#kernel/notify/notify';
import type { Records, Trx } from '#kernel/records';
import { directory } from '#modules/parties/server/index';
import { MATTERS_APPROVE, type transferMatter } from '../../contract.ts';
import { type Competent, officeName } from '../catalog/portals.ts';
import type { MatterContext } from './context.ts';
import { type By, demandPresent, demandVersion, entered } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile, type MatterFile } from './file.ts';
import { append } from './log.ts';
import { matterMessage } from './messages.ts';
import { officersFor, officersOf, recusedIn } from './officers.ts';
import { reckonFirst } from './reckon.ts';
import { endSeats, panelIn } from './seats.ts';
import { knownDues, settle } from './settle.ts';
import { withMatters } from './tables.ts';

/**
 * Offices to which a matter can be handed: those that may have its item, and have somebody on the platform who acts. A matter goes
 * to no desk at which nobody sits.
 */
export async function receiversOf(
  ctx: MatterContext,
  db: Records | Trx,
  { row, definition, seats }: MatterFile,
): Promise<Competent[]> {
  const today = ctx.platform.clock.today();
  const item = ctx.catalog.find(row.item, today) ?? definition.item;
  const may = ctx.catalog.portals.competent(item, today).filter((one) => one.department !== row.department);
  const staffed = await Promise.all(
    may.map(
      async ({ department }) => (await officersFor(ctx, db, { row: { department }, seats })).length > 0,
    ),
  );
  return may.filter((_, i) => staffed[i]);
}

/** May whoever asks hand the matter to another body? Officers and heads of the office that has it, until it has ended. */
export function mayTransfer({ standing, course }: Pick<FoundMatter, 'standing' | 'course'>): boolean {
  return (standing.handles || standing.approves) && course.endedOn === null;
}

/**
 * Hands a matter to another body, once per key. Nothing of the procedure moves by it: number, state and every clock stay as they are,
 * and the entry holds the last days that go on. An officer may do it as well as the head, because the times run on while somebody
 * would wait for a signature; the heads of both offices are told at once, and a wrong one is handed back the same way. Of two at
 * once one wins. Throws `matters_transfer_office`, `matters_transfer_ended`, `matters_transferred` for the office that had it,
 * `matters_changed`, `matters_key`, `matters_none`.
 */
export async function transfer(
  ctx: MatterContext,
  by: By,
  number: string,
  body: z.output<(typeof transferMatter)['body']>,
): Promise<FoundMatter> {
  const { platform } = ctx;
  const now = platform.clock.now();
  const { idempotencyKey: key, version, ...said } = body;
  const keyHash = platform.vault.mark(canonicalJson({ ...said, actor: by.actor.id }));
  return platform.records.transaction().execute(async (trx) => {
    const found = await findFile(ctx, trx, number, by, 'lock');
    const { row, log, standing, definition, course } = found;
    const before = log.find((entry) => entry.key === key);
    if (before) {
      if (before.keyHash !== keyHash) throw matterError('matters_key');
      return found;
    }
    await demandPresent(ctx, found);
    if (!standing.handles && !standing.approves) throw matterError('matters_none', { number: row.number });
    demandVersion(found, version);
    if (!mayTransfer(found)) throw matterError('matters_transfer_ended');
    const receivers = await receiversOf(ctx, trx, found);
    if (!receivers.some(({ department }) => department === body.to))
      throw matterError('matters_transfer_office', { office: body.to });
    const onDay = platform.clock.today();
    const seq = (await reckonFirst(ctx, trx, found)) + 1;
    await append(trx, now, row.id, seq, {
      ...{ kind: 'transferred', action: null, onDay, role: null, recorded: false },
      ...{ key, keyHash, actor: by.actor },
      content: {
        ...{ note: body.reason, papers: [], answers: null },
        ...{ dues: knownDues(definition, course), rules: ctx.definitions.rules },
        ...{ office: { from: row.department, to: body.to }, basis: body.basis },
      },
    });
    // The same steps give the same clocks: what is written anew is what was there.
    await settle(ctx, trx, definition, row.id, seq, course);
    await withMatters(trx)
      .insertInto('matterTransfer')
      .values({ matter: row.id, seq, fromDepartment: row.department, toDepartment: body.to, onDay })
      .execute();
    // The panel was that of the office that had it; who was recused stays so.
    await endSeats(trx, row.id, panelIn(found.seats), seq);
    await withMatters(trx)
      .updateTable('matter')
      // Nobody of the new office has taken it yet.
      .set({ department: body.to, handler: null })
      .where('id', '=', row.id)
      .execute();
    await entered(ctx, trx, now, by, found);
    // As the office that handed it on sees it from now on.
    const after = await findFile(ctx, trx, number, by);
    await tellTransferred(ctx, trx, after, {
      from: row.department,
      to: body.to,
      onDay,
      handler: row.handler,
    });
    return after;
  });
}

/** Tells the heads of both offices, the officers of the new one, whoever had it, and the parties: which body has it now, and since when. */
async function tellTransferred(
  ctx: MatterContext,
  trx: Trx,
  after: FoundMatter,
  of: { from: string; to: string; onDay: string; handler: string | null },
): Promise<void> {
  const names = await directory(ctx.platform).lookup();
  const name = (office: string) => officeName(names, office, of.onDay);
  const heads = await officersOf(ctx, trx, [of.from, of.to], MATTERS_APPROVE);
  const officers = await officersOf(ctx, trx, [of.to]);
  const accounts = after.parties.flatMap(({ account, until }) => (until === null ? [account] : []));
  const recused = recusedIn(after.seats);
  const told = new Set([...[...heads, ...officers].map(({ id }) => id), of.handler, ...accounts]);
  const title = {
    zh: `${of.onDay} 由${name(of.from).zh}移送${name(of.to).zh}办理，期限照常计算`,
    en: `Handed by ${name(of.from).en} to ${name(of.to).en} on ${of.onDay}; all times run on`,
  };
  await notify(
    trx,
    [...told].flatMap((id) =>
      id === null || recused.has(id) ? [] : [matterMessage(id, after, 'matters.transferred', title)],
    ),
  );
}
