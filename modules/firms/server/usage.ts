import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import { csvPieces } from '#kernel/tables/write-csv';
import type { Lang } from '#kernel/text';
import { holdingsOf, type Usage } from '#kernel/usage';
import { FEATURE_TEXT, type Feature, type GrantedFeature, type UsageReport } from '../contract.ts';
import { firmError } from './errors.ts';
import {
  type FirmRow,
  firmOf,
  hasOneTime,
  heldBy,
  lockFirm,
  managersOf,
  peopleOf,
  usedSince,
} from './read.ts';
import { crossesMark, type Period, periodOf, stateOn } from './rules.ts';
import { withFirms } from './tables.ts';

/** Counts what accounts of firms use; visitors, officers and everybody else go uncounted. */
export function firmUsageOf(platform: Platform): Usage {
  return {
    async take(actor, feature, amount) {
      // Asked without a lock first: most who download are of no firm.
      const own = actor.kind === 'user' ? await firmOf(platform.records, actor.id) : undefined;
      if (!own || actor.id === null) return;
      await platform.records.transaction().execute(async (trx) => {
        const firm = (await lockFirm(trx, own.id))!;
        await takeOf(platform, trx, firm, actor, feature, amount);
      });
    },
    async hold(trx, actor, feature) {
      const own = actor.kind === 'user' ? await firmOf(trx, actor.id) : undefined;
      if (!own) return;
      const firm = (await lockFirm(trx, own.id))!;
      const { limit } = await usable(platform, trx, firm, actor, feature);
      const used = await heldBy(platform, trx, firm.id);
      if (limit !== null && used + 1 > limit)
        throw await spent(trx, firm, feature, { limit, used, wanted: 1, period: null });
    },
  };
}

/** The granted feature, where the account may use it. Throws `firms_stopped`, `firms_feature`, `firms_one_time`. */
async function usable(
  platform: Platform,
  trx: Trx,
  firm: FirmRow,
  actor: Actor,
  feature: Feature,
): Promise<GrantedFeature> {
  const { title } = FEATURE_TEXT[feature];
  const about = { name: firm.name, feature_zh: title.zh, feature_en: title.en };
  const state = stateOn(firm, platform.clock.today());
  if (state !== 'active') {
    const { validUntil: until, stateReason: why } = firm;
    const [zh, en] = {
      expired: [`已于 ${until} 到期`, `expired on ${until}`],
      suspended: [`已暂停（${why}）`, `is suspended (${why})`],
      ended: [`已终止（${why}）`, `was ended (${why})`],
    }[state] as [string, string];
    throw firmError('firms_stopped', { ...about, why_zh: zh, why_en: en });
  }
  const granted = firm.features.find((f) => f.feature === feature);
  if (!granted) throw firmError('firms_feature', { ...about, managers: await managersOf(trx, firm.id) });
  if (actor.id !== null && (await hasOneTime(trx, actor.id))) throw firmError('firms_one_time');
  return granted;
}

async function takeOf(
  platform: Platform,
  trx: Trx,
  firm: FirmRow,
  actor: Actor,
  feature: Feature,
  amount: number,
): Promise<void> {
  const { limit } = await usable(platform, trx, firm, actor, feature);
  const day = platform.clock.today();
  const period = periodOf(feature, day);
  if (!period || amount <= 0 || actor.id === null) return;
  const used = await usedSince(withFirms(trx), firm.id, feature, period.from);
  if (limit !== null && used + amount > limit)
    throw await spent(trx, firm, feature, { limit, used, wanted: amount, period });
  await withFirms(trx)
    .insertInto('firmUsage')
    .values({ firm: firm.id, feature, day, account: actor.id, amount })
    .onConflict((c) =>
      c
        .columns(['firm', 'feature', 'day', 'account'])
        .doUpdateSet({ amount: sql<number>`firm_usage.amount + excluded.amount` }),
    )
    .execute();
  if (limit !== null && crossesMark(limit, used, used + amount))
    await tell(trx, firm, actor.id, feature, { limit, used: used + amount, period });
}

