import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import { isDemo } from '#kernel/installation';
import type { Platform } from '#kernel/module';
import { csvText } from '#kernel/tables/csv-text';
import * as contract from '../contract.ts';
import { type BoardState, type Boards, type Scope, scopeOf } from './board.ts';
import { Documents } from './bulletin/documents.ts';
import { bulletinDocx } from './bulletin/docx.ts';
import { bulletinFileName } from './bulletin/wording.ts';
import { bulletinXlsx } from './bulletin/xlsx.ts';
import { cockpit } from './cockpit.ts';
import { indicatorDetail } from './detail.ts';
import { handOverDraft, reportForm, reportTasks, saveDraft } from './drafts.ts';
import { planError } from './errors.ts';
import { factsBehind } from './facts.ts';
import { planFrame } from './frame.ts';
import { knownNote } from './known.ts';
import { catalogue, openRows } from './open-data.ts';
import { closePeriod, listPeriods, openPeriod, remindPeriod } from './periods.ts';
import { reportQueries } from './report-queries.ts';
import { acceptReport, correctReport, returnReport, submitReport } from './reports.ts';
import { freezeBlockers, freezeYear, listSnapshots, publishSnapshot, readSnapshot } from './years.ts';

/** All endpoints of the plan. */
export function planRoutes(platform: Platform, boards: Boards): Route[] {
  return [...publicRoutes(platform, boards), ...reportingRoutes(platform, boards), ...yearRoutes(platform)];
}

function publicRoutes(platform: Platform, boards: Boards): Route[] {
  const scoped = async (
    query: { asOf?: string | undefined; region?: string | undefined },
    lang: 'zh' | 'en',
  ) => {
    const state = await boards.state();
    return { state, scope: scopeOf(platform, state.names, query, lang) };
  };
  const note = (scope: Scope) =>
    scope.asOf < platform.pack.plan.start
      ? scope.lang === 'zh'
        ? `计划自 ${platform.pack.plan.start} 起实施，${scope.asOf} 尚未开始，没有状态`
        : `The plan began on ${platform.pack.plan.start}, after ${scope.asOf}: there are no lights`
      : null;
  return [
    route(contract.getPlan, async () => planFrame(platform, await boards.state())),
    route(contract.listIndicators, async ({ query, lang, request, reply }) => {
      const { state, scope } = await scoped(query, lang);
      const made = await state.derived(`board ${scope.asOf} ${scope.region} ${lang}`, async () => {
        const board = await state.board(scope);
        return cached(
          contract.listIndicators.response.parse({ ...board, note: note(scope) ?? knownNote(board) }),
        );
      });
      return sendCached(request, reply, made) as never;
    }),
    route(contract.getIndicator, async ({ params, query, lang }) => {
      const { state, scope } = await scoped(query, lang);
      return state.derived(`detail ${params.no} ${scope.asOf} ${scope.region} ${lang}`, () =>
        indicatorDetail(state, params.no, scope),
      );
    }),
    route(contract.listFacts, async ({ params, query, lang }) => {
      const { state, scope } = await scoped(query, lang);
      return factsBehind(state, params.no, scope, query);
    }),
    route(contract.getCockpit, async ({ query, lang }) => {
      const { state, scope } = await scoped(query, lang);
      return state.derived(`cockpit ${scope.asOf} ${lang}`, async () =>
        cockpit(state, scope.asOf, lang, await isDemo(platform)),
      );
    }),
    route(contract.openDataCsv, async ({ query, lang, reply }) => {
      const { state, scope } = await scoped(query, lang);
      const rows = openRows(platform, await state.board(scope));
      return download(reply, `indicators-${scope.asOf}.csv`, 'text/csv; charset=utf-8', csvText(rows));
    }),
    route(contract.openDataJson, async ({ query, lang, reply }) => {
      const { state, scope } = await scoped(query, lang);
      const board = await state.board(scope);
      const body = JSON.stringify({
        plan: platform.pack.plan.id,
        asOf: scope.asOf,
        region: scope.region,
        demo: await isDemo(platform),
        rows: openRows(platform, board),
      });
      return reply.type('application/json; charset=utf-8').send(body);
    }),
    route(contract.openDataCatalogue, async ({ request, reply }) => {
      const origin = platform.config.ZC_ORIGIN ?? `${request.protocol}://${request.host}`;
      const last = await platform.records
        .selectFrom('auditLog')
        .select((e) => e.fn.max('at').as('at'))
        .executeTakeFirst();
      const modified = (last?.at ?? platform.clock.now()).toISOString();
      return reply
        .type('application/ld+json; charset=utf-8')
        .send(JSON.stringify(catalogue(platform, origin, modified)));
    }),
  ];
}

