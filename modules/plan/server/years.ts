import { audit } from '#kernel/audit/audit';
import { canonicalJson, sha256 } from '#kernel/ids';
import { inTrx, type Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx } from '#kernel/records';
import { type Signature, verifySignature } from '#kernel/signing';
import type { BulletinContent, SnapshotInfo } from '../contract.ts';
import { BoardState, type GivenFigures } from './board.ts';
import { bulletinContent } from './bulletin-content.ts';
import { periodsOf } from './domain/periods.ts';
import { planError } from './errors.ts';
import { frozenYears } from './known.ts';
import { MeasureValues } from './measured.ts';
import { lockPeriod } from './periods.ts';
import type { By } from './reports.ts';
import { planDb } from './tables.ts';

interface SnapshotRow {
  year: string;
  edition: number;
  content: string;
  hash: string;
  signature: Signature;
  asOf: string;
  knownAt: Date | null;
  frozenAt: Date;
  frozenBy: string;
  reason: string | null;
  publishedAt: Date | null;
}

/** A frozen year with everything needed to check it. */
export interface Snapshot {
  info: SnapshotInfo;
  content: BulletinContent;
  signature: Signature;
  intact: boolean;
}

/** What still stands against freezing a year, in words; empty when nothing does. */
export async function freezeBlockers(platform: Platform, year: string): Promise<string[]> {
  if (!platform.pack.plan.years.includes(year)) return [`${year} 年不在计划期内`];
  if (platform.clock.today() <= `${year}-12-31`) return [`${year} 年尚未结束`];
  const db = planDb(platform.records);
  const ids = [...periodsOf(platform.pack).values()].filter((p) => p.year === year).map((p) => p.id);
  const open = await db
    .selectFrom('planPeriod')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .execute();
  const undecided = await db
    .selectFrom('planReport')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('period', 'in', ids)
    .where('state', '=', 'submitted')
    .executeTakeFirstOrThrow();
  return [
    ...open.map((p) => `报告期 ${p.id} 还在填报，请先关闭`),
    ...(Number(undecided.n) > 0 ? [`还有 ${undecided.n} 份报告待审核`] : []),
  ];
}

/**
 * Freezes a year: the board of its last day, as it is known now, becomes a signed text that never changes again. All in
 * one transaction: after a power cut the year is frozen whole or not at all. The same key twice gives the same snapshot.
 * From then on boards of the year show measured figures as they were known at this moment.
 */
export async function freezeYear(
  platform: Platform,
  by: By,
  year: string,
  key: string,
  reason: string | undefined,
): Promise<SnapshotInfo> {
  const knownAt = platform.clock.now();
  const given = await measuredBefore(platform, year, knownAt);
  const row = await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    await lockInTrx(t, `plan freeze ${year}`);
    const same = await trx
      .selectFrom('planSnapshot')
      .selectAll()
      .where('freezeKey', '=', key)
      .executeTakeFirst();
    if (same) return same;
    const periods = [...periodsOf(platform.pack).values()].filter((p) => p.year === year);
    for (const p of periods) await lockPeriod(trx, p.id);
    const within = inTrx(platform, t);
    const blockers = await freezeBlockers(within, year);
    if (blockers.length > 0) throw planError('plan_freeze_blocked', { year, why: blockers.join('；') });
    const last = await trx
      .selectFrom('planSnapshot')
      .select('edition')
      .where('year', '=', year)
      .orderBy('edition', 'desc')
      .limit(1)
      .executeTakeFirst();
    const edition = (last?.edition ?? 0) + 1;
    if (edition > 1 && !reason) throw planError('plan_freeze_reason', { year, edition: edition - 1 });
    const head = await trx
      .selectFrom('auditLog')
      .select('hash')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    // Read after the locks are held: nothing can be reported or decided for this year until this transaction ends.
    const state = await BoardState.read(within, 0, given);
    const content = canonicalJson(
      await bulletinContent(state, { year, edition, auditHead: head?.hash ?? '', knownAt }),
    );
    const now = platform.clock.now();
    const stored = await trx
      .insertInto('planSnapshot')
      .values({
        year,
        edition,
        content,
        hash: sha256(content),
        signature: JSON.stringify(platform.signer.sign(content)),
        asOf: `${year}-12-31`,
        knownAt,
        frozenAt: now,
        frozenBy: by.actor.name,
        reason: reason ?? null,
        freezeKey: key,
        publishedAt: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    for (const p of periods)
      await trx
        .insertInto('planPeriod')
        .values({
          id: p.id,
          state: 'frozen',
          due: p.due.due,
          openedAt: now,
          openedBy: by.actor.name,
          closedAt: now,
          closedBy: by.actor.name,
        })
        .onConflict((c) =>
          c.column('id').doUpdateSet({ state: 'frozen', closedAt: now, closedBy: by.actor.name }),
        )
        .execute();
    await audit(t, now, {
      actor: by.actor,
      action: 'plan.year.freeze',
      objectType: 'plan-year',
      objectId: `${year} ${edition}`,
      detail: { hash: stored.hash, ...(reason && { reason }) },
      requestId: by.requestId,
    });
    return stored;
  });
  return infoOf(platform, by.actor, row);
}

