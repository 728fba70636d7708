import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentImport } from './imports.ts';
import { PATENTS_IMPORT } from './permissions.ts';

/** Who says something about patents, under which licence, and how far it is trusted where sources differ. */
export const PatentSource = z.object({
  key: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  licence: z.string(),
  /** Where sources differ the lower rank wins; of equal ranks the later word. */
  rank: z.int(),
  loads: z.int(),
});
export type PatentSource = z.infer<typeof PatentSource>;

const Key = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const SourceBody = z.object({
  nameZh: z.string().trim().min(1).max(100),
  nameEn: z.string().trim().max(100).default(''),
  licence: z.string().trim().max(500).default(''),
  rank: z.int().min(1).max(9999).default(100),
});

export const listSources = endpoint({
  method: 'GET',
  path: '/api/patents/sources',
  summary: 'Sources of patent data in the order in which they are trusted',
  access: PATENTS_IMPORT,
  response: z.object({ sources: z.array(PatentSource) }),
});

export const createSource = endpoint({
  method: 'POST',
  path: '/api/patents/sources',
  summary: 'Register a source',
  access: PATENTS_IMPORT,
  body: SourceBody.extend({ key: Key }),
  response: PatentSource,
});

/** A changed rank applies to records as they are put together again: the job for that begins at once. */
export const changeSource = endpoint({
  method: 'PUT',
  path: '/api/patents/sources/:key',
  summary:
    'Change name, licence or trust of a source; what it spoke of is put together again where the trust changed',
  access: PATENTS_IMPORT,
  params: z.object({ key: Key }),
  body: SourceBody,
  response: PatentSource,
});

export const withdrawImport = endpoint({
  method: 'POST',
  path: '/api/patents/imports/:id/withdraw',
  summary: 'Take a load back: what it said no longer counts, records are put together from the others',
  access: PATENTS_IMPORT,
  params: z.object({ id: z.uuid() }),
  response: PatentImport,
});

/**
 * What a load changed, beside the one before it of the same source. Of loads from before 0055 only what was new or changed then
 * is known, not what they repeated.
 */
export const compareImport = endpoint({
  method: 'GET',
  path: '/api/patents/imports/:id/compare',
  summary: 'Compare a load with another one (by default the one before it of the same source)',
  access: PATENTS_IMPORT,
  params: z.object({ id: z.uuid() }),
  query: z.object({ with: z.uuid().optional() }),
  response: z.object({
    with: z.uuid().nullable(),
    /** Publications in both with the same word, in both with different words, in one of them only. */
    same: z.int(),
    different: z.int(),
    onlyThis: z.int(),
    onlyOther: z.int(),
    /** Some of each, for looking at. */
    examples: z.object({
      different: z.array(z.string()),
      onlyThis: z.array(z.string()),
      onlyOther: z.array(z.string()),
    }),
  }),
});

/** Share of records, 0 to 1, that have a field at all. */
export const FieldShares = z.object({
  abstract: z.number(),
  claims: z.number(),
  description: z.number(),
  legalStatus: z.number(),
  family: z.number(),
  cpc: z.number(),
  address: z.number(),
});
export type FieldShares = z.infer<typeof FieldShares>;

/** Rows by office, year and kind in one answer; an office alone has all of its own. */
export const MOST_YEAR_ROWS = 5000;

/** How complete the corpus is, by office, year and kind. */
export const completeness = endpoint({
  method: 'GET',
  path: '/api/patents/completeness',
  summary: 'Records by office, year of publication and kind, and the share that has each field',
  access: 'public',
  query: z.object({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  }),
  response: z.object({
    /** Day of Asia/Shanghai on which it was counted. */
    asOf: z.iso.date(),
    total: z.int(),
    offices: z.array(
      FieldShares.extend({
        country: z.string(),
        records: z.int(),
        firstDay: z.iso.date().nullable(),
        lastDay: z.iso.date().nullable(),
      }),
    ),
    /** Latest first; year 0 = the day of publication is not known. At most {@link MOST_YEAR_ROWS}. */
    years: z.array(
      FieldShares.extend({ country: z.string(), year: z.int(), kind: z.string(), records: z.int() }),
    ),
  }),
});
