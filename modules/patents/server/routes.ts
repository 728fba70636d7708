import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import * as contract from '../contract.ts';
import { importJson } from './import-views.ts';
import type { By, Imports } from './imports.ts';
import { forgetMapping, listAllMappings } from './mappings.ts';
import type { Places } from './places.ts';
import { planSearch } from './query.ts';
import { readRecord } from './record.ts';
import { rejectPage, rejectsAsCsv, rejectsAsXlsx } from './rejects.ts';
import { search } from './search.ts';
import { receiveUpload } from './upload.ts';

/** All endpoints of the module. */
export function patentRoutes(platform: Platform, imports: Imports, places: Places): Route[] {
  return [...readingRoutes(platform, places), ...importRoutes(platform, imports), ...rejectRoutes(imports)];
}

function readingRoutes(platform: Platform, places: Places): Route[] {
  return [
    route(contract.searchPatents, async ({ query, actor }) => {
      const personal = platform.policy.can(actor, contract.PATENTS_PERSONAL);
      const plan = planSearch(query, places, platform.clock.today(), personal);
      return search(platform.stores.corpus, plan, query.page, query.size);
    }),
    route(contract.getPatent, async ({ params, actor, requestId }) =>
      readRecord(platform, { actor, requestId }, params.number),
    ),
  ];
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
      const { rows, next } = await imports.list(query.cursor, query.limit);
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
