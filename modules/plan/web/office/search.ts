import * as z from 'zod';

const period = z
  .string()
  .regex(/^\d{4}-[A-Z][A-Z0-9]{0,3}$/)
  .optional()
  .catch(undefined);

/** What the list of tasks shows. */
export const TasksSearch = z.object({
  period,
  state: z.enum(['open', 'draft', 'submitted', 'returned', 'accepted']).optional().catch(undefined),
});
export type TasksSearch = z.output<typeof TasksSearch>;

/** What the list of reports shows; a report's own page carries it on, for the way to the next one. */
export const ReportsSearch = z.object({
  period,
  state: z.enum(['submitted', 'returned', 'accepted']).optional().catch(undefined),
  no: z.string().max(4).optional().catch(undefined),
  scope: z.string().max(40).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type ReportsSearch = z.output<typeof ReportsSearch>;
