import { Readable } from 'node:stream';
import type { CalendarDate } from '#kernel/calendar/date';
import { fixedClock } from '#kernel/clock';
import type { Answers } from '#kernel/conditions';
import { evidenceTypes } from '#kernel/files/files';
import { uuidOf } from '#kernel/ids';
import { readFact, writeFact } from '#kernel/installation';
import { type Platform, withClock } from '#kernel/module';
import { type Actor, anonymous } from '#kernel/policy/policy';
import { MATTERS_APPROVE, MATTERS_HANDLE } from '../../contract.ts';
import { act, assign } from '../matters/act.ts';
import type { MatterContext } from '../matters/context.ts';
import type { MatterFile } from '../matters/file.ts';
import { hrefOf } from '../matters/messages.ts';
import { officersOf } from '../matters/officers.ts';
import { formContext, open } from '../matters/open.ts';
import { type GivenPaper, PAPER, papersFor } from '../matters/papers.ts';
import { rate } from '../matters/rating.ts';
import { applicantRole } from '../matters/standing.ts';
import { withMatters } from '../matters/tables.ts';
import { transfer } from '../matters/transfers.ts';
import { prepare, publicationOf } from '../publications/prepare.ts';
import { ruleOf } from '../rewards/reward.ts';
import { madeUpAnswers } from './answers.ts';
import { type PlannedMatter, planMatters } from './plan.ts';

/** Remembers for which day the demonstration was planned: an interrupted start goes on with the same plan. */
const FACT = 'matters.demo';
/** Stands for a step that no matter has, in the key with which one is handed on. */
const HANDED = 1000;
/** Days after which a message was read. */
const READ_AFTER = 7;

/** Who works in an office. */
interface Office {
  officer: Actor;
  /** Has every third of the matters that are given; where there is one. */
  second: Actor | null;
  head: Actor | null;
}

/** A matter while it is being made. */
interface Making extends PlannedMatter {
  key: (step: number) => string;
  /** Handed in by a visitor, not at the counter. */
  online: boolean;
  /** Through which portal it comes, and to which office it is handed at last. */
  portal: string | null;
  handTo: string | null;
  answers: Answers;
  file: MatterFile | null;
}

/** Something that is done at a moment. */
interface Deed {
  at: Date;
  of: Making;
  /** The place of a step; or it is given to an officer, rated by who applied, or handed to another office. */
  what: number | 'give' | 'rate' | 'hand';
}

/**
 * Demonstration: matters over the items of the pack, opened and acted on by the real use cases on a platform whose clock stands
 * where each step fell. Officers are the accounts of the offices; an office without one has no matters.
 */
export async function loadDemoMatters(ctx: MatterContext): Promise<void> {
  const { platform } = ctx;
  const { pack, records } = platform;
  const now = platform.clock.now();
  const today = ((await readFact(records, FACT)) as CalendarDate | undefined) ?? platform.clock.today();
  await writeFact(records, FACT, today);
  const offices = await officesWithStaff(ctx);
  const staffed = new Map([...offices].map(([id, { head }]) => [id, { head: head !== null }]));
  const reading = await formContext(ctx);
  const makings = planMatters(pack, today, staffed).flatMap((planned, place): Making[] => {
    const { definition, steps, random } = planned;
    const { item, form } = definition;
    const online = item.opens === 'application' && random.chance(0.5);
    const { data: answers, issues } = form.read(
      madeUpAnswers(pack, item, form.model, random, steps[0]!.on),
      reading,
    );
    if (issues.length > 0) {
      platform.log.warn({ item: item.id, issues: issues.slice(0, 3) }, 'demonstration matter left out');
      return [];
    }
    const key = (step: number) => uuidOf(`matters demo ${pack.city.id} ${place} ${step}`);
    const portal = online && place % 3 === 0 ? portalFor(ctx, planned, place / 3) : null;
    return [{ ...planned, answers, online, portal, handTo: null, key, file: null }];
  });
  await planTransfer(ctx, makings);
  const clock = fixedClock(now.toISOString());
  const then = { ...ctx, platform: withClock(platform, clock) };
  const paper = paperMaker(platform);
  for (const deed of makings.flatMap((making) => deedsOf(making, now)).sort((a, b) => +a.at - +b.at)) {
    clock.set(deed.at.toISOString());
    const begun = new Date();
    const office = offices.get(deed.of.definition.item.keeper.department)!;
    if (deed.what === 'give') deed.of.file = await give(then, office, deed.of.file!);
    else if (deed.what === 'rate') deed.of.file = await content(then, deed.of);
    else if (deed.what === 'hand') deed.of.file = await hand(then, office, deed.of);
    else deed.of.file = await take(then, office, deed.of, deed.what, paper);
    await dateMessages(platform, deed.of.file.row.number, begun, deed.at, now);
  }
}

