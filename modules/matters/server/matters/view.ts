import { shanghaiToday } from '#kernel/calendar/date';
import type { CityLookup } from '#kernel/city/lookup';
import type { Answers } from '#kernel/conditions';
import { showField } from '#kernel/fields/show';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Records, Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import { type getMatter, PROOF_OF_SERVICE } from '../../contract.ts';
import { officeName } from '../catalog/portals.ts';
import { clockView, possibleView } from '../course/answer.ts';
import { withDocuments } from '../documents/tables.ts';
import { OWN_FORM, versionsInForce } from '../documents/templates/force.ts';
import { publicationView } from '../publications/publication.ts';
import { rewardView } from '../rewards/reward.ts';
import { alikeOf, NOTHING_ALIKE } from './alike.ts';
import { answersOf } from './answers.ts';
import type { MatterContext } from './context.ts';
import { mayWrite, messagesView } from './correspondence.ts';
import { awayFrom, awayOn } from './cover.ts';
import { inEras } from './eras.ts';
import type { FoundMatter, MatterFile } from './file.ts';
import { mayMigrate } from './migrate.ts';
import { officersFor, recusedIn } from './officers.ts';
import { alsoKey } from './open.ts';
import { papersFor } from './papers.ts';
import { mayJoin } from './parties.ts';
import { mayRate, ratingOf } from './rating.ts';
import { recusableIn, seatsView } from './seats.ts';
import { sideOf, sightOf } from './seen.ts';
import { applicantRole, isOffice, keepsNames, mayAct } from './standing.ts';
import { withMatters } from './tables.ts';
import { mayTransfer, receiversOf } from './transfers.ts';

type View = EndpointResponse<typeof getMatter>;

/** Who enters what no role of the procedure does. */
const OFFICE: Text = { zh: '承办机构', en: 'The office' };

/** What a paper or a step of the form is called. */
function titleOf({ eras }: MatterFile, what: string): Text {
  return (
    inEras(eras, (item) =>
      [...item.documents, ...item.materials, PROOF_OF_SERVICE].find(({ id }) => id === what),
    )?.title ?? { zh: what, en: what }
  );
}

/** A role as the procedure calls it; what no role did the office did. */
export function roleOf({ eras }: MatterFile, id: string | null): View['next'][number]['by'] {
  const role = inEras(eras, (item) => item.roles.find((one) => one.id === id));
  return role ? { title: role.title, side: role.side } : { title: OFFICE, side: 'office' };
}

