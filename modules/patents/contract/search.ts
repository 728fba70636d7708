import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** A calendar date of Asia/Shanghai, `YYYY-MM-DD`. */
const Day = z.iso.date();
/** Start and length (UTF-16 units) of a matched piece, for marking it. */
const Mark = z.tuple([z.int().min(0), z.int().min(1)]);

/** What is protected: 发明, 实用新型, 外观设计; `other` where the kind code does not say. */
export const PatentType = z.enum(['invention', 'utility', 'design', 'other']);
export type PatentType = z.infer<typeof PatentType>;

/** Legal status as far as the import said: 有效, 在审, 失效, 未提供. */
export const LegalStatus = z.enum(['in-force', 'pending', 'lapsed', 'unknown']);
export type LegalStatus = z.infer<typeof LegalStatus>;

/**
 * How closely the first applicant's address names the region: `county` a county or park; `city` only the city; `none`
 * neither (outside the city, or no address).
 */
export const RegionPrecision = z.enum(['county', 'city', 'none']);
export type RegionPrecision = z.infer<typeof RegionPrecision>;

/** A piece of the abstract around the first match, with the matches marked; `…` stands where it was cut. */
export const Snippet = z.object({
  text: z.string(),
  marks: z.array(Mark),
});
export type Snippet = z.infer<typeof Snippet>;

/** One publication in a result list. Natural persons among the applicants are always masked here. */
export const PatentHit = z
  .object({
    /** Publication number, normalised: `CN106844774A`. */
    number: z.string(),
    /** Application number, normalised: `CN201710117081.7`; empty when the source gave none. */
    applicationNumber: z.string(),
    type: PatentType,
    /** A grant (授权公告), as against a published application. */
    granted: z.boolean(),
    title: z.string(),
    titleMarks: z.array(Mark),
    applicants: z.array(z.string()),
    ipc: z.array(z.string()),
    filingDate: Day.nullable(),
    publicationDate: Day.nullable(),
    legalStatus: LegalStatus,
    /** Region id of the city pack, or null outside the city. */
    region: z.string().nullable(),
    /** Generated demonstration data, not a real patent. */
    demo: z.boolean(),
    snippet: Snippet.nullable(),
  })
  .meta({ id: 'PatentHit' });
export type PatentHit = z.infer<typeof PatentHit>;

/** One value of a facet and how many results have it. */
export const FacetValue = z.object({ value: z.string(), count: z.int() });
export type FacetValue = z.infer<typeof FacetValue>;

/** Counts within the whole result (not the page). Year, type, status and region are complete; the others list the 20 most frequent. */
export const PatentFacets = z.object({
  /** Year of publication; `''` where the date is not known. */
  year: z.array(FacetValue),
  type: z.array(FacetValue),
  legalStatus: z.array(FacetValue),
  /** Region ids; `''` = outside the city or without an address. */
  region: z.array(FacetValue),
  /** Organisations only. */
  applicant: z.array(FacetValue),
  /** IPC subclasses, `A47L`. */
  ipc: z.array(FacetValue),
});
export type PatentFacets = z.infer<typeof PatentFacets>;

/** How the query was understood, so that nothing is widened or dropped in silence. */
export const Searched = z.object({
  /** Words and quoted phrases, each of which must occur in title or abstract. */
  words: z.array(z.string()),
  /** Spellings that were taken as a patent number; any of them may fit. */
  numbers: z.array(z.string()),
  from: Day.nullable(),
  to: Day.nullable(),
  applicant: z.string().nullable(),
  /** IPC prefix, normalised: `A47L1/03`. */
  ipc: z.string().nullable(),
  region: z.string().nullable(),
  type: PatentType.nullable(),
  legalStatus: LegalStatus.nullable(),
});
export type Searched = z.infer<typeof Searched>;

