import type * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { notify } from '#kernel/notify/notify';
import type { Records } from '#kernel/records';
import { PROOF_OF_SERVICE, type servePaper } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { dayOf } from './day.ts';
import { type By, enter, unnamed } from './entry.ts';
import { matterError } from './errors.ts';
import type { FoundMatter } from './file.ts';
import { matterMessage } from './messages.ts';
import { checkPapers, numbered, paperOf, storePapers } from './papers.ts';
import { partyOf } from './parties.ts';
import { sideOf } from './seen.ts';
import { withMatters } from './tables.ts';

/**
 * Serves a paper on a party: from then on the party sees it. With the proof of service, which becomes a paper itself. Throws
 * `matters_paper`, `matters_no_paper`, `matters_struck`, `matters_party`, `matters_file`, `matters_future`, `matters_served_today`,
 * `matters_changed`, `matters_none`.
 */
export function serve(
  ctx: MatterContext,
  by: By,
  number: string,
  no: number,
  { version, party: partyNo, how, on: named, note, proof }: z.output<(typeof servePaper)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, before) => {
    const { row, standing, log } = before;
    const paper = await paperOf(trx, row.id, no);
    if (!paper || !standing.handles) throw matterError('matters_paper', { what: String(no) });
    if (paper.struck !== null) throw matterError('matters_struck', { no });
    const party = partyOf(before, partyNo);
    const today = ctx.platform.clock.today();
    const on = dayOf(named, today, true);
    if (how === 'platform' && paper.file === null) throw matterError('matters_no_paper', { no });
    // What goes through the platform arrives when it is put there.
    if (how === 'platform' && on !== today) throw matterError('matters_served_today', { on, today });
    const { onDay } = log[paper.seq - 1]!;
    if (onDay !== null && on < onDay) throw matterError('matters_served_before', { no, on, day: onDay });
    const given = proof === undefined ? [] : [{ what: PROOF_OF_SERVICE.id, file: proof }];
    const belonging = [{ ...PROOF_OF_SERVICE, required: false, makes: false }];
    const papers = await numbered(trx, row.id, await checkPapers(trx, given, belonging, true, by.lang));
    return {
      says: {
        ...{ kind: 'served', onDay: on, note, paper: no, party: partyNo, how },
        papers: papers.map(({ no: its, what, sha256 }) => ({ no: its, what, sha256 })),
      },
      write: (seq) => storePapers(trx, row.id, seq, papers),
      tell: async (after) => {
        if (party.account === null) return;
        const title = { zh: '有文书送达，请查收', en: 'A paper was served on you' };
        await notify(trx, [matterMessage(party.account, after, 'matters.served', title)]);
      },
    };
  });
}

/** Keeps the moment at which a party first opened a paper that was served on it; later ones change nothing. */
export async function noteOpening(
  ctx: MatterContext,
  asker: By,
  found: FoundMatter,
  no: number,
): Promise<void> {
  const { row, log, standing } = found;
  const by = unnamed(asker, found);
  const { party } = standing;
  if (!party || standing.reads) return;
  const whose = sideOf(found.parties, party);
  const served = log.some(
    ({ kind, content }) => kind === 'served' && content.paper === no && whose.has(content.party ?? 0),
  );
  if (!served) return;
  const now = ctx.platform.clock.now();
  await ctx.platform.records.transaction().execute(async (trx) => {
    const first = await withMatters(trx as Records)
      .insertInto('matterOpening')
      .values({ matter: row.id, paper: no, party: party.no, at: now })
      .onConflict((c) => c.doNothing())
      .returning('at')
      .executeTakeFirst();
    if (!first) return;
    await audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId, action: 'matters.opened-paper' },
      ...{ objectType: 'matter', objectId: row.number, detail: { paper: no, party: party.no } },
    });
  });
}