async function spent(
  trx: Trx,
  firm: FirmRow,
  feature: Feature,
  { limit, used, wanted, period }: { limit: number; used: number; wanted: number; period: Period | null },
) {
  const { title, unit } = FEATURE_TEXT[feature];
  return firmError('firms_quota', {
    ...{ feature_zh: title.zh, feature_en: title.en, unit_zh: unit.zh, unit_en: unit.en },
    ...{ limit, used, wanted, left: Math.max(0, limit - used) },
    resetsOn: period?.resetsOn ?? null,
    resets_zh: period ? `${period.resetsOn} 0 时重新计数` : '删除不再需要的监视即可腾出额度',
    resets_en: period ? `counted anew from ${period.resetsOn}` : 'deleting a watch makes room',
    managers: await managersOf(trx, firm.id),
  });
}

/** Says once a period, to whoever used it and to the managers, that little is left. */
async function tell(
  trx: Trx,
  firm: FirmRow,
  account: string,
  feature: Feature,
  { limit, used, period }: { limit: number; used: number; period: Period },
): Promise<void> {
  const { title, unit } = FEATURE_TEXT[feature];
  const people = await peopleOf(trx, firm.id);
  const managers = people.filter((p) => p.manager && p.disabledAt === null).map((p) => p.account);
  const left = limit - used;
  await notify(
    trx,
    [...new Set([account, ...managers])].map((userId) => ({
      userId,
      kind: 'firms.quota',
      title: { zh: `“${title.zh}”的额度快用完了`, en: `Little is left of “${title.en}”` },
      body: {
        zh: `限额 ${limit} ${unit.zh}，已用 ${used}，还剩 ${left}，${period.resetsOn} 0 时重新计数。`,
        en: `Of ${limit} ${unit.en}, ${used} are used and ${left} left; counted anew from ${period.resetsOn}.`,
      },
      href: '/firm',
      dedupKey: `firms quota ${firm.id} ${feature} ${period.from} ${limit} ${userId}`,
    })),
  );
}

/** What a firm used by month and person, latest month first, and the watches of each now. */
export async function usageReport(platform: Platform, firm: string): Promise<UsageReport> {
  const { records } = platform;
  const { rows } = await sql<UsageReport['rows'][number]>`
    select to_char(s.day, 'YYYY-MM') as month, s.account, u.name, coalesce(u.username, '') as username,
           coalesce(sum(s.amount) filter (where s.feature = 'export'), 0)::bigint as export,
           coalesce(sum(s.amount) filter (where s.feature = 'batch'), 0)::bigint as batch
      from firm_usage s join auth."user" u on u.id = s.account
     where s.firm = ${firm}
     group by 1, 2, 3, 4
     order by 1 desc, u.name, s.account`.execute(records);
  const people = await peopleOf(records, firm);
  const held = await holdingsOf(platform, 'watches')(
    records,
    people.map((p) => p.account),
  );
  return {
    rows: rows.map((row) => ({ ...row, export: Number(row.export), batch: Number(row.batch) })),
    watches: people.flatMap(({ account, name, username }) => {
      const now = held.get(account) ?? 0;
      return now > 0 ? [{ account, name, username: username ?? '', now }] : [];
    }),
  };
}

const HEADS: Record<Lang, string[]> = {
  zh: ['月份', '姓名', '用户名', '导出记录数', '查询号码数'],
  en: ['Month', 'Name', 'User name', 'Records downloaded', 'Numbers looked up'],
};

/** The report as CSV. */
export async function usageCsv(platform: Platform, firm: string, lang: Lang): Promise<Readable> {
  const { rows } = await usageReport(platform, firm);
  const lines = rows.map((r) => [r.month, r.name, r.username, r.export, r.batch]);
  return Readable.from(csvPieces(HEADS[lang], lines));
}
