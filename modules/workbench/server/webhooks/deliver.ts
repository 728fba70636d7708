import { type Kysely, sql } from 'kysely';
import { notify } from '#kernel/notify/notify';
import type { Records } from '#kernel/records';
import { type Bench, inLanes, records } from '../bench.ts';
import type { WorkbenchTables } from '../tables.ts';
import { post } from './post.ts';
import { signedHeaders, unseal } from './secret.ts';
import { allowedHosts } from './target.ts';

/** Seconds until the next attempt, by attempts made; after the last one a message has failed. */
export const BACKOFF = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Seconds for which a message that is being sent is nobody else's; a worker that died holds it no longer. */
const LEASE = 120;
/** Messages that are taken at once, and sent at the same time. */
const PAGE = 50;
const LANES = 8;
/** Numbers of each kind that a message names; all of them are behind its link. */
const NAMED = 1_000;

/** What came of a round. */
export interface Delivered {
  delivered: number;
  later: number;
  failed: number;
}

/** Where a test ends the work, as a process that is killed would. */
export interface DeliverySteps {
  /** The other side has answered, and nothing is written. */
  answered?(delivery: string): Promise<void>;
}

interface Due {
  id: string;
  run: string | null;
  attempts: number;
  createdAt: Date;
  webhook: string;
  url: string;
  secret: string;
  account: string;
}

/**
 * Delivers what is due. A message is taken for two minutes before it is sent, and marked after the answer: whoever dies in
 * between leaves it to be sent again under the same id, so the other side sees it at least once and can tell.
 */
export async function deliver(
  bench: Bench,
  context: { readonly stopping: boolean } = { stopping: false },
  steps: DeliverySteps = {},
): Promise<Delivered> {
  const sum: Delivered = { delivered: 0, later: 0, failed: 0 };
  while (!context.stopping) {
    const due = await take(bench);
    if (due.length === 0) break;
    const results = await inLanes(due, LANES, (one) => send(bench, one, steps));
    for (const result of results) sum[result] += 1;
  }
  return sum;
}

async function take(bench: Bench): Promise<Due[]> {
  const now = bench.platform.clock.now();
  const lease = new Date(now.getTime() + LEASE * 1000);
  const { rows } = await sql<Due>`
    with due as (
      select d.id from workbench_delivery d join workbench_webhook h on h.id = d.webhook
       where d.state = 'waiting' and d.next_at <= ${now} and h.active and h.deleted_at is null
       order by d.next_at, d.id limit ${PAGE} for update of d skip locked)
    update workbench_delivery d set next_at = ${lease}, attempts = d.attempts + 1
      from due, workbench_webhook h where d.id = due.id and h.id = d.webhook
    returning d.id, d.run, d.attempts, d.created_at as "createdAt", h.id as webhook, h.url, h.secret,
              h.account`.execute(bench.platform.records);
  return rows;
}

async function send(bench: Bench, due: Due, steps: DeliverySteps): Promise<keyof Delivered> {
  const { platform } = bench;
  let secret: string;
  try {
    secret = unseal(platform.signer, due.secret);
  } catch {
    await settle(bench, due, { status: null, error: 'the secret cannot be read: make a new one' });
    return 'later';
  }
  const body = JSON.stringify(await messageOf(bench, due));
  const headers = signedHeaders(secret, due.id, platform.clock.now(), body);
  const answer = await post(due.url, body, headers, allowedHosts(platform.config));
  await steps.answered?.(due.id);
  return settle(bench, due, answer);
}

async function settle(
  bench: Bench,
  due: Due,
  { status, error }: { status: number | null; error: string },
): Promise<keyof Delivered> {
  const now = bench.platform.clock.now();
  const wait = BACKOFF[due.attempts - 1];
  const state = error === '' ? 'delivered' : wait === undefined || status === 410 ? 'failed' : 'waiting';
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await trx
        .updateTable('workbenchDelivery')
        .set({
          state,
          status,
          error,
          ...(state === 'delivered' && { deliveredAt: now }),
          ...(state === 'waiting' && { nextAt: new Date(now.getTime() + (wait ?? 0) * 1000) }),
        })
        .where('id', '=', due.id)
        .execute();
      if (state === 'failed') await tell(trx, due, status);
    });
  return state === 'waiting' ? 'later' : state;
}

/** A message that failed for good is told to its owner; an address that is gone (410) gets no more. */
async function tell(trx: Kysely<WorkbenchTables>, due: Due, status: number | null): Promise<void> {
  if (status === 410)
    await trx
      .updateTable('workbenchWebhook')
      .set({ active: false, why: 'HTTP 410' })
      .where('id', '=', due.webhook)
      .execute();
  const host = new URL(due.url).host;
  await notify(trx as unknown as Records, [
    {
      userId: due.account,
      kind: 'workbench.webhook',
      title: { zh: `推送到 ${host} 失败`, en: `Delivery to ${host} failed` },
      body:
        status === 410
          ? { zh: '对方表示地址已停用，推送已关闭', en: 'The address is gone; the webhook was switched off' }
          : { zh: '多次重试后仍未成功，请检查地址', en: 'All attempts failed: check the address' },
      href: '/workbench/feeds',
      dedupKey: `workbench.delivery ${due.webhook} ${due.id}`,
    },
  ]);
}

async function messageOf(bench: Bench, due: Due): Promise<Record<string, unknown>> {
  const timestamp = due.createdAt.toISOString();
  if (due.run === null) return { type: 'workbench.test', timestamp, data: {} };
  const run = await records(bench)
    .selectFrom('workbenchRun as r')
    .innerJoin('workbenchWatch as w', 'w.id', 'r.watch')
    .select(['r.id', 'r.fromVersion', 'r.toVersion', 'r.fresh', 'r.changed', 'r.gone', 'r.at'])
    .select(['w.id as watch', 'w.name', 'w.kind'])
    .where('r.id', '=', due.run)
    .executeTakeFirstOrThrow();
  const alerts = await sql<{ kind: 'fresh' | 'changed' | 'gone'; numbers: string[] }>`
    select kind, (array_agg(number order by number))[1:${sql.lit(NAMED)}] as numbers
      from workbench_alert where run = ${due.run}::uuid group by kind`.execute(bench.platform.records);
  const named = (kind: string) => alerts.rows.find((row) => row.kind === kind)?.numbers ?? [];
  const part = (kind: 'fresh' | 'changed' | 'gone') => ({ count: run[kind], numbers: named(kind) });
  const origin = bench.platform.config.ZC_ORIGIN;
  return {
    type: 'workbench.watch.found',
    timestamp,
    data: {
      run: run.id,
      watch: { id: run.watch, name: run.name, kind: run.kind },
      corpus: { from: run.fromVersion, to: run.toVersion },
      new: part('fresh'),
      changed: part('changed'),
      gone: part('gone'),
      ...(origin && { link: new URL(`/workbench/watches/${run.watch}?run=${run.id}`, origin).href }),
    },
  };
}
