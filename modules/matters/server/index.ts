import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Module } from '#kernel/module';
import { officeOf } from '#kernel/office/convert';
import { provideWebhooks } from '#modules/webhooks/server/index';
import { MATTERS_APPROVE, MATTERS_HANDLE, MATTERS_READ } from '../contract.ts';
import { Catalog } from './catalog/catalog.ts';
import { loadDemoMatters } from './demo/demo.ts';
import { pdfMaking } from './documents/pdf.ts';
import type { MatterContext } from './matters/context.ts';
import { Definitions } from './matters/definitions.ts';
import { tidyDrafts } from './matters/drafts.ts';
import { isStale, reckonAll } from './matters/reckon.ts';
import { checkVault } from './matters/unseal.ts';
import { warn } from './matters/warn.ts';
import { matterWebhooks } from './matters/webhooks.ts';
import { matterMeasures } from './measures.ts';
import { matterRoutes } from './routes.ts';
import { authorityOf } from './stamps/ask.ts';
import { stampingOf } from './stamps/job.ts';

const OFFICER = 'case-officer';
const HEAD = 'case-head';

/** The counter: which services there are, what each asks for and how it goes, and the matters that people open. */
export const matters: Module = {
  name: 'matters',
  title: { zh: '办事服务', en: 'Services' },
  needs: ['parties', 'registers', 'webhooks'],
  migrations: 'modules/matters/server/migrations',
  roles: [
    { id: OFFICER, title: { zh: '承办人', en: 'Case officer' }, scope: 'organisation' },
    { id: HEAD, title: { zh: '承办机构负责人', en: 'Head of the office' }, scope: 'organisation' },
  ],
  permissions: [
    {
      id: MATTERS_READ,
      title: { zh: '查看本机构办件', en: 'See the matters of one’s office' },
      roles: [OFFICER, HEAD],
    },
    {
      id: MATTERS_HANDLE,
      title: { zh: '办理本机构办件', en: 'Handle the matters of one’s office' },
      roles: [OFFICER],
    },
    {
      id: MATTERS_APPROVE,
      title: { zh: '审批本机构办件', en: 'Approve in the matters of one’s office' },
      roles: [HEAD],
    },
  ],
  setup(platform) {
    const office = officeOf(platform.config);
    const pdf = office && pdfMaking(platform, office);
    const ctx: MatterContext = {
      ...{ platform, pdf },
      catalog: new Catalog(platform.pack),
      definitions: new Definitions(platform.pack),
    };
    provideWebhooks(platform, matterWebhooks(ctx));
    const reckoning = job({
      name: 'matters.reckon',
      schema: z.object({}),
      retries: 3,
      run: async (_, run) => {
        await reckonAll(ctx, {
          stopping: () => run.stopping,
          progress: (done) => run.progress(done, null),
        });
      },
    });
    const warning = job({
      name: 'matters.warn',
      schema: z.object({}),
      cron: '30 8 * * *',
      run: async () => {
        await warn(ctx);
        await tidyDrafts(ctx);
      },
    });
    const authority = authorityOf(platform.config);
    return {
      routes: matterRoutes(ctx),
      measures: matterMeasures(platform),
      jobs: [
        reckoning as JobDef<never>,
        warning as JobDef<never>,
        ...(authority ? [stampingOf(platform, authority)] : []),
        ...(pdf ? [pdf.job as JobDef<never>] : []),
      ],
      async load() {
        await ctx.definitions.check(platform.records);
        await checkVault(ctx);
        if (await isStale(ctx)) await platform.jobs.send(reckoning, {});
      },
      // Its firms are entered in registers that have their own entries already.
      demo: { after: ['registers'], make: () => loadDemoMatters(ctx) },
    };
  },
};
