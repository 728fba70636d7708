import * as z from 'zod';
import { QueryDialect } from '#modules/patents/contract';

/** Permission to open something of one's own to everybody. */
export const WORKBENCH_PUBLISH = 'workbench.publish';

/** What is allowed at most. Whoever would go beyond is told so; nothing is cut in silence. */
export const LIMITS = {
  /** Numbers in one call. */
  numbers: 5_000,
  /** Publications in a collection. */
  items: 200_000,
  /** Saved queries, tags of one scope, collections, trees of an owner. */
  queries: 1_000,
  tags: 500,
  objects: 500,
  /** Nodes of a tree. */
  nodes: 500,
  /** Watches of an account; publications of a recall check. */
  watches: 500,
  known: 50_000,
  /** Publications in a sample. */
  sample: 1_000,
} as const;

/** What a person decides: of an item of a collection, of a record in a node, of a record in a sample. */
export const CHOICES = ['keep', 'dismiss', 'in', 'out', 'relevant', 'irrelevant'] as const;
export const Choice = z.enum(CHOICES);
export type Choice = z.infer<typeof Choice>;

/** A publication number as the corpus writes it. */
export const Number_ = z
  .string()
  .trim()
  .min(4)
  .max(40)
  .regex(/^[\w/.-]+$/);
/** Publication numbers of one call. */
export const Numbers = z.array(Number_).min(1).max(LIMITS.numbers);

/** A query as it is kept and run: as the search page takes it. */
export const Kept = z.object({
  q: z.string().max(100_000).default(''),
  dialect: QueryDialect.nullable().default(null),
  filter: z.string().max(4000).default(''),
});
export type Kept = z.output<typeof Kept>;

/** Who besides the owner: an organisation of the owner, everybody. */
export const Reach = z.object({
  /** Department id; its members read and edit. */
  organisation: z.string().max(80).nullable().default(null),
  /** Everybody reads; needs {@link WORKBENCH_PUBLISH}. */
  public: z.boolean().default(false),
});

/** An organisation with its name. */
export const Named = z.object({ id: z.string(), name: z.string() });

export const Id = z.object({ id: z.uuid() });
export const Version = z.coerce.number().int().min(1).max(2_000_000_000);
/** Where a page begins: `next` of the page before. */
export const Cursor = z.string().max(200).optional();
export const PageSize = z.coerce.number().int().min(1).max(200).default(50);

/** A person as others see them. */
export const Person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof Person>;

/** One word of one person about a publication. */
export const Decision = z.object({
  person: Person,
  choice: Choice.nullable(),
  rating: z.int().nullable(),
  why: z.string(),
  settles: z.boolean(),
  own: z.boolean(),
  at: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;
