import { audit } from '#kernel/audit/audit';
import { diffDays } from '#kernel/calendar/date';
import { dueDate } from '#kernel/calendar/due';
import { calendarOf } from '#kernel/city/calendar';
import type { Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import type { Period } from '../contract.ts';
import { expectedScopes } from './answering.ts';
import { type PlannedPeriod, periodsOf } from './domain/periods.ts';
import { planError } from './errors.ts';
import { CITY } from './figures.ts';
import type { Names } from './names.ts';
import { type PlanTrx, planDb } from './tables.ts';

/** States of a period in words. */
export const periodStateWords = {
  planned: '尚未开放',
  open: '正在填报',
  closed: '已关闭',
  frozen: '已随年度定稿',
} as const;

/** The planned period; throws `plan_period`. */
export function plannedPeriod(platform: Platform, id: string): PlannedPeriod {
  const period = periodsOf(platform.pack).get(id);
  if (!period) throw planError('plan_period', { period: id });
  return period;
}

/** Serialises everything that changes a period or what is reported for it, and reads its state under that lock. */
export async function lockPeriod(trx: PlanTrx, id: string): Promise<Period['state']> {
  await lockInTrx(trx as unknown as Trx, `plan period ${id}`);
  const row = await trx.selectFrom('planPeriod').select('state').where('id', '=', id).executeTakeFirst();
  return row?.state ?? 'planned';
}

/** All periods with their progress. `actor` decides which actions are offered. */
export async function listPeriods(platform: Platform, names: Names, actor: Actor): Promise<Period[]> {
  const db = planDb(platform.records);
  const rows = await db.selectFrom('planPeriod').selectAll().execute();
  const counts = await db
    .selectFrom('planReport')
    .select(['period', 'state', (e) => e.fn.countAll<number>().as('n')])
    .groupBy(['period', 'state'])
    .execute();
  const office = platform.policy.can(actor, 'plan.periods');
  return [...periodsOf(platform.pack).values()].map((p) => {
    const row = rows.find((r) => r.id === p.id);
    const state = row?.state ?? 'planned';
    const n = (s: string) => Number(counts.find((c) => c.period === p.id && c.state === s)?.n ?? 0);
    const expected = platform.pack.indicators.reduce((sum, i) => sum + expectedScopes(names, i, p).length, 0);
    return {
      id: p.id,
      year: p.year,
      label: p.label,
      from: p.from,
      to: p.to,
      due: row?.due ?? p.due.due,
      provisional: row ? false : p.due.provisional,
      proof:
        row && row.due !== p.due.due
          ? []
          : p.due.proof.map((d) => ({
              date: d.date,
              kind: d.kind,
              name: d.name ?? null,
              counted: d.counted,
            })),
      state,
      submitted: n('submitted'),
      accepted: n('accepted'),
      returned: n('returned'),
      expected,
      abilities: office ? abilitiesOf(state, p.to <= platform.clock.today()) : [],
    };
  });
}

function abilitiesOf(state: Period['state'], over: boolean): Period['abilities'] {
  if (state === 'open') return ['close', 'remind'];
  return state === 'frozen' || !over ? [] : ['open'];
}

/**
 * Opens a period. Without a due date the arrangement's own holds; where that has passed, ten working days from today,
 * so that nobody is overdue the moment reporting begins.
 */
export async function openPeriod(
  platform: Platform,
  actor: Actor,
  requestId: string,
  id: string,
  due: string | undefined,
): Promise<void> {
  const period = plannedPeriod(platform, id);
  const today = platform.clock.today();
  if (period.to > today) throw planError('plan_period_state', { period: id, state: '期末未到' });
  const late = dueDate({ from: today, rule: '10WD', calendar: calendarOf(platform.pack) }).due;
  const dueBy = due ?? (period.due.due < today ? late : period.due.due);
  if (dueBy < today) throw planError('plan_period_state', { period: id, state: `截止日 ${dueBy} 早于今天` });
  await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const state = await lockPeriod(trx, id);
    if (state === 'open' || state === 'frozen')
      throw planError('plan_period_state', { period: id, state: periodStateWords[state] });
    const now = platform.clock.now();
    await trx
      .insertInto('planPeriod')
      .values({
        id,
        state: 'open',
        due: dueBy,
        openedAt: now,
        openedBy: actor.name,
        closedAt: null,
        closedBy: null,
      })
      .onConflict((c) =>
        c
          .column('id')
          .doUpdateSet({ state: 'open', due: dueBy, openedAt: now, openedBy: actor.name, closedAt: null }),
      )
      .execute();
    await audit(t, now, {
      actor,
      action: 'plan.period.open',
      objectType: 'plan-period',
      objectId: id,
      detail: { due: dueBy },
      requestId,
    });
  });
}

