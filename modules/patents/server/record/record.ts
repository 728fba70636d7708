import type { ClickHouseClient } from '@clickhouse/client';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import { isPerson, maskAddress, maskApplicants, maskName } from '#kernel/privacy/persons';
import type { Lang } from '#kernel/text';
import {
  type CitationJson,
  type LegalStatus,
  PATENTS_PERSONAL,
  type PatentRecord,
  type PatentType,
} from '../../contract.ts';
import { candidateKeys, readApplication, readPublication } from '../../query/numbers.ts';
import { select } from '../corpus/client.ts';
import { CONTENT_FIELDS, dayText } from '../corpus/content.ts';
import { applicantId, type Rest, withoutKind } from '../corpus/document.ts';
import { resolve } from '../corpus/resolve.ts';
import { type CorpusState, corpusState, live } from '../corpus/state.ts';
import { loadLoads, readStatements } from '../corpus/statements.ts';
import type { By } from '../imports/imports.ts';
import { printedClass } from '../search/page.ts';
import { kernelTrx, withPatents } from '../tables.ts';
import { claimTree } from './claims.ts';
import { eventJson } from './events.ts';

const MOST_FAMILY = 200;
const MOST_CITING = 200;

/** A row of `patent_document` as a record's page reads it. */
export interface DocumentRow {
  number: string;
  country: string;
  kind: string;
  application_number: string;
  application_key: string;
  type: PatentType;
  granted: number;
  lang: string;
  title: string;
  abstract: string;
  claims: string[];
  description: string;
  applicants: string[];
  ipc: string[];
  cpc: string[];
  filing_day: number;
  publication_day: number;
  grant_day: number;
  region: string;
  region_precision: 'county' | 'city' | 'none';
  legal_status: LegalStatus;
  legal_status_day: number;
  agency: string;
  family_id: string;
  demo: number;
  rest: string;
  import_id: string;
  import_row: number;
  imported_at: string;
}

/** Columns of {@link DocumentRow}, for queries. */
export const DOCUMENT_COLUMNS =
  'number, country, kind, application_number, application_key, type, granted, lang, title, abstract, claims, description, applicants, ipc, cpc, filing_day, publication_day, grant_day, region, region_precision, legal_status, legal_status_day, agency, family_id, demo, rest, import_id, import_row, imported_at';

/**
 * One publication by any spelling of its number; an application number gives its latest grant, else its latest
 * publication. Natural persons are masked unless the reader may see them, and then the opening is logged.
 */
export async function readRecord(platform: Platform, by: By, text: string): Promise<PatentRecord> {
  const { corpus } = platform.stores;
  const state = await corpusState(withPatents(platform.records));
  const row = await findRow(corpus, state, text);
  if (!row) throw new AppError('not_found', { what: `专利 ${text.slice(0, 60)} (patent)` });
  const rest = JSON.parse(row.rest) as Rest;
  const [citations, cited, family, provenance] = await Promise.all([
    readCitations(corpus, state, rest),
    readCiting(corpus, state, row.number),
    readFamily(corpus, state, row, rest),
    readProvenance(platform, row),
  ]);
  const open = platform.policy.can(by.actor, PATENTS_PERSONAL);
  const personal = rest.inventors.length > 0 || rest.agents.length > 0 || row.applicants.some(isPerson);
  if (open && personal) await logOpening(platform, by, row.number);
  const mask = !open;
  return {
    number: row.number,
    country: row.country,
    kind: row.kind,
    applicationNumber: row.application_number,
    type: row.type,
    granted: row.granted === 1,
    lang: row.lang,
    title: row.title,
    titles: rest.titles,
    abstract: row.abstract,
    abstracts: rest.abstracts,
    claims: claimTree(row.claims),
    mainClaimOnly: rest.mainClaimOnly,
    description: row.description,
    applicants: mask ? maskApplicants(row.applicants) : row.applicants,
    applicantIds: row.applicants.map((name) => (isPerson(name) ? null : applicantId(name))),
    inventors: mask ? rest.inventors.map(maskName) : rest.inventors,
    ipc: row.ipc.map(printedClass),
    cpc: row.cpc.map(printedClass),
    filingDate: dayText(row.filing_day),
    publicationDate: dayText(row.publication_day),
    grantDate: dayText(row.grant_day),
    priorities: rest.priorities.map((p) => ({ ...p, date: p.date || null })),
    address:
      mask && row.applicants[0] !== undefined && isPerson(row.applicants[0])
        ? maskAddress(rest.address)
        : rest.address,
    province: rest.province,
    region: row.region === '' ? null : row.region,
    regionPrecision: row.region_precision,
    legalStatus: row.legal_status,
    legalStatusText: rest.legalStatusText,
    legalStatusDate: dayText(row.legal_status_day),
    events: rest.events.map((event) => eventJson(event, mask)),
    familyId: row.family_id,
    extendedFamilyId: rest.extendedFamilyId,
    family,
    citations,
    citedBy: cited.rows,
    citedByTotal: cited.total,
    agency: row.agency,
    agents: mask ? rest.agents.map(maskName) : rest.agents,
    // Columns of a source may hold names of examiners and contacts under any head.
    extra: mask ? {} : rest.extra,
    demo: row.demo === 1,
    masked: mask && personal,
    provenance,
  };
}

