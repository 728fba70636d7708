import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** One search of the account. `#3` in a query stands for it. */
export const HistoryEntry = z
  .object({
    no: z.int(),
    /** As it was typed. */
    text: z.string(),
    /** In full, references replaced. */
    reading: z.string(),
    total: z.int(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'WorkbenchHistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const No = z.object({ no: z.coerce.number().int().min(1).max(999_999) });

export const listHistory = endpoint({
  method: 'GET',
  path: '/api/workbench/history',
  summary: "The account's searches, latest first",
  access: 'signed-in',
  query: z.object({
    before: z.coerce.number().int().min(1).max(1_000_000).optional(),
    contains: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ total: z.int(), entries: z.array(HistoryEntry), next: z.int().nullable() }),
});

/** Runs an entry again; `before` is what it found last time. */
export const rerunHistory = endpoint({
  method: 'POST',
  path: '/api/workbench/history/:no/run',
  summary: 'Count again what a search of the history finds now',
  access: 'signed-in',
  params: No,
  response: z.object({ entry: HistoryEntry, before: z.int() }),
});

/** `#1 AND #3`: a new entry with its own number. */
export const combineHistory = endpoint({
  method: 'POST',
  path: '/api/workbench/history/combine',
  summary: 'Combine searches of the history into a new one',
  access: 'signed-in',
  body: z.object({
    numbers: z.array(z.int().min(1).max(999_999)).min(2).max(20),
    how: z.enum(['and', 'or', 'not']),
  }),
  response: HistoryEntry,
});

export const deleteHistory = endpoint({
  method: 'POST',
  path: '/api/workbench/history/delete',
  summary: 'Delete searches from the history; their numbers are not used again',
  access: 'signed-in',
  /** Absent: all. */
  body: z.object({ numbers: z.array(z.int().min(1).max(999_999)).max(1000).optional() }),
  response: z.object({ deleted: z.int() }),
});
