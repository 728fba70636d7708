import {
  type ColumnType,
  type Generated,
  type JSONColumnType,
  type Kysely,
  sql,
  type Transaction,
} from 'kysely';

/** The kernel's tables as Kysely sees them (see kernel/migrations). */
export interface KernelTables {
  auditLog: {
    seq: number;
    at: Date;
    actorKind: string;
    actorId: string | null;
    actorName: string;
    action: string;
    objectType: string;
    objectId: string;
    detail: JSONColumnType<Record<string, unknown>>;
    requestId: string | null;
    prevHash: string;
    hash: string;
  };
  storedFile: {
    id: Generated<string>;
    sha256: string;
    size: number;
    name: string;
    mediaType: string;
    ownerId: string | null;
    purpose: string;
    createdAt: Generated<Date>;
  };
  jobRun: {
    id: string;
    name: string;
    state: 'waiting' | 'running' | 'done' | 'failed';
    done: Generated<number>;
    total: number | null;
    note: string | null;
    error: string | null;
    createdAt: Generated<Date>;
    startedAt: Date | null;
    finishedAt: Date | null;
    data: ColumnType<unknown, string | undefined, string>;
    worker: string | null;
  };
  notification: {
    id: Generated<string>;
    userId: string;
    kind: string;
    titleZh: string;
    titleEn: string;
    bodyZh: Generated<string>;
    bodyEn: Generated<string>;
    href: string | null;
    dedupKey: string | null;
    createdAt: Generated<Date>;
    readAt: Date | null;
    mailedAt: Date | null;
  };
  accountGrant: {
    id: Generated<string>;
    userId: string;
    role: string;
    organisation: string | null;
    region: string | null;
    createdAt: Generated<Date>;
    createdBy: string | null;
  };
  apiToken: {
    id: Generated<string>;
    userId: string;
    name: string;
    tokenHash: string;
    hint: string;
    createdAt: Generated<Date>;
    expiresAt: Date | null;
    lastUsedAt: Date | null;
    revokedAt: Date | null;
  };
  installation: { key: string; value: ColumnType<unknown, string, string>; updatedAt: Generated<Date> };
}

/** The record store with at least the kernel's tables. A module adds its own: `records.withTables<PlanTables>()`. */
export type Records = Kysely<KernelTables>;

/** An open transaction on the record store. */
export type Trx = Transaction<KernelTables>;

/**
 * Serialises everybody who names the same key until the transaction ends (PostgreSQL advisory lock). Keys are words,
 * hashed to 64 bits by PostgreSQL itself.
 */
export async function lockInTrx(trx: Kysely<never> | Trx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx as Trx);
}