/**
 * Measures the year's last day as known at a moment. Before the freeze's transaction, because measures ask the stores on
 * connections of their own, for which a transaction must not wait; the moment keeps the figures from changing meanwhile.
 */
async function measuredBefore(platform: Platform, year: string, knownAt: Date): Promise<GivenFigures> {
  const given = {
    values: new MeasureValues(platform.measures),
    frozen: frozenYears(new Map([[year, knownAt]]), false),
  };
  const state = await BoardState.read(platform, 0, given);
  await state.board({ asOf: `${year}-12-31`, region: null, lang: 'zh' });
  return given;
}

/** Publishes a frozen year; from then on everybody may read it. Publishing twice changes nothing. */
export async function publishSnapshot(
  platform: Platform,
  by: By,
  year: string,
  edition: number,
): Promise<SnapshotInfo> {
  const row = await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    await lockInTrx(t, `plan freeze ${year}`);
    const found = await trx
      .selectFrom('planSnapshot')
      .selectAll()
      .where('year', '=', year)
      .where('edition', '=', edition)
      .executeTakeFirst();
    if (!found) throw planError('plan_snapshot', { year, edition });
    if (found.publishedAt) return found;
    const now = platform.clock.now();
    await audit(t, now, {
      actor: by.actor,
      action: 'plan.year.publish',
      objectType: 'plan-year',
      objectId: `${year} ${edition}`,
      detail: { hash: found.hash },
      requestId: by.requestId,
    });
    return trx
      .updateTable('planSnapshot')
      .set({ publishedAt: now })
      .where('year', '=', year)
      .where('edition', '=', edition)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return infoOf(platform, by.actor, row);
}

/** Frozen years, newest first; those not published only for the plan office. */
export async function listSnapshots(platform: Platform, actor: Actor): Promise<SnapshotInfo[]> {
  const office = platform.policy.can(actor, 'plan.freeze');
  const rows = await planDb(platform.records)
    .selectFrom('planSnapshot')
    .selectAll()
    .orderBy('year', 'desc')
    .orderBy('edition', 'desc')
    .execute();
  return rows.filter((r) => office || r.publishedAt).map((r) => infoOf(platform, actor, r));
}

/** One frozen year, checked just now. Throws `plan_snapshot` where the asker may not see it. */
export async function readSnapshot(
  platform: Platform,
  actor: Actor,
  year: string,
  edition: number,
): Promise<Snapshot> {
  const row = await planDb(platform.records)
    .selectFrom('planSnapshot')
    .selectAll()
    .where('year', '=', year)
    .where('edition', '=', edition)
    .executeTakeFirst();
  if (!row || !(row.publishedAt || platform.policy.can(actor, 'plan.freeze')))
    throw planError('plan_snapshot', { year, edition });
  return {
    info: infoOf(platform, actor, row),
    content: JSON.parse(row.content) as BulletinContent,
    signature: row.signature,
    intact: sha256(row.content) === row.hash && verifySignature(row.content, row.signature),
  };
}

function infoOf(platform: Platform, actor: Actor, row: SnapshotRow): SnapshotInfo {
  const office = platform.policy.can(actor, 'plan.freeze');
  return {
    year: row.year,
    edition: row.edition,
    asOf: row.asOf,
    frozenAt: row.frozenAt.toISOString(),
    frozenBy: row.frozenBy,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    reason: row.reason,
    hash: row.hash,
    keyId: row.signature.keyId,
    abilities: office ? [...(row.publishedAt ? [] : (['publish'] as const)), 'refreeze'] : [],
  };
}
