import type { FastifyReply } from 'fastify';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import * as contract from '../../contract.ts';
import { type Download, exportEntries, templateOf } from './export.ts';

/** Endpoints that hand out files: exports and the template. */
export function transferRoutes(platform: Platform): Route[] {
  return [
    route(contract.exportCsv, async ({ params, query, reply, actor, lang }) =>
      send(reply, await exportEntries(platform, { actor, lang }, params.register, query, 'csv')),
    ),
    route(contract.exportXlsx, async ({ params, query, reply, actor, lang }) =>
      send(reply, await exportEntries(platform, { actor, lang }, params.register, query, 'xlsx')),
    ),
    route(contract.templateXlsx, async ({ params, reply, actor, lang }) =>
      send(reply, await templateOf(platform, { actor, lang }, params.register)),
    ),
  ];
}

/** Sends a file as it is made. */
export function send(reply: FastifyReply, { body, name, type }: Download): FastifyReply {
  return reply.header('content-disposition', attachment(name)).type(type).send(body);
}
