import { Throttle } from '#kernel/auth/throttle';
import { AppError } from '#kernel/errors';
import { evidenceTypes } from '#kernel/files/files';
import { attachment } from '#kernel/http/attachment';
import { handOut } from '#kernel/http/hand-out';
import { type Call, type Route, route } from '#kernel/http/route';
import { directory } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { bpmnOf } from './catalog/bpmn.ts';
import { courseAnswer, readSteps } from './course/answer.ts';
import { dossier } from './documents/dossier.ts';
import { verified } from './documents/make.ts';
import { renditionOf } from './documents/pdf.ts';
import { templateRoutes } from './documents/routes.ts';
import { paperWarnings } from './documents/warned.ts';
import { absencesOf, endAbsenceOf, enterAbsenceOf } from './matters/absences.ts';
import { act, assign, strike } from './matters/act.ts';
import { calendarOf, calendarSince, dropAddress, makeAddress } from './matters/calendar.ts';
import type { MatterContext } from './matters/context.ts';
import { write } from './matters/correspondence.ts';
import { deskOf, mattersOfAccount } from './matters/desk.ts';
import { draftOf, draftsOf, forgetDraft, formOf, keepDraft } from './matters/drafts.ts';
import { type By, demandPresent } from './matters/entry.ts';
import { matterError } from './matters/errors.ts';
import { type FoundMatter, findFile } from './matters/file.ts';
import { logView } from './matters/log-view.ts';
import { migrate, versionsOf } from './matters/migrate.ts';
import { open } from './matters/open.ts';
import { PAPER, paperOf } from './matters/papers.ts';
import { admit, dismiss, join, renewCode, type WithCode } from './matters/parties.ts';
import { answerRating, rate, ratingsOf } from './matters/rating.ts';
import { decideRecusalOf, setPanelOf } from './matters/seats.ts';
import { sightOf } from './matters/seen.ts';
import { noteOpening, serve } from './matters/serve.ts';
import { isOffice } from './matters/standing.ts';
import { transfer } from './matters/transfers.ts';
import { unseal } from './matters/unseal.ts';
import { formView, matterView } from './matters/view.ts';
import { prepare, publicationOf } from './publications/prepare.ts';
import { endPublicationOf } from './publications/release.ts';
import { publicationsOf, readPublicationOf } from './publications/shown.ts';

/** Matters that one visitor may open, steps they may take, papers they may send, and codes they may guess, in five minutes. */
const PER_ADDRESS = { open: 20, act: 60, paper: 40, code: 30 } as const;

/** Largest file of a visitor, in bytes: a scan or a photograph. Accounts are held to the installation's own limit. */
const VISITORS_FILE = 20 * 1024 ** 2;

/** All endpoints of the module. */
export function matterRoutes(ctx: MatterContext): Route[] {
  return [
    ...catalogRoutes(ctx),
    ...draftRoutes(ctx),
    ...caseRoutes(ctx),
    ...partyRoutes(ctx),
    ...publicationRoutes(ctx),
    ...seatRoutes(ctx),
    ...paperRoutes(ctx),
    ...calendarRoutes(ctx),
    ...absenceRoutes(ctx),
    ...verifyRoutes(ctx),
    ...templateRoutes(ctx),
  ];
}

function catalogRoutes({ platform, catalog }: MatterContext): Route[] {
  const { pack } = platform;
  const today = () => platform.clock.today();
  const itemOf = (id: string, asOf: string) => {
    const item = catalog.find(id, asOf);
    if (!item) throw new AppError('not_found', { what: `事项“${id}”`, what_en: `service item “${id}”` });
    return item;
  };
  return [
    route(contract.catalogItems, async ({ query }) => {
      const asOf = query.asOf ?? today();
      const portal = catalog.portals.find(query.portal);
      return { asOf, ...catalog.list(asOf, await directory(platform).lookup(), portal) };
    }),
    route(contract.listPortals, async () =>
      catalog.portals.list(today(), await directory(platform).lookup()),
    ),
    route(contract.catalogItem, async ({ params, query }) => {
      const asOf = query.asOf ?? today();
      const item = itemOf(params.id, asOf);
      const portal = catalog.portals.find(query.portal);
      return {
        ...catalog.show(item, asOf, await directory(platform).lookup(), query.lang, portal),
        ratings: await ratingsOf(platform.records, item.id, today()),
      };
    }),
    route(contract.itemCourse, async ({ params, query }) => {
      const steps = readSteps(query.steps);
      const item = itemOf(params.id, query.asOf ?? steps[0]?.on ?? today());
      return courseAnswer(pack, catalog, item, steps, today());
    }),
    route(contract.catalogBpmn, async ({ params, query, reply }) => {
      const item = itemOf(params.id, query.asOf ?? today());
      return reply
        .header('content-disposition', attachment(`${item.title[query.lang]} ${item.from}.bpmn`))
        .type('application/xml; charset=utf-8')
        .send(bpmnOf(item, pack.limits, query.lang));
    }),
  ];
}

