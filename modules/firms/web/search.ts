import * as z from 'zod';

/** The address of the officers' list. */
export const FirmsSearch = z.object({
  show: z.enum(['applications', 'firms']).optional().catch(undefined),
  state: z.string().max(20).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The address of a receipt. */
export const ReceiptSearch = z.object({ receipt: z.string().max(60).optional().catch(undefined) });
