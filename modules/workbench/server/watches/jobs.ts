import * as z from 'zod';
import { on, type Subscription } from '#kernel/events';
import { type JobDef, job } from '#kernel/jobs/jobs';
import { importFinished } from '#modules/patents/server/index';
import type { Bench } from '../bench.ts';
import { digest } from './digest.ts';
import { catchUp } from './run.ts';

const Nothing = z.object({});

/** Work that comes round: watches catch up each minute, digests go out in the morning. */
export function watchJobs(bench: Bench): JobDef<never>[] {
  const jobs: JobDef<z.output<typeof Nothing>>[] = [
    job({
      name: 'workbench.watches',
      schema: Nothing,
      cron: '* * * * *',
      run: async (_, context) => {
        await catchUp(bench, context);
      },
    }),
    job({
      name: 'workbench.digest-daily',
      schema: Nothing,
      cron: '30 7 * * *',
      run: async () => {
        await digest(bench, 'daily');
      },
    }),
    job({
      name: 'workbench.digest-weekly',
      schema: Nothing,
      cron: '35 7 * * 1',
      run: async () => {
        await digest(bench, 'weekly');
      },
    }),
  ];
  return jobs as unknown as JobDef<never>[];
}

/** An import that ended is looked at without waiting for the minute. */
export function watchSubscription(bench: Bench): Subscription<never> {
  return on(importFinished, 'workbench.watches', async () => {
    await catchUp(bench);
  }) as unknown as Subscription<never>;
}
