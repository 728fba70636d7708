import * as z from 'zod';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const light = z.enum(['met', 'at-risk', 'behind', 'no-data']);

/** What the board shows, as kept in its address. */
export const BoardSearch = z.object({
  asOf: date.optional().catch(undefined),
  /** Region id or code. */
  region: z.string().max(40).optional().catch(undefined),
  project: z.string().max(40).optional().catch(undefined),
  /** Department id: leading or assisting. */
  department: z.string().max(60).optional().catch(undefined),
  /** One state, or several. */
  light: z
    .union([light.transform((one) => [one]), z.array(light)])
    .optional()
    .catch(undefined),
});
export type BoardSearch = z.output<typeof BoardSearch>;

/** What an indicator's page shows: the date and the area, and whose rows stand below (see `rows.ts`). */
export const IndicatorSearch = BoardSearch.pick({ asOf: true, region: true }).extend({
  rows: z.string().max(80).optional().catch(undefined),
});
export type IndicatorSearch = z.output<typeof IndicatorSearch>;

/** The date of the cockpit. */
export const CockpitSearch = BoardSearch.pick({ asOf: true });
