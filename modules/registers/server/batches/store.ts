import { sql } from 'kysely';
import type { Records, Trx } from '#kernel/records';
import type { BatchRowKind } from '../../contract.ts';
import type { EntryData } from '../tables.ts';
import { type RowIssue, withBatches } from './tables.ts';

/** What would become of one row. */
export interface PlannedRow {
  row: number;
  kind: BatchRowKind;
  /** Number of the entry that is there already. */
  no: string | null;
  /** Its version when this was planned. */
  version: number | null;
  title: string;
  /** The whole new content; null where nothing is to be written, or where a step is taken. */
  data: EntryData | null;
  /** What the changed fields held. */
  before: EntryData | null;
  changed: string[];
  issues: RowIssue[];
}

/** Stores planned rows in one statement. */
export async function storeRows(
  trx: Trx | Records,
  batch: string,
  rows: readonly PlannedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into register_batch_row (batch, row, kind, no, version, title, data, before, changed, issues, applied)
    select ${batch}::uuid, x.row, x.kind, x.no, x.version, x.title, x.data, x.before, x.changed, x.issues, false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(row int, kind text, no text, version int, title text,
      data jsonb, before jsonb, changed jsonb, issues jsonb)`.execute(trx);
}

/** How many of some rows are of each kind. */
export function countKinds(rows: readonly { kind: BatchRowKind }[]): Record<BatchRowKind, number> {
  const counts = { added: 0, changed: 0, unchanged: 0, rejected: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return counts;
}

/** Adds to a batch's counts and its progress. */
export async function addCounts(
  trx: Trx | Records,
  batch: string,
  counts: Record<BatchRowKind, number>,
  done: number,
): Promise<void> {
  await withBatches(trx as Records)
    .updateTable('registerBatch')
    .set((eb) => ({
      added: eb('added', '+', counts.added),
      changed: eb('changed', '+', counts.changed),
      unchanged: eb('unchanged', '+', counts.unchanged),
      rejected: eb('rejected', '+', counts.rejected),
      done: eb('done', '+', done),
    }))
    .where('id', '=', batch)
    .execute();
}
