import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD');

/** Is the platform alive, and its stores with it? */
export const health = endpoint({
  method: 'GET',
  path: '/api/health',
  summary: 'State of the platform and its stores; 503 while one is down',
  access: 'public',
  response: z.object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    records: z.enum(['up', 'down']),
    corpus: z.enum(['up', 'down']),
  }),
});

/** Prometheus metrics. */
export const metricsEndpoint = endpoint({
  method: 'GET',
  path: '/api/metrics',
  summary: 'Prometheus metrics; from this machine, or with ZC_METRICS_TOKEN',
  access: 'public',
  response: z.string(),
  produces: 'text/plain',
});

/** A due date with its proof. */
export const calendarDue = endpoint({
  method: 'GET',
  path: '/api/calendar/due',
  summary:
    'Last day of a period: working days (5WD), days (15D), months (3M) or years (1Y), with proof day by day',
  access: 'public',
  query: z.object({
    from: z.string().max(40),
    rule: z.string().max(10),
    roll: z
      .enum(['true', 'false', '1', '0'])
      .default('false')
      .transform((v) => v === 'true' || v === '1'),
  }),
  response: z
    .object({
      from: date,
      rule: z.string(),
      due: date,
      /** True where a notice still to come may change the date. */
      provisional: z.boolean(),
      rolledFrom: date.nullable(),
      /** Version of the calendar used. */
      calendar: z.string(),
      proof: z.array(
        z.object({ date, kind: z.string(), name: z.string().nullable(), counted: z.int().nullable() }),
      ),
    })
    .meta({ id: 'DueDate' }),
});

/** Checks one identifier. */
export const checkIdentifier = endpoint({
  method: 'GET',
  path: '/api/identifiers/:kind/*',
  summary:
    'Check and normalise an identifier: uscc, cn-application, cn-publication, resident-id, copyright, ipc, locarno, adcode',
  access: 'public',
  params: z.object({ kind: z.string().max(30), '*': z.string().max(200) }),
  query: z.object({ asOf: date.optional() }),
  response: z
    .object({
      valid: z.boolean(),
      normalized: z.string().nullable(),
      parts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    })
    .meta({ id: 'IdentifierCheck' }),
});
