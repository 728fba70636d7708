import * as z from 'zod';
import { type Route, route } from '#kernel/http/route';
import { type JobDef, job } from '#kernel/jobs/jobs';
import * as contract from '../../contract.ts';
import type { Bench } from '../bench.ts';
import { deliver } from './deliver.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  renewSecret,
  repeatDelivery,
  tryWebhook,
} from './webhooks.ts';

/** Endpoints of webhooks. */
export function webhookRoutes(bench: Bench): Route[] {
  return [
    route(contract.listWebhooks, (by) => listWebhooks(bench, by)),
    route(contract.createWebhook, (by) => createWebhook(bench, by, by.body)),
    route(contract.changeWebhook, (by) => changeWebhook(bench, by, by.params.id, by.body)),
    route(contract.renewSecret, (by) => renewSecret(bench, by, by.params.id)),
    route(contract.tryWebhook, (by) => tryWebhook(bench, by, by.params.id)),
    route(contract.deleteWebhook, (by) => deleteWebhook(bench, by, by.params.id, by.query.version)),
    route(contract.listDeliveries, (by) => listDeliveries(bench, by, by.params.id)),
    route(contract.repeatDelivery, (by) => repeatDelivery(bench, by, by.params.id)),
  ];
}

/** The outbox is emptied each minute. */
export function webhookJobs(bench: Bench): JobDef<never>[] {
  const each = job({
    name: 'workbench.webhooks',
    schema: z.object({}),
    cron: '* * * * *',
    run: async (_, context) => {
      await deliver(bench, context);
    },
  });
  return [each as JobDef<never>];
}
