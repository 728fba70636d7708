import { attachment } from '#kernel/http/attachment';
import { type Route, route } from '#kernel/http/route';
import * as contract from '../contract.ts';
import type { Bench } from './bench.ts';
import type { AddResult } from './collections/add-result.ts';
import { addItems, noteItem, removeItems, transferItems } from './collections/change.ts';
import { collectionCsv } from './collections/csv.ts';
import { getItem, listItems } from './collections/items.ts';
import { reviewItem } from './collections/review.ts';
import { feedRoutes } from './feeds/feeds.ts';
import { listLog } from './objects/log.ts';
import {
  changeObject,
  createObject,
  deleteObject,
  getObject,
  listObjects,
  restoreObject,
  shareObject,
} from './objects/objects.ts';
import { combine, deleteHistory, listHistory, rerun } from './queries/history.ts';
import { changeQuery, deleteQuery, getSaved, listSaved, saveQuery } from './queries/saved.ts';
import { markRecords } from './tags/marks.ts';
import { changeTag, createTag, deleteTag, listTagged, listTags, mergeTag, tagRecords } from './tags/tags.ts';
import { treeRoutes } from './trees/routes.ts';
import {
  changeWatch,
  createWatch,
  deleteWatch,
  getWatch,
  listAlerts,
  listRuns,
  listWatches,
  readRuns,
} from './watches/watches.ts';

/** All endpoints of the module. */
export function workbenchRoutes(bench: Bench, adding: AddResult): Route[] {
  return [
    ...queryRoutes(bench),
    ...objectRoutes(bench),
    ...collectionRoutes(bench, adding),
    ...tagRoutes(bench),
    ...treeRoutes(bench),
    ...watchRoutes(bench),
    ...feedRoutes(bench),
  ];
}

function queryRoutes(bench: Bench): Route[] {
  return [
    route(contract.listHistory, (by) => listHistory(bench, by, by.query)),
    route(contract.rerunHistory, (by) => rerun(bench, by, by.params.no)),
    route(contract.combineHistory, (by) => combine(bench, by, by.body)),
    route(contract.deleteHistory, (by) => deleteHistory(bench, by, by.body.numbers)),
    route(contract.listQueries, (by) => listSaved(bench, by, by.query.show)),
    route(contract.getQuery, (by) => getSaved(bench, by, by.params.id)),
    route(contract.saveQuery, (by) => saveQuery(bench, by, by.body)),
    route(contract.changeQuery, (by) => changeQuery(bench, by, by.params.id, by.body)),
    route(contract.deleteQuery, (by) => deleteQuery(bench, by, by.params.id, by.query.version)),
  ];
}

function objectRoutes(bench: Bench): Route[] {
  return [
    route(contract.listObjects, (by) => listObjects(bench, by, by.query)),
    route(contract.createObject, (by) => createObject(bench, by, by.body)),
    route(contract.getObject, (by) => getObject(bench, by, by.params.id)),
    route(contract.changeObject, (by) => changeObject(bench, by, by.params.id, by.body)),
    route(contract.shareObject, (by) => shareObject(bench, by, by.params.id, by.body)),
    route(contract.deleteObject, (by) => deleteObject(bench, by, by.params.id, by.query.version)),
    route(contract.restoreObject, (by) => restoreObject(bench, by, by.params.id)),
    route(contract.listLog, (by) => listLog(bench, by, by.params.id, by.query)),
  ];
}

function collectionRoutes(bench: Bench, adding: AddResult): Route[] {
  return [
    route(contract.listItems, (by) => listItems(bench, by, by.params.id, by.query)),
    route(contract.getItem, (by) => getItem(bench, by, by.params.id, by.params.number)),
    route(contract.addItems, (by) => addItems(bench, by, by.params.id, by.body)),
    route(contract.addResult, (by) => adding.begin(by, by.params.id, by.body)),
    route(contract.removeItems, (by) => removeItems(bench, by, by.params.id, by.body.numbers)),
    route(contract.transferItems, (by) => transferItems(bench, by, by.params.id, by.body)),
    route(contract.noteItem, (by) => noteItem(bench, by, by.params.id, by.params.number, by.body)),
    route(contract.reviewItem, (by) => reviewItem(bench, by, by.params.id, by.body)),
    route(contract.markRecords, async (by) => ({ marks: await markRecords(bench, by, by.body.numbers) })),
    route(contract.collectionCsv, async (by) => {
      const { name, body } = await collectionCsv(bench, by, by.params.id, by.query);
      return by.reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', attachment(`${name}.csv`))
        .send(body);
    }),
  ];
}

function tagRoutes(bench: Bench): Route[] {
  return [
    route(contract.listTags, (by) => listTags(bench, by)),
    route(contract.createTag, (by) => createTag(bench, by, by.body)),
    route(contract.changeTag, (by) => changeTag(bench, by, by.params.id, by.body)),
    route(contract.mergeTag, (by) => mergeTag(bench, by, by.params.id, by.body.into)),
    route(contract.deleteTag, (by) => deleteTag(bench, by, by.params.id, by.query.version)),
    route(contract.tagRecords, (by) => tagRecords(bench, by, by.params.id, by.body)),
    route(contract.listTagged, (by) => listTagged(bench, by, by.params.id, by.query)),
  ];
}

function watchRoutes(bench: Bench): Route[] {
  return [
    route(contract.listWatches, (by) => listWatches(bench, by)),
    route(contract.createWatch, (by) => createWatch(bench, by, by.body)),
    route(contract.getWatch, (by) => getWatch(bench, by, by.params.id)),
    route(contract.changeWatch, (by) => changeWatch(bench, by, by.params.id, by.body)),
    route(contract.deleteWatch, (by) => deleteWatch(bench, by, by.params.id, by.query.version)),
    route(contract.listRuns, (by) => listRuns(bench, by, by.params.id, by.query)),
    route(contract.listAlerts, (by) => listAlerts(bench, by, by.params.id, by.query)),
    route(contract.readRuns, (by) => readRuns(bench, by, by.params.id, by.body)),
  ];
}
