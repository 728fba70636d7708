import type { Kysely } from 'kysely';
import { newId } from '#kernel/ids';
import { lockInTrx } from '#kernel/records';
import { LIMITS, type Webhook } from '../../contract.ts';
import { accountOf, type Bench, type By, readable, records, trace } from '../bench.ts';
import { workbenchError } from '../errors.ts';
import type { WorkbenchTables } from '../tables.ts';
import { getWatch } from '../watches/watches.ts';
import { newSecret, seal } from './secret.ts';
import { allowedHosts, readTarget, TargetRefused } from './target.ts';

const gone = () => workbenchError('workbench_gone', { what: '推送', what_en: 'The webhook' });

/** The account's webhooks; `id` narrows to one. */
async function views(bench: Bench, by: By, id?: string): Promise<Webhook[]> {
  let query = records(bench)
    .selectFrom('workbenchWebhook as h')
    .leftJoin('workbenchWatch as w', 'w.id', 'h.watch')
    .leftJoin('workbenchDelivery as d', 'd.webhook', 'h.id')
    .select(['h.id', 'h.url', 'h.watch', 'w.name', 'h.active', 'h.why', 'h.version', 'h.createdAt'])
    .select((e) => [
      e.fn.count<number>('d.id').filterWhere('d.state', '=', 'waiting').as('waiting'),
      e.fn.count<number>('d.id').filterWhere('d.state', '=', 'failed').as('failed'),
      e.fn.max<Date | null>('d.deliveredAt').as('last'),
    ])
    .where('h.account', '=', accountOf(by))
    .where('h.deletedAt', 'is', null)
    .groupBy(['h.id', 'w.name'])
    .orderBy('h.id');
  if (id !== undefined) query = query.where('h.id', '=', id);
  const rows = await query.execute();
  return rows.map(({ watch, name, waiting, failed, last, createdAt, ...row }) => ({
    ...row,
    watch: watch === null ? null : { id: watch, name: name ?? '' },
    waiting: Number(waiting),
    failed: Number(failed),
    lastDeliveredAt: last?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }));
}

/** All webhooks of the account. */
export async function listWebhooks(bench: Bench, by: By): Promise<{ webhooks: Webhook[] }> {
  return { webhooks: await views(bench, by) };
}

async function getWebhook(bench: Bench, by: By, id: string): Promise<Webhook> {
  const [webhook] = await views(bench, by, id);
  if (!webhook) throw gone();
  return webhook;
}

/** A new webhook. Its secret is in this answer and in no other. @throws AppError `workbench_webhook_url` */
export async function createWebhook(
  bench: Bench,
  by: By,
  { url, watch }: { url: string; watch: string | null },
): Promise<{ webhook: Webhook; secret: string }> {
  const account = accountOf(by);
  try {
    readTarget(url, allowedHosts(bench.platform.config));
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    const { zh, en } = error.text;
    throw workbenchError('workbench_webhook_url', { url: url.slice(0, 200), why: zh, why_en: en });
  }
  if (watch !== null) await getWatch(bench, by, watch);
  const id = newId();
  const secret = newSecret();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(trx as never, `workbench webhooks ${account}`);
      const { n } = await trx
        .selectFrom('workbenchWebhook')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('account', '=', account)
        .where('deletedAt', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(n) >= LIMITS.webhooks)
        throw workbenchError('workbench_limit', {
          what: '推送地址',
          what_en: 'webhooks',
          most: LIMITS.webhooks,
          now: Number(n) + 1,
        });
      const sealed = seal(bench.platform.signer, secret);
      await trx
        .insertInto('workbenchWebhook')
        .values({ id, account, url, secret: sealed, watch, createdAt: bench.platform.clock.now() })
        .execute();
      await trace(bench, trx, by, traced(id, 'create', { host: new URL(url).host, watch }));
    });
  return { webhook: await getWebhook(bench, by, id), secret };
}

function traced(id: string, action: string, detail: Record<string, unknown>) {
  return { action: `workbench.webhook.${action}`, objectType: 'workbench-webhook', objectId: id, detail };
}