/** Closes an open period. Drafts stay; reports already submitted can still be decided. */
export async function closePeriod(
  platform: Platform,
  actor: Actor,
  requestId: string,
  id: string,
): Promise<void> {
  plannedPeriod(platform, id);
  await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    const state = await lockPeriod(trx, id);
    if (state !== 'open')
      throw planError('plan_period_state', { period: id, state: periodStateWords[state] });
    const now = platform.clock.now();
    await trx
      .updateTable('planPeriod')
      .set({ state: 'closed', closedAt: now, closedBy: actor.name })
      .where('id', '=', id)
      .execute();
    await audit(t, now, {
      actor,
      action: 'plan.period.close',
      objectType: 'plan-period',
      objectId: id,
      requestId,
    });
  });
}

/**
 * Reminds everybody whose report is missing or was returned: one message per person and day, however often it is pressed.
 */
export async function remindPeriod(
  platform: Platform,
  names: Names,
  actor: Actor,
  requestId: string,
  id: string,
): Promise<{ reminded: number; missing: number }> {
  const period = plannedPeriod(platform, id);
  const db = planDb(platform.records);
  const row = await db.selectFrom('planPeriod').selectAll().where('id', '=', id).executeTakeFirst();
  if (row?.state !== 'open')
    throw planError('plan_period_state', { period: id, state: periodStateWords[row?.state ?? 'planned'] });
  const done = await db
    .selectFrom('planReport')
    .select(['indicator', 'scope'])
    .where('period', '=', id)
    .where('state', '!=', 'returned')
    .execute();
  const has = new Set(done.map((d) => `${d.indicator} ${d.scope}`));
  let missing = 0;
  const perUser = new Map<string, number>();
  const known = new Map<string, readonly string[]>();
  for (const indicator of platform.pack.indicators)
    for (const scope of expectedScopes(names, indicator, period)) {
      if (has.has(`${indicator.no} ${scope}`)) continue;
      missing++;
      for (const user of await reportersOf(platform, names, indicator.lead, scope, known))
        perUser.set(user, (perUser.get(user) ?? 0) + 1);
    }
  const today = platform.clock.today();
  const daysLeft = Math.max(0, diffDays(today, row.due));
  const reminded = await platform.records.transaction().execute(async (t) => {
    const sent = await notify(
      t,
      [...perUser].map(([userId, n]) => ({
        userId,
        kind: 'plan.remind',
        title: {
          zh: `${period.label.zh}还有 ${n} 项指标未填报`,
          en: `${n} indicators are still to be reported for ${period.label.en}`,
        },
        body: {
          zh: `截止日 ${row.due}，还有 ${daysLeft} 天`,
          en: `Due on ${row.due}, in ${daysLeft} days`,
        },
        href: `/tasks?period=${id}`,
        dedupKey: `plan.remind ${id} ${userId} ${today}`,
      })),
    );
    await audit(t, platform.clock.now(), {
      actor,
      action: 'plan.period.remind',
      objectType: 'plan-period',
      objectId: id,
      detail: { reminded: sent, missing },
      requestId,
    });
    return sent;
  });
  return { reminded, missing };
}

/** Account ids of those who report a scope: the responsible departments' (or their successors') officers, or the county's. */
export async function reportersOf(
  platform: Platform,
  names: Names,
  leads: readonly string[],
  scope: string,
  known = new Map<string, readonly string[]>(),
  db: Records | Trx = platform.records,
): Promise<string[]> {
  const scopes =
    scope === CITY
      ? [...new Set(leads.flatMap((id) => names.answering(id)))].map((organisation) => ({ organisation }))
      : [{ region: scope }];
  const users: string[] = [];
  for (const s of scopes) {
    const key = JSON.stringify(s);
    const found = known.get(key) ?? (await platform.auth.usersHolding('plan.report', s, db));
    known.set(key, found);
    users.push(...found);
  }
  return [...new Set(users)];
}
