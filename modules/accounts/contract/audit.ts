import * as z from 'zod';
import { CalendarDate } from '#kernel/city/schema';
import { endpoint } from '#kernel/http/contract';

/** Permission to read and verify the audit log. */
export const auditRead = 'audit.read';

/** One entry of the audit log. */
export const AuditView = z
  .object({
    seq: z.int(),
    at: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    action: z.string(),
    objectType: z.string(),
    objectId: z.string(),
    detail: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  summary: 'The audit log, newest first, in pages that end before a number',
  access: auditRead,
  query: z.object({
    /** Account id, or part of a name. */
    actor: z.string().max(200).optional(),
    /** The action, or its beginning up to a dot: `account` finds `account.create`. */
    action: z.string().max(200).optional(),
    objectType: z.string().max(100).optional(),
    objectId: z.string().max(200).optional(),
    /** First day, Asia/Shanghai. */
    from: CalendarDate.optional(),
    /** Last day, included. */
    to: CalendarDate.optional(),
    /** Entries before this number. */
    before: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    entries: z.array(AuditView),
    /** Give it as `before` for the next page; null at the end. */
    next: z.int().nullable(),
  }),
});

export const verifyAuditLog = endpoint({
  method: 'GET',
  path: '/api/audit/verify',
  summary: 'Recomputes the chain of hashes and names the first entry that does not fit',
  access: auditRead,
  response: z.object({
    ok: z.boolean(),
    /** Entries that fit. */
    rows: z.int(),
    /** Hash of the last one: note it elsewhere to prove later that nothing was cut off. */
    head: z.string(),
    brokenAt: z.int().nullable(),
  }),
});
