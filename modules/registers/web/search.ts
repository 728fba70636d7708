import * as z from 'zod';

const day = z.iso.date().optional().catch(undefined);
const text = (most: number) => z.string().trim().max(most).optional().catch(undefined);

/** The narrowed list of a register as it stands in the address; names as in `/api/registers/:register/entries`. */
export const ListSearch = z.object({
  q: text(200),
  /** States, separated by commas. */
  state: text(200),
  /** Region ids, separated by commas. */
  region: text(400),
  /** JSON: field key → values. */
  filters: text(4000),
  due: z.coerce.number().int().min(0).max(3660).optional().catch(undefined),
  on: day,
  known: day,
  sort: text(60),
  desc: z.enum(['true']).optional().catch(undefined),
  /** From the second page on. */
  page: z.coerce.number().int().min(2).max(100_000).optional().catch(undefined),
});
export type ListSearch = z.output<typeof ListSearch>;

/** An entry as it is known now, or as it was known at the end of a day; two versions beside each other. */
export const EntrySearch = z.object({
  known: day,
  from: z.coerce.number().int().min(1).optional().catch(undefined),
  to: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type EntrySearch = z.output<typeof EntrySearch>;

/** What a change of an entry begins with. */
export const EditSearch = z.object({
  mode: z.enum(['correct', 'change']).optional().catch(undefined),
  /** Place of the segment that is corrected. */
  segment: z.coerce.number().int().min(0).optional().catch(undefined),
});
export type EditSearch = z.output<typeof EditSearch>;

/** The directory of the registers, narrowed by words. */
export const DirectorySearch = z.object({ q: text(100) });