function draftRoutes(ctx: MatterContext): Route[] {
  return [
    route(contract.itemForm, ({ params, query }) => formOf(ctx, params.id, query)),
    route(contract.myDrafts, ({ actor }) => draftsOf(ctx, actor.id!)),
    route(contract.readDraft, ({ params, reply }) => {
      reply.header('cache-control', 'no-store');
      return draftOf(ctx, params.key);
    }),
    route(contract.saveDraft, ({ params, body, actor, request }) =>
      keepDraft(ctx, { actor, address: request.ip }, params.key, body),
    ),
    route(contract.dropDraft, ({ params }) => forgetDraft(ctx, params.key)),
  ];
}

/** Who enters something, as an officer does. */
function byOf({ actor, requestId, lang }: By): By {
  return { actor, requestId, lang };
}

/** Slows down what a visitor does from one address. Throws `too_many`. */
async function slow(
  { platform }: MatterContext,
  what: keyof typeof PER_ADDRESS,
  address: string,
): Promise<void> {
  const throttle = new Throttle(platform.records);
  const seconds = await throttle.count(`matters ${what} ${address}`, PER_ADDRESS[what], platform.clock.now());
  if (seconds > 0) throw new AppError('too_many', { seconds });
}

/**
 * Does what needs a matter's code; guessing of codes is slowed down. What comes back is nobody else's: no cache keeps it.
 */
async function withCode<T>(
  ctx: MatterContext,
  call: Pick<
    Call<typeof contract.getMatter>,
    'actor' | 'headers' | 'lang' | 'request' | 'requestId' | 'reply'
  >,
  work: (by: By) => Promise<T>,
): Promise<T> {
  const { actor, headers, lang, request, requestId, reply } = call;
  const code = headers['x-matter-code'];
  reply.header('cache-control', 'private, no-store');
  try {
    return await work({ actor, code, lang, requestId });
  } catch (error) {
    const unknown = error instanceof AppError && error.code === 'matters_none';
    if (code !== undefined && unknown) await slow(ctx, 'code', request.ip);
    throw error;
  }
}

