import { type Kysely, sql } from 'kysely';
import { newId } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import type { QueryDialect } from '#modules/patents/contract';
import { type Kept, LIMITS, type TreeNode } from '../../contract.ts';
import { type Bench, type By, readable, records, trace } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import { type Opened, type Opening, objectView, openObject, type Right } from '../objects/access.ts';
import { log } from '../objects/log.ts';
import { readKept, type StoredQuery } from '../queries/kept.ts';
import type { WorkbenchTables } from '../tables.ts';

/** A node as stored. */
export interface NodeRow extends StoredQuery {
  id: string;
  tree: string;
  parent: string | null;
  name: string;
  note: string;
  dialect: QueryDialect | null;
  position: number;
  version: number;
  updatedAt: Date;
  updatedByName: string;
}

/** What of a node its keepers set. */
export interface NodeBody extends Kept {
  name: string;
  note: string;
  parent: string | null;
  position?: number | undefined;
}

const gone = () => workbenchError('workbench_gone', { what: '分类节点', what_en: 'The node' });

/** A node as it is answered. Visitors learn nothing of the persons behind it. */
export function nodeView(by: Pick<By, 'actor'>, node: NodeRow): TreeNode {
  const { id, parent, name, note, q, dialect, filter, reading, position, version } = node;
  return {
    ...{ id, parent, name, note, q, dialect, filter, reading, position, version },
    updatedAt: node.updatedAt.toISOString(),
    updatedBy: by.actor.kind === 'user' ? node.updatedByName : '',
  };
}

