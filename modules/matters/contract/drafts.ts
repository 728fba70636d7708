import * as z from 'zod';
import { FieldView } from '#kernel/fields/view';
import { endpoint } from '#kernel/http/contract';
import { portalShown, routing } from './portals.ts';
import { date, portalParam, words } from './shared.ts';

/** The form of an item, as a page shows it. */
export const itemForm = endpoint({
  method: 'GET',
  path: '/api/catalog/items/:id/form',
  summary: 'What is asked of whoever opens a matter: fields, conditions in CEL, and materials',
  access: 'public',
  params: z.object({ id: z.string().max(60) }),
  query: z.object({ lang: z.enum(['zh', 'en']).default('zh'), portal: portalParam }),
  response: z.object({
    item: z.object({ id: z.string(), title: words, from: date, to: date.nullable() }),
    /** Whoever applies opens a matter, or the office by itself. */
    opens: z.enum(['application', 'office']),
    portal: portalShown.nullable(),
    /** Which body will have the matter, and why. */
    routing,
    /** JSON Schema of the answers, for other programs. */
    schema: z.record(z.string(), z.unknown()),
    fields: z.array(FieldView),
    /** Field → condition: asked only where it holds. */
    asks: z.record(z.string(), z.string()),
    /** Fields that are kept in the vault, and in no draft. */
    secret: z.array(z.string()),
    materials: z.array(
      z.object({
        id: z.string(),
        title: words,
        required: z.boolean(),
        when: words.nullable(),
        /** Condition under which it is required. */
        if: z.string().nullable(),
        standard: words,
      }),
    ),
    /** What must be true for it to be taken. */
    conditions: z.array(z.object({ text: words, otherwise: words.nullable() })),
  }),
});

const content = z.object({
  item: z.string().max(60),
  /** The portal through which somebody applies; null for the city. */
  portal: z.string().max(60).nullable().default(null),
  /** As typed: it need not be complete or right. */
  form: z.record(z.string().max(60), z.unknown()),
  materials: z
    .array(z.object({ what: z.string().max(60), file: z.uuid(), name: z.string().max(200) }))
    .max(60),
});

/** Drafts lie under the key with which they will be sent: who has it has the draft. */
const params = z.object({ key: z.uuid() });

/** What was typed so far. */
export const readDraft = endpoint({
  method: 'GET',
  path: '/api/matters/drafts/:key',
  summary: 'A draft that was kept',
  access: 'public',
  params,
  response: content.extend({ version: z.int(), savedAt: z.iso.datetime() }),
});

/** Keeps what was typed. */
export const saveDraft = endpoint({
  method: 'PUT',
  path: '/api/matters/drafts/:key',
  summary: 'Keeps what was typed so far; a version that somebody saved meanwhile is never overwritten',
  access: 'public',
  params,
  body: content.extend({
    /** Version that was read; 0 for a new one. */
    version: z.int(),
  }),
  response: z.object({ version: z.int(), savedAt: z.iso.datetime() }),
});

/** Throws a draft away. */
export const dropDraft = endpoint({
  method: 'DELETE',
  path: '/api/matters/drafts/:key',
  summary: 'Throws a draft away',
  access: 'public',
  params,
  response: z.object({ ok: z.boolean() }),
});

/** Drafts of the asker's account. */
export const myDrafts = endpoint({
  method: 'GET',
  path: '/api/matters/drafts',
  summary: 'Drafts of the asker’s account, latest first',
  access: 'signed-in',
  response: z.object({
    drafts: z.array(
      z.object({
        key: z.uuid(),
        item: z.object({ id: z.string(), title: words }),
        portal: z.object({ id: z.string(), title: words }).nullable(),
        savedAt: z.iso.datetime(),
      }),
    ),
  }),
});
