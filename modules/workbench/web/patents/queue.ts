import type { EndpointRequest, EndpointResponse } from '#kernel/http/contract';
import { ApiError } from '#shell/api-error';
import type { CollectionItem, reviewItem } from '../../contract.ts';

/** One decision on its way to the server: what is said, of which publication, in which collection. */
export interface Pending {
  collection: string;
  number: string;
  step: Omit<EndpointRequest<typeof reviewItem>['body'], 'number'>;
}

/** Decisions that the server does not have yet, in the order in which they were made; `failure`: why the first one is not there. */
export interface Waiting {
  steps: readonly Pending[];
  failure: unknown;
}

/** What a person has said of a publication. */
export interface OwnWord {
  choice: 'keep' | 'dismiss' | null;
  rating: number | null;
  tags: readonly string[];
}

/**
 * Sends decisions one after another while reading goes on. Nothing is lost: what could not be sent waits, is sent again by
 * itself when only the line was down, and otherwise until somebody says what shall become of it. Saying a thing twice is the
 * same as saying it once.
 */
export class DecisionQueue {
  #state: Waiting = { steps: [], failure: null };
  #running = false;
  #wake = () => {};
  #listeners = new Set<() => void>();

  constructor(
    readonly send: (one: Pending) => Promise<EndpointResponse<typeof reviewItem>>,
    readonly stored: (one: Pending, item: CollectionItem, last: boolean) => void,
    /** Resolves when a try that got no answer may be repeated. */
    readonly pause: (attempt: number) => Promise<void>,
  ) {}

  readonly state = (): Waiting => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes a decision in and begins to send. */
  add(one: Pending): void {
    this.#set({ ...this.#state, steps: [...this.#state.steps, one] });
    void this.#run();
  }

  /** Tries what failed again. */
  retry(): void {
    this.#goOn({});
  }

  /** Gives up what is waiting for a collection. */
  drop(collection: string): void {
    this.#goOn({ steps: this.#state.steps.filter((one) => one.collection !== collection) });
  }

  /** Stores what is waiting for a collection in another one. */
  move(from: string, to: string): void {
    this.#goOn({
      steps: this.#state.steps.map((one) => (one.collection === from ? { ...one, collection: to } : one)),
    });
  }

  #goOn(change: Partial<Waiting>): void {
    this.#set({ ...this.#state, ...change, failure: null });
    this.#wake();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let tries = 0;
    while (this.#state.failure === null && this.#state.steps[0]) {
      const one = this.#state.steps[0];
      try {
        const item = await this.send(one);
        tries = 0;
        // It may have been given up or moved meanwhile; then what stands first is another one.
        const steps = this.#state.steps.filter((other) => other !== one);
        this.#set({ ...this.#state, steps });
        this.stored(one, item, steps.length === 0);
      } catch (failure) {
        this.#set({ ...this.#state, failure });
        if (failure instanceof ApiError && failure.passing) {
          const attempt = tries++;
          await new Promise<void>((go) => {
            this.#wake = go;
            void this.pause(attempt).then(go);
          });
          if (this.#state.failure === failure) this.#set({ ...this.#state, failure: null });
        }
      }
    }
    this.#running = false;
  }

  #set(state: Waiting): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** What a person has said, once everything that is waiting is stored. */
export function withWaiting(
  known: OwnWord,
  steps: readonly Pending[],
  collection: string,
  number: string,
): OwnWord {
  return steps
    .filter((one) => one.collection === collection && one.number === number)
    .reduce<OwnWord>(
      (word, { step }) => ({
        choice: step.choice === undefined ? word.choice : step.choice,
        rating: step.rating === undefined ? word.rating : step.rating,
        tags: [
          ...word.tags.filter((tag) => !step.removeTags?.includes(tag) && !step.addTags?.includes(tag)),
          ...(step.addTags ?? []),
        ],
      }),
      known,
    );
}
