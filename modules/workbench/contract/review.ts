import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { CollectionItem, TagMark } from './collections.ts';
import { Id, Number_, Numbers } from './shared.ts';

/**
 * One step of a review: any of decide, rate, tag. `choice` null and `rating` null take one's own back. A publication that
 * is not in the collection is added. `settles` ends a disagreement: a decision of its own beside those that differ.
 */
export const reviewItem = endpoint({
  method: 'POST',
  path: '/api/workbench/collections/:id/review',
  summary: 'Decide, rate or tag one publication of a collection',
  access: 'signed-in',
  params: Id,
  body: z.object({
    number: Number_,
    choice: z.enum(['keep', 'dismiss']).nullable().optional(),
    rating: z.int().min(1).max(5).nullable().optional(),
    why: z.string().max(2000).default(''),
    settles: z.boolean().default(false),
    addTags: z.array(z.uuid()).max(50).default([]),
    removeTags: z.array(z.uuid()).max(50).default([]),
  }),
  response: CollectionItem,
});

/** What the asker's workbench knows of a publication. */
export const RecordMark = z.object({
  number: z.string(),
  tags: z.array(TagMark),
  collections: z.array(
    z.object({ id: z.uuid(), name: z.string(), state: z.enum(['keep', 'dismiss']).nullable() }),
  ),
});
export type RecordMark = z.infer<typeof RecordMark>;

/** For result lists and pages of records: publications without marks are left out. */
export const markRecords = endpoint({
  method: 'POST',
  path: '/api/workbench/marks',
  summary: 'Tags and collections of publications, as the asker sees them',
  access: 'signed-in',
  body: z.object({ numbers: Numbers.max(500) }),
  response: z.object({ marks: z.array(RecordMark) }),
});
