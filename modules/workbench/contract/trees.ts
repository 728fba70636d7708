import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit, QueryDialect } from '#modules/patents/contract';
import { WorkbenchObject } from './objects.ts';
import { Cursor, Decision, Id, Kept, Numbers, PageSize, Version } from './shared.ts';

/** A node of a classification tree. */
export const TreeNode = z
  .object({
    id: z.uuid(),
    parent: z.uuid().nullable(),
    name: z.string(),
    note: z.string(),
    q: z.string(),
    dialect: QueryDialect.nullable(),
    filter: z.string(),
    reading: z.string(),
    /** Place among its siblings, from 0. */
    position: z.int(),
    version: z.int(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
  })
  .meta({ id: 'WorkbenchTreeNode' });
export type TreeNode = z.infer<typeof TreeNode>;

const body = Kept.extend({
  name: z.string().trim().min(1).max(100),
  note: z.string().max(4000).default(''),
  parent: z.uuid().nullable().default(null),
  /** Place among the siblings; at the end where absent or too high. */
  position: z.int().min(0).max(10_000).optional(),
});

export const getTree = endpoint({
  method: 'GET',
  path: '/api/workbench/trees/:id',
  summary: 'A classification tree with its nodes in order',
  access: 'public',
  params: Id,
  response: z.object({ object: WorkbenchObject, nodes: z.array(TreeNode) }),
});

/** Counts are exact, by the corpus and the decisions of this moment. A node that cannot be counted says why. */
export const countTree = endpoint({
  method: 'GET',
  path: '/api/workbench/trees/:id/counts',
  summary: 'How many publications each node of a tree holds',
  access: 'public',
  params: Id,
  response: z.object({
    corpusVersion: z.int(),
    counts: z.array(
      z.object({
        node: z.uuid(),
        records: z.int().nullable(),
        /** Found by the query; put there and taken out by people; where people differ. */
        found: z.int(),
        added: z.int(),
        excluded: z.int(),
        disputed: z.int(),
        error: z.string().nullable(),
      }),
    ),
  }),
});

export const addNode = endpoint({
  method: 'POST',
  path: '/api/workbench/trees/:id/nodes',
  summary: 'A new node',
  access: 'signed-in',
  params: Id,
  body,
  response: TreeNode,
});

export const changeNode = endpoint({
  method: 'PUT',
  path: '/api/workbench/nodes/:id',
  summary: 'Change, move or reorder a node; decisions of people stay',
  access: 'signed-in',
  params: Id,
  body: body.extend({ version: Version }),
  response: TreeNode,
});

/** With everything below it. */
export const deleteNode = endpoint({
  method: 'DELETE',
  path: '/api/workbench/nodes/:id',
  summary: 'Delete a node and those below it',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ deleted: z.int() }),
});

/** A publication in a node, or one that people keep out of it. */
export const NodeRecord = z.object({
  number: z.string(),
  hit: PatentHit.nullable(),
  /** What put it here: the query, or a person. */
  by: z.enum(['query', 'person', 'excluded']),
  disputed: z.boolean(),
  settled: z.boolean(),
  decisions: z.array(Decision),
});
export type NodeRecord = z.infer<typeof NodeRecord>;

/** `in`: everything the node holds. `person`, `excluded`, `disputed`: what people decided. */
export const listNodeRecords = endpoint({
  method: 'GET',
  path: '/api/workbench/nodes/:id/records',
  summary: 'Publications of a node by number',
  access: 'public',
  params: Id,
  query: z.object({
    show: z.enum(['in', 'person', 'excluded', 'disputed']).default('in'),
    cursor: Cursor,
    limit: PageSize,
  }),
  response: z.object({
    node: TreeNode,
    total: z.int(),
    records: z.array(NodeRecord),
    next: z.string().nullable(),
  }),
});

/** A person's decision wins over the query and stays. Null takes one's own back. */
export const decideNode = endpoint({
  method: 'POST',
  path: '/api/workbench/nodes/:id/decisions',
  summary: 'Put publications into a node or keep them out',
  access: 'signed-in',
  params: Id,
  body: z.object({
    numbers: Numbers,
    choice: z.enum(['in', 'out']).nullable(),
    why: z.string().max(2000).default(''),
    settles: z.boolean().default(false),
  }),
  response: z.object({ changed: z.int() }),
});
