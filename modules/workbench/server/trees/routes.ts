import { type Route, route } from '#kernel/http/route';
import * as contract from '../../contract.ts';
import type { Bench } from '../bench.ts';
import { checkRecall, drawSample, getCheck, judgeSample, listChecks } from './checks.ts';
import { countTree, decideNode, listNodeRecords } from './members.ts';
import { addNode, changeNode, deleteNode, getTree } from './nodes.ts';

/** Endpoints of classification trees and of how good their nodes are. */
export function treeRoutes(bench: Bench): Route[] {
  return [
    route(contract.getTree, (by) => getTree(bench, by, by.params.id)),
    route(contract.countTree, (by) => countTree(bench, by, by.params.id)),
    route(contract.addNode, (by) => addNode(bench, by, by.params.id, by.body)),
    route(contract.changeNode, (by) => changeNode(bench, by, by.params.id, by.body)),
    route(contract.deleteNode, (by) => deleteNode(bench, by, by.params.id, by.query.version)),
    route(contract.listNodeRecords, (by) => listNodeRecords(bench, by, by.params.id, by.query)),
    route(contract.decideNode, (by) => decideNode(bench, by, by.params.id, by.body)),
    route(contract.listChecks, (by) => listChecks(bench, by, by.params.id)),
    route(contract.drawSample, (by) => drawSample(bench, by, by.params.id, by.body)),
    route(contract.checkRecall, (by) => checkRecall(bench, by, by.params.id, by.body)),
    route(contract.getCheck, (by) => getCheck(bench, by, by.params.id)),
    route(contract.judgeSample, (by) => judgeSample(bench, by, by.params.id, by.body)),
  ];
}