/** Nodes of a tree, siblings in their order. */
export async function nodesOf(db: Kysely<WorkbenchTables>, tree: string): Promise<NodeRow[]> {
  return db
    .selectFrom('workbenchNode')
    .selectAll()
    .where('tree', '=', tree)
    .where('deletedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** A node that the asker may see or change, and its tree. @throws AppError `workbench_gone`, `workbench_read_only` */
export async function openNode(
  db: Kysely<WorkbenchTables>,
  by: Pick<By, 'actor'>,
  id: string,
  wanted: Right,
  opening: Pick<Opening, 'lock'> = {},
): Promise<{ node: NodeRow; tree: Opened }> {
  const node = await db
    .selectFrom('workbenchNode')
    .selectAll()
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  if (!node) throw gone();
  return { node, tree: await openObject(db, by, node.tree, wanted, { kind: 'tree', ...opening }) };
}

/** A tree with its nodes in order. */
export async function getTree(bench: Bench, by: By, id: string) {
  const opened = await openObject(records(bench), by, id, 'read', { kind: 'tree' });
  const nodes = await nodesOf(records(bench), id);
  return { object: await objectView(bench, by, opened), nodes: nodes.map((node) => nodeView(by, node)) };
}

/** The query of a node; references are replaced, because others evaluate it. */
async function query(bench: Bench, by: By, body: NodeBody): Promise<StoredQuery> {
  if (body.q.trim() === '' && body.filter.trim() === '')
    return { q: '', dialect: null, filter: '', reading: '' };
  return readKept(bench, by, body, false);
}

/** A new node. */
export async function addNode(bench: Bench, by: By, tree: string, body: NodeBody): Promise<TreeNode> {
  await openObject(records(bench), by, tree, 'edit', { kind: 'tree' });
  const kept = await query(bench, by, body);
  const now = bench.platform.clock.now();
  const row = await records(bench)
    .transaction()
    .execute(async (trx) => {
      await openObject(trx, by, tree, 'edit', { kind: 'tree', lock: 'share' });
      await lockInTrx(trx as never, `workbench tree ${tree}`);
      const nodes = await nodesOf(trx, tree);
      if (nodes.length >= LIMITS.nodes)
        throw workbenchError('workbench_limit', {
          what: '一个分类导航中的节点',
          what_en: 'nodes in a tree',
          most: LIMITS.nodes,
          now: nodes.length + 1,
        });
      if (body.parent !== null && !nodes.some((n) => n.id === body.parent)) throw gone();
      const { name, note, parent } = body;
      const id = newId();
      const made = await trx
        .insertInto('workbenchNode')
        .values({
          ...{ id, tree, name, note, parent, position: nodes.length, ...kept },
          updatedAt: now,
          updatedByName: by.actor.name,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const position = await arrange(trx, [...nodes, made], made, body.position);
      await log(bench, trx, by, { object: tree, action: 'node-add', detail: { node: id, name } });
      await trace(bench, trx, by, traced(tree, 'node-add', { node: id, name }));
      return { ...made, position };
    });
  return nodeView(by, row);
}

function traced(tree: string, action: string, detail: Record<string, unknown>) {
  return { action: `workbench.tree.${action}`, objectType: 'workbench-tree', objectId: tree, detail };
}

/** Puts a node at a place among its siblings and numbers them anew. Gives its place. */
async function arrange(
  trx: Kysely<WorkbenchTables>,
  nodes: readonly NodeRow[],
  node: NodeRow,
  wanted: number | undefined,
): Promise<number> {
  const siblings = nodes.filter((n) => n.parent === node.parent && n.id !== node.id);
  const place = Math.min(wanted ?? siblings.length, siblings.length);
  const order = [...siblings.slice(0, place), node, ...siblings.slice(place)].map((n) => n.id);
  await sql`update workbench_node n set position = o.position - 1
      from unnest(${order}::uuid[]) with ordinality as o (id, position)
     where n.id = o.id and n.position <> o.position - 1`.execute(trx);
  return place;
}

/** Changes, moves or reorders a node. What people decided about it stays. */
export async function changeNode(
  bench: Bench,
  by: By,
  id: string,
  { version, ...body }: NodeBody & { version: number },
): Promise<TreeNode> {
  await openNode(records(bench), by, id, 'edit');
  const kept = await query(bench, by, body);
  const row = await records(bench)
    .transaction()
    .execute(async (trx) => {
      const { tree } = await lockNode(trx, by, id, version);
      const nodes = await nodesOf(trx, tree.row.id);
      const old = nodes.find((n) => n.id === id)!;
      if (body.parent !== null) demandAbove(nodes, old, body.parent);
      const { name, note, parent } = body;
      const made = await trx
        .updateTable('workbenchNode')
        .set({
          ...{ name, note, parent, ...kept, version: version + 1 },
          updatedAt: bench.platform.clock.now(),
          updatedByName: by.actor.name,
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const stays = parent === old.parent && body.position === undefined;
      const position = stays ? old.position : await arrange(trx, nodes, made, body.position);
      const was = { name: old.name, reading: old.reading, parent: old.parent };
      const detail = { node: id, name, reading: kept.reading, was };
      await log(bench, trx, by, { object: tree.row.id, action: 'node-change', detail });
      await trace(bench, trx, by, traced(tree.row.id, 'node-change', detail));
      return { ...made, position };
    });
  return nodeView(by, row);
}

/** Holds a tree's shape and compares the node with the version that was looked at. */
async function lockNode(trx: Kysely<WorkbenchTables>, by: By, id: string, version: number) {
  const first = await openNode(trx, by, id, 'edit', { lock: 'share' });
  await lockInTrx(trx as never, `workbench tree ${first.tree.row.id}`);
  // Somebody who held the lock before may have changed it.
  const opened = await openNode(trx, by, id, 'edit');
  const { node } = opened;
  if (node.version !== version)
    throw workbenchError('workbench_changed', {
      by: node.updatedByName,
      at: readable(node.updatedAt),
      name: node.name,
      version: node.version,
    });
  return opened;
}

function demandAbove(nodes: readonly NodeRow[], node: NodeRow, parent: string): void {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  if (!byId.has(parent)) throw gone();
  for (let above: string | null = parent; above !== null; above = byId.get(above)?.parent ?? null)
    if (above === node.id) throw workbenchError('workbench_node_move', { name: node.name });
}

/** Deletes a node with everything below it; decisions about them stay in the store and in the log. */
export async function deleteNode(
  bench: Bench,
  by: By,
  id: string,
  version: number,
): Promise<{ deleted: number }> {
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      const { node, tree } = await lockNode(trx, by, id, version);
      const nodes = await nodesOf(trx, tree.row.id);
      const below = new Set([id]);
      for (let grown = true; grown; ) {
        const more = nodes.filter((n) => n.parent !== null && below.has(n.parent) && !below.has(n.id));
        for (const n of more) below.add(n.id);
        grown = more.length > 0;
      }
      await trx
        .updateTable('workbenchNode')
        .set({ deletedAt: bench.platform.clock.now() })
        .where('id', 'in', [...below])
        .execute();
      const detail = { node: id, name: node.name, nodes: [...below] };
      await log(bench, trx, by, { object: tree.row.id, action: 'node-delete', detail });
      await trace(bench, trx, by, traced(tree.row.id, 'node-delete', detail));
      return { deleted: below.size };
    });
}
