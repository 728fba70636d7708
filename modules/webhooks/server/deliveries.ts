import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { TRIAL, type WebhookDelivery } from '../contract.ts';
import { accountOf, type By } from './account.ts';
import { webhookError } from './errors.ts';
import { withWebhooks } from './tables.ts';
import { getWebhook, lockWebhook, trace } from './webhooks.ts';

/** Messages of a webhook that its page shows. */
const SHOWN = 100;

function deliveries({ records }: Platform, by: By) {
  return withWebhooks(records)
    .selectFrom('webhookDelivery as d')
    .innerJoin('webhook as h', 'h.id', 'd.webhook')
    .select(['d.id', 'd.type', 'd.state', 'd.attempts', 'd.nextAt', 'd.status', 'd.error'])
    .select(['d.createdAt', 'd.deliveredAt'])
    .where('h.account', '=', accountOf(by))
    .where('h.deletedAt', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof deliveries>['executeTakeFirstOrThrow']>>;

function shown(row: Row): WebhookDelivery {
  return {
    ...row,
    nextAt: row.state === 'waiting' ? row.nextAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}

/** The last messages of a webhook, the latest first. Throws `webhooks_gone`. */
export async function listDeliveries(
  platform: Platform,
  by: By,
  id: string,
): Promise<{ deliveries: WebhookDelivery[] }> {
  await getWebhook(platform, by, id);
  const rows = await deliveries(platform, by)
    .where('h.id', '=', id)
    .orderBy('d.id', 'desc')
    .limit(SHOWN)
    .execute();
  return { deliveries: rows.map(shown) };
}

async function getDelivery(platform: Platform, by: By, id: string): Promise<WebhookDelivery> {
  const row = await deliveries(platform, by).where('d.id', '=', id).executeTakeFirst();
  if (!row) throw webhookError('webhooks_gone', { what: '推送记录', what_en: 'The message' });
  return shown(row);
}

/** Queues a trial message. Throws `webhooks_gone`. */
export async function tryWebhook(platform: Platform, by: By, webhook: string): Promise<WebhookDelivery> {
  const id = newId();
  const now = platform.clock.now();
  await platform.records.transaction().execute(async (trx) => {
    await lockWebhook(trx, by, webhook);
    await withWebhooks(trx)
      .insertInto('webhookDelivery')
      .values({ id, webhook, type: TRIAL, ref: null, nextAt: now, createdAt: now })
      .execute();
    await trace(platform, trx, by, webhook, 'test', { delivery: id });
  });
  return getDelivery(platform, by, id);
}

/** Tries a message again now, from the first attempt on, under the same id. Throws `webhooks_gone`. */
export async function repeatDelivery(platform: Platform, by: By, id: string): Promise<WebhookDelivery> {
  await getDelivery(platform, by, id);
  await platform.records.transaction().execute(async (trx) => {
    await withWebhooks(trx)
      .updateTable('webhookDelivery')
      .set({ state: 'waiting', attempts: 0, nextAt: platform.clock.now(), error: '' })
      .where('id', '=', id)
      .execute();
    await trace(platform, trx, by, id, 'repeat');
  });
  return getDelivery(platform, by, id);
}

/** Days for which it is kept what became of a message. */
const KEPT = 90;

/** Forgets messages that are over since long; those that wait stay. Returns how many. */
export async function tidyDeliveries({ records, clock }: Platform): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT * 86_400_000);
  const { numDeletedRows } = await withWebhooks(records)
    .deleteFrom('webhookDelivery')
    .where('state', '!=', 'waiting')
    .where('createdAt', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