/** Offices of the items with their accounts. */
async function officesWithStaff(ctx: MatterContext): Promise<Map<string, Office>> {
  const { policy, records, pack } = ctx.platform;
  const staff = async (organisation: string, permission: string, place = 0): Promise<Actor | null> => {
    const account = (await officersOf(ctx, records, [organisation], permission))[place];
    if (!account) return null;
    const grants = policy.permissions
      .get(permission)!
      .roles.map((role) => ({ role, organisation, region: null }));
    return { ...account, kind: 'user', grants, via: 'session' };
  };
  const offices = new Map<string, Office>();
  for (const department of new Set(pack.items.map(({ keeper }) => keeper.department))) {
    const officer = await staff(department, MATTERS_HANDLE);
    const second = await staff(department, MATTERS_HANDLE, 1);
    if (officer) offices.set(department, { officer, second, head: await staff(department, MATTERS_APPROVE) });
  }
  return offices;
}

/** A portal that has an item as the city has it; each in its turn. */
function portalFor({ platform, catalog }: MatterContext, { definition, steps }: PlannedMatter, turn: number) {
  const { item } = definition;
  const { portals } = catalog;
  const may = platform.pack.portals.filter(
    (portal) =>
      portals.has(portal, item) &&
      portals.keeper(portal, item, steps[0]!.on).department === item.keeper.department,
  );
  return may[turn % Math.max(may.length, 1)]?.id ?? null;
}

/** One matter that runs comes through a portal behind which somebody acts, and is handed to that office. */
async function planTransfer(ctx: MatterContext, makings: readonly Making[]): Promise<void> {
  const may = makings.filter((one) => one.online && !hasEnded(one));
  // A question may be for anybody to answer; a dispute is seldom.
  const running = may.find(({ definition }) => definition.item.group === 'information') ?? may[0];
  if (!running) return;
  const { item } = running.definition;
  for (const { id, office } of ctx.platform.pack.portals) {
    const elsewhere = office !== item.keeper.department && portalFor(ctx, running, 0) !== null;
    if (!elsewhere || (await officersOf(ctx, ctx.platform.records, [office])).length === 0) continue;
    Object.assign(running, { portal: id, handTo: office });
    return;
  }
}

/** Is the last step that is planned an end? */
function hasEnded({ definition: { item }, steps }: PlannedMatter): boolean {
  const end = item.actions.find(({ id }) => id === steps.at(-1)!.action)!.to;
  return item.states.some((state) => state.end && state.id === end);
}

/** What is done in a matter, each deed at an hour of its day that has come. */
function deedsOf(of: Making, now: Date): Deed[] {
  const { random, steps } = of;
  const given = random.chance(0.6);
  const rated = of.online && hasEnded(of) && random.chance(0.7);
  return steps.flatMap(({ on }, step): Deed[] => {
    const minutes = random.int(9 * 60, 16 * 60);
    const at = (later: number) => {
      const [hour, minute] = [Math.floor((minutes + later) / 60), (minutes + later) % 60];
      const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
      return new Date(Math.min(+new Date(`${on}T${time}:00+08:00`), +now));
    };
    const deed: Deed = { at: at(0), of, what: step };
    const last = step === steps.length - 1;
    if (last && rated) return [deed, { at: at(random.int(60, 120)), of, what: 'rate' }];
    if (last && of.handTo) return [deed, { at: at(random.int(60, 120)), of, what: 'hand' }];
    return step === 0 && given && !of.handTo
      ? [deed, { at: at(random.int(10, 55)), of, what: 'give' }]
      : [deed];
  });
}

/** Opens the matter or takes the next step, as the party with its code or as the office. */
async function take(
  ctx: MatterContext,
  { officer, head }: Office,
  { definition, steps, key, online, portal, answers, file, random }: Making,
  step: number,
  paper: (title: string) => Promise<string>,
): Promise<MatterFile> {
  const { item } = definition;
  const action = item.actions.find(({ id }) => id === steps[step]!.action)!;
  const { side } = item.roles.find(({ id }) => id === action.by)!;
  const own = online && action.by === applicantRole(item);
  const actor = own ? anonymous : side === 'head' ? head! : officer;
  const by = { actor, requestId: null, lang: 'zh' as const };
  const idempotencyKey = key(step);
  /** Papers come as files from a party; the office notes some that it has on paper. */
  const papers: GivenPaper[] = [];
  for (const { id, title, required } of papersFor(definition, action.id, answers))
    if (required || random.chance(0.6))
      papers.push({ what: id, file: own || random.chance(0.5) ? await paper(title.zh) : null });
  const through = portal === null ? {} : { portal };
  if (!file)
    return open(ctx, by, {
      ...{ item: item.id, form: { ...answers }, materials: papers, idempotencyKey, ...through },
    });
  // Made once more, it was published then, and may have come down since.
  const before = file.log.some((entry) => entry.key === idempotencyKey);
  if (item.publication?.steps.includes(action.id) && !before)
    file = await publicationOfDemo(ctx, officer, file);
  const { number, version } = file.row;
  const code = file.parties[0]?.code;
  const note = own || random.chance(0.7) ? '' : `${action.title.zh}（演示）`;
  const body = { version, idempotencyKey, note, papers, ...rewardOfDemo(ctx, file, action.id, random) };
  return act(ctx, { ...by, ...(own && code !== undefined && { code }) }, number, action.id, body);
}

