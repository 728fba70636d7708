import { audit } from '#kernel/audit/audit';
import { newId } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import { MOST_WEBHOOKS, type Want, type Webhook } from '../contract.ts';
import { accountOf, type By } from './account.ts';
import { webhookError } from './errors.ts';
import { newSecret, seal } from './secret.ts';
import { withWebhooks } from './tables.ts';
import { allowedHosts, readTarget, TargetRefused } from './target.ts';
import { demandWants } from './wants.ts';

/** The account's webhooks; `id` narrows to one. */
async function views({ records }: Platform, by: By, id?: string): Promise<Webhook[]> {
  const db = withWebhooks(records);
  let query = db
    .selectFrom('webhook as h')
    .leftJoin('webhookDelivery as d', 'd.webhook', 'h.id')
    .select(['h.id', 'h.url', 'h.active', 'h.why', 'h.version', 'h.createdAt'])
    .select((e) => [
      e.fn.count<number>('d.id').filterWhere('d.state', '=', 'waiting').as('waiting'),
      e.fn.count<number>('d.id').filterWhere('d.state', '=', 'failed').as('failed'),
      e.fn.max<Date | null>('d.deliveredAt').as('last'),
    ])
    .where('h.account', '=', accountOf(by))
    .where('h.deletedAt', 'is', null)
    .groupBy('h.id')
    .orderBy('h.id');
  if (id !== undefined) query = query.where('h.id', '=', id);
  const rows = await query.execute();
  const wants = await wantsOf(
    records,
    rows.map((row) => row.id),
  );
  return rows.map(({ waiting, failed, last, createdAt, ...row }) => ({
    ...row,
    wants: wants.get(row.id) ?? [],
    waiting: Number(waiting),
    failed: Number(failed),
    lastDeliveredAt: last?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }));
}

async function wantsOf(db: Records | Trx, webhooks: readonly string[]): Promise<Map<string, Want[]>> {
  if (webhooks.length === 0) return new Map();
  const rows = await withWebhooks(db as Records)
    .selectFrom('webhookWant')
    .selectAll()
    .where('webhook', 'in', [...webhooks])
    .orderBy('source')
    .execute();
  const all = new Map<string, Want[]>();
  for (const { webhook, source, types, topics } of rows)
    all.set(webhook, [...(all.get(webhook) ?? []), { source, types, only: topics }]);
  return all;
}

/** Writes what a webhook wants to hear of, in the place of what it wanted before. */
async function putWants(trx: Trx, webhook: string, wants: readonly Want[]): Promise<void> {
  const db = withWebhooks(trx);
  await db.deleteFrom('webhookWant').where('webhook', '=', webhook).execute();
  await db
    .insertInto('webhookWant')
    .values(wants.map(({ source, types, only }) => ({ webhook, source, types, topics: only })))
    .execute();
}

/** All webhooks of the account. */
export async function listWebhooks(platform: Platform, by: By): Promise<{ webhooks: Webhook[] }> {
  return { webhooks: await views(platform, by) };
}

/** A webhook of the account. Throws `webhooks_gone`. */
export async function getWebhook(platform: Platform, by: By, id: string): Promise<Webhook> {
  const [webhook] = await views(platform, by, id);
  if (!webhook) throw gone();
  return webhook;
}

const gone = () => webhookError('webhooks_gone', { what: '推送', what_en: 'The webhook' });

/** A new webhook. Its secret is in this answer and in no other. Throws `webhooks_url`, `webhooks_want`, `webhooks_limit`. */
export async function createWebhook(
  platform: Platform,
  by: By,
  { url, wants }: { url: string; wants: readonly Want[] },
): Promise<{ webhook: Webhook; secret: string }> {
  const account = accountOf(by);
  demandTarget(platform, url);
  await demandWants(platform, by, wants);
  const id = newId();
  const secret = newSecret();
  await platform.records.transaction().execute(async (trx) => {
    await lockInTrx(trx, `webhooks ${account}`);
    const db = withWebhooks(trx);
    const { n } = await db
      .selectFrom('webhook')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('account', '=', account)
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(n) >= MOST_WEBHOOKS) throw webhookError('webhooks_limit', { most: MOST_WEBHOOKS });
    await db
      .insertInto('webhook')
      .values({
        ...{ id, account, url, secret: seal(platform.signer, secret) },
        createdAt: platform.clock.now(),
      })
      .execute();
    await putWants(trx, id, wants);
    await trace(platform, trx, by, id, 'create', { host: new URL(url).host, wants });
  });
  return { webhook: await getWebhook(platform, by, id), secret };
}

