import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { DIALECTS } from '../query/ast.ts';
import { LegalStatus, PatentType } from './values.ts';

/** A calendar date of Asia/Shanghai, `YYYY-MM-DD`. */
const Day = z.iso.date();
/** Start and length (UTF-16 units) of a matched piece, for marking it. */
const Mark = z.tuple([z.int().min(0), z.int().min(1)]);

/** The query languages. */
export const QueryDialect = z.enum(DIALECTS);
export type QueryDialect = z.infer<typeof QueryDialect>;

/** Orders of a result. Equal ones stand by number, so an order is always the same. */
export const PatentSort = z.enum(['newest', 'oldest', 'filed', 'relevance', 'cited']);
export type PatentSort = z.infer<typeof PatentSort>;

/** Facets that can be counted; complete, or the most frequent ones of long lists. */
export const FACETS = [
  'year',
  'filingYear',
  'type',
  'legalStatus',
  'country',
  'region',
  'applicant',
  'ipc',
  'cpc',
  'granted',
  'lang',
  'agency',
  'familySize',
] as const;
export const FacetName = z.enum(FACETS);
export type FacetName = z.infer<typeof FacetName>;
/** Facets of a search that names none. */
export const USUAL_FACETS: readonly FacetName[] = [
  'year',
  'type',
  'legalStatus',
  'country',
  'region',
  'applicant',
  'ipc',
];

/** A text with the matched pieces marked; `…` stands where it was cut. `part` says what it is a piece of. */
export const Highlight = z.object({
  part: z.enum(['title', 'abstract', 'claims', 'description']),
  text: z.string(),
  marks: z.array(Mark),
});
export type Highlight = z.infer<typeof Highlight>;

/** Why a hit stands where it does when sorted by relevance: each term with its weight and where it stands. */
export const ScorePart = z.object({
  term: z.string(),
  weight: z.number(),
  inTitle: z.boolean(),
  inAbstract: z.boolean(),
});
export type ScorePart = z.infer<typeof ScorePart>;

/** One publication in a result list. Natural persons among the applicants are always masked here. */
export const PatentHit = z
  .object({
    /** Publication number, normalised: `CN106844774A`. */
    publicationNumber: z.string(),
    /** Application number, normalised: `CN201710117081.7`; empty when the source gave none. */
    applicationNumber: z.string(),
    country: z.string(),
    kind: z.string(),
    type: PatentType,
    /** A grant (授权公告), as against a published application. */
    granted: z.boolean(),
    lang: z.string(),
    title: z.string(),
    abstract: z.string(),
    applicants: z.array(z.string()),
    ipc: z.array(z.string()),
    cpc: z.array(z.string()),
    filingDate: Day.nullable(),
    publicationDate: Day.nullable(),
    legalStatus: LegalStatus,
    /** Region id of the city pack, or null outside the city. */
    region: z.string().nullable(),
    agency: z.string(),
    claimCount: z.int(),
    citationCount: z.int(),
    familySize: z.int(),
    /** How many publications of the result belong to the same family; 1 where the result is not grouped. */
    grouped: z.int(),
    /** Publications of this corpus that cite it; only when sorted by citations. */
    citedBy: z.int().nullable(),
    /** Generated demonstration data, not a real patent. */
    demo: z.boolean(),
    highlights: z.array(Highlight),
    /** Score and its parts; only when sorted by relevance. */
    score: z.object({ total: z.number(), parts: z.array(ScorePart) }).nullable(),
  })
  .meta({ id: 'PatentHit' });
export type PatentHit = z.infer<typeof PatentHit>;

/** One value of a facet, how it is called where its value does not say, and how many results have it. */
export const FacetValue = z.object({ value: z.string(), label: z.string().nullable(), count: z.int() });
export type FacetValue = z.infer<typeof FacetValue>;

/** Counts within the whole result (not the page), by facet. `more`: further values were left off. */
export const PatentFacets = z.partialRecord(
  FacetName,
  z.object({ values: z.array(FacetValue), more: z.boolean() }),
);
export type PatentFacets = z.infer<typeof PatentFacets>;