/** The row that a number means, or undefined. */
export async function findRow(
  corpus: ClickHouseClient,
  state: CorpusState,
  text: string,
): Promise<DocumentRow | undefined> {
  const keys = new Set(candidateKeys(text));
  // As the number of a record it may have any form that an import takes.
  const publication = readPublication(text);
  if (publication.ok) keys.add(`p:${publication.value.number}`);
  const application = readApplication(text);
  if (application.ok) keys.add(`a:${application.value.key}`);
  if (keys.size === 0) return undefined;
  const rows = await select<DocumentRow>(
    corpus,
    `select ${DOCUMENT_COLUMNS} from patent_document
      where hasAnyTokens(keys, {keys:Array(String)}) and ${live(state)}
      order by number = {number:String} desc, granted desc, publication_day desc, number desc limit 1`,
    { keys: [...keys], number: publication.ok ? publication.value.number : '' },
  );
  return rows[0];
}

async function readCitations(
  corpus: ClickHouseClient,
  state: CorpusState,
  rest: Rest,
): Promise<CitationJson[]> {
  const numbers = rest.citations.map((c) => c.number).filter((n) => n !== '');
  const known = new Map<string, { number: string; title: string }>();
  if (numbers.length > 0) {
    const keys = numbers.flatMap((n) => [`p:${n}`, `p:${withoutKind(n)}`]);
    const rows = await select<{ number: string; title: string }>(
      corpus,
      `select number, title from patent_document where hasAnyTokens(keys, {keys:Array(String)}) and ${live(state)} order by number limit 5000`,
      { keys },
    );
    for (const row of rows) {
      known.set(row.number, row);
      known.set(withoutKind(row.number), row);
    }
  }
  return rest.citations.map(({ number, text, category, origin }) => {
    const here = number === '' ? undefined : (known.get(number) ?? known.get(withoutKind(number)));
    return {
      number: here?.number ?? number,
      text,
      category,
      origin,
      title: here?.title ?? '',
      known: here !== undefined,
    };
  });
}

async function readCiting(corpus: ClickHouseClient, state: CorpusState, number: string) {
  const where = `hasAnyTokens(keys, {keys:Array(String)}) and ${live(state)}`;
  const params = { keys: [`c:${number}`, `c:${withoutKind(number)}`] };
  const [rows, [count]] = await Promise.all([
    select<{ number: string; title: string; rest: string }>(
      corpus,
      `select number, title, rest from patent_document where ${where} order by publication_day desc, number limit ${MOST_CITING}`,
      params,
    ),
    select<{ n: string }>(corpus, `select count() as n from patent_document where ${where}`, params),
  ]);
  return {
    total: Number(count?.n ?? 0),
    rows: rows.map((row): CitationJson => {
      const own = (JSON.parse(row.rest) as Rest).citations.find(
        (c) => withoutKind(c.number) === withoutKind(number),
      );
      return {
        number: row.number,
        text: '',
        title: row.title,
        category: own?.category ?? '',
        origin: own?.origin ?? '',
        known: true,
      };
    }),
  };
}