function demandTarget({ config }: Platform, url: string): void {
  try {
    readTarget(url, allowedHosts(config));
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    const { zh, en } = error.text;
    throw webhookError('webhooks_url', { url: url.slice(0, 200), why: zh, why_en: en });
  }
}

/** The line of the audit log for a change. */
export async function trace(
  { clock }: Platform,
  trx: Trx,
  { actor, requestId }: By,
  id: string,
  action: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await audit(trx, clock.now(), {
    ...{ actor, requestId, action: `webhooks.${action}` },
    ...{ objectType: 'webhook', objectId: id, detail },
  });
}

/** A webhook of the account, held until the transaction ends. Throws `webhooks_gone`, `webhooks_changed`. */
export async function lockWebhook(trx: Trx, by: By, id: string, version?: number) {
  const row = await withWebhooks(trx)
    .selectFrom('webhook')
    .selectAll()
    .where('id', '=', id)
    .where('account', '=', accountOf(by))
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw gone();
  if (version !== undefined && row.version !== version)
    throw webhookError('webhooks_changed', { host: new URL(row.url).host, version: row.version });
  return row;
}

/**
 * Switches a webhook on or off, or changes what it hears of. What waits meanwhile is delivered once it is on again; what happens
 * meanwhile is not. Throws `webhooks_gone`, `webhooks_changed`, `webhooks_want`.
 */
export async function changeWebhook(
  platform: Platform,
  by: By,
  id: string,
  { active, wants, version }: { active: boolean; wants?: readonly Want[] | undefined; version: number },
): Promise<Webhook> {
  if (wants) await demandWants(platform, by, wants, (await getWebhook(platform, by, id)).wants);
  await platform.records.transaction().execute(async (trx) => {
    await lockWebhook(trx, by, id, version);
    await withWebhooks(trx)
      .updateTable('webhook')
      .set({ active, version: version + 1, ...(active && { why: '' }) })
      .where('id', '=', id)
      .execute();
    if (wants) await putWants(trx, id, wants);
    await trace(platform, trx, by, id, 'change', { active, ...(wants && { wants }) });
  });
  return getWebhook(platform, by, id);
}

/** A new secret; the former one is useless at once. Throws `webhooks_gone`. */
export async function renewSecret(
  platform: Platform,
  by: By,
  id: string,
): Promise<{ webhook: Webhook; secret: string }> {
  const secret = newSecret();
  await platform.records.transaction().execute(async (trx) => {
    const row = await lockWebhook(trx, by, id);
    await withWebhooks(trx)
      .updateTable('webhook')
      .set({ secret: seal(platform.signer, secret), version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    await trace(platform, trx, by, id, 'secret');
  });
  return { webhook: await getWebhook(platform, by, id), secret };
}

/** Deletes a webhook; what waits for it is not delivered any more. Throws `webhooks_gone`, `webhooks_changed`. */
export async function deleteWebhook(
  platform: Platform,
  by: By,
  id: string,
  version: number,
): Promise<{ id: string }> {
  await platform.records.transaction().execute(async (trx) => {
    const row = await lockWebhook(trx, by, id, version);
    await withWebhooks(trx)
      .updateTable('webhook')
      // A secret that nobody needs is not kept.
      .set({ deletedAt: platform.clock.now(), active: false, secret: '' })
      .where('id', '=', id)
      .execute();
    await trace(platform, trx, by, id, 'delete', { host: new URL(row.url).host });
  });
  return { id };
}
