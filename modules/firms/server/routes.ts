import type { FastifyReply } from 'fastify';
import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import * as contract from '../contract.ts';
import { apply, listAll, readApplication, receiptOf } from './applications.ts';
import { decline, grant } from './decide.ts';
import { firmError } from './errors.ts';
import { changeTerms, firmRow, listFirms, readFirm, setState } from './firms.ts';
import { addPerson, disablePerson, enablePerson, ownFirm, resetManager, resetPerson } from './people.ts';
import { type By, type FirmRow, firmOf } from './read.ts';
import { usageCsv, usageReport } from './usage.ts';

/** All endpoints of the module. */
export function firmRoutes(platform: Platform): Route[] {
  return [...applying(platform), ...deciding(platform), ...own(platform)];
}

/** One-time passwords and receipts lie in no cache. */
const secret = (reply: FastifyReply) => reply.header('cache-control', 'no-store');

function applying(platform: Platform): Route[] {
  return [
    route(contract.applyForFirm, ({ body, actor, requestId, lang, request, reply }) => {
      secret(reply);
      return apply(platform, { actor, requestId, lang, address: request.ip }, body);
    }),
    route(contract.readReceipt, ({ params, request, reply }) => {
      secret(reply);
      return receiptOf(platform, request.ip, params.receipt);
    }),
  ];
}

function deciding(platform: Platform): Route[] {
  return [
    route(contract.listApplications, ({ query }) => listAll(platform, query)),
    route(contract.getApplication, ({ params }) => readApplication(platform, params.id)),
    route(contract.grantApplication, (call) => {
      secret(call.reply);
      return grant(platform, call, call.params.id, call.body);
    }),
    route(contract.declineApplication, (call) => decline(platform, call, call.params.id, call.body)),
    route(contract.listFirms, ({ query }) => listFirms(platform, query)),
    route(contract.getFirm, ({ params }) => readFirm(platform, params.id)),
    route(contract.changeFirm, (call) => changeTerms(platform, call, call.params.id, call.body)),
    route(contract.setFirmState, (call) => setState(platform, call, call.params.id, call.body)),
    route(contract.resetManagerPassword, (call) => {
      secret(call.reply);
      return resetManager(platform, call, call.params.id, call.params.account);
    }),
    route(contract.firmUsage, async ({ params }) =>
      usageReport(platform, (await firmRow(platform, params.id)).id),
    ),
    route(contract.firmUsageCsv, async ({ params, lang, reply }) =>
      sendCsv(platform, await firmRow(platform, params.id), lang, reply),
    ),
  ];
}

function own(platform: Platform): Route[] {
  const mine = async ({ actor }: Pick<By, 'actor'>): Promise<FirmRow> => {
    const row = await firmOf(platform.records, actor.id);
    if (!row) throw firmError('firms_none');
    return row;
  };
  return [
    route(contract.getOwnFirm, (call) => ownFirm(platform, call)),
    route(contract.addPerson, (call) => {
      secret(call.reply);
      return addPerson(platform, call, call.body);
    }),
    route(contract.disablePerson, (call) => disablePerson(platform, call, call.params.account)),
    route(contract.enablePerson, (call) => enablePerson(platform, call, call.params.account)),
    route(contract.resetPersonPassword, (call) => {
      secret(call.reply);
      return resetPerson(platform, call, call.params.account);
    }),
    route(contract.ownUsage, async (call) => usageReport(platform, (await mine(call)).id)),
    route(contract.ownUsageCsv, async (call) => sendCsv(platform, await mine(call), call.lang, call.reply)),
  ];
}

async function sendCsv(platform: Platform, firm: FirmRow, lang: Lang, reply: FastifyReply) {
  const name = lang === 'zh' ? `${firm.name}-用量.csv` : `${firm.name}-usage.csv`;
  return reply
    .header('content-disposition', attachment(name))
    .type('text/csv; charset=utf-8')
    .send(await usageCsv(platform, firm.id, lang));
}
