import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { LegalStatus, PatentType, RegionPrecision } from './values.ts';

const Day = z.iso.date();

/** Where a record came from. */
export const Provenance = z.object({
  importId: z.uuid(),
  /** File name as uploaded; of demonstration data a description. */
  file: z.string(),
  /** Row (XLSX, CSV: counted with the header), line (JSONL) or document (XML) in that file. */
  row: z.int(),
  at: z.iso.datetime(),
  /** Role of the account that imported it; never its name. */
  byRole: z.string(),
});
export type Provenance = z.infer<typeof Provenance>;

/** A text in a language (ISO 639-1, '' where not known). */
const LangText = z.object({ lang: z.string(), text: z.string() });

/**
 * A legal event. `state`, `stage` and `key` are those of WIPO ST.27 where the raw code or text could be mapped; `kind` is
 * what people look for: grant, lapse, transfer, licence, pledge and so on.
 */
export const LegalEventJson = z.object({
  date: Day.nullable(),
  office: z.string(),
  code: z.string(),
  text: z.string(),
  detail: z.record(z.string(), z.string()),
  kind: z.string(),
  /** `A10`, `U20` …: category and key event of ST.27; '' where it could not be mapped. */
  st27: z.string(),
  state: z.enum(['active', 'inactive', '']),
});
export type LegalEventJson = z.infer<typeof LegalEventJson>;

/** A cited or citing document; `number` is '' for literature. `known`: this corpus holds it. */
export const CitationJson = z.object({
  number: z.string(),
  text: z.string(),
  category: z.string(),
  origin: z.string(),
  title: z.string(),
  known: z.boolean(),
});
export type CitationJson = z.infer<typeof CitationJson>;

/** A claim of the tree: its number, the claims that it depends on, its text. */
export const ClaimJson = z.object({
  number: z.int(),
  dependsOn: z.array(z.int()),
  text: z.string(),
});
export type ClaimJson = z.infer<typeof ClaimJson>;

/** Everything known of one publication. */
export const PatentRecord = z
  .object({
    number: z.string(),
    country: z.string(),
    kind: z.string(),
    applicationNumber: z.string(),
    type: PatentType,
    granted: z.boolean(),
    lang: z.string(),
    title: z.string(),
    titles: z.array(LangText),
    abstract: z.string(),
    abstracts: z.array(LangText),
    claims: z.array(ClaimJson),
    /** Only the main claim is known (主权项). */
    mainClaimOnly: z.boolean(),
    description: z.string(),
    applicants: z.array(z.string()),
    /** Identity of each applicant, in the same order; null for natural persons. */
    applicantIds: z.array(z.string().nullable()),
    inventors: z.array(z.string()),
    ipc: z.array(z.string()),
    cpc: z.array(z.string()),
    filingDate: Day.nullable(),
    publicationDate: Day.nullable(),
    grantDate: Day.nullable(),
    priorities: z.array(z.object({ number: z.string(), country: z.string(), date: Day.nullable() })),
    address: z.string(),
    province: z.string(),
    region: z.string().nullable(),
    regionPrecision: RegionPrecision,
    legalStatus: LegalStatus,
    /** As the source wrote it. */
    legalStatusText: z.string(),
    legalStatusDate: Day.nullable(),
    events: z.array(LegalEventJson),
    familyId: z.string(),
    extendedFamilyId: z.string(),
    /** Members of the simple family, and other publications of the same application; `known` in this corpus. */
    family: z.array(
      z.object({
        number: z.string(),
        country: z.string(),
        publicationDate: Day.nullable(),
        title: z.string(),
        known: z.boolean(),
        sameApplication: z.boolean(),
      }),
    ),
    citations: z.array(CitationJson),
    /** Publications of this corpus that cite it, newest first, at most 200; `citedByTotal` counts all. */
    citedBy: z.array(CitationJson),
    citedByTotal: z.int(),
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

export const getPatent = endpoint({
  method: 'GET',
  path: '/api/patents/:number',
  summary:
    'One publication by its number in any spelling; an application number gives its latest publication',
  access: 'public',
  params: z.object({ number: z.string().min(1).max(200) }),
  response: PatentRecord,
});

/** Who said each field of a record, and who said otherwise. */
export const getPatentOrigin = endpoint({
  method: 'GET',
  path: '/api/patents/:number/origin',
  summary: 'The origin of a record field by field, with what other sources say',
  access: 'public',
  params: z.object({ number: z.string().min(1).max(200) }),
  response: z.object({
    number: z.string(),
    fields: z.array(
      z.object({
        field: z.string(),
        source: z.string(),
        licence: z.string(),
        file: z.string(),
        row: z.int(),
        at: z.iso.datetime(),
        conflicts: z.array(z.object({ source: z.string(), value: z.string() })),
      }),
    ),
  }),
});
