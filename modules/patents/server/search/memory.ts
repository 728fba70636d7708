import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { References } from './ask.ts';

/** What remembers a person's queries, so that `#3` and `@name` mean something. A module offers it while setting up. */
export interface QueryMemory {
  /** What stands behind the references of an account; strangers have none. */
  references(actor: Actor): References;
  /** Keeps a search in the account's history and gives its number; null for strangers. */
  remember(actor: Actor, search: { text: string; reading: string; total: number }): Promise<number | null>;
}

const memories = new WeakMap<Platform, QueryMemory>();

/** Offers a memory of queries to a platform. */
export function provideQueryMemory(platform: Platform, memory: QueryMemory): void {
  memories.set(platform, memory);
}

/** The memory of a platform, or null where no module offers one. */
export function queryMemory(platform: Platform): QueryMemory | null {
  return memories.get(platform) ?? null;
}
