import { type Kysely, sql } from 'kysely';
import { inLanes } from '#kernel/lanes';
import type { Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import type { Records } from '#kernel/records';
import { TRIAL } from '../contract.ts';
import { actorOf } from './account.ts';
import { post } from './post.ts';
import { signedHeaders, unseal } from './secret.ts';
import { sourceOfType } from './sources.ts';
import { type WebhookTables, withWebhooks } from './tables.ts';
import { allowedHosts } from './target.ts';

/** Seconds until the next attempt, by attempts made; after the last one a message has failed. */
export const BACKOFF = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Seconds for which a message that is being sent is nobody else's; a worker that died holds it no longer. */
const LEASE = 120;
/** Messages that are taken at once, and sent at the same time. */
const PAGE = 50;
const LANES = 8;

/** What came of a round. */
export interface Delivered {
  delivered: number;
  later: number;
  failed: number;
  /** Not sent, because the account may not know of it any more. */
  withheld: number;
}

/** Where a test ends the work, as a process that is killed would. */
export interface DeliverySteps {
  /** The other side has answered, and nothing is written. */
  answered?(delivery: string): Promise<void>;
}

interface Due {
  id: string;
  type: string;
  ref: string | null;
  attempts: number;
  createdAt: Date;
  webhook: string;
  url: string;
  secret: string;
  account: string;
}

/**
 * Delivers what is due. A message is taken for two minutes before it is sent, and marked after the answer: whoever dies in
 * between leaves it to be sent again under the same id, so the other side sees it at least once and can tell. Whether the account may
 * still know of it is asked before each attempt.
 */
export async function deliver(
  platform: Platform,
  context: { readonly stopping: boolean } = { stopping: false },
  steps: DeliverySteps = {},
): Promise<Delivered> {
  const sum: Delivered = { delivered: 0, later: 0, failed: 0, withheld: 0 };
  while (!context.stopping) {
    const due = await take(platform);
    if (due.length === 0) break;
    const results = await inLanes(due, LANES, (one) => send(platform, one, steps));
    for (const result of results) sum[result] += 1;
  }
  return sum;
}

async function take(platform: Platform): Promise<Due[]> {
  const now = platform.clock.now();
  const lease = new Date(now.getTime() + LEASE * 1000);
  const { rows } = await sql<Due>`
    with due as (
      select d.id from webhook_delivery d join webhook h on h.id = d.webhook
       where d.state = 'waiting' and d.next_at <= ${now} and h.active and h.deleted_at is null
       order by d.next_at, d.id limit ${PAGE} for update of d skip locked)
    update webhook_delivery d set next_at = ${lease}, attempts = d.attempts + 1
      from due, webhook h where d.id = due.id and h.id = d.webhook
    returning d.id, d.type, d.ref, d.attempts, d.created_at as "createdAt", h.id as webhook, h.url, h.secret,
              h.account`.execute(platform.records);
  return rows;
}

async function send(platform: Platform, due: Due, steps: DeliverySteps): Promise<keyof Delivered> {
  let secret: string;
  let message: Record<string, unknown> | null;
  try {
    message = await messageOf(platform, due);
  } catch (err) {
    platform.log.error({ err, type: due.type, delivery: due.id }, 'webhook message');
    return settle(platform, due, { status: null, error: 'the message could not be made' });
  }
  if (message === null) return withhold(platform, due);
  try {
    secret = unseal(platform.signer, due.secret);
  } catch {
    await settle(platform, due, { status: null, error: 'the secret cannot be read: make a new one' });
    return 'later';
  }
  const body = JSON.stringify(message);
  const headers = signedHeaders(secret, due.id, platform.clock.now(), body);
  const answer = await post(due.url, body, headers, allowedHosts(platform.config));
  await steps.answered?.(due.id);
  return settle(platform, due, answer);
}

/** The message as its account may have it now; null where it may not. A trial is nobody's secret. */
async function messageOf(platform: Platform, due: Due): Promise<Record<string, unknown> | null> {
  const actor = await actorOf(platform, due.account);
  if (!actor) return null;
  const timestamp = due.createdAt.toISOString();
  if (due.ref === null) return { type: TRIAL, timestamp, data: {} };
  const data = await sourceOfType(platform, due.type)?.tell(due.type, due.ref, actor);
  return data ? { type: due.type, timestamp, data } : null;
}

async function withhold(platform: Platform, due: Due): Promise<'withheld'> {
  await withWebhooks(platform.records)
    .updateTable('webhookDelivery')
    .set({ state: 'withheld', status: null, error: '' })
    .where('id', '=', due.id)
    .execute();
  return 'withheld';
}

async function settle(
  platform: Platform,
  due: Due,
  { status, error }: { status: number | null; error: string },
): Promise<keyof Delivered> {
  const now = platform.clock.now();
  const wait = BACKOFF[due.attempts - 1];
  const state = error === '' ? 'delivered' : wait === undefined || status === 410 ? 'failed' : 'waiting';
  await withWebhooks(platform.records)
    .transaction()
    .execute(async (trx) => {
      await trx
        .updateTable('webhookDelivery')
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
async function tell(trx: Kysely<WebhookTables>, due: Due, status: number | null): Promise<void> {
  if (status === 410)
    await trx
      .updateTable('webhook')
      .set({ active: false, why: 'HTTP 410' })
      .where('id', '=', due.webhook)
      .execute();
  const host = new URL(due.url).host;
  await notify(trx as unknown as Records, [
    {
      userId: due.account,
      kind: 'webhooks.failed',
      title: { zh: `推送到 ${host} 失败`, en: `Delivery to ${host} failed` },
      body:
        status === 410
          ? { zh: '对方表示地址已停用，推送已关闭', en: 'The address is gone; the webhook was switched off' }
          : { zh: '多次重试后仍未成功，请检查地址', en: 'All attempts failed: check the address' },
      href: '/webhooks',
      dedupKey: `webhooks.delivery ${due.webhook} ${due.id}`,
    },
  ]);
}
