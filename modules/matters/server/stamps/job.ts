import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Authority } from './ask.ts';
import { stampAll } from './stamp.ts';

/** The work that has logs stamped, each hour. What fails is tried again with growing pauses, and then with the next hour. */
export function stampingOf(platform: Platform, authority: Authority): JobDef<never> {
  return job({
    name: 'matters.stamp',
    schema: z.object({}),
    // Not on the hour, when everybody asks.
    cron: '17 * * * *',
    retries: 5,
    run: async (_, run) => {
      await stampAll(platform, authority, {
        stopping: () => run.stopping,
        progress: (done) => run.progress(done, null),
      });
    },
  }) as JobDef<never>;
}
