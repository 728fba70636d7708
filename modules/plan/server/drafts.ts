import { audit } from '#kernel/audit/audit';
import { diffDays } from '#kernel/calendar/date';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx } from '#kernel/records';
import type { Lang } from '#kernel/text';
import type { ReportBody, ReportForm, ReportTask } from '../contract.ts';
import { answersFor, demandAnswering } from './answering.ts';
import type { BoardState } from './board.ts';
import { previousOf } from './detail.ts';
import { asksOf, displayTarget } from './domain/body.ts';
import type { Target } from './domain/expected.ts';
import { plainNumber } from './domain/light.ts';
import { periodsOf } from './domain/periods.ts';
import { planError } from './errors.ts';
import { CITY } from './figures.ts';
import { indicatorNo } from './judge.ts';
import { plannedPeriod } from './periods.ts';
import type { By } from './reports.ts';
import { planDb } from './tables.ts';
import { filesOf, packIndicator, reportView } from './views.ts';

/** Names one form: indicator, period, scope. */
export interface FormKey {
  no: string;
  period: string;
  scope: string;
}

/** Everything that the form of one report shows. */
export async function reportForm(
  state: BoardState,
  actor: Actor,
  key: FormKey,
  lang: Lang,
): Promise<ReportForm> {
  const { platform, names } = state;
  const indicator = packIndicator(platform, key.no);
  const period = plannedPeriod(platform, key.period);
  const answering = demandAnswering(platform, names, actor, indicator, period, key.scope);
  const db = planDb(platform.records);
  const at = { indicator: indicator.no, period: key.period, scope: key.scope };
  const periodRow = await db
    .selectFrom('planPeriod')
    .selectAll()
    .where('id', '=', key.period)
    .executeTakeFirst();
  const draft = await db
    .selectFrom('planDraft')
    .selectAll()
    .where((e) => e.and(at))
    .executeTakeFirst();
  const report = await db
    .selectFrom('planReport')
    .selectAll()
    .where((e) => e.and(at))
    .executeTakeFirst();
  const region = key.scope === CITY ? null : key.scope;
  const measured = (await state.measured(indicator.no, null, period.to, region))?.value ?? null;
  const ofParts = await state.measuredParts(indicator, period.to, region);
  const previous = previousOf(state, indicator, key.scope, period.to);
  const open = periodRow?.state === 'open' && (!report || report.state === 'returned');
  const colleagues = await colleaguesOf(state, actor, key.scope, answering.organisation);
  return {
    no: indicatorNo(indicator.no),
    title: indicator.title,
    fullTitle: indicator.fullTitle,
    kind: indicator.kind,
    unit: indicator.unit?.[lang] ?? null,
    decimals: indicator.decimals ?? 0,
    rule: indicator.rule.text,
    period: {
      id: period.id,
      label: period.label,
      from: period.from,
      to: period.to,
      due: periodRow?.due ?? period.due.due,
      state: periodRow?.state ?? 'planned',
    },
    scope: key.scope,
    scopeName: answering.scopeName,
    why: answering.why[lang],
    target: displayTarget(indicator, period.year),
    parts: (indicator.parts ?? []).map((p, i) => ({
      id: p.id,
      title: p.title,
      unit: p.unit[lang],
      decimals: p.decimals ?? 0,
      target: partTarget(p.targets[period.year], p.decimals ?? 0),
      measured: ofParts[i] ?? null,
    })),
    stages: (indicator.milestones?.stages ?? []).map((s) => ({ ...s })),
    asks: asksOf(indicator, period.year, key.scope === CITY ? 'city' : 'county'),
    measured,
    previous: previous && { period: previous.period, display: previous.display },
    draft: draft
      ? {
          body: draft.body,
          version: draft.version,
          savedAt: draft.savedAt.toISOString(),
          holder: draft.holderName,
          mine: draft.holderId === actor.id,
          files: await filesOf(db, draft.body.files),
        }
      : null,
    report: report
      ? await reportView(platform, names, db, actor, report, { measured, parts: ofParts })
      : null,
    colleagues,
    abilities: open
      ? ['save', 'submit', ...(draft && colleagues.length ? (['hand-over'] as const) : [])]
      : [],
  };
}

function partTarget(target: Target | undefined, decimals: number): string | null {
  return typeof target === 'number' ? plainNumber(target, decimals) : null;
}

/** Accounts that report for the same organisation or region, without the actor. */
async function colleaguesOf(
  state: BoardState,
  actor: Actor,
  scope: string,
  organisation: string | null,
): Promise<{ id: string; name: string }[]> {
  const { auth } = state.platform;
  const ids = await auth.usersHolding(
    'plan.report',
    scope === CITY ? { organisation: organisation ?? '' } : { region: scope },
  );
  const people = await Promise.all(ids.filter((id) => id !== actor.id).map((id) => auth.findAccount(id)));
  return people.flatMap((p) => (p ? [{ id: p.id, name: p.name }] : []));
}

/**
 * Saves what was typed so far. `version` is the save that the page last saw (0: none): when somebody else saved
 * meanwhile nothing is overwritten and the caller gets 409 with the newer draft's holder and time.
 */
