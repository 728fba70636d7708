import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { Cursor, Id, Named, PageSize, Person, Reach, Version } from './shared.ts';

/** A collection or a classification tree, as lists show it. */
export const WorkbenchObject = z
  .object({
    id: z.uuid(),
    kind: z.enum(['collection', 'tree']),
    name: z.string(),
    note: z.string(),
    owner: Person,
    own: z.boolean(),
    organisation: Named.nullable(),
    public: z.boolean(),
    /** Accounts it is shared with; empty for those who only read. */
    shares: z.array(z.object({ person: Person, username: z.string(), edit: z.boolean() })),
    /** Publications of a collection, nodes of a tree. */
    size: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
    deletedAt: z.iso.datetime().nullable(),
    abilities: z.object({ edit: z.boolean(), manage: z.boolean(), publish: z.boolean() }),
  })
  .meta({ id: 'WorkbenchObject' });
export type WorkbenchObject = z.infer<typeof WorkbenchObject>;

/** One line of the log of a collection or tree. */
export const LogEntry = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  person: Person,
  action: z.string(),
  numbers: z.array(z.string()),
  /** How many numbers there are in all; `numbers` shows the first hundred. */
  count: z.int(),
  detail: z.record(z.string(), z.unknown()),
});
export type LogEntry = z.infer<typeof LogEntry>;

const Name = z.string().trim().min(1).max(100);
const Note = z.string().max(4000).default('');
const create = z.object({ name: Name, note: Note, ...Reach.shape });
const shares = z.array(z.object({ username: z.string().min(1).max(80), edit: z.boolean() })).max(100);

export const listObjects = endpoint({
  method: 'GET',
  path: '/api/workbench/objects',
  summary:
    'Collections and trees: own, shared with the account or its organisation; or those open to everybody',
  access: 'public',
  query: z.object({
    kind: z.enum(['collection', 'tree']).optional(),
    show: z.enum(['mine', 'public', 'deleted']).default('mine'),
  }),
  response: z.object({
    objects: z.array(WorkbenchObject),
    organisations: z.array(Named),
    publish: z.boolean(),
  }),
});

export const createObject = endpoint({
  method: 'POST',
  path: '/api/workbench/objects',
  summary: 'A new collection or classification tree',
  access: 'signed-in',
  body: create.extend({ kind: z.enum(['collection', 'tree']) }),
  response: WorkbenchObject,
});

export const getObject = endpoint({
  method: 'GET',
  path: '/api/workbench/objects/:id',
  summary: 'One collection or tree, without its content',
  access: 'public',
  params: Id,
  response: WorkbenchObject,
});

export const changeObject = endpoint({
  method: 'PUT',
  path: '/api/workbench/objects/:id',
  summary: 'Change name, note and who sees it',
  access: 'signed-in',
  params: Id,
  body: create.extend({ version: Version }),
  response: WorkbenchObject,
});

/** Replaces the list. Accounts are named by their user names; unknown ones are refused. */
export const shareObject = endpoint({
  method: 'PUT',
  path: '/api/workbench/objects/:id/shares',
  summary: 'Share with chosen accounts, to read or to edit',
  access: 'signed-in',
  params: Id,
  body: z.object({ shares, version: Version }),
  response: WorkbenchObject,
});

/** Nothing is lost: it can be brought back. */
export const deleteObject = endpoint({
  method: 'DELETE',
  path: '/api/workbench/objects/:id',
  summary: 'Delete a collection or tree; it can be restored',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});

export const restoreObject = endpoint({
  method: 'POST',
  path: '/api/workbench/objects/:id/restore',
  summary: 'Bring a deleted collection or tree back',
  access: 'signed-in',
  params: Id,
  response: WorkbenchObject,
});

export const listLog = endpoint({
  method: 'GET',
  path: '/api/workbench/objects/:id/log',
  summary: 'Who did what when, latest first; for those who may edit',
  access: 'signed-in',
  params: Id,
  query: z.object({ cursor: Cursor, limit: PageSize }),
  response: z.object({ entries: z.array(LogEntry), next: z.string().nullable() }),
});
