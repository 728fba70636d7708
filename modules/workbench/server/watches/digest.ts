import { notify } from '#kernel/notify/notify';
import type { Records } from '#kernel/records';
import { type Bench, records } from '../bench.ts';

/** Watches that one digest names; further ones are counted. */
const NAMED = 20;

/**
 * Puts one message into the inbox of every account whose watches of this rhythm found something since the last digest. Runs
 * are marked in the transaction that writes the message, so each is in exactly one digest; mail follows from the inbox.
 */
export async function digest(bench: Bench, notice: 'daily' | 'weekly'): Promise<number> {
  const now = bench.platform.clock.now();
  const accounts = await records(bench)
    .selectFrom('workbenchRun as r')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select('w.account')
    .distinct()
    .where('w.notice', '=', notice)
    .where('w.deletedAt', 'is', null)
    .where('r.toldAt', 'is', null)
    .execute();
  let told = 0;
  for (const { account } of accounts) if (await one(bench, account, notice, now)) told += 1;
  return told;
}

async function one(bench: Bench, account: string, notice: 'daily' | 'weekly', now: Date): Promise<boolean> {
  return records(bench)
    .transaction()
    .execute(async (trx) => {
      const runs = await trx
        .selectFrom('workbenchRun as r')
        .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
        .select(['r.id', 'r.fresh', 'r.changed', 'r.gone', 'w.id as watch', 'w.name'])
        .where('w.account', '=', account)
        .where('w.notice', '=', notice)
        .where('w.deletedAt', 'is', null)
        .where('r.toldAt', 'is', null)
        .orderBy('w.id')
        .orderBy('r.seq')
        .forUpdate('r')
        .execute();
      if (runs.length === 0) return false;
      const sums = new Map<string, { name: string; fresh: number; changed: number; gone: number }>();
      for (const r of runs) {
        const sum = sums.get(r.watch) ?? { name: r.name, fresh: 0, changed: 0, gone: 0 };
        sum.fresh += r.fresh;
        sum.changed += r.changed;
        sum.gone += r.gone;
        sums.set(r.watch, sum);
      }
      const all = [...sums.values()];
      const rest = all.length - NAMED;
      const lines = (write: (s: (typeof all)[number]) => string, more: string) =>
        [...all.slice(0, NAMED).map(write), ...(rest > 0 ? [more] : [])].join('\n');
      const rhythm = notice === 'daily' ? { zh: '每日', en: 'Daily' } : { zh: '每周', en: 'Weekly' };
      await notify(trx as unknown as Records, [
        {
          userId: account,
          kind: 'workbench.digest',
          title: {
            zh: `${rhythm.zh}监视摘要：${all.length} 项监视有新情况`,
            en: `${rhythm.en} digest: news for ${all.length} watches`,
          },
          body: {
            zh: lines(
              (s) => `${s.name}：新增 ${s.fresh}，变化 ${s.changed}，移出 ${s.gone}`,
              `另有 ${rest} 项，请在工作台查看`,
            ),
            en: lines(
              (s) => `${s.name}: ${s.fresh} new, ${s.changed} changed, ${s.gone} gone`,
              `${rest} more on the workbench`,
            ),
          },
          href: '/workbench',
          dedupKey: `workbench.digest ${runs.at(-1)!.id}`,
        },
      ]);
      await trx
        .updateTable('workbenchRun')
        .set({ toldAt: now })
        .where(
          'id',
          'in',
          runs.map((r) => r.id),
        )
        .execute();
      return true;
    });
}