export async function saveDraft(
  state: BoardState,
  by: By,
  key: FormKey,
  body: ReportBody,
  version: number,
): Promise<{ version: number; savedAt: string }> {
  const { platform, names } = state;
  const indicator = packIndicator(platform, key.no);
  const period = plannedPeriod(platform, key.period);
  demandAnswering(platform, names, by.actor, indicator, period, key.scope);
  return platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const at = { indicator: indicator.no, period: key.period, scope: key.scope };
    await lockInTrx(t, `plan report ${indicator.no} ${key.period} ${key.scope}`);
    const known = await trx
      .selectFrom('planDraft')
      .selectAll()
      .where((e) => e.and(at))
      .executeTakeFirst();
    if ((known?.version ?? 0) !== version)
      throw planError('plan_draft_conflict', {
        holder: known?.holderName ?? '他人',
        savedAt: known?.savedAt.toISOString() ?? '',
        version: known?.version ?? 0,
      });
    const savedAt = platform.clock.now();
    const next = {
      body: JSON.stringify(body),
      version: version + 1,
      holderId: by.actor.id as string,
      holderName: by.actor.name,
      savedAt,
    };
    await trx
      .insertInto('planDraft')
      .values({ ...at, ...next })
      .onConflict((c) => c.columns(['indicator', 'period', 'scope']).doUpdateSet(next))
      .execute();
    return { version: version + 1, savedAt: savedAt.toISOString() };
  });
}

/** Hands the draft to a colleague, who is told. */
export async function handOverDraft(state: BoardState, by: By, key: FormKey, to: string): Promise<string> {
  const { platform, names } = state;
  const indicator = packIndicator(platform, key.no);
  const period = plannedPeriod(platform, key.period);
  const answering = demandAnswering(platform, names, by.actor, indicator, period, key.scope);
  const colleague = (await colleaguesOf(state, by.actor, key.scope, answering.organisation)).find(
    (c) => c.id === to,
  );
  if (!colleague) throw planError('plan_colleague');
  await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const at = { indicator: indicator.no, period: key.period, scope: key.scope };
    const moved = await trx
      .updateTable('planDraft')
      .set({ holderId: colleague.id, holderName: colleague.name })
      .where((e) => e.and(at))
      .returning('version')
      .executeTakeFirst();
    if (!moved) throw planError('plan_draft_missing');
    await notify(t, [
      {
        userId: colleague.id,
        kind: 'plan.handed-over',
        title: {
          zh: `${by.actor.name}把第 ${indicator.no} 号指标（${period.label.zh}）的草稿移交给您`,
          en: `${by.actor.name} handed you the draft on indicator ${indicator.no} for ${period.label.en}`,
        },
        href: `/tasks/${indicator.no}/${key.period}/${key.scope}`,
      },
    ]);
    await audit(t, platform.clock.now(), {
      actor: by.actor,
      action: 'plan.draft.hand-over',
      objectType: 'plan-draft',
      objectId: `${indicator.no} ${key.period} ${key.scope}`,
      detail: { to: colleague.name },
      requestId: by.requestId,
    });
  });
  return colleague.name;
}

/** What an account has to report, most urgent first. Without `period` all open ones. */
export async function reportTasks(
  state: BoardState,
  actor: Actor,
  lang: Lang,
  onlyPeriod: string | undefined,
): Promise<ReportTask[]> {
  const { platform, names } = state;
  const db = planDb(platform.records);
  const today = platform.clock.today();
  const periods = await db.selectFrom('planPeriod').selectAll().where('state', '=', 'open').execute();
  const ids = periods.map((p) => p.id).filter((id) => !onlyPeriod || id === onlyPeriod);
  if (ids.length === 0) return [];
  const reports = await db.selectFrom('planReport').selectAll().where('period', 'in', ids).execute();
  const drafts = await db.selectFrom('planDraft').selectAll().where('period', 'in', ids).execute();
  const returnedIds = reports.filter((r) => r.state === 'returned').map((r) => r.id);
  const returned = returnedIds.length
    ? await db
        .selectFrom('planReportLog')
        .select(['reportId', 'version', 'reason'])
        .where('reportId', 'in', returnedIds)
        .execute()
    : [];
  const tasks = ids.flatMap((id) => {
    const period = periodsOf(platform.pack).get(id);
    const due = periods.find((p) => p.id === id)?.due;
    if (!period || !due) return [];
    return platform.pack.indicators.flatMap((indicator) =>
      answersFor(platform, names, actor, indicator, period).map((a): ReportTask => {
        const mine = (r: { indicator: string; period: string; scope: string }) =>
          r.indicator === indicator.no && r.period === id && r.scope === a.scope;
        const report = reports.find(mine);
        const draft = drafts.find(mine);
        return {
          no: indicatorNo(indicator.no),
          title: indicator.title,
          project: indicator.project,
          kind: indicator.kind,
          unit: indicator.unit?.[lang] ?? null,
          period: id,
          periodLabel: period.label,
          scope: a.scope,
          scopeName: a.scopeName,
          due,
          daysLeft: diffDays(today, due),
          why: a.why[lang],
          state: report ? report.state : draft ? 'draft' : 'open',
          reportId: report?.id ?? null,
          returnedReason:
            report?.state === 'returned'
              ? (returned.find((l) => l.reportId === report.id && l.version === report.version)?.reason ??
                null)
              : null,
          draftHolder: draft?.holderName ?? null,
          draftSavedAt: draft?.savedAt.toISOString() ?? null,
        };
      }),
    );
  });
  const urgency = { returned: 0, draft: 1, open: 2, submitted: 3, accepted: 4 };
  return tasks.sort((x, y) =>
    x.due === y.due ? urgency[x.state] - urgency[y.state] : x.due < y.due ? -1 : 1,
  );
}
