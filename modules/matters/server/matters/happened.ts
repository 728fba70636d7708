import type { Trx } from '#kernel/records';
import { publishWebhook } from '#modules/webhooks/server/index';
import { MATTER_WEBHOOKS, type MatterWebhook } from '../../contract.ts';
import type { LogRow } from './tables.ts';

/** Kinds of entries that other systems hear of; the rest is the office's own business or follows from these. */
const TOLD: Partial<Record<LogRow['kind'], MatterWebhook>> = {
  step: MATTER_WEBHOOKS.step,
  reckoned: MATTER_WEBHOOKS.lastDay,
  migrated: MATTER_WEBHOOKS.version,
  transferred: MATTER_WEBHOOKS.transferred,
  served: MATTER_WEBHOOKS.served,
  struck: MATTER_WEBHOOKS.struck,
  message: MATTER_WEBHOOKS.message,
};

/** The type under which an entry is told; null for one that is not. */
export function typeOf({ kind, seq }: Pick<LogRow, 'kind' | 'seq'>): MatterWebhook | null {
  return kind === 'step' && seq === 1 ? MATTER_WEBHOOKS.opened : (TOLD[kind] ?? null);
}

/** An entry as webhooks know it: the matter and the entry's number. */
export const refOf = ({ matter, seq }: Pick<LogRow, 'matter' | 'seq'>): string => `${matter}/${seq}`;

/** Matter and number of an entry from what webhooks know it by. */
export function entryOf(ref: string): { matter: string; seq: number } {
  const [matter = '', seq] = ref.split('/');
  return { matter, seq: Number(seq) };
}

/** Notes entries for webhooks, in the transaction that writes them. */
export function publishEntries(trx: Trx, entries: readonly LogRow[]): Promise<void> {
  return publishWebhook(
    trx,
    entries.flatMap((entry) => {
      const type = typeOf(entry);
      return type ? [{ type, ref: refOf(entry), at: entry.at }] : [];
    }),
  );
}
