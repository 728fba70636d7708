import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

/** Permission to bring patents in, to pause and cancel imports and to read their reject files. */
export const PATENTS_IMPORT = 'patents.import';
/** Permission to see inventors and other natural persons unmasked; every such opening is logged. */
export const PATENTS_PERSONAL = 'patents.personal';

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

/** A piece of the abstract around the first match, with the matches marked. */
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

/** Formats of an import. `jsonl` is the platform's own, one record a line; `demo` marks generated data. */
export const ImportFormat = z.enum(['xlsx', 'csv', 'jsonl', 'demo']);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** `waiting` for a worker → `running` ⇄ `paused` → `done`; `failed` says why in `error`; `cancelled` keeps what was written. */
export const ImportState = z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled']);
export type ImportState = z.infer<typeof ImportState>;

/** Fields that a column can be mapped to. Several columns may feed one list field. */
export const MappedField = z.enum([
  'publicationNumber',
  'applicationNumber',
  'patentNumber',
  'title',
  'abstract',
  'claims',
  'mainClaim',
  'description',
  'applicants',
  'inventors',
  'ipcMain',
  'ipc',
  'cpc',
  'filingDate',
  'publicationDate',
  'address',
  'legalStatus',
  'legalStatusDate',
  'familyId',
  'citations',
  'agency',
  'agents',
  'country',
  'type',
]);
export type MappedField = z.infer<typeof MappedField>;

/** Column head → field, or null to keep the column under its own name among the extra fields. */
export const ColumnMapping = z.record(z.string(), MappedField.nullable());
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** Exact at every moment: `read` = accepted + updated + unchanged + rejected. */
export const ImportCounts = z.object({
  read: z.int(),
  accepted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** One import, as far as it has come. */
export const PatentImport = z
  .object({
    id: z.uuid(),
    file: z.string(),
    size: z.int(),
    format: ImportFormat,
    /** Sheet of a workbook, encoding and delimiter of a CSV; null where they do not apply. */
    sheet: z.string().nullable(),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    state: ImportState,
    /** What was asked and takes effect after the current batch. */
    requested: z.enum(['pause', 'cancel']).nullable(),
    counts: ImportCounts,
    /** Bytes of the file that were worked through; equals `size` when done. */
    bytesDone: z.int(),
    /** Rows per second while it ran, pauses not counted. */
    rowsPerSecond: z.number(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** Addresses of the reject file; null while nothing was rejected. */
    rejectFile: z.object({ csv: z.string(), xlsx: z.string() }).nullable(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    byName: z.string(),
    abilities: z.object({ pause: z.boolean(), resume: z.boolean(), cancel: z.boolean() }),
  })
  .meta({ id: 'PatentImport' });
export type PatentImport = z.infer<typeof PatentImport>;

/** What a file looks like before it is imported. */
export const ImportPreview = z.object({
  /** The file is kept; give this id to the import instead of sending the bytes again. */
  fileId: z.uuid(),
  file: z.string(),
  size: z.int(),
  format: ImportFormat,
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  header: z.array(z.string()),
  /** First rows, cells cut at 200 characters. */
  rows: z.array(z.array(z.string())),
  /** Suggested by the heads, or remembered from an earlier import with the same heads. */
  mapping: ColumnMapping,
  remembered: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** What stops an import with this mapping: no number, no title. Empty = it can go ahead. */
  missing: z.array(MappedField),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** One fault of one rejected row. */
export const ImportReject = z.object({
  row: z.int(),
  /** Column head or JSON field. */
  field: z.string(),
  value: z.string(),
  /** What is wrong and how to mend it. */
  reason: z.string(),
});
export type ImportReject = z.infer<typeof ImportReject>;

/** A mapping that was used and is offered again for the same heads. */
export const SavedMapping = z.object({
  id: z.uuid(),
  name: z.string(),
  header: z.array(z.string()),
  mapping: ColumnMapping,
  usedAt: z.iso.datetime(),
});
export type SavedMapping = z.infer<typeof SavedMapping>;

const ImportId = z.object({ id: z.uuid() });

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

/**
 * Multipart parts: `file` (the bytes) or `fileId` (from a preview); optional `format` (xlsx | csv | jsonl), `sheet`,
 * `encoding`, `delimiter`, `mapping` (JSON, {@link ColumnMapping}), `mappingId` (a remembered one), `mappingName` (remember under
 * this name). Fields must come before the file.
 */
export const createImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports',
  summary: 'Begin an import; the answer comes at once, the work runs in the background',
  access: PATENTS_IMPORT,
  multipart: true,
  response: PatentImport,
});

/** Multipart parts: as for {@link createImport}; nothing is imported. */
export const previewImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports/preview',
  summary: 'Look into a file: format, encoding, heads, first rows, suggested mapping',
  access: PATENTS_IMPORT,
  multipart: true,
  response: ImportPreview,
});

export const listImports = endpoint({
  method: 'GET',
  path: '/api/patents/imports',
  summary: 'Imports, newest first',
  access: PATENTS_IMPORT,
  query: z.object({
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ imports: z.array(PatentImport), next: z.string().nullable() }),
});

export const getImport = endpoint({
  method: 'GET',
  path: '/api/patents/imports/:id',
  summary: 'How far an import has come, with exact counts',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: PatentImport,
});

export const pauseImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports/:id/pause',
  summary: 'Pause after the current batch',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: PatentImport,
});

export const resumeImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports/:id/resume',
  summary: 'Go on where a paused or failed import stopped',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: PatentImport,
});

export const cancelImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports/:id/cancel',
  summary: 'Stop an import for good; what was written stays',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: PatentImport,
});

export const listRejects = endpoint({
  method: 'GET',
  path: '/api/patents/imports/:id/rejects',
  summary: 'Rejected rows with field, value and reason, in the order of the file',
  access: PATENTS_IMPORT,
  params: ImportId,
  query: z.object({
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: z.object({ rejects: z.array(ImportReject), rows: z.int(), next: z.string().nullable() }),
});

export const rejectsCsv = endpoint({
  method: 'GET',
  path: '/api/patents/imports/:id/rejects.csv',
  summary: 'The reject file as CSV (UTF-8 with BOM)',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: z.string(),
  produces: 'text/csv',
});

export const rejectsXlsx = endpoint({
  method: 'GET',
  path: '/api/patents/imports/:id/rejects.xlsx',
  summary: 'The reject file as a workbook',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const listMappings = endpoint({
  method: 'GET',
  path: '/api/patents/mappings',
  summary: 'Remembered column mappings',
  access: PATENTS_IMPORT,
  response: z.object({ mappings: z.array(SavedMapping) }),
});

export const deleteMapping = endpoint({
  method: 'DELETE',
  path: '/api/patents/mappings/:id',
  summary: 'Forget a column mapping',
  access: PATENTS_IMPORT,
  params: ImportId,
  response: z.object({ id: z.uuid() }),
});
