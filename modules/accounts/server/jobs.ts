import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { mailJobs } from '#kernel/notify/mail';

/** Days for which the progress of finished work is kept. */
const KEEP_RUNS = 30;

/** Mail from the inbox, and tidying up what has run out. */
export function accountJobs(platform: Platform): readonly JobDef<never>[] {
  const { auth, clock, records } = platform;
  const tidy = job({
    name: 'accounts.tidy',
    schema: z.object({}),
    cron: '17 * * * *',
    run: async () => {
      await auth.clean();
      const before = new Date(clock.now().getTime() - KEEP_RUNS * 86_400_000);
      await records.deleteFrom('jobRun').where('finishedAt', '<', before).execute();
    },
  });
  return [tidy, ...mailJobs(platform)] as unknown as readonly JobDef<never>[];
}
