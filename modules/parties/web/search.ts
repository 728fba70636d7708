import * as z from 'zod';

/** What the lists of departments and regions show. */
export const PartiesSearch = z.object({
  q: z.string().max(100).optional().catch(undefined),
  kind: z.string().max(40).optional().catch(undefined),
  state: z.enum(['exists', 'ended', 'uncoded']).optional().catch(undefined),
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
});
export type PartiesSearch = z.output<typeof PartiesSearch>;

/** A record's page: as it stands, or being changed. */
export const PartySearch = z.object({ edit: z.enum(['true']).optional().catch(undefined) });
