import type { JobDef } from '#kernel/jobs/jobs';
import type { Module } from '#kernel/module';
import { provideHoldings } from '#kernel/usage';
import { PatentCorpus, provideQueryMemory } from '#modules/patents/server/index';
import { provideWebhooks } from '#modules/webhooks/server/index';
import { WORKBENCH_PUBLISH } from '../contract.ts';
import type { Bench } from './bench.ts';
import { AddResult } from './collections/add-result.ts';
import { queryMemoryOf } from './queries/history.ts';
import { workbenchRoutes } from './routes.ts';
import { watchJobs, watchSubscription } from './watches/jobs.ts';
import { watchesHeld } from './watches/watches.ts';
import { watchWebhooks } from './watches/webhooks.ts';

/** What a searcher keeps and does with results: history, saved queries, collections, tags, trees, watches. */
export const workbench: Module = {
  name: 'workbench',
  title: { zh: '专利工作台', en: 'Patent workbench' },
  needs: ['parties', 'patents', 'webhooks'],
  migrations: 'modules/workbench/server/migrations',
  permissions: [
    {
      id: WORKBENCH_PUBLISH,
      title: { zh: '公开工作台内容', en: 'Publish from the workbench' },
      roles: ['data-officer', 'administrator', 'plan-office'],
    },
  ],
  setup(platform) {
    const bench: Bench = { platform, corpus: new PatentCorpus(platform) };
    const addResult = new AddResult(bench);
    provideQueryMemory(platform, queryMemoryOf(bench));
    provideWebhooks(platform, watchWebhooks(bench));
    provideHoldings(platform, 'watches', watchesHeld);
    return {
      routes: workbenchRoutes(bench, addResult),
      jobs: [addResult.job as JobDef<never>, ...watchJobs(bench)],
      subscriptions: [watchSubscription(bench)],
    };
  },
};
