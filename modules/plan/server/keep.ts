/** At most so many entries are kept of one kind unless told; the oldest goes first. Dates and regions come from outside. */
const KEPT = 400;

/** What was made under a key, or makes it now; a failure is not kept. */
export function remember<T>(
  map: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
  kept = KEPT,
): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  made.catch(() => map.delete(key));
  if (map.size > kept) map.delete(map.keys().next().value as string);
  return made;
}

/** Lets at most `limit` tasks run at the same time; the others wait in the order in which they came. */
export class Lanes {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(readonly limit: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.limit) this.#running++;
    // Whoever ends hands its lane on, so that nobody who comes later is faster.
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
