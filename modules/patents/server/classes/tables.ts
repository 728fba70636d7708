import type { Generated, JSONColumnType, Kysely } from 'kysely';
import type { KernelTables, Records, Trx } from '#kernel/records';
import type { ClassFormat } from '../../contract/classes.ts';

/** The tables of 0051_patent_classes.sql and 0052_patent_similar.sql. */
export interface ClassTables extends KernelTables {
  patentClassFile: {
    id: string;
    scheme: 'ipc' | 'cpc' | 'fields';
    version: string;
    format: ClassFormat;
    lang: 'zh' | 'en' | null;
    scope: string;
    sha256: string;
    name: string;
    licence: string;
    rows: number;
    /** Rows that were left out for faults of their own, and the first of them. */
    leftOut: number;
    faults: JSONColumnType<{ line: number; zh: string; en: string }[]>;
    loadedAt: Date;
    loadedBy: string;
    seq: number;
  };
  patentClassEntry: {
    fileId: string;
    ord: number;
    symbol: string;
    parent: string | null;
    depth: number | null;
    title: string;
  };
  patentClassConcordance: {
    fileId: string;
    ord: number;
    oldSymbol: string;
    newSymbol: string;
    since: string | null;
  };
  patentClassField: {
    fileId: string;
    ord: number;
    prefix: string;
    field: number;
    title: string;
    sector: string;
  };
  patentModel: {
    id: Generated<string>;
    kind: 'translation' | 'subclasses';
    fileId: string;
    info: JSONColumnType<Record<string, unknown>>;
    learnedAt: Date;
    seq: number;
  };
}

/** The record store, or an open transaction, with these tables. */
export function withClasses(records: Records | Trx): Kysely<ClassTables> {
  return records as unknown as Kysely<ClassTables>;
}
