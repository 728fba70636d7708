import { sql } from 'kysely';
import type { Platform } from '#kernel/module';
import type { Records } from '#kernel/records';
import { actorOf } from './account.ts';
import { sourceOfType } from './sources.ts';
import { withWebhooks } from './tables.ts';

/** Events that are read at once. */
const PAGE = 200;

interface Event {
  id: string;
  type: string;
  ref: string;
  at: Date;
}

/**
 * Hands what happened to the webhooks that hear of it. An event goes and its messages come in one transaction: whoever dies before has
 * changed nothing, and of two workers one does it. One that cannot be read now stays for the next round.
 */
export async function spread(
  platform: Platform,
  context: { readonly stopping: boolean } = { stopping: false },
): Promise<number> {
  let messages = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; !context.stopping; ) {
    const page: Event[] = await withWebhooks(platform.records)
      .selectFrom('webhookEvent')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (page.length === 0) break;
    after = page.at(-1)!.id;
    for (const event of page) {
      if (context.stopping) break;
      try {
        messages += await handOut(platform, event);
      } catch (err) {
        platform.log.error({ err, type: event.type, event: event.id }, 'webhook event');
      }
    }
  }
  return messages;
}

/** Nothing is asked within the transaction that writes: one that waited for a second connection could wait for ever. */
async function handOut(platform: Platform, event: Event): Promise<number> {
  const webhooks = await hearing(platform, event);
  return platform.records.transaction().execute(async (trx) => {
    const db = withWebhooks(trx as unknown as Records);
    const gone = await db
      .deleteFrom('webhookEvent')
      .where('id', '=', event.id)
      .returning('id')
      .executeTakeFirst();
    if (!gone || webhooks.length === 0) return 0;
    const { type, ref, at } = event;
    await db
      .insertInto('webhookDelivery')
      .values(webhooks.map((webhook) => ({ webhook, type, ref, nextAt: at, createdAt: at })))
      .onConflict((c) => c.doNothing())
      .execute();
    return webhooks.length;
  });
}

/** Webhooks that hear of an event, each of an account that may know of it now. */
async function hearing(platform: Platform, { type, ref, at }: Event): Promise<string[]> {
  const source = sourceOfType(platform, type);
  const audience = await source?.audience(ref);
  if (!source || !audience || audience.accounts.length === 0) return [];
  const { rows } = await sql<{ id: string; account: string }>`
    select h.id, h.account from webhook h join webhook_want w on w.webhook = h.id and w.source = ${source.id}
     where h.active and h.deleted_at is null and h.created_at <= ${at}
       and h.account = any (${[...audience.accounts]}::text[])
       and ${type} = any (w.types) and (w.topics is null or ${audience.topic} = any (w.topics))
     order by h.id`.execute(platform.records);
  const allowed = new Set<string>();
  for (const account of new Set(rows.map((row) => row.account))) {
    const actor = await actorOf(platform, account);
    if (actor && (await source.tell(type, ref, actor)) !== null) allowed.add(account);
  }
  return rows.filter(({ account }) => allowed.has(account)).map(({ id }) => id);
}
