import { type RawBuilder, sql } from 'kysely';
import type { Records, Trx } from '#kernel/records';

/** Something that happened, as its source knows it by `ref`. */
export interface Happened {
  type: string;
  ref: string;
  at: Date;
}

/**
 * Notes what happened, in the transaction in which it happened: no message without it, and none lost. Nothing is written where no
 * webhook listens to its type. Who hears of it is worked out afterwards, so that nobody waits for it.
 */
export async function publishWebhook(trx: Trx, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return;
  const column = (values: unknown[], type: string): RawBuilder<unknown> => sql`${values}::${sql.raw(type)}[]`;
  await sql`insert into webhook_event (type, ref, at)
    select e.type, e.ref, e.at
      from unnest(${column(
        happened.map(({ type }) => type),
        'text',
      )}, ${column(
        happened.map(({ ref }) => ref),
        'text',
      )}, ${column(
        happened.map(({ at }) => at),
        'timestamptz',
      )}) with ordinality as e (type, ref, at, place)
     where exists (select 1 from webhook_want w join webhook h on h.id = w.webhook
                    where h.active and h.deleted_at is null and e.type = any (w.types))
     order by e.place`.execute(trx as unknown as Records);
}
