import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { EntryParams } from './entries.ts';
import { EntryState, FieldDiff } from './states.ts';

/** One recorded step of an entry. */
export const ChangeView = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    by: z.string(),
    /** create, correct, change, an {@link EntryAction}, merge, unmerge. */
    action: z.string(),
    actionLabel: z.string(),
    fromState: EntryState.nullable(),
    toState: EntryState,
    reason: z.string().nullable(),
    basis: z.string().nullable(),
    /** Day from which it takes effect, where one was given. */
    on: z.iso.date().nullable(),
    /** The import or bulk change it belongs to. */
    batch: z.string().nullable(),
    /** Version of the register's schema at that time. */
    schemaVersion: z.int(),
    diff: z.array(FieldDiff),
  })
  .meta({ id: 'RegisterChange' });
export type ChangeView = z.infer<typeof ChangeView>;

export const entryHistory = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries/:no/history',
  summary: 'Every recorded step, latest first, with what it changed',
  access: 'public',
  params: EntryParams,
  response: z.object({ changes: z.array(ChangeView) }),
});

export const entryDiff = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries/:no/diff',
  summary: 'What differs between two versions',
  access: 'public',
  params: EntryParams,
  query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
  response: z.object({
    from: z.int(),
    to: z.int(),
    diff: z.array(FieldDiff),
    fromState: EntryState,
    toState: EntryState,
  }),
});
