import { sql } from 'kysely';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import * as contract from '../contract.ts';
import { edit, rename } from './change.ts';
import { merge, undo } from './merge.ts';
import { listDuplicates, listPage, readHistory, readOne } from './read.ts';
import { mergeViews, readerOf } from './views.ts';

/** The module's routes. */
export function organisationRoutes(platform: Platform): Route[] {
  const one = async (call: { actor: Actor; lang: Lang }, id: string) =>
    readOne(await readerOf(platform, call), id);
  const mergeById = async (call: { actor: Actor; lang: Lang }, id: string) =>
    (await mergeViews(platform.records, await readerOf(platform, call), { id }))[0]!;

  return [
    route(contract.listOrganisations, async (call) => {
      const reader = await readerOf(platform, call);
      const found = await listPage(reader, call.query);
      return { ...found, page: call.query.page, abilities: { manage: reader.manages } };
    }),
    route(contract.listOrganisationDuplicates, async (call) => ({
      ...(await listDuplicates(await readerOf(platform, call), call.query)),
      page: call.query.page,
    })),
    route(contract.listOrganisationMerges, async (call) => {
      const { page, limit } = call.query;
      const { rows } = await sql<{ n: string }>`select count(*) as n from organisation_merge`.execute(
        platform.records,
      );
      const merges = await mergeViews(platform.records, await readerOf(platform, call), {
        page: { offset: (page - 1) * limit, limit },
      });
      return { total: Number(rows[0]!.n), page, merges };
    }),
    route(contract.mergeOrganisations, async (call) => {
      const id = await merge(platform, call, call.body);
      return {
        merge: await mergeById(call, id),
        organisation: await one(call, call.body.survivor.id),
      };
    }),
    route(contract.undoOrganisationMerge, async (call) => {
      await undo(platform, call, call.params.id);
      return mergeById(call, call.params.id);
    }),
    route(contract.getOrganisation, (call) => one(call, call.params.id)),
    route(contract.renameOrganisation, async (call) => {
      await rename(platform, call, call.params.id, call.body);
      return one(call, call.params.id);
    }),
    route(contract.editOrganisation, async (call) => {
      await edit(platform, call, call.params.id, call.body);
      return one(call, call.params.id);
    }),
    route(contract.organisationHistory, async (call) => ({
      versions: await readHistory(await readerOf(platform, call), call.params.id),
    })),
  ];
}
