import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { Id, Version } from './shared.ts';

/** An address that is told of alerts. Messages are signed as Standard Webhooks describes. */
export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    /** Null: all watches. */
    watch: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    active: z.boolean(),
    /** Why it was switched off. */
    why: z.string(),
    waiting: z.int(),
    failed: z.int(),
    lastDeliveredAt: z.iso.datetime().nullable(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'WorkbenchWebhook' });
export type Webhook = z.infer<typeof Webhook>;

/** One message. Its id is the `webhook-id` of every attempt. */
export const WebhookDelivery = z.object({
  id: z.uuid(),
  /** Null: a trial. */
  run: z.uuid().nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  nextAt: z.iso.datetime().nullable(),
  status: z.int().nullable(),
  error: z.string(),
  createdAt: z.iso.datetime(),
  deliveredAt: z.iso.datetime().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/api/workbench/webhooks',
  summary: "The account's webhooks",
  access: 'signed-in',
  response: z.object({ webhooks: z.array(Webhook) }),
});

/** `https` to a public address; others only where the installation allows the host. The secret is shown this once. */
export const createWebhook = endpoint({
  method: 'POST',
  path: '/api/workbench/webhooks',
  summary: 'Deliver alerts to an address',
  access: 'signed-in',
  body: z.object({ url: z.string().trim().min(1).max(2000), watch: z.uuid().nullable().default(null) }),
  response: z.object({ webhook: Webhook, secret: z.string() }),
});

export const changeWebhook = endpoint({
  method: 'PUT',
  path: '/api/workbench/webhooks/:id',
  summary: 'Switch a webhook on or off',
  access: 'signed-in',
  params: Id,
  body: z.object({ active: z.boolean(), version: Version }),
  response: Webhook,
});

/** The former secret is useless at once. */
export const renewSecret = endpoint({
  method: 'POST',
  path: '/api/workbench/webhooks/:id/secret',
  summary: 'A new secret for a webhook, shown once',
  access: 'signed-in',
  params: Id,
  response: z.object({ webhook: Webhook, secret: z.string() }),
});

export const tryWebhook = endpoint({
  method: 'POST',
  path: '/api/workbench/webhooks/:id/test',
  summary: 'Queue a trial message',
  access: 'signed-in',
  params: Id,
  response: WebhookDelivery,
});

export const deleteWebhook = endpoint({
  method: 'DELETE',
  path: '/api/workbench/webhooks/:id',
  summary: 'Delete a webhook; what waits is not delivered any more',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/workbench/webhooks/:id/deliveries',
  summary: 'The last hundred messages of a webhook',
  access: 'signed-in',
  params: Id,
  response: z.object({ deliveries: z.array(WebhookDelivery) }),
});

export const repeatDelivery = endpoint({
  method: 'POST',
  path: '/api/workbench/deliveries/:id/repeat',
  summary: 'Try a message again now',
  access: 'signed-in',
  params: Id,
  response: WebhookDelivery,
});
