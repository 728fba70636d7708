import * as z from 'zod';
import { type JobDef, type Jobs, job } from '#kernel/jobs/jobs';
import type { Trx } from '#kernel/records';

/** Something that happened, in a module's words. Names are `module.noun.verb-in-past`, e.g. `patents.import.finished`. */
export interface EventDef<T = unknown> {
  name: string;
  schema: z.ZodType<T>;
}

/** Declares an event and keeps its exact types. */
export function event<T>(name: string, schema: z.ZodType<T>): EventDef<T> {
  return { name, schema };
}

/** Wants to know of an event; runs as a job of its own, so one slow or failing listener delays nobody else. */
export interface Subscription<T = unknown> {
  event: EventDef<T>;
  /** Unique among the listeners of this event. */
  name: string;
  run(payload: T): Promise<void>;
}

/** Declares a subscription and keeps its exact types. */
export function on<T>(
  eventDef: EventDef<T>,
  name: string,
  run: (payload: T) => Promise<void>,
): Subscription<T> {
  return { event: eventDef, name, run };
}

/** Delivers events at least once, through the job queue, if and only if the transaction they happened in commits. */
export class Events {
  readonly #byEvent = new Map<string, JobDef<unknown>[]>();
  #jobs: Jobs | undefined;

  constructor(subscriptions: readonly Subscription<never>[]) {
    for (const s of subscriptions) {
      const list = this.#byEvent.get(s.event.name) ?? [];
      list.push(
        job<unknown>({
          name: `event.${s.event.name}.${s.name}`,
          schema: z.unknown(),
          retries: 5,
          run: (data) => s.run(s.event.schema.parse(data) as never),
        }),
      );
      this.#byEvent.set(s.event.name, list);
    }
  }

  /** The jobs that carry the deliveries; the composition root gives them to the queue. */
  jobs(): JobDef<unknown>[] {
    return [...this.#byEvent.values()].flat();
  }

  /** Connects to the queue, once it exists. */
  connect(jobs: Jobs): void {
    this.#jobs = jobs;
  }

  /** Announces an event inside the transaction in which it happens. */
  async emit<T>(trx: Trx, eventDef: EventDef<T>, payload: T): Promise<void> {
    const data = eventDef.schema.parse(payload);
    for (const def of this.#byEvent.get(eventDef.name) ?? []) await this.#jobs!.send(def, data, { trx });
  }
}