function caseRoutes(ctx: MatterContext): Route[] {
  const { records } = ctx.platform;
  const shown = async (found: Promise<FoundMatter>) => matterView(ctx, records, await found);
  return [
    route(contract.listMatters, ({ actor, query }) => deskOf(ctx, actor, query)),
    route(contract.myMatters, async ({ actor }) => ({ matters: await mattersOfAccount(ctx, actor.id!) })),
    route(contract.openMatter, async ({ body, actor, requestId, lang, request, reply }) => {
      reply.header('cache-control', 'private, no-store');
      if (actor.id === null) await slow(ctx, 'open', request.ip);
      return shown(open(ctx, { actor, requestId, lang }, body));
    }),
    route(contract.getMatter, (call) =>
      withCode(ctx, call, (by) => shown(findFile(ctx, records, call.params.number, by))),
    ),
    route(contract.matterLog, (call) =>
      withCode(ctx, call, async (by) =>
        logView(ctx, records, await findFile(ctx, records, call.params.number, by)),
      ),
    ),
    route(contract.actOnMatter, async (call) => {
      const { params, body, actor, request } = call;
      if (actor.id === null) await slow(ctx, 'act', request.ip);
      return withCode(ctx, call, (by) => shown(act(ctx, by, params.number, params.action, body)));
    }),
    route(contract.unsealMatter, async (call) => {
      call.reply.header('cache-control', 'private, no-store');
      const { found, answers } = await unseal(ctx, byOf(call), call.params.number, call.body);
      return { matter: await matterView(ctx, records, found), answers: await formView(ctx, found, answers) };
    }),
    route(contract.rateMatter, async (call) => {
      const { params, body, actor, request } = call;
      if (actor.id === null) await slow(ctx, 'act', request.ip);
      return withCode(ctx, call, (by) => shown(rate(ctx, by, params.number, body)));
    }),
    route(contract.writeMessage, async (call) => {
      const { params, body, actor, request } = call;
      if (actor.id === null) await slow(ctx, 'act', request.ip);
      return withCode(ctx, call, (by) => shown(write(ctx, by, params.number, body)));
    }),
    route(contract.answerRating, (call) =>
      shown(answerRating(ctx, byOf(call), call.params.number, call.body)),
    ),
    route(contract.joinMatter, (call) =>
      withCode(ctx, call, (by) => shown(join(ctx, by, call.params.number))),
    ),
    route(contract.assignMatter, (call) => shown(assign(ctx, byOf(call), call.params.number, call.body))),
    route(contract.transferMatter, (call) => shown(transfer(ctx, byOf(call), call.params.number, call.body))),
  ];
}

function partyRoutes(ctx: MatterContext): Route[] {
  const { records } = ctx.platform;
  const withNewCode = async (
    call: Pick<Call<typeof contract.renewCode>, 'reply'>,
    given: Promise<WithCode>,
  ) => {
    call.reply.header('cache-control', 'private, no-store');
    const { found, code } = await given;
    return { matter: await matterView(ctx, records, found), code };
  };
  return [
    route(contract.admitParty, (call) =>
      withNewCode(call, admit(ctx, byOf(call), call.params.number, call.body)),
    ),
    route(contract.renewCode, (call) =>
      withNewCode(call, renewCode(ctx, byOf(call), call.params.number, call.params.no, call.body)),
    ),
    route(contract.dismissParty, async (call) =>
      matterView(ctx, records, await dismiss(ctx, byOf(call), call.params.number, call.params.no, call.body)),
    ),
    route(contract.servePaper, async (call) =>
      matterView(ctx, records, await serve(ctx, byOf(call), call.params.number, call.params.no, call.body)),
    ),
  ];
}

function publicationRoutes(ctx: MatterContext): Route[] {
  const shown = async (found: Promise<FoundMatter>) => matterView(ctx, ctx.platform.records, await found);
  return [
    route(contract.getPublication, (call) => {
      call.reply.header('cache-control', 'private, no-store');
      return publicationOf(ctx, byOf(call), call.params.number, call.query.paper);
    }),
    route(contract.preparePublication, (call) =>
      shown(prepare(ctx, byOf(call), call.params.number, call.body)),
    ),
    route(contract.endPublication, (call) =>
      shown(endPublicationOf(ctx, byOf(call), call.params.number, call.body)),
    ),
    route(contract.listPublications, ({ query }) => publicationsOf(ctx, query)),
    route(contract.readPublication, ({ params }) => readPublicationOf(ctx, params.id)),
  ];
}

function seatRoutes(ctx: MatterContext): Route[] {
  const shown = async (found: Promise<FoundMatter>) => matterView(ctx, ctx.platform.records, await found);
  return [
    route(contract.matterVersions, (call) => versionsOf(ctx, byOf(call), call.params.number)),
    route(contract.migrateMatter, (call) => shown(migrate(ctx, byOf(call), call.params.number, call.body))),
    route(contract.setPanel, (call) => shown(setPanelOf(ctx, byOf(call), call.params.number, call.body))),
    route(contract.decideRecusal, (call) =>
      shown(decideRecusalOf(ctx, byOf(call), call.params.number, call.body)),
    ),
  ];
}

function verifyRoutes(ctx: MatterContext): Route[] {
  return [
    route(contract.verifyDocument, async ({ params, request }) => {
      try {
        return await verified(ctx, params.code);
      } catch (error) {
        await slow(ctx, 'code', request.ip);
        throw error;
      }
    }),
  ];
}

