import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { RegisterParams } from './declarations.ts';
import { Entry, EntryRow } from './entries.ts';

/** Entries that look like one and the same. */
export const DuplicateGroup = z.object({
  /** same-code, or same-name with a close address. */
  why: z.enum(['same-code', 'same-name']),
  /** In words, with the code or name. */
  reason: z.string(),
  entries: z.array(EntryRow).min(2),
});
export type DuplicateGroup = z.infer<typeof DuplicateGroup>;

export const listDuplicates = endpoint({
  method: 'GET',
  path: '/api/registers/:register/duplicates',
  summary: 'Groups of entries with the same code, or the same name and a close address',
  access: 'signed-in',
  params: RegisterParams,
  response: z.object({ groups: z.array(DuplicateGroup), more: z.boolean() }),
});

/** One merge that was made. */
export const MergeView = z
  .object({
    id: z.uuid(),
    survivor: z.object({ no: z.string(), title: z.string() }),
    loser: z.object({ no: z.string(), title: z.string() }),
    reason: z.string(),
    at: z.iso.datetime(),
    by: z.string(),
    undoneAt: z.iso.datetime().nullable(),
    undoneBy: z.string().nullable(),
    abilities: z.object({ undo: z.boolean() }),
  })
  .meta({ id: 'RegisterMerge' });
export type MergeView = z.infer<typeof MergeView>;

export const mergeEntries = endpoint({
  method: 'POST',
  path: '/api/registers/:register/merges',
  summary: 'Merge one entry into another; the content that remains is given',
  access: 'signed-in',
  params: RegisterParams,
  body: z.object({
    survivor: z.object({ no: z.string().max(40), version: z.int().min(1) }),
    loser: z.object({ no: z.string().max(40), version: z.int().min(1) }),
    /** The survivor's content after the merge. */
    data: z.record(z.string(), z.unknown()),
    reason: z.string().trim().min(1).max(1000),
  }),
  response: z.object({ merge: MergeView, entry: Entry }),
});

export const listMerges = endpoint({
  method: 'GET',
  path: '/api/registers/:register/merges',
  summary: 'Merges that were made, latest first',
  access: 'signed-in',
  params: RegisterParams,
  response: z.object({ merges: z.array(MergeView) }),
});

export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/registers/merges/:id/undo',
  summary: 'Take a merge back: both entries are as they were before it',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  response: MergeView,
});
