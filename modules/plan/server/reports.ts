import { audit } from '#kernel/audit/audit';
import type { Issue } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Trx } from '#kernel/records';
import type { ReportBody } from '../contract.ts';
import { demandAnswering } from './answering.ts';
import type { BoardState } from './board.ts';
import { previousOf } from './detail.ts';
import { bodyIssues, displayBody, type Indicator, trimBody } from './domain/body.ts';
import { planError } from './errors.ts';
import { CITY } from './figures.ts';
import { lockPeriod, periodStateWords, plannedPeriod, reportersOf } from './periods.ts';
import { type PlanTrx, planDb } from './tables.ts';
import { packIndicator, type ReportRow, readReport, reportStateWords } from './views.ts';

/** Who acts, in which request. */
export interface By {
  actor: Actor;
  requestId: string;
}

/** A submission as the contract takes it. */
export interface Submission {
  no: string | number;
  period: string;
  scope: string;
  body: ReportBody;
  key: string;
}

/**
 * Takes a report. The same key, and the same body pressed twice, give the same report: the second caller waits for the
 * first and gets its result. A returned report is submitted again under its own id, so that its history stays together.
 */
export async function submitReport(state: BoardState, by: By, s: Submission): Promise<ReportRow> {
  const { platform, names } = state;
  const indicator = packIndicator(platform, s.no);
  const period = plannedPeriod(platform, s.period);
  const answering = demandAnswering(platform, names, by.actor, indicator, period, s.scope);
  const side = s.scope === CITY ? 'city' : 'county';
  const body = trimBody(indicator, period.year, side, s.body);
  const previous = previousOf(state, indicator, s.scope, period.to)?.value ?? null;
  refuse(bodyIssues(indicator, period.year, side, body, previous));
  return platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const at = { indicator: indicator.no, period: s.period, scope: s.scope };
    const periodState = await lockPeriod(trx, s.period);
    await lockInTrx(t, `plan report ${indicator.no} ${s.period} ${s.scope}`);
    const same = await trx
      .selectFrom('planReport')
      .selectAll()
      .where('submitKey', '=', s.key)
      .executeTakeFirst();
    if (same && same.indicator === indicator.no && same.period === s.period && same.scope === s.scope)
      return same;
    if (periodState !== 'open')
      throw planError('plan_period_not_open', { period: s.period, state: periodStateWords[periodState] });
    await demandFiles(trx, body.files);
    const existing = await trx
      .selectFrom('planReport')
      .selectAll()
      .where((e) => e.and(at))
      .executeTakeFirst();
    if (existing && existing.state !== 'returned')
      throw planError('plan_report_exists', {
        at: existing.submittedAt.toISOString().slice(0, 16).replace('T', ' '),
        by: existing.submittedByName,
        state: reportStateWords[existing.state],
      });
    const now = platform.clock.now();
    const fresh = {
      state: 'submitted' as const,
      body: JSON.stringify(body),
      organisation: answering.organisation,
      submittedBy: by.actor.id,
      submittedByName: by.actor.name,
      submittedAt: now,
      submitKey: s.key,
    };
    const row = existing
      ? await trx
          .updateTable('planReport')
          .set({ ...fresh, version: existing.version + 1, acceptedAt: null })
          .where('id', '=', existing.id)
          .returningAll()
          .executeTakeFirstOrThrow()
      : await trx
          .insertInto('planReport')
          .values({
            id: newId(),
            ...at,
            version: 1,
            acceptedAt: null,
            ...fresh,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
    await trx
      .deleteFrom('planDraft')
      .where((e) => e.and(at))
      .execute();
    await record(t, platform, by, indicator, row, 'submitted', null);
    await notify(
      t,
      (await platform.auth.usersHolding('plan.review', {}, t)).map((userId) => ({
        userId,
        kind: 'plan.submitted',
        title: {
          zh: `${by.actor.name}报送了第 ${indicator.no} 号指标（${period.label.zh}）`,
          en: `${by.actor.name} reported indicator ${indicator.no} for ${period.label.en}`,
        },
        body: { zh: displayBody(indicator, body), en: displayBody(indicator, body) },
        href: `/reports/${row.id}`,
      })),
    );
    return row;
  });
}

/** Accepts a submitted report: from now on its figure counts. */
export async function acceptReport(
  state: BoardState,
  by: By,
  id: string,
  version: number,
): Promise<ReportRow> {
  return decide(state, by, id, version, 'submitted', async (trx, row) => ({
    row: await update(trx, row, { state: 'accepted', acceptedAt: state.platform.clock.now() }),
    action: 'accepted',
    reason: null,
    message: (indicator) => ({
      zh: `第 ${indicator.no} 号指标的报告已审核通过`,
      en: `Your report on indicator ${indicator.no} was accepted`,
    }),
  }));
}

