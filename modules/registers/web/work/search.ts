import * as z from 'zod';
import { BatchRowKind } from '../../contract/batches.ts';

const day = z.iso.date().optional().catch(undefined);
const text = (most: number) => z.string().trim().max(most).optional().catch(undefined);
const page = z.coerce.number().int().min(2).max(100_000).optional().catch(undefined);

/** Which rows of a batch are shown; absent: the first kind that has any. */
export const BatchSearch = z.object({ kind: BatchRowKind.optional().catch(undefined) });
export type BatchSearch = z.output<typeof BatchSearch>;

/** What a bulk change is made to: numbers separated by commas, or a narrowing of the list. */
export const BulkSearch = z.object({ nos: text(400_000), query: text(4000) });
export type BulkSearch = z.output<typeof BulkSearch>;

/** Duplicates of a register; with `keep` and `drop`, two entries beside each other. */
export const DuplicatesSearch = z.object({
  show: z.enum(['merges']).optional().catch(undefined),
  keep: text(40),
  drop: text(40),
});
export type DuplicatesSearch = z.output<typeof DuplicatesSearch>;

/** What is due, in all registers; names as in `/api/registers/dues`. */
export const DuesSearch = z.object({
  within: z.coerce.number().int().min(0).max(3660).optional().catch(undefined),
  register: text(80),
  region: text(80),
  mine: z.enum(['true']).optional().catch(undefined),
  page,
});
export type DuesSearch = z.output<typeof DuesSearch>;

/** Figures of a register on a day, as known on a day; one of them taken apart. */
export const FiguresSearch = z.object({
  on: day,
  known: day,
  region: text(80),
  industry: text(200),
  /** Id of the figure that is taken apart. */
  measure: text(80),
  by: text(60),
});
export type FiguresSearch = z.output<typeof FiguresSearch>;
