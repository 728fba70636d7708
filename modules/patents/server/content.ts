import { createHash } from 'node:crypto';
import type { LegalStatus, PatentType } from '../contract.ts';
import { isPerson } from './persons.ts';
import { searchForm } from './text.ts';

/** What a source says of one publication, normalised. Dates are `YYYY-MM-DD` or ''. Lists keep the source's order. */
export interface PatentContent {
  number: string;
  country: string;
  kind: string;
  applicationNumber: string;
  applicationKey: string;
  type: PatentType;
  granted: boolean;
  title: string;
  abstract: string;
  claims: string[];
  mainClaimOnly: boolean;
  description: string;
  applicants: string[];
  inventors: string[];
  ipc: string[];
  cpc: string[];
  filingDate: string;
  publicationDate: string;
  address: string;
  legalStatus: LegalStatus;
  legalStatusText: string;
  legalStatusDate: string;
  familyId: string;
  citations: string[];
  agency: string;
  agents: string[];
  extra: Record<string, string>;
  keys: string[];
}

/** Where an address lies, by the city pack. */
export type Locate = (address: string) => { region: string; precision: 'county' | 'city' | 'none' };

/** Provenance and order of one written row. `version`, `sourceHash` and `contentHash` are decimal 64-bit numbers. */
export interface RowStamp {
  importId: string;
  batch: number;
  row: number;
  at: string;
  version: string;
  sourceHash: string;
  contentHash: string;
  demo: boolean;
}

/** Rises when the same source would be stored differently, so that importing again rewrites the rows. */
const NORMALISER = 1;

/** 64 bits over everything a source said, as a decimal number. */
export function hashOf(content: PatentContent): string {
  const values: unknown[] = [NORMALISER];
  for (const field of FIELDS) {
    const value = content[field];
    values.push(
      field === 'extra' ? Object.entries(content.extra).sort(([a], [b]) => (a < b ? -1 : 1)) : value,
    );
  }
  return createHash('sha1').update(JSON.stringify(values)).digest().readBigUInt64LE(0).toString();
}

const FIELDS: readonly (keyof PatentContent)[] = [
  'number',
  'applicationNumber',
  'type',
  'granted',
  'title',
  'abstract',
  'claims',
  'mainClaimOnly',
  'description',
  'applicants',
  'inventors',
  'ipc',
  'cpc',
  'filingDate',
  'publicationDate',
  'address',
  'legalStatus',
  'legalStatusText',
  'legalStatusDate',
  'familyId',
  'citations',
  'agency',
  'agents',
  'extra',
];

/**
 * The record after a source has spoken again: what the source says wins, what it leaves out stays. A full set of claims
 * is not replaced by a main claim alone. The legal status, its text and its date belong together.
 */
export function merge(old: PatentContent, next: PatentContent): PatentContent {
  const text = (a: string, b: string) => (b === '' ? a : b);
  const list = (a: string[], b: string[]) => (b.length === 0 ? a : b);
  const keepClaims =
    next.claims.length === 0 || (next.mainClaimOnly && !old.mainClaimOnly && old.claims.length > 0);
  const status = next.legalStatusText === '' ? old : next;
  const application = next.applicationNumber === '' ? old : next;
  return {
    ...next,
    applicationNumber: application.applicationNumber,
    applicationKey: application.applicationKey,
    type: next.type === 'other' ? old.type : next.type,
    abstract: text(old.abstract, next.abstract),
    claims: keepClaims ? old.claims : next.claims,
    mainClaimOnly: keepClaims ? old.mainClaimOnly : next.mainClaimOnly,
    description: text(old.description, next.description),
    applicants: list(old.applicants, next.applicants),
    inventors: list(old.inventors, next.inventors),
    ipc: list(old.ipc, next.ipc),
    cpc: list(old.cpc, next.cpc),
    filingDate: text(old.filingDate, next.filingDate),
    publicationDate: text(old.publicationDate, next.publicationDate),
    address: text(old.address, next.address),
    legalStatus: status.legalStatus,
    legalStatusText: status.legalStatusText,
    legalStatusDate: status.legalStatusDate,
    familyId: text(old.familyId, next.familyId),
    citations: list(old.citations, next.citations),
    agency: text(old.agency, next.agency),
    agents: list(old.agents, next.agents),
    extra: { ...old.extra, ...next.extra },
    keys: [...new Set([...next.keys, ...old.keys])].sort(),
  };
}

/** `YYYY-MM-DD` as the number that the corpus keeps; 0 for ''. */
export function dayNumber(date: string): number {
  return date === '' ? 0 : Number(date.replaceAll('-', ''));
}