async function readFamily(
  corpus: ClickHouseClient,
  state: CorpusState,
  row: DocumentRow,
  rest: Rest,
): Promise<PatentRecord['family']> {
  const keys = [
    ...(row.application_number === '' ? [] : [`a:${row.application_key}`]),
    ...(row.family_id === '' ? [] : [`f:${row.family_id.toUpperCase().replace(/[^A-Z0-9]/g, '')}`]),
    ...rest.familyMembers.flatMap((n) => [`p:${n}`, `p:${withoutKind(n)}`]),
  ];
  if (keys.length === 0) return [];
  const rows = await select<{
    number: string;
    country: string;
    publication_day: number;
    title: string;
    application_key: string;
  }>(
    corpus,
    `select number, country, publication_day, title, application_key from patent_document
      where hasAnyTokens(keys, {keys:Array(String)}) and number != {number:String} and ${live(state)}
      order by publication_day, number limit ${MOST_FAMILY}`,
    { keys, number: row.number },
  );
  const here = rows.map((r) => ({
    number: r.number,
    country: r.country,
    publicationDate: dayText(r.publication_day),
    title: r.title,
    known: true,
    sameApplication: r.application_key === row.application_key,
  }));
  const seen = new Set([row.number, ...here.map((h) => h.number)].map(withoutKind));
  const elsewhere = rest.familyMembers
    .filter((n) => !seen.has(withoutKind(n)))
    .map((number) => ({
      number,
      country: number.slice(0, 2),
      publicationDate: null,
      title: '',
      known: false,
      sameApplication: false,
    }));
  return [...here, ...elsewhere];
}

async function readProvenance(platform: Platform, row: DocumentRow): Promise<PatentRecord['provenance']> {
  const source = await withPatents(platform.records)
    .selectFrom('patentImport')
    .select(['fileName', 'createdByRole'])
    .where('id', '=', row.import_id)
    .executeTakeFirst();
  return {
    importId: row.import_id,
    file: source?.fileName ?? '',
    row: row.import_row,
    at: `${row.imported_at.replace(' ', 'T')}Z`,
    byRole: source?.createdByRole ?? '',
  };
}

async function logOpening(platform: Platform, by: By, number: string): Promise<void> {
  await withPatents(platform.records)
    .transaction()
    .execute((trx) =>
      audit(kernelTrx(trx), platform.clock.now(), {
        ...by,
        action: 'patents.personal.open',
        objectType: 'patent',
        objectId: number,
      }),
    );
}

/** Fields of which the origin is shown to everybody: persons' names among the values of others are not. */
const PERSONAL = new Set(['inventors', 'agents', 'applicants', 'address', 'extra', 'events']);

/** Who said each field of a record, and who said otherwise. */
export async function readOrigin(platform: Platform, by: By, text: string, lang: Lang) {
  const { corpus } = platform.stores;
  const records = withPatents(platform.records);
  const state = await corpusState(records);
  const row = await findRow(corpus, state, text);
  if (!row) throw new AppError('not_found', { what: `专利 ${text.slice(0, 60)} (patent)` });
  const [loads, imports] = await Promise.all([
    loadLoads(records),
    records
      .selectFrom('patentImport')
      .innerJoin('patentSource', 'patentSource.id', 'patentImport.sourceId')
      .select(['patentImport.id', 'fileName', 'patentImport.createdAt', 'key', 'nameZh', 'nameEn', 'licence'])
      .execute(),
  ]);
  const said = (await readStatements(corpus, [row.number], state, loads)).get(row.number) ?? [];
  if (said.length === 0) return { number: row.number, fields: [] };
  const byId = new Map(imports.map((one) => [one.id, one]));
  const nameOf = new Map(imports.map((one) => [one.key, lang === 'zh' ? one.nameZh : one.nameEn]));
  const open = platform.policy.can(by.actor, PATENTS_PERSONAL);
  const origins = resolve(said).origins();
  return {
    number: row.number,
    fields: origins
      .filter((o) => CONTENT_FIELDS.includes(o.field))
      .map((o) => {
        const load = byId.get(o.importId);
        return {
          field: o.field,
          source: nameOf.get(o.source) ?? o.source,
          licence: load?.licence ?? '',
          file: load?.fileName ?? '',
          row: o.row,
          at: (load?.createdAt ?? new Date(0)).toISOString(),
          conflicts: o.conflicts.map((c) => ({
            source: nameOf.get(c.source) ?? c.source,
            value: !open && PERSONAL.has(o.field) ? '***' : shownValue(c.value),
          })),
        };
      }),
  };
}

function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
