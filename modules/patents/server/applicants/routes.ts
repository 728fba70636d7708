import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { JobDef } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import * as contract from '../../contract/applicants.ts';
import type { Places } from '../places.ts';
import { currentGroups } from './groups.ts';
import { answer, merge, type Named, undo } from './links.ts';
import { listApplicants, listProposals, readApplicant } from './view.ts';

/** Endpoints of applicants. */
export function applicantRoutes(
  platform: Platform,
  places: Places,
  rules: JobDef<Record<string, never>>,
): Route[] {
  const named = async (id: string): Promise<Named> => {
    const name = (await (await currentGroups(platform)).names([id])).get(id);
    if (name === undefined) throw new AppError('not_found', { what: '申请人' });
    return { id, name };
  };
  return [
    route(contract.listApplicants, ({ query }) => listApplicants(platform, query)),
    route(contract.listApplicantProposals, ({ query }) => listProposals(platform, query.after, query.size)),
    route(contract.getApplicant, ({ params, actor }) => readApplicant(platform, places, actor, params.id)),
    route(contract.mergeApplicants, async ({ params, body, actor, requestId }) => {
      const by = { actor, requestId };
      await merge(platform, by, await named(params.id), await named(body.into), body.reason);
      return readApplicant(platform, places, actor, body.into);
    }),
    route(contract.undoApplicantLink, async ({ params, body, actor, requestId }) => {
      await undo(platform, { actor, requestId }, params.id, body.reason);
      return { ok: true as const };
    }),
    route(contract.answerApplicantProposal, async ({ params, body, actor, requestId }) => {
      await answer(platform, { actor, requestId }, params.id, body.accept, body.reason);
      return { ok: true as const };
    }),
    route(contract.applyApplicantRules, async () => ({
      job: await platform.jobs.send(rules, {}, { singleton: 'all' }),
    })),
  ];
}
