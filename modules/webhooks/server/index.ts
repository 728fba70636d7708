import type { Module } from '#kernel/module';
import { webhookJob, webhookRoutes } from './routes.ts';

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
  setup: (platform) => ({ routes: webhookRoutes(platform), jobs: [webhookJob(platform)] }),
};
