import type { Actor } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { WebhookSource } from '#modules/webhooks/server/index';
import { MATTER_WEBHOOKS, MATTERS_READ, type MatterWebhook, MatterWebhookData } from '../../contract.ts';
import { officeName } from '../catalog/portals.ts';
import type { MatterContext } from './context.ts';
import { coursesOf, eraAt } from './eras.ts';
import { type FoundMatter, findEntry, officeAt, partiesOf, transfersOf } from './file.ts';
import { entryOf } from './happened.ts';
import { officersOf, officesOf } from './officers.ts';
import { paperOf } from './papers.ts';
import { sightOf } from './seen.ts';
import { type LogRow, withMatters } from './tables.ts';

const TITLES: Record<MatterWebhook, Text> = {
  [MATTER_WEBHOOKS.opened]: { zh: '收到办件', en: 'A matter was opened' },
  [MATTER_WEBHOOKS.step]: { zh: '办理步骤', en: 'A step was taken' },
  [MATTER_WEBHOOKS.lastDay]: {
    zh: '期限因日历或法规变动而改变',
    en: 'A last day moved with the calendar or a limit',
  },
  [MATTER_WEBHOOKS.version]: { zh: '换用其他版本', en: 'Moved to another version of the item' },
  [MATTER_WEBHOOKS.transferred]: { zh: '移送其他机构', en: 'Handed to another body' },
  [MATTER_WEBHOOKS.served]: { zh: '文书送达', en: 'A paper was served' },
  [MATTER_WEBHOOKS.struck]: { zh: '文书作废', en: 'A paper was struck out' },
  [MATTER_WEBHOOKS.message]: { zh: '新的留言', en: 'Somebody wrote a message' },
};

/**
 * Entries of matters, for webhooks. Whoever belongs to an office hears of the matters that it has, and parties with an account of theirs; of each the
 * entries that it may read in the log and no others.
 */
export function matterWebhooks(ctx: MatterContext): WebhookSource {
  const { platform } = ctx;
  return {
    id: 'matters',
    title: { zh: '办件', en: 'Matters' },
    types: Object.values(MATTER_WEBHOOKS).map((id) => ({
      ...{ id, title: TITLES[id], data: MatterWebhookData[id] },
    })),
    about: (actor) => aboutOf(ctx, actor),
    narrow: {
      title: { zh: '哪些事项', en: 'Which services' },
      options: async () => {
        const today = platform.clock.today();
        return [...new Set(platform.pack.items.map(({ id }) => id))].map((id) => ({
          ...{ id, title: ctx.catalog.find(id, today)!.title },
        }));
      },
    },
    audience: (ref) => audienceOf(ctx, ref),
    tell: async (_, ref, actor) => {
      const { matter, seq } = entryOf(ref);
      const found = await findEntry(ctx, matter, seq, actor);
      return found && (await isShown(ctx, found.file, found.entry)) ? told(ctx, found) : null;
    },
  };
}

async function aboutOf(ctx: MatterContext, actor: Actor): Promise<Text> {
  const offices = officesOf(ctx, actor);
  if (offices.length === 0)
    return { zh: '您作为当事人或者代理人的办件', en: 'Matters in which you are a party or an agent' };
  const lookup = await directory(ctx.platform).lookup();
  const names = offices.map((office) => officeName(lookup, office, ctx.platform.clock.today()));
  return {
    zh: `${names.map(({ zh }) => zh).join('、')}的办件，以及您作为当事人的办件；回避的除外`,
    en: `Matters of ${names.map(({ en }) => en).join(', ')}, and those in which you are a party; not those from which you were recused`,
  };
}

/** Who may hear of an entry, before each is asked for: the office that had the matter then, the one that it went to, and parties. */
async function audienceOf(ctx: MatterContext, ref: string) {
  const { records } = ctx.platform;
  const { matter, seq } = entryOf(ref);
  const row = await withMatters(records)
    .selectFrom('matter')
    .select(['item', 'department'])
    .where('id', '=', matter)
    .executeTakeFirst();
  if (!row) return null;
  const transfers = await transfersOf(records, matter);
  // With the entry of a transfer the matter leaves one office and comes to another: both hear of it.
  const offices = [seq, seq + 1].map((at) => officeAt(row.department, transfers, at));
  const there = transfers.some((one) => one.seq === seq) ? offices : offices.slice(0, 1);
  const officers = await officersOf(ctx, records, there, MATTERS_READ);
  const parties = await partiesOf(records, matter);
  const accounts = [...officers.map(({ id }) => id), ...parties.flatMap(({ account }) => account ?? [])];
  return { topic: row.item, accounts: [...new Set(accounts)] };
}

/** Would whoever asks find the entry in the log? */
async function isShown(ctx: MatterContext, file: FoundMatter, entry: LogRow): Promise<boolean> {
  const sight = sightOf(file);
  if (!sight.entry(entry)) return false;
  const { dues, paper: no } = entry.content;
  if (entry.kind === 'reckoned') return dues.some(({ clock }) => sight.clock(clock));
  if (entry.kind !== 'struck') return true;
  const paper = await paperOf(ctx.platform.records, file.row.id, no!);
  return paper !== undefined && sight.paper(paper, file.log[paper.seq - 1]);
}

/** The least that lets another system keep up; it reads the rest through the API. */
function told(ctx: MatterContext, { file, entry }: { file: FoundMatter; entry: LogRow }) {
  const { row, eras, log } = file;
  const { item, procedure } = eraAt(eras, entry.seq).definition;
  const before = log.filter((one) => one.seq < entry.seq && one.kind === 'step').length;
  const states = coursesOf(eras, log).courses.map(({ state }) => state.id);
  const isStep = entry.kind === 'step';
  const path = `/api/matters/${encodeURIComponent(row.number)}`;
  const origin = ctx.platform.config.ZC_ORIGIN;
  const sight = sightOf(file);
  const { content } = entry;
  return {
    ...{ number: row.number, item: item.id, itemFrom: item.from },
    ...{ entry: entry.seq, hash: entry.hash, day: entry.onDay },
    state: states[isStep ? before : before - 1] ?? row.state,
    link: origin ? new URL(path, origin).href : path,
    ...(isStep && { step: entry.action, from: states[before - 1] ?? null }),
    ...(content.definition && {
      version: { from: eraAt(eras, entry.seq - 1).definition.item.from, to: item.from },
    }),
    ...(['reckoned', 'migrated'].includes(entry.kind) && {
      moved: content.dues
        .filter(({ clock }) => sight.clock(clock))
        .map(({ clock, was, due }) => ({ limit: procedure.limitOf(clock).id, was, due })),
    }),
    ...(content.office && { office: content.office }),
    ...(['served', 'struck'].includes(entry.kind) && { paper: content.paper }),
  };
}
