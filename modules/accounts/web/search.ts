import * as z from 'zod';

const words = z.string().max(200).optional().catch(undefined);
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);

/** What the list of accounts shows. */
export const AccountsSearch = z.object({
  q: words,
  role: words,
  disabled: z.enum(['true', 'false']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** What the audit log shows; `before` walks back through it. */
export const AuditSearch = z.object({
  actor: words,
  action: words,
  objectType: words,
  objectId: words,
  from: day,
  to: day,
  before: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type AuditSearch = z.output<typeof AuditSearch>;

/** Which messages the inbox shows. */
export const InboxSearch = z.object({ unread: z.enum(['true']).optional().catch(undefined) });