async function lockWebhook(trx: Kysely<WorkbenchTables>, by: By, id: string, version?: number) {
  const row = await trx
    .selectFrom('workbenchWebhook')
    .selectAll()
    .where('id', '=', id)
    .where('account', '=', accountOf(by))
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw gone();
  if (version !== undefined && row.version !== version)
    throw workbenchError('workbench_changed', {
      by: by.actor.name,
      at: readable(row.createdAt),
      name: new URL(row.url).host,
      version: row.version,
    });
  return row;
}

/** Switches a webhook on or off. What waits meanwhile is delivered once it is on again. */
export async function changeWebhook(
  bench: Bench,
  by: By,
  id: string,
  { active, version }: { active: boolean; version: number },
): Promise<Webhook> {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await lockWebhook(trx, by, id, version);
      await trx
        .updateTable('workbenchWebhook')
        .set({ active, version: version + 1, ...(active && { why: '' }) })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'change', { active }));
    });
  return getWebhook(bench, by, id);
}

/** A new secret; the former is useless at once. */
export async function renewSecret(bench: Bench, by: By, id: string) {
  const secret = newSecret();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const row = await lockWebhook(trx, by, id);
      await trx
        .updateTable('workbenchWebhook')
        .set({ secret: seal(bench.platform.signer, secret), version: row.version + 1 })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'secret', {}));
    });
  return { webhook: await getWebhook(bench, by, id), secret };
}

/** Deletes a webhook; what waits for it is not delivered any more. */
export async function deleteWebhook(bench: Bench, by: By, id: string, version: number) {
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      const row = await lockWebhook(trx, by, id, version);
      await trx
        .updateTable('workbenchWebhook')
        // A secret that nobody needs is not kept.
        .set({ deletedAt: bench.platform.clock.now(), active: false, secret: '' })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'delete', { host: new URL(row.url).host }));
    });
  return { id };
}

const SHOWN = [
  ...(['d.id', 'd.run', 'd.state', 'd.attempts', 'd.nextAt', 'd.status', 'd.error'] as const),
  ...(['d.createdAt', 'd.deliveredAt'] as const),
];

function deliveries(bench: Bench, by: By) {
  return records(bench)
    .selectFrom('workbenchDelivery as d')
    .innerJoin('workbenchWebhook as h', 'h.id', 'd.webhook')
    .select(SHOWN)
    .where('h.account', '=', accountOf(by))
    .where('h.deletedAt', 'is', null);
}

type DeliveryRow = Awaited<ReturnType<ReturnType<typeof deliveries>['executeTakeFirstOrThrow']>>;

function deliveryJson(row: DeliveryRow) {
  return {
    ...row,
    nextAt: row.state === 'waiting' ? row.nextAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}

/** The last hundred messages of a webhook. */
export async function listDeliveries(bench: Bench, by: By, id: string) {
  await getWebhook(bench, by, id);
  const rows = await deliveries(bench, by)
    .where('h.id', '=', id)
    .orderBy('d.id', 'desc')
    .limit(100)
    .execute();
  return { deliveries: rows.map(deliveryJson) };
}

async function getDelivery(bench: Bench, by: By, id: string) {
  const row = await deliveries(bench, by).where('d.id', '=', id).executeTakeFirst();
  if (!row) throw workbenchError('workbench_gone', { what: '推送记录', what_en: 'The message' });
  return deliveryJson(row);
}

/** Queues a trial message. */
export async function tryWebhook(bench: Bench, by: By, webhook: string) {
  const id = newId();
  const now = bench.platform.clock.now();
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await lockWebhook(trx, by, webhook);
      await trx
        .insertInto('workbenchDelivery')
        .values({ id, webhook, run: null, nextAt: now, createdAt: now })
        .execute();
      await trace(bench, trx, by, traced(webhook, 'test', { delivery: id }));
    });
  return getDelivery(bench, by, id);
}

/** Tries a message again now, from the first attempt on, under the same id. */
export async function repeatDelivery(bench: Bench, by: By, id: string) {
  await getDelivery(bench, by, id);
  await records(bench)
    .transaction()
    .execute(async (trx) => {
      await trx
        .updateTable('workbenchDelivery')
        .set({ state: 'waiting', attempts: 0, nextAt: bench.platform.clock.now(), error: '' })
        .where('id', '=', id)
        .execute();
      await trace(bench, trx, by, traced(id, 'repeat', {}));
    });
  return getDelivery(bench, by, id);
}
