import { setTimeout as pause } from 'node:timers/promises';

/** How long anything may take before a test gives up on it, in milliseconds. */
export const DEADLINE = 60_000;

/** Asks again and again until there is an answer, for at most the deadline. Errors count as no answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + DEADLINE;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const got = await ask();
      if (got !== undefined && got !== false) return got;
    } catch (error) {
      last = error;
    }
    await pause(25);
  }
  throw new Error(`${what}: not within ${DEADLINE} ms`, { cause: last });
}
