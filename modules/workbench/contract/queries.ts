import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { QueryDialect } from '#modules/patents/contract';
import { Id, Kept, Named, Person, Reach, Version } from './shared.ts';

/** A query under a name; `@name` in a query stands for it. */
export const SavedQuery = z
  .object({
    id: z.uuid(),
    name: z.string(),
    note: z.string(),
    q: z.string(),
    dialect: QueryDialect.nullable(),
    filter: z.string(),
    reading: z.string(),
    owner: Person,
    own: z.boolean(),
    organisation: Named.nullable(),
    public: z.boolean(),
    version: z.int(),
    updatedAt: z.iso.datetime(),
    abilities: z.object({ change: z.boolean() }),
  })
  .meta({ id: 'WorkbenchSavedQuery' });
export type SavedQuery = z.infer<typeof SavedQuery>;

/** A name as it can be written behind `@` without quotation marks. */
const QueryName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}_.-]+$/u);

const body = Kept.extend({ name: QueryName, note: z.string().max(2000).default(''), ...Reach.shape });

/** Names are unique within an account; an own query goes before one of the same name of a colleague. */
export const listQueries = endpoint({
  method: 'GET',
  path: '/api/workbench/queries',
  summary: "Own saved queries, those of one's organisation, and with `public` those open to everybody",
  access: 'public',
  query: z.object({ show: z.enum(['mine', 'public']).default('mine') }),
  response: z.object({ queries: z.array(SavedQuery), organisations: z.array(Named), publish: z.boolean() }),
});

export const getQuery = endpoint({
  method: 'GET',
  path: '/api/workbench/queries/:id',
  summary: 'One saved query',
  access: 'public',
  params: Id,
  response: SavedQuery,
});

/**
 * References to the history are replaced by what they stand for, because the history may be deleted; so is every
 * reference of a query that others will use.
 */
export const saveQuery = endpoint({
  method: 'POST',
  path: '/api/workbench/queries',
  summary: 'Save a query under a name',
  access: 'signed-in',
  body,
  response: SavedQuery,
});

export const changeQuery = endpoint({
  method: 'PUT',
  path: '/api/workbench/queries/:id',
  summary: 'Change a saved query; the version is the one that was looked at',
  access: 'signed-in',
  params: Id,
  body: body.extend({ version: Version }),
  response: SavedQuery,
});

export const deleteQuery = endpoint({
  method: 'DELETE',
  path: '/api/workbench/queries/:id',
  summary: 'Delete a saved query; watches of it stop and say why',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});
