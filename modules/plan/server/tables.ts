import type { ColumnType, Kysely, Transaction } from 'kysely';
import type { KernelTables, Records, Trx } from '#kernel/records';
import type { Signature } from '#kernel/signing';
import type { ReportBody } from '../contract.ts';

type Json<T> = ColumnType<T, string, string>;

/** The plan's tables as Kysely sees them (see migrations). */
export interface PlanTables {
  planPeriod: {
    id: string;
    state: 'open' | 'closed' | 'frozen';
    due: string;
    openedAt: Date;
    openedBy: string;
    closedAt: Date | null;
    closedBy: string | null;
  };
  planDraft: {
    indicator: string;
    period: string;
    scope: string;
    body: Json<ReportBody>;
    version: number;
    holderId: string;
    holderName: string;
    savedAt: Date;
  };
  planReport: {
    id: string;
    indicator: string;
    period: string;
    scope: string;
    state: 'submitted' | 'returned' | 'accepted';
    version: number;
    body: Json<ReportBody>;
    organisation: string | null;
    submittedBy: string | null;
    submittedByName: string;
    submittedAt: Date;
    submitKey: string;
    acceptedAt: Date | null;
    demo: ColumnType<boolean, boolean | undefined, boolean>;
  };
  planReportLog: {
    reportId: string;
    version: number;
    at: Date;
    action: 'submitted' | 'returned' | 'accepted' | 'corrected';
    actorId: string | null;
    actorName: string;
    reason: string | null;
    body: Json<ReportBody>;
  };
  planSnapshot: {
    year: string;
    edition: number;
    content: string;
    hash: string;
    signature: Json<Signature>;
    asOf: string;
    /** Moment of which its figures are known; null in editions from before it was kept. */
    knownAt: Date | null;
    frozenAt: Date;
    frozenBy: string;
    reason: string | null;
    freezeKey: string;
    publishedAt: Date | null;
  };
}

/** The record store with the plan's tables. */
export type PlanDb = Kysely<KernelTables & PlanTables>;

/** A transaction with the plan's tables. */
export type PlanTrx = Transaction<KernelTables & PlanTables>;

/** The same store or transaction, with the plan's tables known to the compiler. */
export function planDb<T extends Records | Trx>(db: T): T extends Trx ? PlanTrx : PlanDb {
  return db as unknown as T extends Trx ? PlanTrx : PlanDb;
}
