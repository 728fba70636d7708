import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentQuery } from './search.ts';

/** Formats of a download. `numbers` is plain publication numbers, one a line; `gbt7714` reference lines. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ris', 'bibtex', 'gbt7714', 'numbers', 'docx'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Records in a report as a Word document; a longer list is a table (XLSX) or several reports. */
export const MOST_IN_REPORT = 2000;

/** Publications that a download can name; a longer list is exported in parts, or as a result. */
export const MOST_NAMED = 10_000;

/** Names of fields that can be chosen for tables, with their heads, in the order in which they are offered. */
export const EXPORT_FIELDS = [
  'publicationNumber',
  'applicationNumber',
  'title',
  'abstract',
  'applicants',
  'inventors',
  'ipc',
  'cpc',
  'filingDate',
  'publicationDate',
  'grantDate',
  'priorityDate',
  'type',
  'granted',
  'legalStatus',
  'legalStatusDate',
  'country',
  'kind',
  'lang',
  'region',
  'address',
  'agency',
  'familyId',
  'familySize',
  'familyMembers',
  'claimCount',
  'mainClaim',
  'citationCount',
  'citations',
] as const;
export const ExportField = z.enum(EXPORT_FIELDS);
export type ExportField = z.infer<typeof ExportField>;

/** Fields of an export that names none. */
export const USUAL_EXPORT: readonly ExportField[] = [
  'publicationNumber',
  'applicationNumber',
  'title',
  'abstract',
  'applicants',
  'ipc',
  'filingDate',
  'publicationDate',
  'type',
  'legalStatus',
  'agency',
];

const Export = PatentQuery.pick({ q: true, dialect: true, filter: true }).extend({
  sort: z.enum(['newest', 'oldest', 'filed']).default('newest'),
  format: ExportFormat.default('csv'),
  /** Names of fields with commas; only for csv, xlsx and json. */
  fields: z.string().max(1000).optional(),
  /** Publication numbers instead of a query, separated by white space or commas; at most {@link MOST_NAMED}. */
  numbers: z.string().max(2_000_000).optional(),
  /** Heading of a report. */
  title: z.string().max(200).optional(),
});

/** Streamed; header `x-total-count` says how many records come. */
export const exportPatents = endpoint({
  method: 'GET',
  path: '/api/patents/export',
  summary:
    'Download a whole result, of any size, as CSV, XLSX, JSON, RIS, BibTeX, GB/T 7714, numbers or a Word report',
  access: 'public',
  query: Export,
  response: z.string(),
  produces: 'application/octet-stream',
});

/** The same for long queries and lists of numbers. */
export const exportPatentsLong = endpoint({
  method: 'POST',
  path: '/api/patents/export',
  summary: 'Download a whole result or a list of numbers; the query travels in the body',
  access: 'public',
  body: Export,
  response: z.string(),
  produces: 'application/octet-stream',
});

/** Most numbers in one batch look-up. */
export const MOST_NUMBERS = 100_000;

/** What a number could mean, and the records that have it. */
export const NumberCandidate = z.object({
  /** Normalised. */
  number: z.string(),
  kind: z.enum(['publication', 'application']),
  records: z.array(z.object({ publicationNumber: z.string(), title: z.string() })),
});

export const lookUpNumber = endpoint({
  method: 'GET',
  path: '/api/patents/numbers/:number',
  summary: 'What a number in any spelling can mean, and the records that have it',
  access: 'public',
  params: z.object({ number: z.string().min(1).max(200) }),
  response: z.object({
    candidates: z.array(NumberCandidate),
    /** What is wrong with the number although it was looked up: a check digit. */
    warning: z.string().nullable(),
  }),
});

/** One line of a batch look-up, in the order of the input. */
export const BatchLine = z.object({
  line: z.int(),
  input: z.string(),
  /** `found`: one record or publications of one application; `ambiguous`: records of different applications; the others say why. */
  state: z.enum(['found', 'ambiguous', 'missing', 'unreadable']),
  /** The numbers that it was read as, normalised; applications without check digit. Empty where it is unreadable. */
  readAs: z.array(z.string()),
  /** At most ten. */
  records: z.array(z.string()),
  reason: z.string(),
});
export type BatchLine = z.infer<typeof BatchLine>;

/** A sheet as text, one row a line, tabs between the cells. */
export const NumberFile = z.object({ text: z.string(), sheet: z.string() });
export type NumberFile = z.infer<typeof NumberFile>;

/** Multipart part `file`: XLSX or XLS of at most 20 MB, of which the first sheet is read. */
export const readNumberFile = endpoint({
  method: 'POST',
  path: '/api/patents/numbers/file',
  summary: 'The cells of a workbook as text, to look up the numbers in it; nothing is kept',
  access: 'public',
  multipart: true,
  response: NumberFile,
});

export const batchLookUp = endpoint({
  method: 'POST',
  path: '/api/patents/batch',
  summary:
    'Look up to 100,000 numbers in any spelling: found, ambiguous, missing, unreadable, each with the reason',
  access: 'public',
  body: z.object({
    /** One number a line; commas and semicolons separate too, where a line has several numbers. */
    text: z.string().min(1).max(5_000_000),
  }),
  response: z.object({
    counts: z.object({
      lines: z.int(),
      found: z.int(),
      ambiguous: z.int(),
      missing: z.int(),
      unreadable: z.int(),
    }),
    lines: z.array(BatchLine),
    tookMs: z.number(),
  }),
});
