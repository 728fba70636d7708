import type { Generated, JSONColumnType, Kysely, Transaction } from 'kysely';
import type { KernelTables, Records, Trx } from '#kernel/records';
import type { ColumnMapping, ImportFormat, ImportState } from '../contract.ts';

/** The module's record tables as Kysely sees them (see migrations). */
export interface PatentTables extends KernelTables {
  patentImport: {
    id: Generated<string>;
    fileId: string | null;
    fileName: string;
    size: number;
    format: ImportFormat;
    sheet: string | null;
    encoding: string | null;
    delimiter: string | null;
    headerRow: number | null;
    mapping: JSONColumnType<ColumnMapping> | null;
    state: ImportState;
    requested: 'pause' | 'cancel' | null;
    epoch: Generated<number>;
    batch: Generated<number>;
    position: Generated<number>;
    accepted: Generated<number>;
    updated: Generated<number>;
    unchanged: Generated<number>;
    rejected: Generated<number>;
    bytesDone: Generated<number>;
    runMs: Generated<number>;
    errorCode: string | null;
    errorParams: JSONColumnType<Record<string, unknown>> | null;
    createdBy: string | null;
    createdByName: string;
    createdByRole: string;
    createdAt: Generated<Date>;
    startedAt: Date | null;
    finishedAt: Date | null;
    sourceId: string;
    label: Generated<string>;
    withdrawnAt: Date | null;
    withdrawnByName: string | null;
  };
  patentSource: {
    id: Generated<string>;
    key: string;
    nameZh: string;
    nameEn: string;
    licence: Generated<string>;
    rank: Generated<number>;
    createdAt: Generated<Date>;
  };
  patentCorpus: {
    id: Generated<boolean>;
    published: Generated<number>;
    nextDoc: Generated<number>;
    dead: Generated<number>;
    documents: Generated<number>;
    applicants: Generated<string | null>;
  };
  patentApplicantLink: {
    id: Generated<string>;
    member: string;
    memberName: string;
    head: string;
    headName: string;
    rule: 'spelling' | 'organisation' | 'former-name' | 'legal-form' | 'school' | 'person';
    state: 'proposed' | 'active' | 'undone' | 'declined';
    detail: JSONColumnType<Record<string, string | null>>;
    madeAt: Date;
    madeBy: Generated<string | null>;
    madeByName: string;
    decidedAt: Date | null;
    decidedBy: Generated<string | null>;
    decidedByName: string | null;
    decisionReason: string | null;
  };
  patentApplicantOrganisation: { applicant: string; organisationId: string };
  patentValueRule: {
    kind: 'rule-set' | 'scheme';
    version: number;
    fromDay: string;
    doc: JSONColumnType<Record<string, unknown>>;
    madeAt: Date;
    madeBy: string;
    madeByName: string;
  };
  patentExpertScore: {
    id: Generated<string>;
    number: string;
    indicator: string;
    points: number;
    reason: string;
    at: Date;
    byId: string;
    byName: string;
  };
  patentAmount: {
    id: Generated<string>;
    number: string;
    kind: 'economic' | 'price';
    yuan: string | number;
    asOf: string;
    method: string;
    source: string;
    at: Date;
    byId: string;
    byName: string;
    struckAt: Generated<Date | null>;
    struckByName: Generated<string | null>;
    struckReason: Generated<string | null>;
  };
  patentReader: { reader: string; version: number };
  patentImportReject: {
    importId: string;
    row: number;
    seq: number;
    field: string;
    value: string;
    reasonZh: string;
    reasonEn: string;
  };
  patentMapping: {
    id: Generated<string>;
    name: string;
    signature: string;
    header: JSONColumnType<string[]>;
    mapping: JSONColumnType<ColumnMapping>;
    usedAt: Generated<Date>;
  };
}

/** The record store with this module's tables. */
export type PatentRecords = Kysely<PatentTables>;

/** An open transaction with this module's tables. */
export type PatentTrx = Transaction<PatentTables>;

/** The platform's record store, seen with this module's tables. */
export function withPatents(records: Records): PatentRecords {
  return records as unknown as PatentRecords;
}

/** The same transaction as the kernel's functions take it. */
export function kernelTrx(trx: PatentTrx): Trx {
  return trx as unknown as Trx;
}
