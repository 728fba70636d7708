import type { ClickHouseClient } from '@clickhouse/client';
import { isPerson, maskAddress, maskApplicants } from '#kernel/privacy/persons';
import type { LegalStatus, PatentType } from '../../contract.ts';
import { dayText } from '../corpus/content.ts';
import type { Rest } from '../corpus/document.ts';
import { spooled } from '../corpus/spool.ts';
import { ORDERS, type PlainSort, printedClass } from '../search/page.ts';
import { inPlainWords } from '../search/search.ts';

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

/** Records of the first page, so that a download begins soon, and of those after it: each looks for the whole result again. */
const PAGES = { first: 2000, later: 100_000 };

/** Seconds after which a page is given up. */
const LONGEST = 600;

/** All records of a result in order, in bounded memory. Each record is as it is while its page is read. */
export async function* exportRows(
  corpus: ClickHouseClient,
  where: string,
  params: Record<string, unknown>,
  sort: PlainSort,
  needs: RowNeeds,
  pageSizes: { first: number; later: number } = PAGES,
): AsyncGenerator<ExportRow[]> {
  const { value, down } = ORDERS[sort];
  let last: { value: number; number: string } | null = null;
  for (let limit = pageSizes.first; ; limit = pageSizes.later) {
    let count = 0;
    const pages: AsyncGenerator<Stored[]> = spooled<Stored>(
      corpus,
      `select ${columns(needs)}, ${value} as sorted_by from patent_document
        where (${where})${last ? ` and ${behind(value, down)}` : ''}
        order by ${value} ${down ? 'desc' : 'asc'}, number desc limit {pageSize:UInt64}`,
      { ...params, pageSize: limit, ...(last && { lastValue: last.value, lastNumber: last.number }) },
      // Sorts by the keys alone and reads the other columns of those that stay.
      { query_plan_max_limit_for_lazy_materialization: pageSizes.later, max_execution_time: LONGEST },
    );
    try {
      for await (const rows of pages) {
        count += rows.length;
        const end = rows.at(-1)!;
        last = { value: end.sorted_by, number: end.number };
        yield rows.map((row) => exportRow(row, needs));
      }
    } catch (error) {
      throw inPlainWords(error, LONGEST);
    }
    if (count < limit) return;
  }
}

/** Rows behind the last one of the page before. */
function behind(value: string, down: boolean): string {
  return `(${value} ${down ? '<' : '>'} {lastValue:UInt32} or (${value} = {lastValue:UInt32} and number < {lastNumber:String}))`;
}

interface Stored {
  sorted_by: number;
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

function columns(needs: RowNeeds): string {
  return `number, application_number, title, ${needs.abstract ? 'abstract' : "'' as abstract"},
          ${needs.mainClaim ? 'claims[1]' : "''"} as main_claim, applicants, ipc, cpc, filing_day, publication_day, grant_day,
          priority_day, type, granted, legal_status, legal_status_day, country, kind, lang, region, agency, family_id,
          family_size, claim_count, citation_count, ${needs.rest ? 'rest' : "'' as rest"}`;
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
