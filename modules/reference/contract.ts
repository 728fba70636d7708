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
    'Last day of a period: working days (5WD), days (15D), months (3M) or years (1Y), extended and stopped, with proof day by day',
  access: 'public',
  query: z.object({
    from: z.string().max(40),
    rule: z.string().max(10),
    roll: z
      .enum(['true', 'false', '1', '0'])
      .default('false')
      .transform((v) => v === 'true' || v === '1'),
    /** Extensions, in order: `1M,2M`. Each counts from the end of the period before it. */
    extensions: z.string().max(100).default(''),
    /** Times that are not counted: `2025-03-01..2025-03-20 公告; 2025-05-06.. 中止`. */
    excluded: z.string().max(8000).default(''),
  }),
  response: z
    .object({
      from: date,
      rule: z.string(),
      /** Null while the clock stands. */
      due: date.nullable(),
      extensions: z.array(z.string()),
      /** Since when nothing is counted, and what is left: working days (WD) or days (D). */
      stopped: z.object({ since: date, left: z.int(), unit: z.enum(['WD', 'D']) }).nullable(),
      /** Natural days that were not counted. */
      excludedDays: z.int(),
      /** True where a notice still to come may change the date. */
      provisional: z.boolean(),
      rolledFrom: date.nullable(),
      /** Version of the calendar used. */
      calendar: z.string(),
      proof: z.array(
        z.object({
          date,
          /** Last day of a time that is not counted. */
          to: date.nullable(),
          kind: z.string(),
          name: z.string().nullable(),
          counted: z.int().nullable(),
        }),
      ),
    })
    .meta({ id: 'DueDate' }),
});

const words = z.object({ zh: z.string(), en: z.string() });

/** Limits that laws set, by procedure. */
export const legalLimits = endpoint({
  method: 'GET',
  path: '/api/calendar/limits',
  summary:
    'Limits that laws set: what must be done within what time from which event, with article and validity',
  access: 'public',
  response: z.object({
    procedures: z.array(
      z.object({
        id: z.string(),
        title: words,
        limits: z.array(
          z
            .object({
              id: z.string(),
              step: words,
              /** The event whose day counting begins after. */
              start: words,
              whose: z.enum(['office', 'party', 'court']),
              rule: z.string(),
              roll: z.boolean(),
              extensions: z.array(z.object({ rule: z.string(), when: words })),
              excludes: z.array(words),
              consequence: words.nullable(),
              note: words.nullable(),
              /** Whether the article was read; otherwise a person confirms it before relying on it. */
              verified: z.boolean(),
              article: z.string(),
              law: z.object({
                title: words,
                number: z.string().nullable(),
                /** First and last day in force; null: not known, or still in force. */
                from: date.nullable(),
                to: date.nullable(),
                note: words.nullable(),
              }),
            })
            .meta({ id: 'LegalLimit' }),
        ),
      }),
    ),
  }),
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
