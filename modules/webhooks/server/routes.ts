import * as z from 'zod';
import { type Route, route } from '#kernel/http/route';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import * as contract from '../contract.ts';
import { type Delivered, type DeliverySteps, deliver } from './deliver.ts';
import { listDeliveries, repeatDelivery, tidyDeliveries, tryWebhook } from './deliveries.ts';
import { spread } from './spread.ts';
import { shownSources } from './wants.ts';
import { changeWebhook, createWebhook, deleteWebhook, listWebhooks, renewSecret } from './webhooks.ts';

/** Endpoints of webhooks. */
export function webhookRoutes(platform: Platform): Route[] {
  return [
    route(contract.listWebhooks, (by) => listWebhooks(platform, by)),
    route(contract.listWebhookSources, async (by) => ({ sources: await shownSources(platform, by) })),
    route(contract.createWebhook, (by) => createWebhook(platform, by, by.body)),
    route(contract.changeWebhook, (by) => changeWebhook(platform, by, by.params.id, by.body)),
    route(contract.renewSecret, (by) => renewSecret(platform, by, by.params.id)),
    route(contract.tryWebhook, (by) => tryWebhook(platform, by, by.params.id)),
    route(contract.deleteWebhook, (by) => deleteWebhook(platform, by, by.params.id, by.query.version)),
    route(contract.listDeliveries, (by) => listDeliveries(platform, by, by.params.id)),
    route(contract.repeatDelivery, (by) => repeatDelivery(platform, by, by.params.id)),
  ];
}

/** Hands out what happened and sends what is due. */
export async function sendWebhooks(
  platform: Platform,
  context: { readonly stopping: boolean } = { stopping: false },
  steps: DeliverySteps = {},
): Promise<Delivered> {
  await spread(platform, context);
  return deliver(platform, context, steps);
}

/** The outbox is emptied each minute; what is long over is forgotten at night. */
export function webhookJobs(platform: Platform): JobDef<never>[] {
  const schema = z.object({});
  const jobs = [
    job({
      ...{ name: 'webhooks.send', schema, cron: '* * * * *' },
      run: async (_, context) => {
        await sendWebhooks(platform, context);
      },
    }),
    job({
      ...{ name: 'webhooks.tidy', schema, cron: '40 3 * * *' },
      run: async () => {
        await tidyDeliveries(platform);
      },
    }),
  ];
  return jobs as unknown as JobDef<never>[];
}