/** Something a searcher should know although the query was accepted. */
export const QueryNote = z.object({
  code: z.string(),
  message: z.string(),
  offset: z.int(),
  length: z.int(),
});
export type QueryNote = z.infer<typeof QueryNote>;

/** How a query was understood: nothing is widened or dropped in silence. */
export const QueryReading = z.object({
  /** As it was typed. */
  text: z.string(),
  dialect: QueryDialect,
  /** In full, in the platform's own language, every combination in brackets. */
  reading: z.string(),
  /** The conditions that must all hold, each with the query that leaves it out ('' = no query is left). */
  parts: z.array(z.object({ text: z.string(), without: z.string() })),
  warnings: z.array(QueryNote),
});
export type QueryReading = z.infer<typeof QueryReading>;

/** One fault of a query: where, what was expected, and what could be meant. */
export const QueryFaultJson = z.object({
  offset: z.int(),
  length: z.int(),
  message: z.string(),
  expected: z.array(z.string()),
  suggestion: z.string().nullable(),
});

const Cursor = z.string().max(300);

/** A search. Without `q` and `filter` it is everything. */
export const PatentQuery = z.object({
  q: z.string().max(100_000).optional(),
  /** Absent: recognised from the query. */
  dialect: QueryDialect.optional(),
  /** Values of facets that must hold or, with `-`, must not: `legalStatus:in-force|-country:US`. */
  filter: z.string().max(4000).optional(),
  sort: PatentSort.default('newest'),
  /** Names of facets with commas; `none` for none; absent for the usual seven. */
  facets: z.string().max(300).optional(),
  /** One representative of each simple family. */
  group: z.enum(['family', '']).optional(),
  /** Which publication stands for its family: the latest, the earliest, a grant first, or the first of these offices. */
  prefer: z
    .string()
    .max(100)
    .regex(/^(?:latest|earliest|granted|[A-Z]{2}(?:,[A-Z]{2})*)$/)
    .optional(),
  /** From an answer's `next`. */
  cursor: Cursor.optional(),
  page: z.coerce.number().int().min(1).max(100_000_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(20),
});
export type PatentQuery = z.infer<typeof PatentQuery>;

/** A page of results. `total` is exact and all of it can be reached. */
export const PatentPage = z.object({
  total: z.int(),
  /** How many of them can be paged to and exported: all, always. */
  reachable: z.int(),
  /** Families among them, where the result is grouped. */
  families: z.int().nullable(),
  page: z.int(),
  size: z.int(),
  next: z.string().nullable(),
  query: QueryReading.nullable(),
  /** Its number in the account's history, to be used as `#3`; null for strangers and for further pages. */
  history: z.int().nullable(),
  hits: z.array(PatentHit),
  facets: PatentFacets,
  tookMs: z.number(),
});
export type PatentPage = z.infer<typeof PatentPage>;

/** 400 with `errors` (offset, length, expected, suggestion) for a query that cannot be understood. */
export const searchPatents = endpoint({
  method: 'GET',
  path: '/api/patents',
  summary: 'Search patents in any of five query languages, with exact counts, facets and paging without end',
  access: 'public',
  query: PatentQuery,
  response: PatentPage,
});

/** The same for queries that are too long for an address. */
export const searchPatentsLong = endpoint({
  method: 'POST',
  path: '/api/patents/search',
  summary: 'Search patents; the query travels in the body, so it may be long',
  access: 'public',
  body: PatentQuery,
  response: PatentPage,
});

/** Reads a query without running it. */
export const parsePatentQuery = endpoint({
  method: 'GET',
  path: '/api/patents/parse',
  summary: 'Read a query: its tree, its reading, and the same query in another language',
  access: 'public',
  query: z.object({
    q: z.string().max(100_000),
    dialect: QueryDialect.optional(),
    to: QueryDialect.optional(),
  }),
  response: z.object({
    dialect: QueryDialect,
    reading: z.string(),
    tree: z.unknown(),
    warnings: z.array(QueryNote),
    /** The query in the language asked for; `lost` names what that language cannot say. */
    printed: z.object({ dialect: QueryDialect, text: z.string(), lost: z.array(z.string()) }).nullable(),
  }),
});
