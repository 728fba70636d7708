import type * as z from 'zod';
import { canonicalJson } from '#kernel/ids';
import type { Trx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import type { actOnMatter, assignMatter, strikePaper } from '../../contract.ts';
import { courseError } from '../course/errors.ts';
import { makeDocument } from '../documents/make.ts';
import { publicStep } from '../publications/release.ts';
import { feedRegisters } from '../registers/feed.ts';
import { rewardOfStep } from '../rewards/reward.ts';
import { answersOf } from './answers.ts';
import type { MatterContext } from './context.ts';
import { dayOf } from './day.ts';
import { type By, demandPresent, demandVersion, enter, entered, unnamed } from './entry.ts';
import { matterError } from './errors.ts';
import { type FoundMatter, findFile } from './file.ts';
import { append } from './log.ts';
import { tellAssigned, tellStep } from './messages.ts';
import { officersFor } from './officers.ts';
import { checkPapers, numbered, paperOf, papersFor, storePapers } from './papers.ts';
import { reckonFirst } from './reckon.ts';
import { knownDues, settle } from './settle.ts';
import { mayAct } from './standing.ts';
import { withMatters } from './tables.ts';

/** Steps of a matter after which parties come to the office: none of them fills the log without end. */
const PARTIES_STEPS = 300;

/**
 * Takes a step, once per key. Of two who act at once on the same version one wins, and the other gets `matters_changed` with who
 * was first. Throws besides `matters_none`, `matters_not_yours`, `matters_key`, `matters_future`, `matters_past`, `matters_paper`,
 * `matters_file`, `matters_on_paper`, `matters_template_old`, `matters_publication_own`, `matters_publication_today`, `matters_reward`, `matters_reward_rule`, and `course_*` for what the procedure does not allow.
 */
export async function act(
  ctx: MatterContext,
  asker: By,
  number: string,
  actionId: string,
  body: z.output<(typeof actOnMatter)['body']>,
): Promise<FoundMatter> {
  const { platform } = ctx;
  const now = platform.clock.now();
  const { idempotencyKey: key, version, ...step } = body;
  return platform.records.transaction().execute(async (trx) => {
    const found = await findFile(ctx, trx, number, asker, 'lock');
    const by = unnamed(asker, found);
    const keyHash = platform.vault.mark(canonicalJson({ ...step, action: actionId, actor: by.actor.id }));
    const { row, definition, steps, log, standing } = found;
    const before = log.find((entry) => entry.key === key);
    if (before) {
      if (before.keyHash !== keyHash) throw matterError('matters_key');
      return found;
    }
    await demandPresent(ctx, found);
    demandVersion(found, version);
    const { item, procedure } = definition;
    const action = item.actions.find(({ id }) => id === actionId);
    if (!action) throw courseError('course_action', { step: steps.length + 1, action: actionId });
    const role = item.roles.find(({ id }) => id === action.by)!;
    const how = mayAct(standing, role);
    if (!how)
      throw matterError('matters_not_yours', {
        ...{ action: action.title.zh, action_en: action.title.en },
        ...{ role: role.title.zh, role_en: role.title.en },
      });
    if (how === 'own' && !standing.reads && steps.length >= PARTIES_STEPS)
      throw matterError('matters_long', { limit: PARTIES_STEPS });
    const on = dayOf(body.on, platform.clock.today(), standing.handles || standing.approves);
    const course = procedure.next(found.course, { action: action.id, on }, steps.length + 1);
    const belonging = papersFor(definition, action.id, await answersOf(trx, row.id));
    const office = standing.handles || standing.approves;
    const papers = await numbered(
      trx,
      row.id,
      await givenOrMade(ctx, trx, found, body.papers, { belonging, on, office, lang: by.lang }),
    );
    const reward = rewardOfStep(ctx, found, action.id, body.reward);
    const said = { action: action.id, on, note: body.note, by };
    const inPublic = await publicStep(ctx, trx, found, said);
    const seq = (await reckonFirst(ctx, trx, found)) + 1;
    const fed = await feedRegisters(ctx, trx, found, { action: action.id, on, key, by });
    await append(trx, now, row.id, seq, {
      ...{ kind: 'step', action: action.id, onDay: on, role: role.id, recorded: how === 'recorded' },
      ...{ key, keyHash, actor: by.actor },
      content: {
        note: body.note,
        papers: papers.map(({ no, what, sha256: hash, template }) => ({
          ...{ no, what, sha256: hash },
          ...(template && { template }),
        })),
        answers: null,
        dues: knownDues(definition, course),
        rules: ctx.definitions.rules,
        ...(how === 'own' && standing.party && { party: standing.party.no }),
        ...(reward && { reward }),
        ...(fed.length > 0 && { fed }),
        ...(inPublic.hash !== null && { publication: inPublic.hash }),
      },
    });
    await storePapers(trx, row.id, seq, papers);
    await inPublic.write(seq);
    const made = papers.flatMap(({ no, number: given }) => (given === null ? [] : [no]));
    await ctx.pdf?.queue(trx, row.id, made);
    await settle(ctx, trx, definition, row.id, seq, course);
    const after = await entered(ctx, trx, now, by, found);
    await tellStep(ctx, trx, after, by.actor.id);
    return after;
  });
}

/** The papers of a step: those that were sent, and those that the platform makes of what the office writes. */
async function givenOrMade(
  ctx: MatterContext,
  trx: Trx,
  found: FoundMatter,
  papers: z.output<(typeof actOnMatter)['body']>['papers'],
  how: { belonging: ReturnType<typeof papersFor>; on: string; office: boolean; lang: Lang },
) {
  const written = papers.flatMap(({ what, text, to }) =>
    text === undefined ? [] : [{ what, text, to: to ?? found.row.name }],
  );
  const sent = papers.flatMap(({ what, text, file }) => (text === undefined ? [{ what, file }] : []));
  const belonging = how.belonging.map((one) => ({
    ...one,
    required: one.required && !written.some(({ what }) => what === one.id),
  }));
  const taken = await checkPapers(trx, sent, belonging, how.office, how.lang);
  for (const { what, text, to } of written) {
    if (!how.office || !belonging.some(({ id, makes }) => makes && id === what))
      throw matterError('matters_paper', { what: what.slice(0, 60) });
    // A document bears the day on which it was made, and its number the place in that year's series.
    const today = ctx.platform.clock.today();
    if (how.on !== today) throw matterError('matters_made_today', { on: how.on, today });
    taken.push(await makeDocument(ctx, trx, found, { what, text, to }));
  }
  return taken;
}

/** Gives a matter to an officer of its office, or back. Throws `matters_officer`, `matters_changed`, `matters_none`. */
export function assign(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, handler, note }: z.output<(typeof assignMatter)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing } = found;
    // Whoever applied sees the matter, and gives it to nobody.
    if (!standing.reads) throw matterError('matters_none', { number: row.number });
    if (row.handler === handler) return null;
    const officers = await officersFor(ctx, trx, found);
    const officer = handler === null ? null : officers.find(({ id }) => id === handler);
    if (officer === undefined)
      throw matterError('matters_officer', { account: String(handler).slice(0, 60) });
    return {
      says: { kind: 'assigned', note, handler: officer },
      write: () => withMatters(trx).updateTable('matter').set({ handler }).where('id', '=', row.id).execute(),
      tell: (after) => tellAssigned(ctx, trx, after, by.actor.id),
    };
  });
}

/** Strikes a paper out: it stays where it is, with the reason. Throws `matters_struck`, `matters_changed`, `matters_none`. */
export function strike(
  ctx: MatterContext,
  by: By,
  number: string,
  no: number,
  { version, reason }: z.output<(typeof strikePaper)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, { row, standing }) => {
    const paper = await paperOf(trx, row.id, no);
    if (!paper || !standing.handles) throw matterError('matters_paper', { what: String(no) });
    if (paper.struck !== null) throw matterError('matters_struck', { no });
    return {
      says: { kind: 'struck', note: reason, paper: no },
      write: (seq) =>
        withMatters(trx)
          .updateTable('matterPaper')
          .set({ struck: seq })
          .where('matter', '=', row.id)
          .where('no', '=', no)
          .execute(),
    };
  });
}
