import * as z from 'zod';

/** The catalogue as kept in its address. */
export const CatalogSearch = z.object({
  /** Words that title, summary or office contain. */
  q: z.string().max(100).optional().catch(undefined),
});

/** The course of a matter as kept in its address: names are those of the interface. */
export const CourseSearch = z.object({
  /** Steps in order: `apply@2026-03-02,ask-third@2026-03-05`. */
  steps: z.string().max(8000).optional().catch(undefined),
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
});

/** An item as kept in its address. */
export const ItemSearch = z.object({
  /** A day of the version that is shown; absent: the one in force today. */
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
});
