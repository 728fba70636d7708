import type { JSONColumnType, Kysely } from 'kysely';
import type { Records } from '#kernel/records';
import type { Lang, Text } from '#kernel/text';
import type { BatchRowKind, BatchState, EntryAction } from '../../contract.ts';
import type { EntryData, RegisterTables } from '../tables.ts';

/** State that new entries of an import get. */
export type NewState = 'proposed' | 'verified' | 'published';

/** What was asked for. */
export type BatchRequest =
  | {
      kind: 'import';
      state: NewState;
      /** Head → field key, `@no`, `@version`, or null; as a person chose. */
      columns: Record<string, string | null> | null;
    }
  | {
      kind: 'bulk';
      select: { nos: string[] } | { query: string };
      change: { set: EntryData } | { action: EntryAction; on: string | null };
    };

/** A column of the imported file: its head, and the field key, `@no` or `@version` that it stands for. */
export interface BatchColumn {
  head: string;
  field: string | null;
}

/** What is wrong with a row, in both languages. */
export interface RowIssue {
  field: Text;
  value: string;
  message: Text;
}

/** An import or bulk change as stored. */
export interface BatchTable {
  id: string;
  register: string;
  kind: 'import' | 'bulk';
  state: BatchState;
  fileId: string | null;
  sheet: string | null;
  request: JSONColumnType<BatchRequest>;
  mode: 'correct' | 'change';
  fromDay: string | null;
  reason: string | null;
  basis: string | null;
  added: number;
  changed: number;
  unchanged: number;
  rejected: number;
  done: number;
  total: number | null;
  notes: JSONColumnType<Text[]>;
  columns: JSONColumnType<BatchColumn[]>;
  error: JSONColumnType<Text> | null;
  lang: Lang;
  actorId: string;
  actorName: string;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The tables of 0042_register_batches.sql. */
export interface BatchTables extends RegisterTables {
  registerBatch: BatchTable;
  registerBatchRow: {
    batch: string;
    row: number;
    kind: BatchRowKind;
    no: string | null;
    version: number | null;
    title: string;
    data: JSONColumnType<EntryData> | null;
    before: JSONColumnType<EntryData> | null;
    changed: JSONColumnType<string[]>;
    issues: JSONColumnType<RowIssue[]>;
    applied: boolean;
  };
}

/** The record store, or an open transaction, with the batches. */
export function withBatches(db: Records): Kysely<BatchTables> {
  return db as unknown as Kysely<BatchTables>;
}
