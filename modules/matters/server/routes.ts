import { Throttle } from '#kernel/auth/throttle';
import { AppError } from '#kernel/errors';
import { evidenceTypes } from '#kernel/files/files';
import { attachment } from '#kernel/http/attachment';
import { handOut } from '#kernel/http/hand-out';
import { type Route, route } from '#kernel/http/route';
import { directory } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { bpmnOf } from './catalog/bpmn.ts';
import { courseAnswer, readSteps } from './course/answer.ts';
import { dossier } from './documents/dossier.ts';
import { verified } from './documents/make.ts';
import { paperWarnings } from './documents/warned.ts';
import { act, assign, strike } from './matters/act.ts';
import { calendarOf, calendarSince, dropAddress, makeAddress } from './matters/calendar.ts';
import type { MatterContext } from './matters/context.ts';
import { deskOf, matterRowsOfApplicant } from './matters/desk.ts';
import { draftOf, draftsOf, forgetDraft, formOf, keepDraft } from './matters/drafts.ts';
import { matterError } from './matters/errors.ts';
import { findFile } from './matters/file.ts';
import { open } from './matters/open.ts';
import { PAPER } from './matters/papers.ts';
import type { Asker } from './matters/standing.ts';
import { withMatters } from './matters/tables.ts';
import { logView, matterView } from './matters/view.ts';

/** Matters that one visitor may open, papers that they may send, and codes that they may guess, in a window of five minutes. */
const PER_ADDRESS = { open: 20, paper: 40, code: 30 } as const;

/** Largest file of a visitor, in bytes: a scan or a photograph. Accounts are held to the installation's own limit. */
const VISITORS_FILE = 20 * 1024 ** 2;

/** All endpoints of the module. */
export function matterRoutes(ctx: MatterContext): Route[] {
  return [
    ...catalogRoutes(ctx),
    ...draftRoutes(ctx),
    ...caseRoutes(ctx),
    ...paperRoutes(ctx),
    ...calendarRoutes(ctx),
    ...verifyRoutes(ctx),
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
      return { asOf, items: catalog.list(asOf, await directory(platform).lookup()) };
    }),
    route(contract.catalogItem, async ({ params, query }) => {
      const asOf = query.asOf ?? today();
      const item = itemOf(params.id, asOf);
      return catalog.show(item, asOf, await directory(platform).lookup(), query.lang);
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
    route(contract.itemForm, ({ params, query }) => formOf(ctx, params.id, query.lang)),
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

function caseRoutes(ctx: MatterContext): Route[] {
  const { records } = ctx.platform;
  /** A matter for whoever asks; guessing of codes is slowed down. */
  const found = async (number: string, call: Asker & { ip: string }) => {
    try {
      return await findFile(ctx, records, number, call);
    } catch (error) {
      if (call.code !== undefined) await slow(ctx, 'code', call.ip);
      throw error;
    }
  };
  return [
    route(contract.listMatters, ({ actor, query }) => deskOf(ctx, actor, query)),
    route(contract.myMatters, async ({ actor }) => ({
      matters: await matterRowsOfApplicant(ctx, actor.id!),
    })),
    route(contract.openMatter, async ({ body, actor, requestId, lang, request, reply }) => {
      reply.header('cache-control', 'no-store');
      if (actor.id === null) await slow(ctx, 'open', request.ip);
      return matterView(ctx, records, await open(ctx, { actor, requestId, lang }, body));
    }),
    route(contract.getMatter, async ({ params, query, actor, request, reply }) => {
      reply.header('cache-control', 'no-store');
      return matterView(
        ctx,
        records,
        await found(params.number, { actor, code: query.code, ip: request.ip }),
      );
    }),
    route(contract.matterLog, async ({ params, query, actor, request, reply }) => {
      reply.header('cache-control', 'no-store');
      return logView(records, await found(params.number, { actor, code: query.code, ip: request.ip }));
    }),
    route(contract.actOnMatter, async ({ params, body, actor, requestId, lang }) =>
      matterView(
        ctx,
        records,
        await act(ctx, { actor, code: body.code, requestId, lang }, params.number, params.action, body),
      ),
    ),
    route(contract.assignMatter, async ({ params, body, actor, requestId, lang }) =>
      matterView(ctx, records, await assign(ctx, { actor, requestId, lang }, params.number, body)),
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
  return [
    route(contract.uploadPaper, async ({ actor, request }) => {
      if (actor.id === null) await slow(ctx, 'paper', request.ip);
      const part = await request.file();
      if (part?.fieldname !== 'file') {
        part?.file.resume();
        throw matterError('matters_no_file');
      }
      const { id, name, size, mediaType, sha256 } = await files.put(part.file, {
        ...{ name: part.filename, ownerId: actor.id, purpose: PAPER },
        limit:
          actor.id === null ? Math.min(VISITORS_FILE, config.ZC_EVIDENCE_LIMIT) : config.ZC_EVIDENCE_LIMIT,
        allowed: evidenceTypes,
      });
      const warnings = await paperWarnings(platform, { sha256, mediaType });
      return { id, name, size: Number(size), mediaType, sha256, warnings };
    }),
    route(contract.downloadPaper, async ({ params, query, actor, reply }) => {
      const { row, standing } = await findFile(ctx, records, params.number, { actor, code: query.code });
      const paper = await withMatters(records)
        .selectFrom('matterPaper')
        .select(['file', 'struck'])
        .where('matter', '=', row.id)
        .where('no', '=', params.no)
        .executeTakeFirst();
      const readable = paper?.struck === null || standing.reads;
      const info = paper?.file && readable ? await files.find(paper.file) : undefined;
      if (!info) throw new AppError('not_found', { what: `第 ${params.no} 份材料` });
      return handOut(reply, files, info, 'private, no-store');
    }),
    route(contract.matterDossier, async ({ params, actor, requestId, reply }) => {
      const found = await findFile(ctx, records, params.number, { actor });
      // An officer's own application elsewhere is no matter of the office.
      if (!found.standing.reads) throw matterError('matters_none', { number: params.number });
      const { name, stream } = await dossier(ctx, { actor, requestId }, found);
      return reply
        .header('content-disposition', attachment(name))
        .header('cache-control', 'private, no-store')
        .type('application/zip')
        .send(stream);
    }),
    route(contract.strikePaper, async ({ params, body, actor, requestId, lang }) =>
      matterView(ctx, records, await strike(ctx, { actor, requestId, lang }, params.number, params.no, body)),
    ),
  ];
}
