import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Records, Trx } from '#kernel/records';

/** What is used up: records of downloads, numbers looked up in a batch. */
export type Metered = 'export' | 'batch';

/** What is had at once: watches. */
export type Held = 'watches';

/**
 * Counts what accounts use where somebody counts it. Whoever offers it decides for whom it counts; for everybody else both
 * calls do nothing.
 */
export interface Usage {
  /**
   * Counts an amount before the first byte of it is sent. Two at once never pass the limit together. Throws with what is
   * used, the limit, when it begins anew and whom to ask.
   */
  take(actor: Actor, what: Metered, amount: number): Promise<void>;
  /** May the account have one more at once? Whoever asks about the same allowance waits until the transaction ends. */
  hold(trx: Trx, actor: Actor, what: Held): Promise<void>;
}

/** How many each of some accounts has now; accounts that have none may be left out. */
export type Holdings = (db: Records, accounts: readonly string[]) => Promise<ReadonlyMap<string, number>>;

const nobodyCounts: Usage = { take: async () => {}, hold: async () => {} };

const usages = new WeakMap<Platform, Usage>();
const holdings = new WeakMap<Platform, Map<Held, Holdings>>();

/** Offers to count what is used; a module does it while setting up. */
export function provideUsage(platform: Platform, usage: Usage): void {
  usages.set(platform, usage);
}

/** Who counts on this platform; where nobody does, everything goes uncounted. */
export function usageOf(platform: Platform): Usage {
  return usages.get(platform) ?? nobodyCounts;
}

/** Offers to say how many of something accounts have; the module that keeps them does it while setting up. */
export function provideHoldings(platform: Platform, what: Held, count: Holdings): void {
  const known = holdings.get(platform) ?? new Map<Held, Holdings>();
  holdings.set(platform, known.set(what, count));
}

/** How many each account has now; nothing where no module keeps such. */
export function holdingsOf(platform: Platform, what: Held): Holdings {
  return holdings.get(platform)?.get(what) ?? (async () => new Map());
}
