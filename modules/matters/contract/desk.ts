import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { DESK_VIEWS, MATTERS_READ } from './names.ts';
import { away, date, portalParam, words } from './shared.ts';

/** A matter in a list. */
const row = z
  .object({
    number: z.string(),
    /** Grows with every entry of its log. */
    version: z.int(),
    item: z.object({ id: z.string(), title: words }),
    name: z.string(),
    subject: z.string(),
    state: words,
    /** Through which portal it came; null where it did not come through one. */
    portal: z.object({ id: z.string(), title: words }).nullable(),
    /** The last time it was handed to another body; for the view of those that were, by the asker’s office. */
    transfer: z.object({ from: words, to: words, on: date }).nullable(),
    /** An office of the asker handed it on: where it stands now is not shown. */
    past: z.boolean(),
    openedOn: date,
    endedOn: date.nullable(),
    handler: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** Is the officer away? Null where not, and for parties. */
    away: away.nullable(),
    /** Day of the first message that the office has not answered; null where there is none, and for parties. */
    askedOn: date.nullable(),
    /** The clock that asks for attention first; null where none runs. */
    clock: z
      .object({
        step: words,
        whose: z.enum(['office', 'party', 'court']),
        due: date,
        provisional: z.boolean(),
        /** The last day is past. */
        over: z.boolean(),
        /** Somebody is late. */
        late: z.boolean(),
      })
      .nullable(),
    /** As whom the asker is in it; null for the office. */
    as: words.nullable(),
  })
  .meta({ id: 'MatterRow' });

/** The officer's desk. */
export const listMatters = endpoint({
  method: 'GET',
  path: '/api/matters',
  summary: 'Matters of the asker’s offices, what is due first on top',
  access: MATTERS_READ,
  query: z.object({
    view: z.enum(DESK_VIEWS).default('open'),
    item: z.string().max(60).optional(),
    portal: portalParam,
    /** Words in number, name and subject. */
    q: z.string().max(100).default(''),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    today: date,
    matters: z.array(row),
    total: z.int(),
    /** How many each view shows, of the same item, portal and words. */
    counts: z.record(z.enum(DESK_VIEWS), z.int()),
    /** Items of which there are matters. */
    items: z.array(z.object({ id: z.string(), title: words })),
    /** Portals through which matters came. */
    portals: z.array(z.object({ id: z.string(), title: words })),
    /** Officers to whom a matter can be given. */
    officers: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});

/** Matters in which the asker is a party. */
export const myMatters = endpoint({
  method: 'GET',
  path: '/api/matters/mine',
  summary: 'Matters in which the asker is a party, latest first',
  access: 'signed-in',
  response: z.object({ matters: z.array(row) }),
});
