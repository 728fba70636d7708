import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { date, words } from './shared.ts';

/** The sub-portal of a county or park. */
export const portalShown = z
  .object({
    id: z.string(),
    title: words,
    region: words,
    /** The body behind it. */
    office: words,
    /** What is to be known of all items there. */
    note: words.nullable(),
  })
  .meta({ id: 'Portal' });

/** In what a portal differs from the city in one item. */
export const difference = z
  .object({
    what: z.enum(['keeper', 'place', 'hours', 'promised', 'note']),
    here: words,
    /** What holds in the city; null where the city says nothing of it. */
    city: words.nullable(),
    /** Where it stands, and whether that was read. */
    source: z.string(),
    article: z.string().nullable(),
    verified: z.boolean(),
  })
  .meta({ id: 'PortalDifference' });

/** All portals. */
export const listPortals = endpoint({
  method: 'GET',
  path: '/api/catalog/portals',
  summary:
    'Sub-portals of counties and parks, with how many of the city’s items each has and how many differ',
  access: 'public',
  response: z.object({
    portals: z.array(portalShown.extend({ items: z.int(), differ: z.int(), except: z.int() })),
  }),
});

/** Which body will have a matter, and why. */
export const routing = z
  .object({
    office: z.object({ id: z.string(), name: words, level: z.enum(['city', 'county']) }),
    /** `item`: it keeps the item in the whole city. `portal`: it keeps it there. `city`: nothing else is said of the portal. */
    why: z.enum(['item', 'portal', 'city']),
    /** `portal`: where that stands. */
    source: z.object({ title: z.string(), article: z.string().nullable(), verified: z.boolean() }).nullable(),
  })
  .meta({ id: 'Routing' });

/** A matter that was handed to another body. */
export const transfer = z
  .object({
    from: words,
    to: words,
    on: date,
    /** Why, and on what ground; empty for those other than office and applicant. */
    reason: z.string(),
    basis: z.string(),
  })
  .meta({ id: 'MatterTransfer' });

/** What is said when a matter is handed to another body. */
export const transferBody = z.object({
  /** Version of the matter that was looked at. */
  version: z.int(),
  /** Made by the sender once per intended transfer: sent twice it is done once. */
  idempotencyKey: z.uuid(),
  /** The office that is to have it. */
  to: z.string().max(60),
  reason: z.string().trim().min(5).max(1000),
  /** By which rule the other body has it. */
  basis: z.string().trim().min(2).max(500),
});
