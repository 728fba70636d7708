import * as z from 'zod';

const page = z.coerce.number().int().min(2).max(100_000).optional().catch(undefined);

/** What the list of organisations shows. */
export const OrganisationsSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  /** Region id, or `none`. */
  region: z.string().max(80).optional().catch(undefined),
  code: z.enum(['with', 'without']).optional().catch(undefined),
  sort: z.enum(['updated']).optional().catch(undefined),
  page,
});
export type OrganisationsSearch = z.output<typeof OrganisationsSearch>;

/** Which part of the duplicates page is open, and which of its pages. */
export const DuplicatesSearch = z.object({
  show: z.enum(['merges']).optional().catch(undefined),
  page,
});
