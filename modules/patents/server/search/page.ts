import type { ClickHouseClient } from '@clickhouse/client';
import { maskApplicants } from '#kernel/privacy/persons';
import type { LegalStatus, PatentHit, PatentSort, PatentType } from '../../contract.ts';
import { select } from '../corpus/client.ts';
import { dayText } from '../corpus/content.ts';
import { patentError } from '../errors.ts';
import { highlights, type Sought } from './highlight.ts';
import type { Part, PartRow } from './result.ts';
import type { Scoring } from './score.ts';

/** Which page of a result, in which order, grouped how. */
export interface PageWish {
  sort: PatentSort;
  size: number;
  /** From 1; used where there is no cursor. */
  page: number;
  cursor: string | null;
  /** Null: every publication for itself. Else what makes a publication stand for its family, best first, as SQL order. */
  family: string | null;
}

/** Publications of a page in their order, and how to go on. */
export interface PageKeys {
  docs: number[];
  /** Of each: how many of the result are in its family. */
  grouped: number[];
  /** Of each: the value it was sorted by. */
  values: number[];
  next: string | null;
}

/** Orders by a column of the record itself. */
export type PlainSort = Exclude<PatentSort, 'relevance' | 'cited'>;

/** SQL of the value a result is sorted by, and whether it goes down. */
export const ORDERS: Record<PlainSort, { value: string; down: boolean }> = {
  newest: { value: 'publication_day', down: true },
  oldest: { value: 'publication_day', down: false },
  filed: { value: 'filing_day', down: true },
};

/** A page as a part of its result. */
export interface Paging {
  /** Where the result is read from. */
  from: string;
  part: Part;
  read(rows: readonly PartRow[]): PageKeys;
}

/** How the keys of one page are read from its result. Equal values stand by number, downwards. */
export function paging(where: string, shown: string, wish: PageWish, scoring: Scoring | null): Paging {
  const { value, down } = order(wish.sort, scoring);
  const sign = down ? '<' : '>';
  const after = wish.cursor === null ? null : readCursor(wish.cursor, wish.sort);
  const best = `(${wish.family}, number)`;
  // A column of the same name must not take the place of what it is made of.
  const rows = wish.family
    ? `select argMin(r.doc, ${best}) as page_doc, argMin(r.number, ${best}) as page_number,
              argMin(r.sorted_by, ${best}) as page_value, count() as n from result as r group by family_key`
    : 'select doc as page_doc, number as page_number, sorted_by as page_value, 1 as n from result';
  const cut = after
    ? `where page_value ${sign} {cursorValue:Float64}
          or (page_value = {cursorValue:Float64} and page_number < {cursorNumber:String})`
    : '';
  return {
    from:
      wish.sort === 'cited'
        ? `patent_document left join (${citations(where, shown)}) as cites on cites.cited = ${BASE}`
        : 'patent_document',
    part: {
      columns: {
        doc: 'doc',
        number: 'number',
        sorted_by: `toFloat64(${value})`,
        ...(wish.family && Object.fromEntries(FAMILY_COLUMNS.map((name) => [name, name]))),
      },
      sql: `select [toString(page_doc), page_number, toString(page_value)] as v, n from (${rows}) ${cut}
             order by page_value ${down ? 'desc' : 'asc'}, page_number desc
             limit {pageSize:UInt64} ${after ? '' : 'offset {pageOffset:UInt64}'}`,
      params: {
        ...scoring?.params,
        pageSize: wish.size + 1,
        pageOffset: (wish.page - 1) * wish.size,
        ...(after && { cursorValue: after.value, cursorNumber: after.number }),
      },
    },
    read(rows) {
      const keys = rows
        .map(({ v, n }) => ({ doc: Number(v[0]), number: v[1]!, value: Number(v[2]), grouped: n }))
        .sort((a, b) => (down ? b.value - a.value : a.value - b.value) || (a.number < b.number ? 1 : -1));
      const page = keys.slice(0, wish.size);
      const last = page.at(-1);
      return {
        docs: page.map((key) => key.doc),
        grouped: page.map((key) => key.grouped),
        values: page.map((key) => key.value),
        next: keys.length > wish.size && last ? writeCursor(wish.sort, last.value, last.number) : null,
      };
    },
  };
}

