import type { Records, Trx } from '#kernel/records';
import type { Text } from '#kernel/text';

/** A message to one account holder. `href` is a page of the web; `dedupKey` keeps the same message from coming twice. */
export interface Message {
  userId: string;
  kind: string;
  title: Text;
  body?: Text;
  href?: string;
  dedupKey?: string;
}

/**
 * Puts messages into inboxes, inside the caller's transaction if there is one. Mail is sent from the inbox by a job
 * (kernel/notify/mail.ts), so a message is never lost or mailed for something that was rolled back. Returns how many
 * were new.
 */
export async function notify(db: Records | Trx, messages: readonly Message[]): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = await db
    .insertInto('notification')
    .values(
      messages.map((m) => ({
        userId: m.userId,
        kind: m.kind,
        titleZh: m.title.zh,
        titleEn: m.title.en,
        bodyZh: m.body?.zh ?? '',
        bodyEn: m.body?.en ?? '',
        href: m.href ?? null,
        dedupKey: m.dedupKey ?? null,
      })),
    )
    .onConflict((c) => c.column('dedupKey').doNothing())
    .returning('id')
    .execute();
  return rows.length;
}