/** Returns a submitted report with a reason; the reporter may change and submit it again while the period is open. */
export async function returnReport(
  state: BoardState,
  by: By,
  id: string,
  version: number,
  reason: string,
): Promise<ReportRow> {
  return decide(state, by, id, version, 'submitted', async (trx, row) => ({
    row: await update(trx, row, { state: 'returned' }),
    action: 'returned',
    reason,
    message: (indicator) => ({
      zh: `第 ${indicator.no} 号指标的报告被退回：${reason}`,
      en: `Your report on indicator ${indicator.no} was returned: ${reason}`,
    }),
  }));
}

/**
 * Corrects an accepted report. The log keeps the old value for everybody to see; a frozen year keeps its own editions, so
 * a correction after the freeze shows there only in a new edition.
 */
export async function correctReport(
  state: BoardState,
  by: By,
  id: string,
  version: number,
  body: ReportBody,
  reason: string,
): Promise<ReportRow> {
  return decide(state, by, id, version, 'accepted', async (trx, row) => {
    const indicator = packIndicator(state.platform, row.indicator);
    const year = plannedPeriod(state.platform, row.period).year;
    const side = row.scope === CITY ? 'city' : 'county';
    const trimmed = trimBody(indicator, year, side, {
      ...body,
      explanation: body.explanation || row.body.explanation,
    });
    refuse(bodyIssues(indicator, year, side, trimmed, null));
    await demandFiles(trx, trimmed.files);
    return {
      row: await update(trx, row, { body: JSON.stringify(trimmed) }),
      action: 'corrected',
      reason,
      message: (i) => ({
        zh: `第 ${i.no} 号指标的报告已更正：${displayBody(i, row.body)} → ${displayBody(i, trimmed)}，原因：${reason}`,
        en: `Your report on indicator ${i.no} was corrected: ${displayBody(i, row.body)} → ${displayBody(i, trimmed)}`,
      }),
    };
  });
}

interface Decision {
  row: ReportRow;
  action: 'accepted' | 'returned' | 'corrected';
  reason: string | null;
  message(indicator: Indicator): { zh: string; en: string };
}

/** One reviewer wins: the row is locked, and a version that is not the one looked at is refused with the current state. */
async function decide(
  state: BoardState,
  by: By,
  id: string,
  version: number,
  from: ReportRow['state'],
  act: (trx: PlanTrx, row: ReportRow) => Promise<Decision>,
): Promise<ReportRow> {
  const { platform, names } = state;
  return platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const found = await readReport(trx, id);
    await lockPeriod(trx, found.period);
    await lockInTrx(t, `plan report ${found.indicator} ${found.period} ${found.scope}`);
    const row = await readReport(trx, id);
    if (row.version !== version)
      throw planError('plan_report_version', { state: reportStateWords[row.state], version: row.version });
    if (row.state !== from) throw planError('plan_report_state', { state: reportStateWords[row.state] });
    const done = await act(trx, row);
    const indicator = packIndicator(platform, row.indicator);
    await record(t, platform, by, indicator, done.row, done.action, done.reason);
    const users = row.submittedBy
      ? [row.submittedBy]
      : await reportersOf(platform, names, indicator.lead, row.scope, undefined, t);
    await notify(
      t,
      users.map((userId) => ({
        userId,
        kind: `plan.${done.action}`,
        title: done.message(indicator),
        href: `/tasks/${row.indicator}/${row.period}/${row.scope}`,
      })),
    );
    return done.row;
  });
}

async function update(
  trx: PlanTrx,
  row: ReportRow,
  change: { state?: ReportRow['state']; acceptedAt?: Date; body?: string },
): Promise<ReportRow> {
  return trx
    .updateTable('planReport')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Writes the report's own log and the audit log, in the same transaction as the change. */
async function record(
  t: Trx,
  platform: Platform,
  by: By,
  indicator: Indicator,
  row: ReportRow,
  action: 'submitted' | 'accepted' | 'returned' | 'corrected',
  reason: string | null,
): Promise<void> {
  const now = platform.clock.now();
  await planDb(t)
    .insertInto('planReportLog')
    .values({
      reportId: row.id,
      version: row.version,
      at: now,
      action,
      actorId: by.actor.id,
      actorName: by.actor.name,
      reason,
      body: JSON.stringify(row.body),
    })
    .execute();
  await audit(t, now, {
    actor: by.actor,
    action: `plan.report.${action}`,
    objectType: 'plan-report',
    objectId: row.id,
    detail: {
      indicator: indicator.no,
      period: row.period,
      scope: row.scope,
      value: displayBody(indicator, row.body),
      ...(reason && { reason }),
    },
    requestId: by.requestId,
  });
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw planError('plan_body', {}, issues);
}

/** Every evidence file must exist; the database reports a malformed id as an unknown one. */
async function demandFiles(trx: PlanTrx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const wellFormed = ids.every((id) => /^[0-9a-f-]{36}$/.test(id));
  const found = wellFormed
    ? await trx
        .selectFrom('storedFile')
        .select('id')
        .where('id', 'in', [...new Set(ids)])
        .execute()
    : [];
  if (found.length !== new Set(ids).size) throw planError('plan_file');
}
