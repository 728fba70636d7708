import * as z from 'zod';
import { WatchKind } from './watches.ts';

/** Type of the message that a watch found something. */
export const WATCH_FOUND = 'workbench.watch.found';

const Part = z.object({
  count: z.int(),
  /** The first thousand. */
  numbers: z.array(z.string()),
});

/** What a webhook is told of a run of a watch. */
export const WatchFound = z.object({
  run: z.uuid(),
  watch: z.object({ id: z.uuid(), name: z.string(), kind: WatchKind }),
  /** Versions of the corpus that were compared. */
  corpus: z.object({ from: z.int(), to: z.int() }),
  new: Part,
  changed: Part,
  gone: Part,
  /** Page of the run, where the installation knows its own address. */
  link: z.url().optional(),
});
export type WatchFound = z.infer<typeof WatchFound>;
