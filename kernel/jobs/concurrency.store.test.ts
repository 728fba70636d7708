import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';

const started: string[] = [];
let both: () => void;
const together = new Promise<void>((resolve) => {
  both = resolve;
});

/** Each run ends only once two have begun: alone it would wait for ever. */
const meeting = job({
  name: 'test.meeting',
  schema: z.object({ who: z.string() }),
  concurrency: 2,
  run: async ({ who }) => {
    started.push(who);
    if (started.length === 2) both();
    await together;
  },
});

let city: TestPlatform;
beforeAll(async () => {
  city = await testPlatform({
    modules: [
      {
        name: 'test',
        title: { zh: '测试', en: 'Test' },
        setup: () => ({ jobs: [meeting as JobDef<never>] }),
      },
    ],
  });
  await city.platform.jobs.work();
});
afterAll(() => city.close());

test('as many runs of a job as it allows are worked on at the same time', async () => {
  await city.platform.jobs.send(meeting, { who: 'one' });
  await city.platform.jobs.send(meeting, { who: 'two' });
  await together;
  expect(started.sort()).toEqual(['one', 'two']);
});
