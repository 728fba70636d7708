import { canonicalJson, sha256 } from '#kernel/ids';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Records, type Trx } from '#kernel/records';

/** What is to be remembered of one action. */
export interface AuditEntry {
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  /** Verb in the module's words, e.g. `plan.report.submit`. */
  action: string;
  objectType: string;
  objectId: string;
  detail?: Record<string, unknown>;
  requestId?: string | null;
}

/** One link of the chain as stored. */
export interface AuditRow {
  seq: number;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  objectType: string;
  objectId: string;
  detail: Record<string, unknown>;
  requestId: string | null;
  prevHash: string;
  hash: string;
}

const GENESIS = '0'.repeat(64);

/** The hash that links a row to the one before it. */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const { prevHash, ...content } = row;
  return sha256(`${prevHash}\n${canonicalJson({ ...content, at: row.at.toISOString() })}`);
}

/**
 * Appends one entry inside the caller's transaction: the action and its trace are stored together or not at all. A lock
 * held until commit keeps the chain without gaps or forks.
 */
export async function audit(trx: Trx, now: Date, entry: AuditEntry): Promise<void> {
  await lockInTrx(trx, 'audit');
  const last = await trx
    .selectFrom('auditLog')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row: Omit<AuditRow, 'hash'> = {
    seq: (last?.seq ?? 0) + 1,
    at: now,
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    action: entry.action,
    objectType: entry.objectType,
    objectId: entry.objectId,
    detail: JSON.parse(JSON.stringify(entry.detail ?? {})) as Record<string, unknown>,
    requestId: entry.requestId ?? null,
    prevHash: last?.hash ?? GENESIS,
  };
  await trx
    .insertInto('auditLog')
    .values({ ...row, detail: JSON.stringify(row.detail), hash: auditHash(row) })
    .execute();
}

/** Result of walking the whole chain. `brokenAt` is the first row that does not fit its predecessor or its own content. */
export interface AuditVerdict {
  ok: boolean;
  rows: number;
  head: string;
  brokenAt: number | null;
}

/** Recomputes every link, page by page. */
export async function verifyAudit(records: Records): Promise<AuditVerdict> {
  let prev = GENESIS;
  let seq = 0;
  for (;;) {
    const rows = (await records
      .selectFrom('auditLog')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(1000)
      .execute()) as AuditRow[];
    for (const row of rows) {
      const { hash, ...rest } = row;
      if (row.seq !== seq + 1 || row.prevHash !== prev || auditHash(rest) !== hash)
        return { ok: false, rows: seq, head: prev, brokenAt: row.seq };
      prev = hash;
      seq = row.seq;
    }
    if (rows.length === 0) return { ok: true, rows: seq, head: prev, brokenAt: null };
  }
}
