import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { clock } from '#kernel/calendar/due';
import { readExclusions } from '#kernel/calendar/exclusions';
import { calendarOf } from '#kernel/city/calendar';
import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import { type IdentifierKind, identifierKinds } from '#kernel/identifiers/kinds';
import { metrics } from '#kernel/metrics';
import type { Module, Platform } from '#kernel/module';
import { directory } from '#modules/parties/server/index';
import * as contract from '../contract.ts';
import { limitsByProcedure } from './limits.ts';
import { regionSpells } from './regions.ts';

/** What everybody looks up: health, metrics, due dates, identifiers. */
export const reference: Module = {
  name: 'reference',
  title: { zh: '公共查询', en: 'Reference' },
  needs: ['parties'],
  setup: (platform) => ({ routes: referenceRoutes(platform) }),
};

function referenceRoutes(platform: Platform): Route[] {
  return [
    route(contract.health, async ({ reply }) => {
      const stores = await platform.stores.health();
      const up = stores.records === 'up' && stores.corpus === 'up';
      if (!up) reply.code(503);
      return { status: up ? ('ok' as const) : ('degraded' as const), version: platform.version, ...stores };
    }),
    route(contract.metricsEndpoint, async ({ request, reply }) => {
      if (!mayReadMetrics(platform, request))
        throw new AppError('forbidden', { permission: '读取运行指标', permission_en: 'Read metrics' });
      return reply.type(metrics.contentType).send(await metrics.metrics());
    }),
    route(contract.calendarDue, async ({ query }) => {
      const found = clock({
        ...query,
        extensions: query.extensions.split(/[,，\s]+/).filter((rule) => rule !== ''),
        excluded: readExclusions(query.excluded),
        calendar: calendarOf(platform.pack),
      });
      return {
        ...found,
        rolledFrom: found.rolledFrom ?? null,
        proof: found.proof.map((d) => ({ ...d, to: d.to ?? null, name: d.name ?? null })),
      };
    }),
    route(contract.legalLimits, async () => limitsByProcedure(platform.pack)),
    route(contract.checkIdentifier, async ({ params, query, lang }) => {
      const check = identifierKinds[params.kind as IdentifierKind];
      if (!check || !Object.hasOwn(identifierKinds, params.kind))
        throw new AppError('not_found', {
          what: `“${params.kind}” (${Object.keys(identifierKinds).join(', ')})`,
        });
      const found = check(params['*'], {
        today: platform.clock.today(),
        regions: regionSpells(await directory(platform).regions()),
        ...(query.asOf && { asOf: query.asOf }),
      });
      return {
        valid: found.valid,
        normalized: found.normalized,
        parts: found.parts,
        reason: found.reason && { code: found.reason.code, message: found.reason[lang] },
      };
    }),
  ];
}

function mayReadMetrics(platform: Platform, request: FastifyRequest): boolean {
  const token = platform.config.ZC_METRICS_TOKEN;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token && given && given.length === token.length)
    return timingSafeEqual(Buffer.from(given), Buffer.from(token));
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
}