/** What tells which publication stands for its family. */
const FAMILY_COLUMNS = ['family_key', 'publication_day', 'granted', 'country'];

/** The key under which citations of a publication lie: its number without kind. */
const BASE = `concat('c:', replaceRegexpOne(number, '([0-9])[A-Z][0-9]{0,2}$', '\\\\1'))`;

/** How many publications cite each publication of a result; the condition is that of the result. */
function citations(where: string, shown: string): string {
  return `select cited, count() as times from (
      select arrayJoin(arrayFilter(k -> startsWith(k, 'c:'), keys)) as cited, doc from patent_document where ${shown})
    where cited in (select ${BASE} from patent_document where ${where}) group by cited`;
}

function order(sort: PatentSort, scoring: Scoring | null): { value: string; down: boolean } {
  if (sort === 'relevance' && scoring) return { value: scoring.sql, down: true };
  if (sort === 'cited') return { value: 'cites.times', down: true };
  return ORDERS[sort === 'relevance' ? 'newest' : sort];
}

function writeCursor(sort: PatentSort, value: number, number: string): string {
  return Buffer.from(JSON.stringify([sort, value, number])).toString('base64url');
}

function readCursor(cursor: string, sort: PatentSort): { value: number; number: string } {
  try {
    const [of, value, number] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (of === sort && typeof value === 'number' && typeof number === 'string') return { value, number };
  } catch {
    // Falls through: not one of ours.
  }
  throw patentError('patents_cursor');
}

/** What a list shows of a record: `patent_document.card`. */
interface Card {
  number: string;
  application_number: string;
  country: string;
  kind: string;
  type: PatentType;
  granted: number;
  lang: string;
  title: string;
  abstract: string;
  applicants: string[];
  ipc: string[];
  cpc: string[];
  filing_day: number;
  publication_day: number;
  legal_status: LegalStatus;
  region: string;
  agency: string;
  claim_count: number;
  citation_count: number;
  family_size: number;
  demo: number;
}

/** The publications of a page as they are shown. Long texts are read only where the query looked into them. */
export async function readHits(
  corpus: ClickHouseClient,
  keys: PageKeys,
  sought: Sought,
  sort: PatentSort,
  scoring: Scoring | null,
): Promise<PatentHit[]> {
  if (keys.docs.length === 0) return [];
  const long = [
    ...(sought.has('CLM') || sought.has('CL') ? ['claims'] : []),
    ...(sought.has('DESC') ? ['description'] : []),
  ];
  const stored = await select<{ doc: number; card: string; claims?: string[]; description?: string }>(
    corpus,
    `select ${['doc', 'card', ...long].join(', ')} from patent_document where doc in ({docs:Array(UInt32)})`,
    { docs: keys.docs },
  );
  const rows = stored.map(({ doc, card, claims = [], description = '' }) => ({
    ...{ ...(JSON.parse(card) as Card), doc },
    ...{ claims, description },
  }));
  const byDoc = new Map(rows.map((row) => [row.doc, row]));
  return keys.docs.flatMap((doc, i): PatentHit[] => {
    const row = byDoc.get(doc);
    if (!row) return [];
    return [
      {
        publicationNumber: row.number,
        applicationNumber: row.application_number,
        country: row.country,
        kind: row.kind,
        type: row.type,
        granted: row.granted === 1,
        lang: row.lang,
        title: row.title,
        abstract: row.abstract,
        applicants: maskApplicants(row.applicants),
        ipc: row.ipc.map(printedClass),
        cpc: row.cpc.map(printedClass),
        filingDate: dayText(row.filing_day),
        publicationDate: dayText(row.publication_day),
        legalStatus: row.legal_status,
        region: row.region === '' ? null : row.region,
        agency: row.agency,
        claimCount: row.claim_count,
        citationCount: row.citation_count,
        familySize: row.family_size,
        grouped: keys.grouped[i]!,
        citedBy: sort === 'cited' ? keys.values[i]! : null,
        demo: row.demo === 1,
        highlights: highlights(row, sought),
        score:
          scoring && sort === 'relevance'
            ? { total: round(keys.values[i]!), parts: scoring.explain(row) }
            : null,
      },
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A class as it is printed: `A47L 1/03`. */
export function printedClass(symbol: string): string {
  return symbol.replace(/^([A-HY]\d{2}[A-Z])(\d)/, '$1 $2');
}
