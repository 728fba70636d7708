import { setTimeout as pause } from 'node:timers/promises';

/**
 * How long anything may take before a test gives up on it, in milliseconds: a first start with its demonstration takes 40 s on a
 * quiet machine with two cores, and three times that beside other work. Tests with less time end by their own limit.
 */
const DEADLINE = 180_000;

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
