import * as z from 'zod';
import { PatentSort, QueryDialect } from '../contract/search.ts';

const text = (most: number) => z.string().max(most).optional().catch(undefined);
const one = (pattern: RegExp) => z.string().regex(pattern).optional().catch(undefined);

/** A search as kept in its address; the names are those of the interface `/api/patents`. */
export const PatentSearch = z.object({
  q: text(100_000),
  /** Name of a query that is too long for an address and is kept in the browser (long-query.ts). */
  long: one(/^[0-9a-f]{8}$/),
  /** Absent: recognised from the query. */
  dialect: QueryDialect.optional().catch(undefined),
  /** Chosen values of facets: `legalStatus:in-force|-country:US`. */
  filter: text(4000),
  /** Where it is not the newest first. */
  sort: PatentSort.optional().catch(undefined),
  group: z.literal('family').optional().catch(undefined),
  /** Which publication stands for its family, where it is not the latest. */
  prefer: one(/^(?:earliest|granted|[A-Z]{2}(?:,[A-Z]{2}){0,19})$/),
  /** The statistics of the result instead of the list of it. */
  tab: z.literal('stats').optional().catch(undefined),
  /** From the second page on. */
  page: z.coerce.number().int().min(2).max(100_000_000).optional().catch(undefined),
  /** Results on a page, where it is not the usual number. */
  size: z.coerce.number().int().min(1).max(500).optional().catch(undefined),
  // Names of older addresses; they are turned into a query (older.ts).
  applicant: text(200),
  ipc: text(40),
  from: text(10),
  to: text(10),
  region: text(60),
  type: text(20),
  status: text(20),
});
export type PatentSearch = z.output<typeof PatentSearch>;

/** Results on a page when the address says nothing. */
export const USUAL_SIZE = 20;

/** Which imports are listed, and what one is being prepared from: a file that is already on the server, and how to read it. */
export const ImportsSearch = z.object({
  /** Only loads of this source are listed; of a file that is being prepared, the source to begin with. */
  source: one(/^[a-z][a-z0-9-]{1,39}$/),
  file: z.uuid().optional().catch(undefined),
  sheet: text(200),
  encoding: text(20),
  delimiter: text(4),
  /** A remembered mapping that was chosen by hand. */
  mapping: z.uuid().optional().catch(undefined),
});
export type ImportsSearch = z.output<typeof ImportsSearch>;

/** The list of applicants, and the pages of a portfolio. */
export const ApplicantsSearch = z.object({
  q: text(200),
  page: z.coerce.number().int().min(2).max(10_000).optional().catch(undefined),
});
export type ApplicantsSearch = z.output<typeof ApplicantsSearch>;

/** The look-up of numbers: a single number, and which lines of a list are shown. */
export const NumbersSearch = z.object({
  n: text(200),
  show: z.enum(['found', 'ambiguous', 'missing', 'unreadable']).optional().catch(undefined),
  page: z.coerce.number().int().min(2).max(1000).optional().catch(undefined),
});
export type NumbersSearch = z.output<typeof NumbersSearch>;

/** Completeness: of one office alone, and counts or shares. */
export const CompletenessSearch = z.object({
  country: one(/^[A-Z]{2}$/),
  /** Absent: how many there are. */
  view: z.enum(['year', 'kind']).optional().catch(undefined),
});
export type CompletenessSearch = z.output<typeof CompletenessSearch>;

/** A place of a classification scheme, or words that are looked for in it. */
export const SchemesSearch = z.object({
  /** Absent: IPC. */
  scheme: z.literal('cpc').optional().catch(undefined),
  symbol: text(60),
  q: text(200),
});
export type SchemesSearch = z.output<typeof SchemesSearch>;

/** The rules of value: schemes instead of criteria, and a version that was just saved. */
export const ValueRulesSearch = z.object({
  show: z.literal('scheme').optional().catch(undefined),
  saved: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type ValueRulesSearch = z.output<typeof ValueRulesSearch>;
