import type { ColumnType, JSONColumnType, Kysely } from 'kysely';
import type { KernelTables, Records } from '#kernel/records';
import type { EntryState } from '../contract.ts';

/** Content of an entry as stored: canonical values by field key. */
export type EntryData = Record<string, unknown>;

/** An entry's identity and state. */
export interface EntryTable {
  id: string;
  register: string;
  serial: number;
  no: string;
  state: EntryState;
  version: number;
  key: string | null;
  endedOn: string | null;
  void: boolean;
  mergedInto: string | null;
  submitKey: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** One stretch of content, as known during one stretch of time. */
export interface SliceTable {
  id: ColumnType<number, never, never>;
  entry: string;
  register: string;
  serial: number;
  no: string;
  version: number;
  segment: number;
  last: boolean;
  fromDay: string | null;
  validFrom: string | null;
  validTo: string | null;
  recordedFrom: Date;
  recordedTo: Date | null;
  state: EntryState;
  void: boolean;
  schemaVersion: number;
  region: string | null;
  c1: string | null;
  c2: string | null;
  c3: string | null;
  c4: string | null;
  c5: string | null;
  c6: string | null;
  dueOn: string | null;
  dueKind: string | null;
  organisation: string | null;
  title: string;
  search: string;
  data: JSONColumnType<EntryData>;
}

/** The tables of 0040_registers.sql. */
export interface RegisterTables extends KernelTables {
  registerSchema: {
    register: string;
    version: number;
    hash: string;
    doc: JSONColumnType<object>;
    at: Date;
  };
  registerCounter: { register: string; serial: number };
  registerEntry: EntryTable;
  registerSlice: SliceTable;
  registerMention: { entry: string; organisation: string; field: string; own: boolean };
  registerLink: { entry: string; target: string; field: string };
  registerChange: {
    entry: string;
    version: number;
    at: Date;
    actorId: string | null;
    actorName: string;
    action: string;
    fromState: EntryState | null;
    toState: EntryState;
    reason: string | null;
    basis: string | null;
    onDay: string | null;
    batch: string | null;
    schemaVersion: number;
  };
  registerView: {
    id: string;
    register: string;
    owner: string;
    ownerName: string;
    name: string;
    query: string;
    shared: boolean;
    at: Date;
  };
  registerMerge: {
    id: string;
    register: string;
    survivor: string;
    survivorBefore: number;
    survivorAfter: number;
    loser: string;
    loserBefore: number;
    loserAfter: number;
    reason: string;
    at: Date;
    byId: string | null;
    byName: string;
    undoneAt: Date | null;
    undoneByName: string | null;
  };
  registerReminder: { entry: string; kind: string; dueOn: string; days: number; sentAt: Date };
}

/** The record store, or an open transaction, with this module's tables. */
export function withRegisters(db: Records): Kysely<RegisterTables> {
  return db as unknown as Kysely<RegisterTables>;
}
