import type { FastifyReply } from 'fastify';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import { usageOf } from '#kernel/usage';
import * as contract from '../contract.ts';
import { withoutPlaces } from '../query/combine.ts';
import { printQuery } from '../query/print.ts';
import type { Classes } from './classes/classes.ts';
import { corpusState } from './corpus/state.ts';
import { batchNumbers, numberCandidates, splitNumbers } from './export/batch.ts';
import { type ExportWish, exportPatents } from './export/export.ts';
import { readNumberFile } from './export/number-file.ts';
import { importJson } from './imports/import-views.ts';
import type { By, Imports } from './imports/imports.ts';
import type { Loads } from './imports/loads.ts';
import { forgetMapping, listAllMappings } from './imports/mappings.ts';
import { rejectPage, rejectsAsCsv, rejectsAsXlsx } from './imports/rejects.ts';
import { receiveUpload } from './imports/upload.ts';
import type { Places } from './places.ts';
import { readCompleteness } from './record/completeness.ts';
import { readOrigin, readRecord } from './record/record.ts';
import { noteJson, readOnly } from './search/ask.ts';
import { PatentSearch } from './search/service.ts';
import { withPatents } from './tables.ts';

/** All endpoints of the module. */
export function patentRoutes(
  platform: Platform,
  imports: Imports,
  loads: Loads,
  places: Places,
  classes: Classes,
): Route[] {
  const service = new PatentSearch(platform, places, classes.schemes);
  return [
    ...readingRoutes(platform, service),
    ...importRoutes(platform, imports),
    ...loadRoutes(platform, loads),
    ...rejectRoutes(imports),
  ];
}

function readingRoutes(platform: Platform, service: PatentSearch): Route[] {
  const run = async (query: contract.PatentQuery, call: { actor: Actor; lang: Lang }) =>
    service.search(query, call.actor, call.lang);
  return [
    route(contract.searchPatents, ({ query, ...call }) => run(query, call)),
    route(contract.searchPatentsLong, ({ body, ...call }) => run(body, call)),
    route(contract.parsePatentQuery, async ({ query, lang }) => {
      const { dialect, expr, warnings } = await readOnly(query.q, query.dialect, lang);
      const printed = query.to ? printQuery(expr, query.to) : null;
      return {
        dialect,
        reading: printQuery(expr, 'zc').text,
        tree: withoutPlaces(expr),
        warnings: warnings.map((w) => noteJson(w, lang)),
        printed: printed && {
          dialect: query.to!,
          text: printed.text,
          lost: printed.lost.map((l) => l[lang]),
        },
      };
    }),
    route(contract.exportPatents, async ({ query, ...call }) => download(service, query, call)),
    route(contract.exportPatentsLong, async ({ body, ...call }) => download(service, body, call)),
    route(contract.lookUpNumber, async ({ params, lang }) => numberCandidates(platform, params.number, lang)),
    route(contract.readNumberFile, ({ request }) => readNumberFile(request)),
    route(contract.batchLookUp, async ({ body, actor, lang }) => {
      const started = performance.now();
      const numbers = splitNumbers(body.text);
      await usageOf(platform).take(actor, 'batch', numbers.length);
      const state = await corpusState(withPatents(platform.records));
      const found = await batchNumbers(platform.stores.corpus, state, numbers, lang);
      return { ...found, tookMs: Math.round(performance.now() - started) };
    }),
    route(contract.getPatent, async ({ params, actor, requestId }) =>
      readRecord(platform, { actor, requestId }, params.number),
    ),
    route(contract.getPatentOrigin, async ({ params, actor, requestId, lang }) =>
      readOrigin(platform, { actor, requestId }, params.number, lang),
    ),
  ];
}

