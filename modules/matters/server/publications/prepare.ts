import type * as z from 'zod';
import type { EndpointResponse } from '#kernel/http/contract';
import { newId } from '#kernel/ids';
import { notify } from '#kernel/notify/notify';
import { type MaskedPlace, maskText } from '#kernel/privacy/mask-text';
import { directory } from '#modules/parties/server/index';
import { type getPublication, MATTERS_APPROVE, type preparePublication } from '../../contract.ts';
import { answersOf } from '../matters/answers.ts';
import type { MatterContext } from '../matters/context.ts';
import { type By, enter } from '../matters/entry.ts';
import { matterError } from '../matters/errors.ts';
import { type FoundMatter, findFile } from '../matters/file.ts';
import { matterMessage } from '../matters/messages.ts';
import { officersOf } from '../matters/officers.ts';
import { applicantRole } from '../matters/standing.ts';
import { withMatters } from '../matters/tables.ts';
import { newestOf, type PublicationRow, publicationHash, publishable, stateOf } from './publication.ts';
import { paperText } from './source.ts';

type View = EndpointResponse<typeof getPublication>;

/** Fields of a form that hold somebody's name. */
const NAMING = /姓名|代表人|负责人|联系人|经营者|当事人|请求人|代理人/;

/** What is prepared or public of a matter, and a paper's text as the rules mask it. Throws `matters_none`, `matters_paper`. */
export async function publicationOf(
  ctx: MatterContext,
  by: By,
  number: string,
  paper: number | undefined,
): Promise<View> {
  const { records, clock } = ctx.platform;
  const found = await findFile(ctx, records, number, by);
  const { item } = found.definition;
  if (!found.standing.reads || !item.publication) throw matterError('matters_none', { number });
  const papers = await publishable(records, found);
  const chosen = paper === undefined ? papers[0] : papers.find(({ no }) => no === paper);
  if (paper !== undefined && !chosen) throw matterError('matters_paper', { what: String(paper) });
  const titleOf = (what: string) => item.documents.find(({ id }) => id === what)!.title;
  const newest = await newestOf(records, found.row.id);
  const names = await namesOf(ctx, found);
  return {
    papers: papers.map(({ no, what, seq, number: official }) => ({
      ...{ no, title: titleOf(what), on: found.log[seq - 1]!.onDay!, number: official },
    })),
    ends: endsOf(ctx, found),
    steps: [...item.publication.steps],
    mayRelease: found.standing.approves,
    current: newest ? currentOf(found, newest, names, clock.today()) : null,
    proposal: chosen ? await proposalOf(ctx, found, chosen, titleOf(chosen.what).zh, names) : null,
  };
}

/** Limits that end a publication, as far as today's pack has them. */
function endsOf({ platform, catalog }: MatterContext, { definition: { item } }: FoundMatter) {
  const known = new Set(platform.pack.limits.limits.map(({ id }) => id));
  return (item.publication?.ends ?? []).filter((id) => known.has(id)).map((id) => catalog.limit(id));
}

/** Names that the matter knows: of its parties, and in fields of the form that ask for one. */
async function namesOf(ctx: MatterContext, { row, parties, definition }: FoundMatter): Promise<string[]> {
  const answers = await answersOf(ctx.platform.records, row.id);
  const answered = definition.form.model.fields.flatMap(({ key, label }) => {
    const value = answers[key];
    const names = key === definition.item.form.name || NAMING.test(label.zh);
    return names && typeof value === 'string' ? [value] : [];
  });
  return [row.name, ...parties.map(({ name }) => name), ...answered];
}

function currentOf(
  { log, definition }: FoundMatter,
  row: PublicationRow,
  names: readonly string[],
  today: string,
): NonNullable<View['current']> {
  const entry = log[row.prepared - 1]!;
  const mask = definition.item.publication!.mask;
  const said = row.returned === null ? row.reason : log[row.returned - 1]!.content.note;
  return {
    ...{ id: row.id, state: stateOf(row, today), paper: row.paper },
    ...{ title: row.title, summary: row.summary, body: row.body, ends: row.ends },
    ...{ by: entry.actorName, at: entry.at.toISOString(), reason: said },
    ...{ releasedOn: row.releasedOn, until: row.until },
    left: [row.title, row.summary, row.body].flatMap((text) => placesOf(maskText(text, mask, names).places)),
  };
}