/** A matter as its asker may see it. */
export async function matterView(ctx: MatterContext, db: Records | Trx, found: FoundMatter): Promise<View> {
  const { row, definition, course, standing, parties, log } = found;
  const sight = sightOf(found);
  const { item, procedure } = definition;
  const { past } = standing;
  const today = ctx.platform.clock.today();
  // An office that handed the matter on sees how the clocks stood then, and not what would have become of them.
  const seenOn = past?.onDay ?? today;
  const names = await directory(ctx.platform).lookup();
  const sealed = sight.answers && log.some(({ content }) => content.sealed !== undefined);
  const rating = course.endedOn === null ? undefined : await ratingOf(db, row.id);
  const ifUsed = new Set(item.clocks.filter((clock) => clock.ifUsed).map(({ id }) => id));
  const answers = await answersOf(db, row.id);
  const name = sight.party(1) ? row.name : '';
  // What was done in time and is entered later, the office records; nobody else names an earlier day.
  const missed = standing.handles || standing.approves ? procedure.missed(course, today) : [];
  const may = (
    past
      ? []
      : [
          ...procedure.possible(course, today).map((one) => ({ ...one, notAfter: null })),
          ...missed.map((one) => ({ ...one, notBefore: null })),
        ]
  ).filter(({ action }) => sight.action(action.id));
  const receivers = mayTransfer(found) ? await receiversOf(ctx, db, found) : [];
  const inForce = standing.reads ? await versionsInForce(db, row.item) : null;
  const next = may.map((possible) => {
    const { action } = possible;
    const how = mayAct(standing, item.roles.find(({ id }) => id === action.by)!);
    const papers = papersFor(definition, action.id, answers).map((paper) => ({
      ...paper,
      to: item.documents.find(({ id }) => id === paper.id)?.to === 'other' ? '' : name,
      template: inForce && paper.makes ? (inForce.get(paper.id) ?? OWN_FORM) : null,
    }));
    const { notAfter } = possible;
    return {
      ...possibleView(item, possible),
      notAfter,
      mine: how !== null,
      recorded: how === 'recorded',
      papers,
    };
  });
  return {
    number: row.number,
    item: { id: item.id, title: item.title, from: item.from, to: item.to },
    department: { id: row.department, name: officeName(names, row.department, today) },
    portal: ctx.catalog.portals.named(row.portal),
    transfers: transfersView(found, names),
    past: past !== null,
    transferTo: receivers.map(({ department, ...may }) => ({
      ...{ id: department, name: officeName(names, department, today) },
      ...may,
    })),
    ...{ name, subject: row.subject, version: row.version },
    ...{ openedOn: row.openedOn, openedAt: row.openedAt.toISOString() },
    ...{ state: course.state.title, endedOn: row.endedOn },
    handler: standing.reads ? await handlerOf(db, row.handler) : null,
    away: standing.reads ? await awayView(ctx, db, found) : null,
    officers: standing.reads ? await officersFor(ctx, db, found) : [],
    today,
    code: standing.party?.code ?? null,
    parties: parties
      .filter(({ no }) => sight.party(no))
      .map(({ no, role, name: called, actsFor, account, since, until }) => ({
        ...{
          no,
          role: roleOf(found, role),
          name: called,
          agent: actsFor !== null,
          account: account !== null,
        },
        since: shanghaiToday(log[since - 1]!.at),
        until: until === null ? null : shanghaiToday(log[until - 1]!.at),
      })),
    me: standing.reads ? null : (standing.party?.no ?? null),
    // Where an identity is kept in the vault no other name is entered for that side.
    admits: standing.handles
      ? item.roles
          .filter(
            ({ id, side }) => side === 'party' && !(keepsNames(definition) && id === applicantRole(item)),
          )
          .map(({ id, title }) => ({ id, title }))
      : [],
    messages: await messagesView(db, found),
    form: sight.answers ? await formView(ctx, found, answers) : [],
    papers: await papersOf(ctx, db, found),
    clocks: course.runs
      .filter(({ clock }) => sight.clock(clock))
      .map((run) => {
        const due = procedure.due(run);
        const view = clockView(ctx.catalog, run, due, seenOn, ifUsed.has(run.clock));
        const proof = due.proof.map((day) => ({ ...day, to: day.to ?? null, name: day.name ?? null }));
        const through = transfersView(found, names)
          .filter(({ on }) => run.startedOn <= on && (view.ended === null || on <= view.ended.on))
          .map(({ on, to }) => ({ on, to }));
        return { ...view, name: view.limit.step, basis: view.limit.basis, proof, through };
      }),
    next,
    previewsPdf: standing.reads && ctx.pdf !== null,
    rating:
      rating && sight.answers
        ? { score: rating.score, words: rating.words, on: rating.ratedOn, answer: rating.answer }
        : null,
    seats: await seatsView(db, found),
    recusable: standing.approves ? await recusableIn(ctx, db, found) : [],
    publication: await publicationView(db, found, today),
    reward: rewardView(ctx, found),
    sealed,
    alike: standing.reads ? await alikeOf(ctx, db, found, answers) : NOTHING_ALIKE,
    also: standing.party?.no === 1 && !standing.reads ? await alsoOf(ctx, db, found) : [],
    abilities: {
      act: next
        .filter(
          ({ mine, notBefore, notAfter }) =>
            mine && notAfter === null && (notBefore === null || notBefore <= today),
        )
        .map(({ id }) => id),
      assign: standing.reads && row.doneOn === null,
      seat: standing.approves && row.doneOn === null,
      transfer: receivers.length > 0,
      migrate: mayMigrate(ctx, found),
      strike: standing.handles,
      write: mayWrite(found),
      unseal: standing.handles && sealed,
      join: mayJoin(found),
      rate: mayRate(found) && !rating,
      answerRating: standing.handles && rating?.answer === null,
    },
  };
}

/** Matters that were opened with the same answers, for whoever gave them. */
async function alsoOf(
  ctx: MatterContext,
  db: Records | Trx,
  { row, definition }: MatterFile,
): Promise<View['also']> {
  const { vault } = ctx.platform;
  const keys = definition.form.also.map(({ item }) => alsoKey(vault, row.key, item));
  if (keys.length === 0) return [];
  return withMatters(db as Records)
    .selectFrom('matter as m')
    .innerJoin('matterParty as p', (join) => join.onRef('p.matter', '=', 'm.id').on('p.no', '=', 1))
    .select(['m.number', 'm.subject', 'p.code'])
    .where('m.key', 'in', keys)
    .orderBy('m.number')
    .execute();
}

/** Bodies that had the matter before; why it was handed on is told to office and applicant. */
function transfersView(found: FoundMatter, names: CityLookup): View['transfers'] {
  const sight = sightOf(found);
  return found.transfers.map(({ seq, fromDepartment, toDepartment, onDay: on }) => {
    const entry = found.log[seq - 1]!;
    const told = sight.note(entry);
    return {
      ...{ from: officeName(names, fromDepartment, on), to: officeName(names, toDepartment, on), on },
      ...{ reason: told ? entry.content.note : '', basis: told ? (entry.content.basis ?? '') : '' },
    };
  });
}

/** Until when whoever has the matter is away, and who covers, unless that one was recused from it. */
async function awayView(ctx: MatterContext, db: Records | Trx, found: FoundMatter): Promise<View['away']> {
  const { row, seats } = found;
  const away = awayFrom(await awayOn(db, [row.department], ctx.platform.clock.today()), row);
  return away
    ? { until: away.until, cover: recusedIn(seats).has(away.cover.id) ? '' : away.cover.name }
    : null;
}

