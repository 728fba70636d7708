import { sql } from 'kysely';
import type { WebhookSource } from '#modules/webhooks/server/index';
import { WATCH_FOUND, WatchFound } from '../../contract.ts';
import { type Bench, records } from '../bench.ts';

/** Numbers of each kind that a message names; all of them are behind its link. */
const NAMED = 1_000;

/** What watches found, for webhooks; `ref` is the run. Only the account whose watch it is hears of it. */
export function watchWebhooks(bench: Bench): WebhookSource {
  return {
    id: 'watches',
    title: { zh: '专利监视', en: 'Watches' },
    types: [
      { id: WATCH_FOUND, title: { zh: '监视有新情况', en: 'A watch found something' }, data: WatchFound },
    ],
    about: () => ({ zh: '您自己的专利监视', en: 'Your own watches' }),
    narrow: {
      title: { zh: '哪些监视', en: 'Which watches' },
      options: async ({ id }) => {
        const rows = await records(bench)
          .selectFrom('workbenchWatch')
          .select(['id', 'name'])
          .where('account', '=', id)
          .where('feed', '=', false)
          .where('deletedAt', 'is', null)
          .orderBy('name')
          .orderBy('id')
          .execute();
        return rows.map((row) => ({ id: row.id, title: { zh: row.name, en: row.name } }));
      },
    },
    audience: async (run) => {
      const watch = await watchOf(bench, run);
      return watch ? { topic: watch.watch, accounts: [watch.account] } : null;
    },
    tell: async (_, run, { id }) => {
      const found = await watchOf(bench, run);
      return found?.account === id ? told(bench, run) : null;
    },
  };
}

function watchOf(bench: Bench, run: string) {
  return records(bench)
    .selectFrom('workbenchRun as r')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select(['w.id as watch', 'w.account'])
    .where('r.id', '=', run)
    .executeTakeFirst();
}

async function told(bench: Bench, id: string): Promise<WatchFound> {
  const run = await records(bench)
    .selectFrom('workbenchRun as r')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select(['r.id', 'r.fromVersion', 'r.toVersion', 'r.fresh', 'r.changed', 'r.gone'])
    .select(['w.id as watch', 'w.name', 'w.kind'])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow();
  const alerts = await sql<{ kind: 'fresh' | 'changed' | 'gone'; numbers: string[] }>`
    select kind, (array_agg(number order by number))[1:${sql.lit(NAMED)}] as numbers
      from workbench_alert where run = ${id}::uuid group by kind`.execute(bench.platform.records);
  const named = (kind: string) => alerts.rows.find((row) => row.kind === kind)?.numbers ?? [];
  const part = (kind: 'fresh' | 'changed' | 'gone') => ({ count: run[kind], numbers: named(kind) });
  const origin = bench.platform.config.ZC_ORIGIN;
  return {
    run: run.id,
    watch: { id: run.watch, name: run.name, kind: run.kind },
    corpus: { from: run.fromVersion, to: run.toVersion },
    new: part('fresh'),
    changed: part('changed'),
    gone: part('gone'),
    ...(origin && { link: new URL(`/workbench/watches/${run.watch}?run=${run.id}`, origin).href }),
  };
}
