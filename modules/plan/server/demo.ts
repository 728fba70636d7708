import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { type Actor, system } from '#kernel/policy/policy';
import { seeded } from '#kernel/random';
import type { ReportBody } from '../contract.ts';
import { expectedScopes } from './answering.ts';
import type { Boards } from './board.ts';
import { demoBodies } from './demo-bodies.ts';
import { type PlannedPeriod, periodsOf } from './domain/periods.ts';
import { CITY } from './figures.ts';
import { openNames } from './names.ts';
import { openPeriod } from './periods.ts';
import { planDb } from './tables.ts';
import { freezeYear, publishSnapshot } from './years.ts';

/** Fate of a generated report. */
type Fate = 'accepted' | 'submitted' | 'returned' | 'missing';

interface DemoReport {
  indicator: string;
  period: PlannedPeriod;
  scope: string;
  body: ReportBody;
  fate: Fate;
}

/**
 * Generates the plan's demonstration data from the pack's seed: reports of all years, all but the last frozen and
 * published, the last one open with reports in every state. Every figure is invented and marked. When it was broken off
 * it goes on where it stopped.
 */
export async function loadDemo(platform: Platform, boards: Boards): Promise<void> {
  const db = planDb(platform.records);
  const stored = await db.selectFrom('planReport').select('id').where('demo', '=', true).limit(1).execute();
  if (stored.length === 0) await storeReports(platform, await inventReports(platform));
  const by = { actor: { ...system, name: '演示数据' } satisfies Actor, requestId: 'demo' };
  const last = platform.pack.plan.years.at(-1);
  for (const year of platform.pack.plan.years) {
    if (year === last) continue;
    await freezeYear(platform, by, year, `demo-${platform.pack.city.id}-${year}`, undefined);
    await publishSnapshot(platform, by, year, 1);
  }
  const open = [...periodsOf(platform.pack).values()].filter((p) => p.year === last).at(-1);
  const opened = open && (await db.selectFrom('planPeriod').select('id').where('id', '=', open.id).execute());
  if (open && opened?.length === 0 && open.to < platform.clock.today())
    await openPeriod(platform, by.actor, by.requestId, open.id, undefined);
  await boards.state();
}

async function inventReports(platform: Platform): Promise<DemoReport[]> {
  const { pack } = platform;
  const names = await openNames(platform);
  const today = platform.clock.today();
  const periods = [...periodsOf(pack).values()].filter((p) => p.to < today);
  const openId = periods.at(-1)?.id;
  return pack.indicators.flatMap((indicator, index) => {
    const random = seeded(pack.city.demo.seed + index * 7919);
    // Some city figures are left to be made from the counties' by the indicator's own rule.
    const fromCounties =
      indicator.county.reports && ['sum', 'weighted'].includes(indicator.county.rule) && random.chance(0.35);
    const bodies = demoBodies(pack, names, indicator, periods, random);
    return periods.flatMap((period) => {
      const open = period.id === openId;
      return expectedScopes(names, indicator, period).flatMap((scope): DemoReport[] => {
        if (scope === CITY && fromCounties) return [];
        const body = bodies(period, scope);
        const fate = open ? openFate(random.next()) : 'accepted';
        return body && fate !== 'missing' ? [{ indicator: indicator.no, period, scope, body, fate }] : [];
      });
    });
  });
}

function openFate(r: number): Fate {
  return r < 0.55 ? 'accepted' : r < 0.7 ? 'submitted' : r < 0.76 ? 'returned' : 'missing';
}

async function storeReports(platform: Platform, reports: readonly DemoReport[]): Promise<void> {
  const { pack } = platform;
  const indicatorOf = new Map(pack.indicators.map((i) => [i.no, i]));
  const names = await openNames(platform);
  const officer = await accountIds(platform);
  const rows = reports.map((r) => {
    const organisation = r.scope === CITY ? (indicatorOf.get(r.indicator)?.lead[0] ?? null) : null;
    const who = organisation
      ? names.departmentName(organisation, r.period.to)
      : names.regionName(r.scope, r.period.to);
    const at = new Date(`${r.period.due.due}T09:00:00+08:00`);
    return {
      id: newId(at.getTime()),
      indicator: r.indicator,
      period: r.period.id,
      scope: r.scope,
      state: r.fate as Exclude<Fate, 'missing'>,
      version: r.fate === 'submitted' ? 1 : 2,
      body: JSON.stringify(r.body),
      organisation,
      submittedBy: officer.get(organisation ?? r.scope) ?? null,
      submittedByName: `${who}填报员（演示）`,
      submittedAt: at,
      submitKey: `demo ${r.indicator} ${r.period.id} ${r.scope}`,
      acceptedAt: r.fate === 'accepted' ? at : null,
      demo: true,
    };
  });
  const log = rows.flatMap((row) => {
    const entry = (
      version: number,
      action: 'submitted' | 'accepted' | 'returned',
      actorName: string,
      reason: string | null,
    ) => ({
      reportId: row.id,
      version,
      at: row.submittedAt,
      action,
      actorId: null,
      actorName,
      reason,
      body: row.body,
    });
    const first = entry(1, 'submitted', row.submittedByName, null);
    if (row.state === 'submitted') return [first];
    const reason = row.state === 'returned' ? '请补充说明数据来源（演示）' : null;
    return [first, entry(2, row.state, '计划办公室（演示）', reason)];
  });
  await platform.records.transaction().execute(async (t) => {
    const trx = planDb(t);
    for (const part of chunks(rows, 500)) await trx.insertInto('planReport').values(part).execute();
    for (const part of chunks(log, 500)) await trx.insertInto('planReportLog').values(part).execute();
  });
}

/** Demonstration accounts by the organisation or region they report for. */
async function accountIds(platform: Platform): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  for (const demo of platform.pack.accounts) {
    const account = await platform.auth.findAccountByUsername(demo.account);
    const key = demo.region ?? demo.department;
    if (account && key) out.set(key, account.id);
  }
  return out;
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}
