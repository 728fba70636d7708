import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit } from '#modules/patents/contract';
import { WorkbenchObject } from './objects.ts';
import { Choice, Cursor, Decision, Id, Kept, Number_, Numbers, PageSize, Person, Version } from './shared.ts';

/** A tag as it stands on a publication. */
export const TagMark = z.object({ id: z.uuid(), name: z.string(), colour: z.string(), own: z.boolean() });
export type TagMark = z.infer<typeof TagMark>;

/** A publication in a collection. */
export const CollectionItem = z
  .object({
    number: z.string(),
    /** As a result list shows it; null while the corpus does not hold it. */
    hit: PatentHit.nullable(),
    note: z.string(),
    version: z.int(),
    addedBy: Person,
    addedAt: z.iso.datetime(),
    /** What holds: settled, else the latest decision; null = undecided. */
    state: z.enum(['keep', 'dismiss']).nullable(),
    disputed: z.boolean(),
    settled: z.boolean(),
    /** Mean of all ratings, and how many there are. */
    rating: z.number().nullable(),
    ratings: z.int(),
    /** The asker's own word. */
    own: z.object({ choice: Choice.nullable(), rating: z.int().nullable(), why: z.string() }).nullable(),
    /** Everybody's words, where there is more than one. */
    decisions: z.array(Decision),
    tags: z.array(TagMark),
  })
  .meta({ id: 'WorkbenchItem' });
export type CollectionItem = z.infer<typeof CollectionItem>;

/** How a collection's list is narrowed. */
export const ItemFilter = z.object({
  state: z.enum(['keep', 'dismiss', 'undecided', 'disputed']).optional(),
  /** At least so many stars on average. */
  rating: z.coerce.number().int().min(1).max(5).optional(),
  tag: z.uuid().optional(),
  /** Added, decided or rated by this account. */
  person: z.string().max(100).optional(),
});
export type ItemFilter = z.infer<typeof ItemFilter>;

export const listItems = endpoint({
  method: 'GET',
  path: '/api/workbench/collections/:id/items',
  summary: 'Publications of a collection, the last added first, narrowed by state, rating, tag, person',
  access: 'public',
  params: Id,
  query: ItemFilter.extend({ cursor: Cursor, limit: PageSize }),
  response: z.object({
    object: WorkbenchObject,
    total: z.int(),
    /** Counts over the whole collection. */
    counts: z.object({
      all: z.int(),
      keep: z.int(),
      dismiss: z.int(),
      undecided: z.int(),
      disputed: z.int(),
    }),
    /** Who added or decided; empty for visitors. */
    people: z.array(Person),
    items: z.array(CollectionItem),
    next: z.string().nullable(),
  }),
});

/** For pages of records and reviews: what a collection says of one publication; `item` null where it does not hold it. */
export const getItem = endpoint({
  method: 'GET',
  path: '/api/workbench/collections/:id/items/:number',
  summary: 'One publication of a collection',
  access: 'signed-in',
  params: Id.extend({ number: Number_ }),
  response: z.object({ object: WorkbenchObject, item: CollectionItem.nullable() }),
});

/** What became of numbers that were to be added. */
export const Added = z.object({
  added: z.int(),
  /** Were there before. */
  already: z.int(),
  /** Kept although the corpus does not hold them (yet). */
  unknown: z.array(z.string()),
  /** Not readable as publication numbers; left out. */
  unreadable: z.array(z.string()),
});
export type Added = z.infer<typeof Added>;

/** `numbers` as lists show them, or `text` as it was pasted: any spelling, application numbers too. */
export const addItems = endpoint({
  method: 'POST',
  path: '/api/workbench/collections/:id/items',
  summary: 'Add publications by number',
  access: 'signed-in',
  params: Id,
  body: z.object({ numbers: Numbers.optional(), text: z.string().max(500_000).optional() }),
  response: Added,
});

/** The answer comes at once; `GET /api/jobs/:id` shows how far it is. */
export const addResult = endpoint({
  method: 'POST',
  path: '/api/workbench/collections/:id/results',
  summary: 'Add everything that a query finds, of any size',
  access: 'signed-in',
  params: Id,
  body: Kept,
  response: z.object({ job: z.uuid(), total: z.int() }),
});

export const removeItems = endpoint({
  method: 'POST',
  path: '/api/workbench/collections/:id/remove',
  summary: 'Take publications out; notes and decisions come back with them',
  access: 'signed-in',
  params: Id,
  body: z.object({ numbers: Numbers }),
  response: z.object({ removed: z.int() }),
});

export const transferItems = endpoint({
  method: 'POST',
  path: '/api/workbench/collections/:id/transfer',
  summary: 'Move or copy publications to another collection, with notes and decisions',
  access: 'signed-in',
  params: Id,
  body: z.object({ to: z.uuid(), numbers: Numbers, how: z.enum(['move', 'copy']) }),
  response: z.object({ transferred: z.int(), already: z.int() }),
});

export const noteItem = endpoint({
  method: 'PUT',
  path: '/api/workbench/collections/:id/items/:number/note',
  summary: 'Change the note of an item; the version is the one that was looked at',
  access: 'signed-in',
  params: Id.extend({ number: Number_ }),
  body: z.object({ note: z.string().max(10_000), version: Version }),
  response: z.object({ number: z.string(), note: z.string(), version: z.int() }),
});

export const collectionCsv = endpoint({
  method: 'GET',
  path: '/api/workbench/collections/:id/numbers.csv',
  summary: 'Numbers of a collection with title, note, state, rating and tags as CSV, narrowed like the list',
  access: 'public',
  params: Id,
  query: ItemFilter,
  response: z.string(),
  produces: 'text/csv',
});
