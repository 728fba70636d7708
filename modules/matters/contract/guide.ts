import * as z from 'zod';
import { ITEM_CHANNELS, ITEM_SCOPES } from '#kernel/city/schema-item-guide';
import { words } from './shared.ts';

const reached = z.object({
  phone: z.string().nullable(),
  web: z.string().nullable(),
  address: words.nullable(),
});

/** What of the implementation list (实施清单) the office has said; null or empty where it has not. */
export const guide = z
  .object({
    /** Numbers in the catalogues, by what they are. */
    codes: z.array(
      z.object({
        what: z.enum(['basic', 'localBasic', 'implementing', 'localImplementing', 'business']),
        code: z.string(),
      }),
    ),
    conduct: z
      .object({
        type: z.enum(['immediate', 'promised']),
        channels: z.array(z.enum(ITEM_CHANNELS)),
        visits: z.int(),
        visitReason: words.nullable(),
        scope: z.enum(ITEM_SCOPES),
        depth: z.int().nullable(),
        appointment: z.boolean(),
        postIn: z.boolean(),
        postOut: z.boolean(),
        payment: z.boolean(),
        quota: words.nullable(),
        intermediary: words.nullable(),
        special: words.nullable(),
      })
      .nullable(),
    places: z.array(
      z.object({
        title: words,
        address: words,
        hours: words,
        transport: words.nullable(),
        phone: z.string().nullable(),
      }),
    ),
    contact: z.object({ ask: reached, complain: reached }).nullable(),
    joint: z.array(words),
    entrustedBy: words.nullable(),
    guidedBy: words.nullable(),
    themes: z.array(words),
    rights: z.array(words),
    duties: z.array(words),
  })
  .meta({ id: 'ItemGuide' });
/** What of the implementation list the office has said. */
export type Guide = z.infer<typeof guide>;