/** 当事人 where something is decided against somebody, else as the procedure calls whoever opened the matter. */
function whoIs(item: FoundMatter['definition']['item']): string {
  if (item.kind === 'penalty' || item.kind === 'ruling') return '当事人';
  return item.roles.find(({ id }) => id === applicantRole(item))!.title.zh;
}

/** Places without their offsets, each way of masking once. */
function placesOf(places: readonly MaskedPlace[]) {
  const once = new Map(places.map(({ rule, was, is }) => [`${rule} ${was}`, { rule, was, is }]));
  return [...once.values()];
}

async function proposalOf(
  ctx: MatterContext,
  found: FoundMatter,
  paper: Awaited<ReturnType<typeof publishable>>[number],
  title: string,
  names: readonly string[],
): Promise<NonNullable<View['proposal']>> {
  const { row, log, definition } = found;
  const { mask } = definition.item.publication!;
  const original = await paperText(ctx, row.id, paper.no);
  const { text, places } = maskText(original ?? '', mask, names);
  const on = log[paper.seq - 1]!.onDay!;
  const office = (await directory(ctx.platform).lookup()).departmentName(row.department, on)?.zh;
  const lines = [
    ['文书', `${title}${paper.number ?? ''}`],
    [whoIs(definition.item), row.name],
    ['事由', row.subject],
    ...(definition.item.kind === 'penalty'
      ? [
          ['违法行为类型', ''],
          ['行政处罚内容', ''],
        ]
      : []),
    ['作出机关', office ?? ''],
    ['作出日期', on],
  ];
  const summary = lines.map(([name, value]) => `${name}：${value}`).join('\n');
  return {
    ...{ paper: paper.no, title: `${title} ${paper.number ?? row.subject}`.slice(0, 200) },
    summary: maskText(summary, mask, names).text,
    ...{ original, body: text, masked: placesOf(places) },
  };
}

/**
 * Prepares what is to be published; the heads are told. The same again changes nothing. Throws `matters_paper` for one that is not
 * published, `matters_publication_ends`, `matters_publication_blank`, `matters_changed`, `matters_none`.
 */
export function prepare(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, ...said }: z.output<(typeof preparePublication)['body']>,
): Promise<FoundMatter> {
  return enter(ctx, by, number, version, async (trx, found) => {
    const { row, standing, definition } = found;
    if (!standing.handles || !definition.item.publication) throw matterError('matters_none', { number });
    const papers = await publishable(trx, found);
    if (!papers.some(({ no }) => no === said.paper))
      throw matterError('matters_paper', { what: String(said.paper) });
    const ends = endsOf(ctx, found);
    if (ends.length > 0 ? !ends.some(({ id }) => id === said.ends) : said.ends !== null)
      throw matterError('matters_publication_ends');
    const blank = /^([^：:\n]{1,30})[：:]\s*$/m.exec(said.summary);
    if (blank) throw matterError('matters_publication_blank', { name: blank[1] });
    const hash = publicationHash(said);
    const newest = await newestOf(trx, row.id);
    if (
      newest &&
      stateOf(newest, ctx.platform.clock.today()) === 'prepared' &&
      publicationHash(newest) === hash
    )
      return null;
    return {
      says: { kind: 'prepared', publication: hash },
      write: (seq) =>
        withMatters(trx)
          .insertInto('matterPublication')
          .values({
            ...{ id: newId(), matter: row.id, item: row.item, department: row.department, prepared: seq },
            ...said,
            ...{ released: null, returned: null, releasedOn: null, until: null },
            ...{ down: null, downOn: null, reason: null, replacedBy: null },
          })
          .execute(),
      tell: async (after) => {
        const heads = await officersOf(ctx, trx, [row.department], MATTERS_APPROVE);
        const title = { zh: '有公示稿待审核', en: 'A publication waits for your review' };
        await notify(
          trx,
          heads
            .filter(({ id }) => id !== by.actor.id)
            .map(({ id }) => matterMessage(id, after, 'matters.prepared', title)),
        );
      },
    };
  });
}