/** Query of a search: everything given must hold; absent or empty means "not limited by it". */
export const PatentQuery = z.object({
  /** Words (ANDed), "quoted phrases", or a number in any spelling. */
  q: z.string().max(1000).optional(),
  /** First and last day of publication, both included. */
  from: z.union([Day, z.literal('')]).optional(),
  to: z.union([Day, z.literal('')]).optional(),
  /** Part of an applicant's name. */
  applicant: z.string().max(200).optional(),
  /** IPC prefix: `A`, `A47`, `A47L`, `A47L1`, `A47L 1/03`. */
  ipc: z.string().max(40).optional(),
  /** Region id of the city pack or an adcode it has or had. */
  region: z.string().max(60).optional(),
  type: z.union([PatentType, z.literal('')]).optional(),
  status: z.union([LegalStatus, z.literal('')]).optional(),
  page: z.coerce.number().int().min(1).max(100_000_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
});
export type PatentQuery = z.infer<typeof PatentQuery>;

/** A page of results, newest publication first. `total` is exact and every page can be reached. */
export const PatentPage = z.object({
  total: z.int(),
  page: z.int(),
  size: z.int(),
  hits: z.array(PatentHit),
  facets: PatentFacets,
  searched: Searched,
  tookMs: z.number(),
});
export type PatentPage = z.infer<typeof PatentPage>;

/** Where a record came from. */
export const Provenance = z.object({
  importId: z.uuid(),
  /** File name as uploaded; of demonstration data a description. */
  file: z.string(),
  /** Row (XLSX, CSV: counted with the header) or line (JSONL) in that file. */
  row: z.int(),
  at: z.iso.datetime(),
  /** Role of the account that imported it; never its name. */
  byRole: z.string(),
});
export type Provenance = z.infer<typeof Provenance>;

/** Everything known of one publication. */
export const PatentRecord = z
  .object({
    number: z.string(),
    country: z.string(),
    kind: z.string(),
    applicationNumber: z.string(),
    type: PatentType,
    granted: z.boolean(),
    title: z.string(),
    abstract: z.string(),
    /** One entry per claim, in order. */
    claims: z.array(z.string()),
    /** Only the main claim is known (主权项). */
    mainClaimOnly: z.boolean(),
    description: z.string(),
    applicants: z.array(z.string()),
    inventors: z.array(z.string()),
    ipc: z.array(z.string()),
    cpc: z.array(z.string()),
    filingDate: Day.nullable(),
    publicationDate: Day.nullable(),
    address: z.string(),
    region: z.string().nullable(),
    regionPrecision: RegionPrecision,
    legalStatus: LegalStatus,
    /** As the source wrote it. */
    legalStatusText: z.string(),
    legalStatusDate: Day.nullable(),
    familyId: z.string(),
    /** Cited publications; `known` when this corpus holds them. */
    citations: z.array(z.object({ number: z.string(), known: z.boolean() })),
    /** Publications of the same application or family in this corpus. */
    related: z.array(z.object({ number: z.string(), publicationDate: Day.nullable(), title: z.string() })),
    agency: z.string(),
    agents: z.array(z.string()),
    /** Columns of the source without a place of their own, under their own names. */
    extra: z.record(z.string(), z.string()),
    demo: z.boolean(),
    /** True while natural persons are masked for this reader. */
    masked: z.boolean(),
    provenance: Provenance,
  })
  .meta({ id: 'PatentRecord' });
export type PatentRecord = z.infer<typeof PatentRecord>;

export const searchPatents = endpoint({
  method: 'GET',
  path: '/api/patents',
  summary: 'Search patents by words, number, applicant, IPC, date, region; newest first, with exact counts',
  access: 'public',
  query: PatentQuery,
  response: PatentPage,
});

export const getPatent = endpoint({
  method: 'GET',
  path: '/api/patents/:number',
  summary:
    'One publication by its number in any spelling; an application number gives its latest publication',
  access: 'public',
  params: z.object({ number: z.string().min(1).max(200) }),
  response: PatentRecord,
});