function reportingRoutes(platform: Platform, boards: Boards): Route[] {
  const queries = reportQueries(platform);
  const onePeriod = async (state: BoardState, actor: Parameters<typeof listPeriods>[2], id: string) => {
    const found = (await listPeriods(platform, state.names, actor)).find((p) => p.id === id);
    if (!found) throw planError('plan_period', { period: id });
    return found;
  };
  return [
    route(contract.listPeriods, async ({ actor }) => ({
      periods: await listPeriods(platform, (await boards.state()).names, actor),
    })),
    route(contract.openPeriod, async ({ params, body, actor, requestId }) => {
      await openPeriod(platform, actor, requestId, params.id, body.due);
      return onePeriod(await boards.state(), actor, params.id);
    }),
    route(contract.closePeriod, async ({ params, actor, requestId }) => {
      await closePeriod(platform, actor, requestId, params.id);
      return onePeriod(await boards.state(), actor, params.id);
    }),
    route(contract.remindPeriod, async ({ params, actor, requestId }) =>
      remindPeriod(platform, (await boards.state()).names, actor, requestId, params.id),
    ),
    route(contract.listTasks, async ({ query, actor, lang }) => ({
      tasks: await reportTasks(await boards.state(), actor, lang, query.period),
    })),
    route(contract.getForm, async ({ params, actor, lang }) =>
      reportForm(await boards.state(), actor, params, lang),
    ),
    route(contract.saveDraft, async ({ params, body, actor, requestId }) =>
      saveDraft(await boards.state(), { actor, requestId }, params, body.body, body.version),
    ),
    route(contract.handOverDraft, async ({ params, body, actor, requestId }) => ({
      holder: await handOverDraft(await boards.state(), { actor, requestId }, params, body.to),
    })),
    route(contract.submitReport, async ({ body, actor, requestId }) => {
      const row = await submitReport(await boards.state(), { actor, requestId }, body);
      return queries.view(await boards.state(), actor, row);
    }),
    route(contract.listReports, async ({ query, actor }) => queries.list(await boards.state(), actor, query)),
    route(contract.getReport, async ({ params, actor }) =>
      queries.get(await boards.state(), actor, params.id),
    ),
    route(contract.acceptReport, async ({ params, body, actor, requestId }) => {
      const row = await acceptReport(await boards.state(), { actor, requestId }, params.id, body.version);
      return queries.view(await boards.state(), actor, row);
    }),
    route(contract.returnReport, async ({ params, body, actor, requestId }) => {
      const by = { actor, requestId };
      const row = await returnReport(await boards.state(), by, params.id, body.version, body.reason);
      return queries.view(await boards.state(), actor, row);
    }),
    route(contract.correctReport, async ({ params, body, actor, requestId }) => {
      const by = { actor, requestId };
      const row = await correctReport(
        await boards.state(),
        by,
        params.id,
        body.version,
        body.body,
        body.reason,
      );
      return queries.view(await boards.state(), actor, row);
    }),
  ];
}

function yearRoutes(platform: Platform): Route[] {
  const documents = new Documents();
  return [
    route(contract.listSnapshots, async ({ actor }) => {
      const office = platform.policy.can(actor, 'plan.freeze');
      return {
        snapshots: await listSnapshots(platform, actor),
        candidates: office
          ? await Promise.all(
              platform.pack.plan.years.map(async (year) => ({
                year,
                blockers: await freezeBlockers(platform, year),
              })),
            )
          : [],
      };
    }),
    route(contract.freezeYear, async ({ params, body, actor, requestId }) =>
      freezeYear(platform, { actor, requestId }, params.year, body.key, body.reason),
    ),
    route(contract.publishSnapshot, async ({ params, actor, requestId }) =>
      publishSnapshot(platform, { actor, requestId }, params.year, params.edition),
    ),
    route(contract.getBulletin, async ({ params, actor }) =>
      readSnapshot(platform, actor, params.year, params.edition),
    ),
    route(contract.bulletinDocx, async ({ params, actor, reply }) => {
      const { content, info } = await readSnapshot(platform, actor, params.year, params.edition);
      const body = await documents.get('docx', info, () => bulletinDocx(content, info));
      return download(reply, bulletinFileName(content, 'docx'), contract.bulletinDocx.produces, body);
    }),
    route(contract.bulletinXlsx, async ({ params, actor, reply }) => {
      const { content, info } = await readSnapshot(platform, actor, params.year, params.edition);
      const body = await documents.get('xlsx', info, () => bulletinXlsx(content, info));
      return download(reply, bulletinFileName(content, 'xlsx'), contract.bulletinXlsx.produces, body);
    }),
  ];
}

/** An answer that was made once for many readers: as it is, and compressed as every browser takes it. */
interface Cached {
  plain: Buffer;
  gzip: Buffer;
  tag: string;
}

async function cached(answer: unknown): Promise<Cached> {
  const plain = Buffer.from(JSON.stringify(answer));
  const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 27);
  return { plain, gzip: await promisify(gzip)(plain), tag };
}

/** A browser that has the same bytes already gets 304. */
function sendCached(request: FastifyRequest, reply: FastifyReply, made: Cached): FastifyReply {
  const compressed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const etag = `"${made.tag}${compressed ? '-gz' : ''}"`;
  reply
    .header('etag', etag)
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-encoding, accept-language');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (compressed) reply.header('content-encoding', 'gzip');
  return reply.type('application/json; charset=utf-8').send(compressed ? made.gzip : made.plain);
}

function download(reply: FastifyReply, name: string, type: string, body: Buffer | string): FastifyReply {
  return reply.header('content-disposition', attachment(name)).type(type).send(body);
}