async function handlerOf(db: Records | Trx, id: string | null): Promise<View['handler']> {
  if (!id) return null;
  const user = await withMatters(db as Records)
    .selectFrom('auth.user')
    .select(['id', 'name'])
    .where('id', '=', id)
    .executeTakeFirst();
  return user ?? null;
}

/** What was answered, by field in the order of the form. */
export async function formView(ctx: MatterContext, { row, definition }: MatterFile, answers: Answers) {
  const lookup = await directory(ctx.platform).lookup();
  const shown = {
    regionName: (id: string, lang: 'zh' | 'en') => lookup.regionAt(id, row.openedOn)?.at.name[lang] ?? null,
    references: new Map<string, string>(),
    fileNames: new Map<string, string>(),
  };
  return definition.form.model.fields.flatMap((field) => {
    const value = answers[field.key];
    if (value === undefined) return [];
    const text = (lang: 'zh' | 'en') => showField(field, value, shown, lang).text;
    return [{ key: field.key, label: field.label, text: { zh: text('zh'), en: text('en') } }];
  });
}

async function papersOf(ctx: MatterContext, db: Records | Trx, file: FoundMatter): Promise<View['papers']> {
  const { row, parties, log, standing } = file;
  const sight = sightOf(file);
  const openings = await withMatters(db as Records)
    .selectFrom('matterOpening')
    .selectAll()
    .where('matter', '=', row.id)
    .$if(standing.past !== null, (all) => all.where('at', '<=', log.at(-1)!.at))
    .execute();
  const services = log.filter(({ kind }) => kind === 'served');
  const rows = await withDocuments(db as Records)
    .selectFrom('matterPaper as p')
    .leftJoin('storedFile as f', 'f.id', 'p.file')
    .leftJoin('matterRendition as r', (join) =>
      join.onRef('r.matter', '=', 'p.matter').onRef('r.paper', '=', 'p.no'),
    )
    .leftJoin('storedFile as g', 'g.id', 'r.file')
    .select([
      'p.no',
      'p.seq',
      'p.struck',
      'p.what',
      'p.number',
      'p.code',
      'p.template',
      'r.state as pdfState',
      'g.name as pdfName',
      'g.size as pdfSize',
      'g.sha256 as pdfHash',
      'f.name',
      'f.size',
      'f.mediaType',
      'f.sha256',
    ])
    .where('p.matter', '=', row.id)
    .orderBy('p.no')
    .execute();
  // What came between reading the log and the papers is shown the next time.
  const seen = rows.filter((paper) => log[paper.seq - 1] && sight.paper(paper, log[paper.seq - 1]));
  return seen.map((paper) => {
    const { no, seq, struck: by, what, number, code, name, size, mediaType, sha256 } = paper;
    const struck = by === null || !log[by - 1] ? null : by;
    const came = log[seq - 1]!;
    const served = services.flatMap(({ content, onDay }) => {
      const party = parties.find((one) => one.no === content.party);
      if (content.paper !== no || !party || !sight.party(party.no)) return [];
      // An agent opens for whom it acts.
      const whose = sideOf(parties, party);
      const opened = openings.find((one) => one.paper === no && whose.has(one.party));
      const openedAt = opened ? opened.at.toISOString() : null;
      return [{ party: party.no, name: party.name, how: content.how!, on: onDay!, openedAt }];
    });
    const out = struck === null ? null : log[struck - 1]!;
    return {
      ...{
        no,
        title: titleOf(file, what),
        by: roleOf(file, came.role),
        on: came.onDay!,
        number,
        code,
        served,
        template: standing.reads ? paper.template : null,
        pdf: struck !== null && !standing.reads ? null : pdfView(ctx, paper),
      },
      file:
        // What was struck out stays readable for the office alone.
        (struck !== null && !isOffice(standing)) ||
        name === null ||
        size === null ||
        mediaType === null ||
        sha256 === null
          ? null
          : { name, size: Number(size), mediaType, sha256 },
      struck: out && {
        reason: out.content.note,
        on: shanghaiToday(out.at),
        by: isOffice(standing) ? out.actorName : '',
      },
    };
  });
}

/** What is known of a paper as PDF. Where LibreOffice is gone nothing is promised. */
function pdfView(
  { pdf }: MatterContext,
  {
    pdfState: state,
    pdfName: name,
    pdfSize: size,
    pdfHash: sha256,
  }: {
    pdfState: 'waiting' | 'made' | 'failed' | null;
    pdfName: string | null;
    pdfSize: number | null;
    pdfHash: string | null;
  },
): View['papers'][number]['pdf'] {
  if (name !== null && size !== null && sha256 !== null)
    return { state: 'made', name, size: Number(size), sha256 };
  return pdf === null || state === null || state === 'made' ? null : { state };
}