function absenceRoutes(ctx: MatterContext): Route[] {
  return [
    route(contract.listAbsences, ({ actor }) => absencesOf(ctx, actor)),
    route(contract.enterAbsence, (call) => enterAbsenceOf(ctx, byOf(call), call.body)),
    route(contract.endAbsence, (call) => endAbsenceOf(ctx, byOf(call), call.params.id)),
  ];
}

function calendarRoutes(ctx: MatterContext): Route[] {
  return [
    route(contract.getCalendar, async (call) => ({ madeAt: await calendarSince(ctx, call) })),
    route(contract.makeCalendar, (call) => {
      call.reply.header('cache-control', 'no-store');
      return makeAddress(ctx, call);
    }),
    route(contract.dropCalendar, (call) => dropAddress(ctx, call)),
    route(contract.readCalendar, async ({ params, lang, reply }) =>
      reply
        .header('cache-control', 'no-cache')
        .type('text/calendar; charset=utf-8')
        .send(await calendarOf(ctx, params.token, lang)),
    ),
  ];
}

function paperRoutes(ctx: MatterContext): Route[] {
  const { platform } = ctx;
  const { records, files, config } = platform;
  /** Hands a paper out, or the same as PDF, to whoever may read it. */
  const handPaper = async (
    { params, reply }: Pick<Call<typeof contract.downloadPaper>, 'params' | 'reply'>,
    by: By,
    as: 'paper' | 'pdf',
  ) => {
    const found = await findFile(ctx, records, params.number, by);
    const paper = await paperOf(records, found.row.id, params.no);
    // What came after an office handed the matter on is not in its log.
    const came = paper && found.log[paper.seq - 1];
    const visible = came && sightOf(found).paper(paper, came);
    const readable = visible && (paper.struck === null || isOffice(found.standing));
    const file =
      readable && as === 'pdf'
        ? (await renditionOf(records, found.row.id, params.no))?.file
        : readable && paper.file;
    const info = file ? await files.find(file) : undefined;
    if (!info) throw new AppError('not_found', { what: `第 ${params.no} 份材料` });
    await noteOpening(ctx, by, found, params.no);
    return handOut(reply, files, info, 'private, no-store');
  };
  return [
    route(contract.uploadPaper, async ({ actor, request }) => {
      if (actor.id === null) await slow(ctx, 'paper', request.ip);
      const part = await request.file();
      if (part?.fieldname !== 'file') {
        part?.file.resume();
        throw matterError('matters_no_file');
      }
      const { id, name, size, mediaType, sha256 } = await files.put(part.file, {
        // Papers belong to matters; where an identity is kept in the vault, no account stands beside its files.
        ...{ name: part.filename, ownerId: null, purpose: PAPER },
        limit:
          actor.id === null ? Math.min(VISITORS_FILE, config.ZC_EVIDENCE_LIMIT) : config.ZC_EVIDENCE_LIMIT,
        allowed: evidenceTypes,
      });
      const warnings = await paperWarnings(platform, { sha256, mediaType });
      return { id, name, size: Number(size), mediaType, sha256, warnings };
    }),
    route(contract.downloadPaper, (call) => withCode(ctx, call, (by) => handPaper(call, by, 'paper'))),
    route(contract.downloadPdf, (call) => withCode(ctx, call, (by) => handPaper(call, by, 'pdf'))),
    route(contract.matterDossier, async ({ params, actor, requestId, reply }) => {
      const found = await findFile(ctx, records, params.number, { actor });
      await demandPresent(ctx, found);
      // An officer's own application elsewhere is no matter of the office.
      if (!found.standing.reads) throw matterError('matters_none', { number: params.number });
      const { name, stream } = await dossier(ctx, { actor, requestId }, found);
      return reply
        .header('content-disposition', attachment(name))
        .header('cache-control', 'private, no-store')
        .type('application/zip')
        .send(stream);
    }),
    route(contract.strikePaper, async (call) =>
      matterView(ctx, records, await strike(ctx, byOf(call), call.params.number, call.params.no, call.body)),
    ),
  ];
}
