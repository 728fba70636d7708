import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { RegisterParams } from './declarations.ts';
import { EntryAction, FieldDiff } from './states.ts';

/**
 * A batch is a set of changes that is looked at before it is made: an imported file or a bulk change.
 * preparing → ready → applying → done; failed or cancelled. Nothing is written before it is applied.
 */
export const BatchState = z.enum(['preparing', 'ready', 'applying', 'done', 'failed', 'cancelled']);
export type BatchState = z.infer<typeof BatchState>;

/** What would become of one row. */
export const BatchRowKind = z.enum(['added', 'changed', 'unchanged', 'rejected']);
export type BatchRowKind = z.infer<typeof BatchRowKind>;

/** One batch. */
export const Batch = z
  .object({
    id: z.uuid(),
    register: z.string(),
    registerTitle: z.string(),
    kind: z.enum(['import', 'bulk']),
    state: BatchState,
    /** Of the file; null for a bulk change. */
    file: z.object({ name: z.string(), size: z.int(), sheet: z.string().nullable() }).nullable(),
    /** What is done, in words: the action or the fields that are set. */
    summary: z.string(),
    mode: z.enum(['correct', 'change']),
    from: z.iso.date().nullable(),
    reason: z.string().nullable(),
    basis: z.string().nullable(),
    /** Exact; rows = added + changed + unchanged + rejected. */
    counts: z.object({
      rows: z.int(),
      added: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      rejected: z.int(),
    }),
    /** Rows worked through in the current step, and how many there are (null while unknown). */
    progress: z.object({ done: z.int(), total: z.int().nullable() }),
    /** What to know before applying: the same file was imported before, columns that were not recognised. */
    notes: z.array(z.string()),
    /** Column head → field key, or null where the column is ignored. */
    columns: z.array(
      z.object({ head: z.string(), field: z.string().nullable(), label: z.string().nullable() }),
    ),
    error: z.string().nullable(),
    by: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    abilities: z.object({ apply: z.boolean(), cancel: z.boolean() }),
  })
  .meta({ id: 'RegisterBatch' });
export type Batch = z.infer<typeof Batch>;

/** One row of a batch with what it would change, or why it is refused. */
export const BatchRow = z.object({
  /** Row of the file, or place in the bulk change, from 1. */
  row: z.int(),
  kind: BatchRowKind,
  no: z.string().nullable(),
  title: z.string(),
  diff: z.array(FieldDiff),
  issues: z.array(
    z.object({
      /** Label of the column. */
      field: z.string(),
      value: z.string(),
      /** What is wrong and how to mend it. */
      message: z.string(),
    }),
  ),
  applied: z.boolean(),
});
export type BatchRow = z.infer<typeof BatchRow>;

const BatchParams = z.object({ id: z.uuid() });

/**
 * Multipart parts, fields before the file: `mode` (correct | change), `from` (day, with change), `state` (proposed | verified |
 * published, for new entries), `reason`, `basis`, `sheet`, `columns` (JSON: head → field key or null); `file` (xlsx or csv).
 */
export const importEntries = endpoint({
  method: 'POST',
  path: '/api/registers/:register/imports',
  summary: 'Read a file and say what it would change; nothing is written yet',
  access: 'signed-in',
  params: RegisterParams,
  multipart: true,
  response: Batch,
});

export const bulkChange = endpoint({
  method: 'POST',
  path: '/api/registers/:register/bulk',
  summary: 'Prepare one change to many entries; nothing is written yet',
  access: 'signed-in',
  params: RegisterParams,
  body: z.object({
    /** Numbers of entries, or a narrowing of the list (query string as of the list). */
    select: z.union([
      z.object({ nos: z.array(z.string().max(40)).min(1).max(10_000) }),
      z.object({ query: z.string().max(4000) }),
    ]),
    change: z.union([
      z.object({
        set: z.record(z.string(), z.unknown()),
        mode: z.enum(['correct', 'change']),
        from: z.iso.date().optional(),
      }),
      z.object({ action: EntryAction, on: z.iso.date().optional() }),
    ]),
    reason: z.string().trim().max(1000).optional(),
    basis: z.string().trim().max(300).optional(),
  }),
  response: Batch,
});

export const listBatches = endpoint({
  method: 'GET',
  path: '/api/registers/:register/batches',
  summary: 'Imports and bulk changes of a register, latest first',
  access: 'signed-in',
  params: RegisterParams,
  response: z.object({ batches: z.array(Batch) }),
});

export const getBatch = endpoint({
  method: 'GET',
  path: '/api/registers/batches/:id',
  summary: 'One batch, with exact counts and how far it has come',
  access: 'signed-in',
  params: BatchParams,
  response: Batch,
});

export const listBatchRows = endpoint({
  method: 'GET',
  path: '/api/registers/batches/:id/rows',
  summary: 'Rows of a batch in order, with differences and reasons',
  access: 'signed-in',
  params: BatchParams,
  query: z.object({
    kind: BatchRowKind.optional(),
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({ rows: z.array(BatchRow), total: z.int(), next: z.int().nullable() }),
});

export const batchRejects = endpoint({
  method: 'GET',
  path: '/api/registers/batches/:id/rejects.xlsx',
  summary: 'The refused rows as they came, with the reasons beside them; can be mended and imported',
  access: 'signed-in',
  params: BatchParams,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const applyBatch = endpoint({
  method: 'POST',
  path: '/api/registers/batches/:id/apply',
  summary:
    'Make the changes of a prepared batch, or the rest of one that failed on the way; rows changed by others meanwhile are refused, not overwritten',
  access: 'signed-in',
  params: BatchParams,
  response: Batch,
});

export const cancelBatch = endpoint({
  method: 'POST',
  path: '/api/registers/batches/:id/cancel',
  summary: 'Throw a prepared batch away',
  access: 'signed-in',
  params: BatchParams,
  response: Batch,
});
