import * as z from 'zod';

const id = z.uuid().optional().catch(undefined);

/** How a collection's list is narrowed, and which item is reviewed. */
export const CollectionSearch = z.object({
  state: z.enum(['keep', 'dismiss', 'undecided', 'disputed']).optional().catch(undefined),
  rating: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  tag: id,
  person: z.string().max(100).optional().catch(undefined),
  at: z.string().max(40).optional().catch(undefined),
});
export type CollectionSearch = z.output<typeof CollectionSearch>;

/** Which node of a tree is shown, and what of it. */
export const TreeSearch = z.object({
  node: id,
  show: z.enum(['person', 'excluded', 'disputed', 'checks']).optional().catch(undefined),
  check: id,
});
export type TreeSearch = z.output<typeof TreeSearch>;

/** Which run of a watch is shown. */
export const WatchSearch = z.object({ run: id });
export type WatchSearch = z.output<typeof WatchSearch>;

/** What a new watch begins with; other pages link here. */
export const NewWatchSearch = z.object({
  kind: z.enum(['query', 'saved', 'applicant', 'class', 'collection']).optional().catch(undefined),
  q: z.string().max(20_000).optional().catch(undefined),
  filter: z.string().max(4000).optional().catch(undefined),
  subject: z.string().max(300).optional().catch(undefined),
  saved: id,
  collection: id,
  name: z.string().max(100).optional().catch(undefined),
});
export type NewWatchSearch = z.output<typeof NewWatchSearch>;

/** Which tag's publications are shown. */
export const TagsSearch = z.object({ tag: id });
export type TagsSearch = z.output<typeof TagsSearch>;