async function download(
  service: PatentSearch,
  wish: ExportWish,
  { actor, requestId, lang, reply }: { actor: Actor; requestId: string; lang: Lang; reply: FastifyReply },
): Promise<FastifyReply> {
  const { name, type, total, body } = await exportPatents(service, { actor, requestId }, lang, wish);
  return reply
    .header('content-disposition', attachment(name))
    .header('x-total-count', String(total))
    .type(type)
    .send(body);
}

function importRoutes(platform: Platform, imports: Imports): Route[] {
  const receive = (request: Parameters<typeof receiveUpload>[0], by: By) =>
    receiveUpload(request, platform.files, by.actor.id, platform.config.ZC_UPLOAD_LIMIT);
  return [
    route(contract.createImport, async ({ request, actor, requestId, lang }) => {
      const by = { actor, requestId };
      return importJson(await imports.create(by, await receive(request, by)), lang);
    }),
    route(contract.previewImport, async ({ request, actor, requestId }) =>
      imports.preview(await receive(request, { actor, requestId })),
    ),
    route(contract.listImports, async ({ query, lang }) => {
      const { rows, next } = await imports.list(query.cursor, query.limit, query.source);
      return { imports: rows.map((row) => importJson(row, lang)), next };
    }),
    route(contract.getImport, async ({ params, lang }) => importJson(await imports.get(params.id), lang)),
    route(contract.pauseImport, async ({ params, actor, requestId, lang }) =>
      importJson(await imports.pause({ actor, requestId }, params.id), lang),
    ),
    route(contract.resumeImport, async ({ params, actor, requestId, lang }) =>
      importJson(await imports.resume({ actor, requestId }, params.id), lang),
    ),
    route(contract.cancelImport, async ({ params, actor, requestId, lang }) =>
      importJson(await imports.cancel({ actor, requestId }, params.id), lang),
    ),
    route(contract.listMappings, async () => ({ mappings: await listAllMappings(imports.records) })),
    route(contract.deleteMapping, async ({ params }) => {
      await forgetMapping(imports.records, params.id);
      return { id: params.id };
    }),
  ];
}

function loadRoutes(platform: Platform, loads: Loads): Route[] {
  return [
    route(contract.listSources, async () => ({ sources: await loads.sources() })),
    route(contract.createSource, async ({ body, actor, requestId }) =>
      loads.createSource({ actor, requestId }, body),
    ),
    route(contract.changeSource, async ({ params, body, actor, requestId }) =>
      loads.changeSource({ actor, requestId }, params.key, body),
    ),
    route(contract.withdrawImport, async ({ params, actor, requestId, lang }) =>
      importJson(await loads.withdraw({ actor, requestId }, params.id), lang),
    ),
    route(contract.compareImport, async ({ params, query }) => loads.compare(params.id, query.with)),
    route(contract.completeness, async ({ query }) =>
      readCompleteness(
        platform.stores.corpus,
        await corpusState(loads.records),
        query.country,
        platform.clock.today(),
      ),
    ),
  ];
}

function rejectRoutes(imports: Imports): Route[] {
  return [
    route(contract.listRejects, async ({ params, query, lang }) => {
      const { rejected } = await imports.get(params.id);
      const page = await rejectPage(imports.records, params.id, query.cursor, query.limit, lang);
      return { ...page, rows: rejected };
    }),
    route(contract.rejectsCsv, async ({ params, reply, lang }) => {
      const { fileName } = await imports.get(params.id);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', attachment(rejectsName(fileName, 'csv')))
        .send(rejectsAsCsv(imports.records, params.id, lang));
    }),
    route(contract.rejectsXlsx, async ({ params, reply, lang }) => {
      const { fileName } = await imports.get(params.id);
      return reply
        .header('content-type', contract.rejectsXlsx.produces)
        .header('content-disposition', attachment(rejectsName(fileName, 'xlsx')))
        .send(rejectsAsXlsx(imports.records, params.id, lang));
    }),
  ];
}

function rejectsName(fileName: string, ending: string): string {
  return `${fileName.replace(/\.\w{1,5}$/, '')}-未通过.${ending}`;
}
