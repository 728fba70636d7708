import * as z from 'zod';

const text = (most: number) => z.string().max(most).optional().catch(undefined);

/** A due date as kept in its address, so that the same proof can be opened again; names are those of the interface. */
export const DeadlineSearch = z.object({
  /** A legal limit of the pack; absent: a period of one's own in `rule`. */
  limit: text(80),
  from: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  rule: text(10),
  /** Where it differs from what the limit says, or is wanted of a period of one's own. */
  roll: z.enum(['true', 'false']).optional().catch(undefined),
  extensions: text(100),
  excluded: text(8000),
});
export type DeadlineSearch = z.output<typeof DeadlineSearch>;
