import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** Webhooks that an account may have. */
export const MOST_WEBHOOKS = 20;
/** Type of the message that is sent to try a webhook out. */
export const TRIAL = 'webhook.test';

const Words = z.object({ zh: z.string(), en: z.string() });
const Name = z.string().min(1).max(80);

/** What a webhook wants to hear of one source. */
export const Want = z.object({
  source: Name,
  /** Types of messages. */
  types: z.array(Name).min(1).max(50),
  /** Of which things, by the ids that the source offers; null of all. */
  only: z.array(Name).min(1).max(500).nullable().default(null),
});
export type Want = z.output<typeof Want>;

/** What an account can hear of. */
export const Source = z.object({
  id: z.string(),
  title: Words,
  /** Whose news the account hears here. */
  about: Words,
  types: z.array(z.object({ id: z.string(), title: Words })),
  /** Things to which a webhook may be narrowed. */
  narrow: z.object({ title: Words, options: z.array(z.object({ id: z.string(), title: Words })) }),
});
export type Source = z.output<typeof Source>;

/** An address that is told of what happens. Messages are signed as Standard Webhooks describes. */
export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    wants: z.array(Want),
    active: z.boolean(),
    /** Why it was switched off. */
    why: z.string(),
    waiting: z.int(),
    failed: z.int(),
    lastDeliveredAt: z.iso.datetime().nullable(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

/** How far a message is. `withheld`: the account may not know of it any more, so nothing was sent. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'withheld'] as const;

/** One message. Its id is the `webhook-id` of every attempt. */
export const WebhookDelivery = z.object({
  id: z.uuid(),
  type: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  nextAt: z.iso.datetime().nullable(),
  status: z.int().nullable(),
  error: z.string(),
  /** When it happened. */
  createdAt: z.iso.datetime(),
  deliveredAt: z.iso.datetime().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const Id = z.object({ id: z.uuid() });
const Version = z.coerce.number().int().min(1).max(2_000_000_000);
const Wants = z.array(Want).min(1).max(20);

export const listWebhooks = endpoint({
  method: 'GET',
  path: '/api/webhooks',
  summary: "The account's webhooks",
  access: 'signed-in',
  response: z.object({ webhooks: z.array(Webhook) }),
});

export const listWebhookSources = endpoint({
  method: 'GET',
  path: '/api/webhooks/sources',
  summary: 'What the account can hear of through a webhook',
  access: 'signed-in',
  response: z.object({ sources: z.array(Source) }),
});

/** `https` to a public address; others only where the installation allows the host. The secret is shown this once. */
export const createWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Have an address told of what happens',
  access: 'signed-in',
  body: z.object({ url: z.string().trim().min(1).max(2000), wants: Wants }),
  response: z.object({ webhook: Webhook, secret: z.string() }),
});

export const changeWebhook = endpoint({
  method: 'PUT',
  path: '/api/webhooks/:id',
  summary: 'Switch a webhook on or off, or change what it hears of',
  access: 'signed-in',
  params: Id,
  body: z.object({ active: z.boolean(), wants: Wants.optional(), version: Version }),
  response: Webhook,
});

/** The former secret is useless at once. */
export const renewSecret = endpoint({
  method: 'POST',
  path: '/api/webhooks/:id/secret',
  summary: 'A new secret for a webhook, shown once',
  access: 'signed-in',
  params: Id,
  response: z.object({ webhook: Webhook, secret: z.string() }),
});

export const tryWebhook = endpoint({
  method: 'POST',
  path: '/api/webhooks/:id/test',
  summary: 'Queue a trial message',
  access: 'signed-in',
  params: Id,
  response: WebhookDelivery,
});

export const deleteWebhook = endpoint({
  method: 'DELETE',
  path: '/api/webhooks/:id',
  summary: 'Delete a webhook; what waits is not delivered any more',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/webhooks/:id/deliveries',
  summary: 'The last hundred messages of a webhook',
  access: 'signed-in',
  params: Id,
  response: z.object({ deliveries: z.array(WebhookDelivery) }),
});

export const repeatDelivery = endpoint({
  method: 'POST',
  path: '/api/webhooks/deliveries/:id/repeat',
  summary: 'Try a message again now',
  access: 'signed-in',
  params: Id,
  response: WebhookDelivery,
});
