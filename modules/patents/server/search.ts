import type { ClickHouseClient } from '@clickhouse/client';
import type {
  FacetValue,
  LegalStatus,
  PatentFacets,
  PatentHit,
  PatentPage,
  PatentType,
} from '../contract.ts';
import { dayText } from './content.ts';
import { select } from './corpus.ts';
import { patentError } from './errors.ts';
import { maskApplicants } from './persons.ts';
import type { Plan } from './query.ts';
import { excerpt, findMarks } from './text.ts';

const FACET_VALUES = 20;
const SNIPPET_CHARS = 160;
/** Years, types, states and regions are complete; a pack has not so many regions nor history so many years. */
const MOST_VALUES = 500;
/** Code with which the corpus ends a query that takes too long. */
const TIMEOUT = '159';

/** Runs a search: exact total, facets over the whole result, one page, newest publication first. */
export async function search(
  corpus: ClickHouseClient,
  plan: Plan,
  page: number,
  size: number,
): Promise<PatentPage> {
  const started = performance.now();
  try {
    const [counted, hits] = await Promise.all([
      countFacets(corpus, plan),
      readPage(corpus, plan, page, size),
    ]);
    const tookMs = Math.round((performance.now() - started) * 10) / 10;
    return { ...counted, page, size, hits, searched: plan.searched, tookMs };
  } catch (error) {
    if ((error as { code?: unknown }).code === TIMEOUT)
      throw patentError('patents_query_heavy', { seconds: 30 });
    throw error;
  }
}

interface FacetRow {
  g: number;
  year: number;
  type: string;
  legal_status: string;
  region: string;
  applicant: string;
  class: string;
  own: string;
  lines: string;
}

/** Bits of `grouping(year, type, legal_status, region, applicant, class)`: 0 marks the column of the set. */
const SETS = {
  year: 0b011111,
  type: 0b101111,
  legalStatus: 0b110111,
  region: 0b111011,
  applicant: 0b111101,
  ipc: 0b111110,
};
const TOTAL = 0b111111;

/**
 * Total and all facets in one pass. Every publication gives one line of its own (no applicant, no class) and one more per
 * organisation and per class; the sets of single columns count only the first.
 */
async function countFacets(
  corpus: ClickHouseClient,
  plan: Plan,
): Promise<{ total: number; facets: PatentFacets }> {
  const rows = await select<FacetRow>(
    corpus,
    `select toUInt8(grouping(year, type, legal_status, region, applicant, class)) as g,
            year, type, legal_status, region, applicant, class,
            countIf(part.1 = '' and part.2 = '') as own, count() as lines
       from (
         select intDiv(publication_day, 10000) as year, type, legal_status, region,
                arrayJoin(arrayConcat([('', '')], arrayMap(o -> (o, ''), organisations),
                                      arrayMap(c -> ('', toString(c)), ipc_subclasses))) as part,
                part.1 as applicant, part.2 as class
           from patent final
          where ${plan.where})
      group by grouping sets ((year), (type), (legal_status), (region), (applicant), (class), ())
      order by g, lines desc, year desc, type, legal_status, region, applicant, class
      limit ${MOST_VALUES} by g`,
    plan.params,
  );
  const values = (set: number, value: (row: FacetRow) => string): FacetValue[] =>
    rows
      .filter((row) => row.g === set && row.own !== '0')
      .map((row) => ({ value: value(row), count: Number(row.own) }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const named = (set: number, value: (row: FacetRow) => string): FacetValue[] =>
    rows
      .filter((row) => row.g === set && value(row) !== '')
      .slice(0, FACET_VALUES)
      .map((row) => ({ value: value(row), count: Number(row.lines) }));
  return {
    total: Number(rows.find((row) => row.g === TOTAL)?.own ?? 0),
    facets: {
      year: values(SETS.year, (row) => (row.year === 0 ? '' : String(row.year))).sort((a, b) =>
        a.value < b.value ? 1 : -1,
      ),
      type: values(SETS.type, (row) => row.type),
      legalStatus: values(SETS.legalStatus, (row) => row.legal_status),
      region: values(SETS.region, (row) => row.region),
      applicant: named(SETS.applicant, (row) => row.applicant),
      ipc: named(SETS.ipc, (row) => row.class),
    },
  };
}

interface HitRow {
  number: string;
  application_number: string;
  type: PatentType;
  granted: number;
  title: string;
  abstract: string;
  applicants: string[];
  ipc: string[];
  filing_day: number;
  publication_day: number;
  legal_status: LegalStatus;
  region: string;
  demo: number;
}

/** Newest first; equal days by number, so the order is always the same. The long texts are read for the page alone. */
async function readPage(
  corpus: ClickHouseClient,
  plan: Plan,
  page: number,
  size: number,
): Promise<PatentHit[]> {
  const keys = await select<{ number: string }>(
    corpus,
    `select number from patent final where ${plan.where}
      order by publication_day desc, number desc limit {size:UInt64} offset {offset:UInt64}`,
    { ...plan.params, size, offset: (page - 1) * size },
  );
  if (keys.length === 0) return [];
  const rows = await select<HitRow>(
    corpus,
    `select number, application_number, type, granted, title, abstract, applicants, ipc, filing_day, publication_day,
            legal_status, region, demo
       from patent final where number in ({numbers:Array(String)})`,
    { numbers: keys.map((k) => k.number) },
  );
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return keys.flatMap(({ number }) => {
    const row = byNumber.get(number);
    return row ? [hitJson(row, plan.words)] : [];
  });
}

function hitJson(row: HitRow, words: readonly string[]): PatentHit {
  const marks = findMarks(row.abstract, words);
  return {
    number: row.number,
    applicationNumber: row.application_number,
    type: row.type,
    granted: row.granted === 1,
    title: row.title,
    titleMarks: findMarks(row.title, words),
    applicants: maskApplicants(row.applicants),
    ipc: row.ipc.map(printedClass),
    filingDate: dayText(row.filing_day),
    publicationDate: dayText(row.publication_day),
    legalStatus: row.legal_status,
    region: row.region === '' ? null : row.region,
    demo: row.demo === 1,
    snippet: row.abstract === '' ? null : excerpt(row.abstract, marks, SNIPPET_CHARS),
  };
}

/** A class as it is printed: `A47L 1/03`. */
export function printedClass(symbol: string): string {
  return symbol.replace(/^([A-H]\d{2}[A-Z])(\d)/, '$1 $2');
}
