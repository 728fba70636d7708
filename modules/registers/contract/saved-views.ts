import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { RegisterParams } from './declarations.ts';

/** A narrowed list under a name. */
export const SavedView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** Query string of the list's page, without `?`. */
    query: z.string(),
    shared: z.boolean(),
    own: z.boolean(),
    by: z.string(),
  })
  .meta({ id: 'RegisterSavedView' });
export type SavedView = z.infer<typeof SavedView>;

export const listViews = endpoint({
  method: 'GET',
  path: '/api/registers/:register/views',
  summary: 'Own saved views and those that others share',
  access: 'signed-in',
  params: RegisterParams,
  response: z.object({ views: z.array(SavedView) }),
});

export const saveView = endpoint({
  method: 'POST',
  path: '/api/registers/:register/views',
  summary: 'Save a view; one of the same name is replaced',
  access: 'signed-in',
  params: RegisterParams,
  body: z.object({
    name: z.string().trim().min(1).max(60),
    query: z.string().max(4000),
    shared: z.boolean().default(false),
  }),
  response: SavedView,
});

export const deleteView = endpoint({
  method: 'DELETE',
  path: '/api/registers/:register/views/:id',
  summary: 'Forget an own saved view',
  access: 'signed-in',
  params: RegisterParams.extend({ id: z.uuid() }),
  response: z.object({ id: z.uuid() }),
});
