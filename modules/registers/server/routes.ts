import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import { organisationFamily } from '#modules/organisations/server/index';
import * as contract from '../contract.ts';
import { registerView, schemaFor, summaries } from './declarations.ts';
import { duesOver } from './dues/dues.ts';
import { duplicatesIn } from './duplicates/duplicates.ts';
import { merge, mergesOf, undoMerge } from './duplicates/merges.ts';
import { act, change, create } from './entries/entries.ts';
import { sendFile } from './entries/entry-files.ts';
import { entryView, mentionsOf } from './entries/entry-view.ts';
import { diffBetween, historyOf } from './entries/history.ts';
import { breakdown, figures } from './figures/figures.ts';
import { listOf, lookup } from './lists/list.ts';
import { deleteView, savedViews, saveView } from './lists/saved-views.ts';
import { catalogueOfData } from './open-data.ts';

/** Registers, their entries and figures. Files and batches have routes of their own. */
export function registerRoutes(platform: Platform): Route[] {
  return [
    route(contract.listRegisters, async (by) => ({ registers: await summaries(platform, by) })),
    route(contract.registerCatalogue, async ({ request, reply }) =>
      reply
        .type('application/ld+json; charset=utf-8')
        .send(
          await catalogueOfData(
            platform,
            platform.config.ZC_ORIGIN ?? `${request.protocol}://${request.host}`,
          ),
        ),
    ),
    route(contract.getRegister, (by) => registerView(platform, by, by.params.register)),
    route(contract.registerSchema, (by) => schemaFor(platform, by, by.params.register)),

    route(contract.listEntries, (by) => listOf(platform, by, by.params.register, by.query)),
    route(contract.lookupEntries, (by) => lookup(platform, by.actor, by.params.register, by.query.q)),
    route(contract.getEntry, (by) =>
      entryView(platform, by, by.params.register, by.params.no, by.query.known),
    ),
    route(contract.entryHistory, async (by) => ({
      changes: await historyOf(platform, by, by.params.register, by.params.no),
    })),
    route(contract.entryDiff, (by) => diffBetween(platform, by, by.params.register, by.params.no, by.query)),
    route(contract.createEntry, (by) => create(platform, by, by.params.register, by.body)),
    route(contract.changeEntry, (by) => change(platform, by, by.params.register, by.params.no, by.body)),
    route(contract.actOnEntry, (by) => act(platform, by, by.params.register, by.params.no, by.body)),

    route(contract.entryFile, (by) => sendFile(platform, by)),

    route(contract.listViews, async (by) => ({
      views: await savedViews(platform, by.actor, by.params.register),
    })),
    route(contract.saveView, (by) => saveView(platform, by.actor, by.params.register, by.body)),
    route(contract.deleteView, (by) => deleteView(platform, by.actor, by.params.register, by.params.id)),

    route(contract.listMentions, async (by) => ({
      entries: await mentionsOf(
        platform,
        by,
        await organisationFamily(platform.records, by.params.organisation),
      ),
    })),
    route(contract.listDues, (by) => duesOver(platform, by, by.query)),

    route(contract.listDuplicates, (by) => duplicatesIn(platform, by, by.params.register)),
    route(contract.mergeEntries, (by) => merge(platform, by, by.params.register, by.body)),
    route(contract.listMerges, async (by) => ({ merges: await mergesOf(platform, by, by.params.register) })),
    route(contract.undoMerge, (by) => undoMerge(platform, by, by.params.id)),

    route(contract.listFigures, (by) => figures(platform, by, by.params.register, by.query)),
    route(contract.figureBreakdown, (by) =>
      breakdown(platform, by, by.params.register, by.params.measure, by.query),
    ),
  ];
}
