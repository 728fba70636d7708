import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { ReportBody, ReportView } from '../contract.ts';
import { displayBody, type Indicator } from './domain/body.ts';
import { planError } from './errors.ts';
import { CITY } from './figures.ts';
import { indicatorNo } from './judge.ts';
import type { Names } from './names.ts';
import { plannedPeriod } from './periods.ts';
import type { PlanDb, PlanTrx } from './tables.ts';

/** States of a report in words. */
export const reportStateWords = { submitted: '待审核', returned: '已退回', accepted: '已审核通过' } as const;

/** A row of plan_report as read. */
export interface ReportRow {
  id: string;
  indicator: string;
  period: string;
  scope: string;
  state: 'submitted' | 'returned' | 'accepted';
  version: number;
  body: ReportBody;
  organisation: string | null;
  submittedBy: string | null;
  submittedByName: string;
  submittedAt: Date;
  acceptedAt: Date | null;
}

/** The pack's indicator; throws `plan_indicator`. */
export function packIndicator(platform: Platform, no: string | number): Indicator {
  const indicator = platform.pack.indicators.find((i) => i.no === String(no));
  if (!indicator) throw planError('plan_indicator', { no });
  return indicator;
}

/** What the actor may do next with a report. */
export function reportAbilities(
  platform: Platform,
  actor: Actor,
  row: Pick<ReportRow, 'state' | 'scope' | 'organisation'>,
): ReportView['abilities'] {
  const reviewer = platform.policy.can(actor, 'plan.review');
  const scope = row.scope === CITY ? { organisation: row.organisation ?? '' } : { region: row.scope };
  const out: ReportView['abilities'] = [];
  if (reviewer && row.state === 'submitted') out.push('accept', 'return');
  if (reviewer && row.state === 'accepted') out.push('correct');
  if (row.state === 'returned' && platform.policy.can(actor, 'plan.report', scope)) out.push('resubmit');
  return out;
}

/** A report with its history as the contract shows it. */
export async function reportView(
  platform: Platform,
  names: Names,
  db: PlanDb | PlanTrx,
  actor: Actor,
  row: ReportRow,
  { measured, parts }: { measured: number | null; parts: readonly (number | null)[] },
): Promise<ReportView> {
  const indicator = packIndicator(platform, row.indicator);
  const log = await db
    .selectFrom('planReportLog')
    .selectAll()
    .where('reportId', '=', row.id)
    .orderBy('version')
    .execute();
  return {
    ...summaryOf(platform, names, actor, row),
    measured,
    measuredParts: (indicator.parts ?? []).flatMap((p, i) => {
      const value = parts[i] ?? null;
      const words = { id: p.id, title: p.title, unit: p.unit.zh, decimals: p.decimals ?? 0 };
      return value === null ? [] : [{ ...words, measured: value }];
    }),
    body: row.body,
    files: await filesOf(db, row.body.files),
    log: log.map((l) => ({
      at: l.at.toISOString(),
      action: l.action,
      by: l.actorName,
      reason: l.reason,
      display: displayBody(indicator, l.body),
    })),
  };
}

/** The part of a report that lists show. */
export function summaryOf(platform: Platform, names: Names, actor: Actor, row: ReportRow) {
  const indicator = packIndicator(platform, row.indicator);
  return {
    id: row.id,
    no: indicatorNo(row.indicator),
    title: indicator.title,
    period: row.period,
    scope: row.scope,
    scopeName:
      row.scope === CITY
        ? platform.pack.city.name.zh
        : names.regionName(row.scope, plannedPeriod(platform, row.period).to),
    state: row.state,
    version: row.version,
    display: displayBody(indicator, row.body),
    submittedBy: row.submittedByName,
    submittedAt: row.submittedAt.toISOString(),
    measured: null as number | null,
    abilities: reportAbilities(platform, actor, row),
  };
}

/** Names and sizes of evidence files. */
export async function filesOf(db: PlanDb | PlanTrx, ids: readonly string[]): Promise<ReportView['files']> {
  if (ids.length === 0) return [];
  const files = await db
    .selectFrom('storedFile')
    .select(['id', 'name', 'size', 'mediaType'])
    .where('id', 'in', ids)
    .execute();
  return ids.flatMap((id) => files.filter((f) => f.id === id));
}

/** One report's row; throws `not_found`. */
export async function readReport(db: PlanDb | PlanTrx, id: string): Promise<ReportRow> {
  const row = await db.selectFrom('planReport').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw planError('plan_report_missing', { id });
  return row;
}
