import * as z from 'zod';
import type { Module } from '#kernel/module';
import { TRIAL } from '../contract.ts';
import { webhookJobs, webhookRoutes } from './routes.ts';
import { sourcesOf } from './sources.ts';

export { BACKOFF, deliver } from './deliver.ts';
export { type Happened, publishWebhook } from './publish.ts';
export { sendWebhooks } from './routes.ts';
export { signedHeaders } from './secret.ts';
export { provideWebhooks, type WebhookSource, type WebhookType } from './sources.ts';
export { spread } from './spread.ts';

/** Addresses that other systems have told of what happens, signed by the rules of Standard Webhooks. */
export const webhooks: Module = {
  name: 'webhooks',
  title: { zh: '推送', en: 'Webhooks' },
  migrations: 'modules/webhooks/server/migrations',
  setup: (platform) => ({
    routes: webhookRoutes(platform),
    jobs: webhookJobs(platform),
    messages: () => [
      ...sourcesOf(platform).flatMap(({ types }) =>
        types.map(({ id, title, data }) => ({ type: id, summary: title.en, data })),
      ),
      { type: TRIAL, summary: 'Somebody tries the webhook', data: z.object({}) },
    ],
  }),
};
