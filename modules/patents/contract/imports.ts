import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PATENTS_IMPORT } from './permissions.ts';

/**
 * Formats of an import. Tables (`xlsx`, `xls`, `csv`) are read by a mapping of columns; `jsonl` is the platform's own, one
 * record a line; the others are those of offices and vendors (`modules/patents/server/sources`); `demo` marks generated data.
 */
export const ImportFormat = z.enum([
  'xlsx',
  'xls',
  'csv',
  'jsonl',
  'cnipa-exchange',
  'cn-patent-document',
  'uspto-redbook',
  'epo-exchange',
  'wipo-patentscope',
  'lens-csv',
  'gbt-7714',
  'archive',
  'demo',
]);
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
  'grantDate',
  'province',
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
    /** The kept file, to be imported again; null for generated data. */
    fileId: z.uuid().nullable(),
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
    /** Who says it, and what this load is called among the loads of that source. */
    source: z.object({ key: z.string(), name: z.string(), licence: z.string() }),
    label: z.string(),
    /** When the load was taken back; null while its statements count. */
    withdrawnAt: z.iso.datetime().nullable(),
    withdrawnBy: z.string().nullable(),
    abilities: z.object({
      pause: z.boolean(),
      resume: z.boolean(),
      cancel: z.boolean(),
      withdraw: z.boolean(),
    }),
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

/**
 * Multipart parts: `file` (the bytes) or `fileId` (from a preview); optional `format` (xlsx | csv | jsonl), `sheet`,
 * `encoding`, `delimiter`, `source` (key of a source), `label` (of this load), `mapping` (JSON, {@link ColumnMapping}), `mappingId` (a remembered one), `mappingName` (remember under
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
    /** Key of a source: only its loads. */
    source: z.string().max(60).optional(),
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