/** The reverse of {@link dayNumber}; null for 0. */
export function dayText(day: number): string | null {
  if (day === 0) return null;
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** The search form of title and abstract; words never match across the line break. */
export function searchText(title: string, abstract: string): string {
  return abstract === '' ? searchForm(title) : `${searchForm(title)}\n${searchForm(abstract)}`;
}

/** The search form of names, one a line. */
export function namesText(names: readonly string[]): string {
  return names.map(searchForm).join('\n');
}

/** The row of the corpus table. */
export function toRow(content: PatentContent, stamp: RowStamp, locate: Locate): Record<string, unknown> {
  const organisations = content.applicants.filter((name) => !isPerson(name));
  const { region, precision } = locate(content.address);
  return {
    number: content.number,
    country: content.country,
    kind: content.kind,
    application_number: content.applicationNumber,
    application_key: content.applicationKey,
    type: content.type,
    granted: content.granted ? 1 : 0,
    title: content.title,
    abstract: content.abstract,
    claims: content.claims,
    main_claim_only: content.mainClaimOnly ? 1 : 0,
    description: content.description,
    applicants: content.applicants,
    organisations,
    inventors: content.inventors,
    ipc: content.ipc,
    cpc: content.cpc,
    filing_day: dayNumber(content.filingDate),
    publication_day: dayNumber(content.publicationDate),
    address: content.address,
    region,
    region_precision: precision,
    legal_status: content.legalStatus,
    legal_status_text: content.legalStatusText,
    legal_status_day: dayNumber(content.legalStatusDate),
    family_id: content.familyId,
    citations: content.citations,
    agency: content.agency,
    agents: content.agents,
    extra: content.extra,
    demo: stamp.demo ? 1 : 0,
    keys: content.keys,
    text: searchText(content.title, content.abstract),
    applicant_text: namesText(content.applicants),
    organisation_text: namesText(organisations),
    import_id: stamp.importId,
    import_batch: stamp.batch,
    import_row: stamp.row,
    imported_at: stamp.at,
    source_hash: stamp.sourceHash,
    content_hash: stamp.contentHash,
    version: stamp.version,
  };
}

/** A row as the corpus returns it (JSONEachRow; 64-bit numbers as text). */
export interface StoredRow {
  number: string;
  country: string;
  kind: string;
  application_number: string;
  application_key: string;
  type: PatentType;
  granted: number;
  title: string;
  abstract: string;
  claims: string[];
  main_claim_only: number;
  description: string;
  applicants: string[];
  inventors: string[];
  ipc: string[];
  cpc: string[];
  filing_day: number;
  publication_day: number;
  address: string;
  region: string;
  region_precision: 'county' | 'city' | 'none';
  legal_status: LegalStatus;
  legal_status_text: string;
  legal_status_day: number;
  family_id: string;
  citations: string[];
  agency: string;
  agents: string[];
  extra: Record<string, string>;
  demo: number;
  keys: string[];
  import_id: string;
  import_row: number;
  imported_at: string;
}

/** Columns of {@link StoredRow}, for queries. */
export const STORED_COLUMNS =
  'number, country, kind, application_number, application_key, type, granted, title, abstract, claims, main_claim_only, description, applicants, inventors, ipc, cpc, filing_day, publication_day, address, region, region_precision, legal_status, legal_status_text, legal_status_day, family_id, citations, agency, agents, extra, demo, keys, import_id, import_row, imported_at';

/** What a stored row says, as a source would have said it. */
export function fromRow(row: StoredRow): PatentContent {
  return {
    number: row.number,
    country: row.country,
    kind: row.kind,
    applicationNumber: row.application_number,
    applicationKey: row.application_key,
    type: row.type,
    granted: row.granted === 1,
    title: row.title,
    abstract: row.abstract,
    claims: row.claims,
    mainClaimOnly: row.main_claim_only === 1,
    description: row.description,
    applicants: row.applicants,
    inventors: row.inventors,
    ipc: row.ipc,
    cpc: row.cpc,
    filingDate: dayText(row.filing_day) ?? '',
    publicationDate: dayText(row.publication_day) ?? '',
    address: row.address,
    legalStatus: row.legal_status,
    legalStatusText: row.legal_status_text,
    legalStatusDate: dayText(row.legal_status_day) ?? '',
    familyId: row.family_id,
    citations: row.citations,
    agency: row.agency,
    agents: row.agents,
    extra: row.extra,
    keys: row.keys,
  };
}
