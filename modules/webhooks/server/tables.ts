import type { Generated, Kysely } from 'kysely';
import type { KernelTables, Records } from '#kernel/records';
import type { DELIVERY_STATES } from '../contract.ts';

/** The tables of 0092_webhooks.sql. */
export interface WebhookTables extends KernelTables {
  webhook: {
    id: Generated<string>;
    account: string;
    url: string;
    secret: string;
    active: Generated<boolean>;
    why: Generated<string>;
    version: Generated<number>;
    createdAt: Date;
    deletedAt: Date | null;
  };
  webhookWant: { webhook: string; source: string; types: string[]; topics: string[] | null };
  webhookEvent: { id: Generated<string>; type: string; ref: string; at: Date };
  webhookDelivery: {
    id: Generated<string>;
    webhook: string;
    type: string;
    ref: string | null;
    state: Generated<(typeof DELIVERY_STATES)[number]>;
    attempts: Generated<number>;
    nextAt: Date;
    status: number | null;
    error: Generated<string>;
    createdAt: Date;
    deliveredAt: Date | null;
  };
}

/** The record store, or an open transaction, with this module's tables. */
export function withWebhooks(db: Records): Kysely<WebhookTables> {
  return db as unknown as Kysely<WebhookTables>;
}
