import type { ClickHouseClient } from '@clickhouse/client';
import type { LegalStatus, PatentType } from '../../contract.ts';
import { select } from '../corpus/client.ts';
import { dayText } from '../corpus/content.ts';
import type { Rest } from '../corpus/document.ts';
import { isPerson, maskAddress, maskApplicants } from '../persons.ts';
import { type PageKeys, type PageWish, paging, printedClass } from '../search/page.ts';
import { readParts } from '../search/result.ts';
import { bounded } from '../search/search.ts';

/** One record as exports write it. Natural persons are masked unless the reader may see them. */
export interface ExportRow {
  number: string;
  applicationNumber: string;
  title: string;
  abstract: string;
  applicants: string[];
  inventors: string[];
  ipc: string[];
  cpc: string[];
  filingDate: string | null;
  publicationDate: string | null;
  grantDate: string | null;
  priorityDate: string | null;
  type: PatentType;
  granted: boolean;
  legalStatus: LegalStatus;
  legalStatusDate: string | null;
  country: string;
  kind: string;
  lang: string;
  region: string;
  address: string;
  agency: string;
  familyId: string;
  familySize: number;
  familyMembers: string[];
  claimCount: number;
  mainClaim: string;
  citationCount: number;
  citations: string[];
}

/** What of the records is needed: texts and the rest are long, so they are read only where a field asks. */
export interface RowNeeds {
  abstract: boolean;
  mainClaim: boolean;
  rest: boolean;
  /** Names of natural persons are left as they are. */
  open: boolean;
}

/**
 * Keys in a page, and records read at once while those before are written. A record lies among a hundred others that are read
 * with it, so many at once are cheaper.
 */
const KEYS = 20_000;
const RECORDS = 10_000;

/** All records of a result in order, in bounded memory. Each record is as it is while its page is read. */
export async function* exportRows(
  corpus: ClickHouseClient,
  where: string,
  shown: string,
  params: Record<string, unknown>,
  sort: PageWish['sort'],
  needs: RowNeeds,
): AsyncGenerator<ExportRow[]> {
  let cursor: string | null = null;
  do {
    const wish: PageWish = { sort, size: KEYS, page: 1, cursor, family: null };
    const page = paging(where, shown, wish, null);
    const source = { from: page.from, where, documents: 0 };
    const read = await bounded(() => readParts(corpus, source, params, { page: page.part }));
    const keys: PageKeys = page.read(read.page);
    let next = readRecords(corpus, keys.docs.slice(0, RECORDS), needs);
    for (let from = 0; from < keys.docs.length; from += RECORDS) {
      const rows = await next;
      const following = keys.docs.slice(from + RECORDS, from + 2 * RECORDS);
      if (following.length > 0) {
        next = readRecords(corpus, following, needs);
        next.catch(() => {});
      }
      yield rows;
    }
    cursor = keys.next;
  } while (cursor !== null);
}

interface Stored {
  doc: number;
  number: string;
  application_number: string;
  title: string;
  abstract: string;
  main_claim: string;
  applicants: string[];
  ipc: string[];
  cpc: string[];
  filing_day: number;
  publication_day: number;
  grant_day: number;
  priority_day: number;
  type: PatentType;
  granted: number;
  legal_status: LegalStatus;
  legal_status_day: number;
  country: string;
  kind: string;
  lang: string;
  region: string;
  agency: string;
  family_id: string;
  family_size: number;
  claim_count: number;
  citation_count: number;
  rest: string;
}

async function readRecords(
  corpus: ClickHouseClient,
  docs: readonly number[],
  needs: RowNeeds,
): Promise<ExportRow[]> {
  if (docs.length === 0) return [];
  const rows = await select<Stored>(
    corpus,
    `select doc, number, application_number, title, ${needs.abstract ? 'abstract' : "''"} as abstract,
            ${needs.mainClaim ? 'claims[1]' : "''"} as main_claim, applicants, ipc, cpc, filing_day, publication_day, grant_day,
            priority_day, type, granted, legal_status, legal_status_day, country, kind, lang, region, agency, family_id,
            family_size, claim_count, citation_count, ${needs.rest ? 'rest' : "''"} as rest
       from patent_document where doc in ({docs:Array(UInt32)})`,
    { docs },
  );
  const byDoc = new Map(rows.map((row) => [row.doc, row]));
  return docs.flatMap((doc) => {
    const row = byDoc.get(doc);
    return row ? [exportRow(row, needs)] : [];
  });
}

function exportRow(row: Stored, needs: RowNeeds): ExportRow {
  const rest = row.rest === '' ? null : (JSON.parse(row.rest) as Rest);
  const first = row.applicants[0];
  const hidden = !needs.open && first !== undefined && isPerson(first);
  return {
    number: row.number,
    applicationNumber: row.application_number,
    title: row.title,
    abstract: row.abstract,
    applicants: needs.open ? row.applicants : maskApplicants(row.applicants),
    inventors: needs.open ? (rest?.inventors ?? []) : [],
    ipc: row.ipc.map(printedClass),
    cpc: row.cpc.map(printedClass),
    filingDate: dayText(row.filing_day),
    publicationDate: dayText(row.publication_day),
    grantDate: dayText(row.grant_day),
    priorityDate: dayText(row.priority_day),
    type: row.type,
    granted: row.granted === 1,
    legalStatus: row.legal_status,
    legalStatusDate: dayText(row.legal_status_day),
    country: row.country,
    kind: row.kind,
    lang: row.lang,
    region: row.region,
    address: hidden ? maskAddress(rest?.address ?? '') : (rest?.address ?? ''),
    agency: row.agency,
    familyId: row.family_id,
    familySize: row.family_size,
    familyMembers: rest?.familyMembers ?? [],
    claimCount: row.claim_count,
    mainClaim: row.main_claim,
    citationCount: row.citation_count,
    citations: rest?.citations.map((c) => c.number || c.text) ?? [],
  };
}
