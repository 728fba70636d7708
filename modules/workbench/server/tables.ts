import type { ColumnType, Generated, JSONColumnType, Kysely } from 'kysely';
import type { KernelTables, Records } from '#kernel/records';
import type { QueryDialect } from '#modules/patents/contract';
import type { Choice, WatchKind, WatchNotice } from '../contract.ts';

/** A query as it lies in several tables. `reading` is the whole of it in the platform's language, references replaced. */
export interface QueryColumns {
  q: Generated<string>;
  dialect: QueryDialect | null;
  filter: Generated<string>;
  reading: string;
}

type Count = ColumnType<number, number, number>;

/** The tables of 0060_workbench.sql. */
export interface WorkbenchTables extends KernelTables {
  workbenchAccount: {
    account: string;
    nextHistory: Generated<number>;
    feedHash: string | null;
    feedAt: Date | null;
  };
  workbenchHistory: {
    account: string;
    no: number;
    text: string;
    reading: string;
    total: Count;
    at: Date;
  };
  workbenchQuery: QueryColumns & {
    id: Generated<string>;
    owner: string;
    ownerName: string;
    organisation: string | null;
    public: Generated<boolean>;
    name: string;
    note: Generated<string>;
    version: Generated<number>;
    createdAt: Date;
    updatedAt: Date;
    deletedAt: Date | null;
  };
  workbenchObject: {
    id: Generated<string>;
    kind: 'collection' | 'tree';
    name: string;
    note: Generated<string>;
    owner: string;
    ownerName: string;
    organisation: string | null;
    public: Generated<boolean>;
    version: Generated<number>;
    createdAt: Date;
    updatedAt: Date;
    updatedByName: string;
    deletedAt: Date | null;
  };
  workbenchShare: { object: string; account: string; edit: boolean };
  workbenchItem: {
    collection: string;
    number: string;
    note: Generated<string>;
    addedAt: Date;
    addedBy: string;
    addedByName: string;
    version: Generated<number>;
    removedAt: Date | null;
  };
  workbenchDecision: {
    place: string;
    number: string;
    account: string;
    accountName: string;
    choice: Choice | null;
    rating: number | null;
    why: Generated<string>;
    settles: Generated<boolean>;
    at: Date;
    seq: Generated<number>;
  };
  workbenchStanding: {
    place: string;
    number: string;
    choice: Choice | null;
    disputed: boolean;
    settled: boolean;
    rating: number | null;
    ratings: number;
  };
  workbenchLog: {
    seq: Generated<number>;
    object: string;
    at: Date;
    account: string;
    accountName: string;
    action: string;
    numbers: Generated<string[]>;
    detail: JSONColumnType<Record<string, unknown>>;
  };
  workbenchTag: {
    id: Generated<string>;
    owner: string | null;
    organisation: string | null;
    name: string;
    colour: string;
    version: Generated<number>;
    createdAt: Date;
    createdByName: string;
  };
  workbenchTagged: { tag: string; number: string; account: string; accountName: string; at: Date };
  workbenchNode: Omit<QueryColumns, 'reading'> & {
    reading: Generated<string>;
    id: Generated<string>;
    tree: string;
    parent: string | null;
    name: string;
    note: Generated<string>;
    position: number;
    version: Generated<number>;
    updatedAt: Date;
    updatedByName: string;
    deletedAt: Date | null;
  };
  workbenchCheck: {
    id: Generated<string>;
    node: string;
    kind: 'precision' | 'recall';
    seed: number | null;
    numbers: string[];
    found: Generated<string[]>;
    absent: Generated<number>;
    population: Count;
    corpusVersion: Count;
    reading: string;
    source: Generated<string>;
    at: Date;
    account: string;
    accountName: string;
  };
  workbenchWatch: Omit<QueryColumns, 'reading'> & {
    reading: Generated<string>;
    id: Generated<string>;
    account: string;
    name: string;
    kind: WatchKind;
    subject: Generated<string>;
    saved: string | null;
    collection: string | null;
    active: Generated<boolean>;
    notice: WatchNotice;
    feed: Generated<boolean>;
    seenVersion: Count;
    errorZh: string | null;
    errorEn: string | null;
    version: Generated<number>;
    createdAt: Date;
    deletedAt: Date | null;
  };
  workbenchRun: {
    id: Generated<string>;
    watch: string;
    fromVersion: Count;
    toVersion: Count;
    fresh: number;
    changed: number;
    gone: number;
    at: Date;
    readAt: Date | null;
    toldAt: Date | null;
    seq: Generated<number>;
  };
  workbenchAlert: { run: string; kind: 'fresh' | 'changed' | 'gone'; number: string };
}

/** The record store, or an open transaction, with this module's tables. */
export function withWorkbench(db: Records): Kysely<WorkbenchTables> {
  return db as unknown as Kysely<WorkbenchTables>;
}