/** What a reward is computed from, with the step that proposes one. */
function rewardOfDemo(
  { platform }: MatterContext,
  file: MatterFile,
  step: string,
  random: PlannedMatter['random'],
) {
  if (file.definition.item.reward?.propose !== step) return {};
  const rule = ruleOf(platform.pack, file);
  if (!rule) return {};
  const base = random.int(1, 40) * 500_000;
  return { reward: { grade: random.pick(rule.grades).id, base, insider: false } };
}

/** Prepares what the next step publishes, from the newest document that may be; without one it was published elsewhere. */
async function publicationOfDemo(ctx: MatterContext, officer: Actor, file: MatterFile): Promise<MatterFile> {
  const by = { actor: officer, requestId: null, lang: 'zh' as const };
  const { number, version } = file.row;
  const { proposal, ends } = await publicationOf(ctx, by, number, undefined);
  if (!proposal) return file;
  const { paper, title } = proposal;
  const summary = proposal.summary.replaceAll(/[：:]$/gm, '：见正文（演示）');
  const body = proposal.body || '正文见作出机关存档的文书（演示）。';
  return prepare(ctx, by, number, { version, paper, title, summary, body, ends: ends[0]?.id ?? null });
}

/** Rates a matter that has ended, as whoever applied for it does: most are content. */
function content(ctx: MatterContext, { file, random }: Making): Promise<MatterFile> {
  const { row, parties } = file!;
  const by = { actor: anonymous, requestId: null, lang: 'zh' as const, code: parties[0]!.code };
  const score = random.pick([5, 5, 5, 4, 4, 3, 2] as const);
  return rate(ctx, by, row.number, { score, words: score < 4 ? '等待时间较长（演示）' : '' });
}

/** Hands a matter to another office, by the officer. */
function hand(ctx: MatterContext, { officer }: Office, { file, handTo, key }: Making): Promise<MatterFile> {
  const { number, version } = file!.row;
  return transfer(ctx, { actor: officer, requestId: null, lang: 'zh' }, number, {
    ...{ version, to: handTo!, idempotencyKey: key(HANDED) },
    ...{ reason: '事情发生在当地，由当地办理更便于核实（演示）', basis: '演示，没有法律依据' },
  });
}

/** Gives a matter to one of the officers, by the head where there is one. */
function give(
  ctx: MatterContext,
  { officer, second, head }: Office,
  { row }: MatterFile,
): Promise<MatterFile> {
  const by = { actor: head ?? officer, requestId: null, lang: 'zh' as const };
  const theirs = second !== null && Number(/(\d+)号$/.exec(row.number)?.[1] ?? 0) % 3 === 0;
  const handler = theirs ? second.id : officer.id;
  return assign(ctx, by, row.number, { version: row.version, handler, note: '' });
}

/** Stores papers, one for each title: made again it is the same file. */
function paperMaker({ records, files, config }: Platform): (title: string) => Promise<string> {
  const made = new Map<string, string>();
  return async (title) => {
    const name = `${title.slice(0, 80)}（演示）.txt`;
    const known =
      made.get(name) ??
      (
        await withMatters(records)
          .selectFrom('storedFile')
          .select('id')
          .where('purpose', '=', PAPER)
          .where('ownerId', 'is', null)
          .where('name', '=', name)
          .orderBy('id')
          .limit(1)
          .executeTakeFirst()
      )?.id;
    const id =
      known ??
      (
        await files.put(Readable.from([Buffer.from(`${title}\n\n演示材料，内容均为虚构。\n`)]), {
          ...{ name, ownerId: null, purpose: PAPER },
          ...{ limit: config.ZC_EVIDENCE_LIMIT, allowed: evidenceTypes },
        })
      ).id;
    made.set(name, id);
    return id;
  };
}

/** Messages carry the moment at which they came; those of last week and before were read. */
async function dateMessages(
  { records }: Platform,
  number: string,
  begun: Date,
  at: Date,
  now: Date,
): Promise<void> {
  const read = +now - +at > READ_AFTER * 86_400_000;
  await records
    .updateTable('notification')
    .set({ createdAt: at, ...(read && { readAt: new Date(+at + 3_600_000) }) })
    .where('href', '=', hrefOf(number))
    .where('createdAt', '>=', begun)
    .execute();
}
