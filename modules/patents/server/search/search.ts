import type { ClickHouseClient } from '@clickhouse/client';
import { FACETS, type FacetName, type PatentPage, type PatentQuery, USUAL_FACETS } from '../../contract.ts';
import type { Groups } from '../applicants/groups.ts';
import { type CorpusState, live } from '../corpus/state.ts';
import { patentError } from '../errors.ts';
import type { Asked } from './ask.ts';
import { counting } from './facets.ts';
import { soughtIn } from './highlight.ts';
import { paging, readHits } from './page.ts';
import { readParts } from './result.ts';
import { makeScoring } from './score.ts';

/** Code with which the corpus ends a query that takes too long. */
const TIMEOUT = '159';
/** Seconds after which a search is given up. */
const LONGEST = 30;

/** Runs a search: exact total, facets over the whole result, one page. */
export async function search(
  corpus: ClickHouseClient,
  state: CorpusState,
  asked: Asked,
  query: PatentQuery,
  groups: Groups,
): Promise<Omit<PatentPage, 'history'>> {
  const started = performance.now();
  const shown = live(state);
  const where = `${asked.where} and ${shown}`;
  const sought = soughtIn(asked.expr);
  const names = facetNames(query.facets);
  const family = query.group === 'family' ? familyOrder(query.prefer) : null;
  return bounded(async () => {
    const scoring =
      query.sort === 'relevance' ? await makeScoring(corpus, sought, shown, state.documents) : null;
    const wish = {
      sort: query.sort,
      size: query.size,
      page: query.page,
      cursor: query.cursor ?? null,
      family,
    };
    const counts = counting(names, family !== null, groups);
    const page = paging(where, shown, wish, scoring);
    const source = { from: page.from, where, documents: state.documents };
    const rows = await readParts(corpus, source, asked.params, { ...counts.parts, page: page.part });
    const keys = page.read(rows.page);
    const [counted, hits] = await Promise.all([
      counts.read(rows),
      readHits(corpus, keys, sought, query.sort, scoring),
    ]);
    return {
      total: counted.total,
      reachable: counted.total,
      families: counted.families,
      page: query.page,
      size: query.size,
      next: keys.next,
      query: asked.reading,
      hits,
      facets: counted.facets,
      tookMs: Math.round((performance.now() - started) * 10) / 10,
    };
  });
}

/** Says plainly that a query took too long. */
export async function bounded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inPlainWords(error, LONGEST);
  }
}

/** The error as it is, or, where the corpus gave up after so many seconds, one that says so. */
export function inPlainWords(error: unknown, seconds: number): unknown {
  const late = (error as { code?: unknown } | null)?.code === TIMEOUT;
  return late ? patentError('patents_query_heavy', { seconds }) : error;
}

function facetNames(text: string | undefined): readonly FacetName[] {
  if (text === undefined || text === '') return USUAL_FACETS;
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const facet = FACETS.find((f) => f === name.trim());
    if (!facet) throw patentError('patents_facets', { facet: name.slice(0, 40), allowed: FACETS.join('、') });
    return facet;
  });
}

/** What makes a publication stand for its family, as SQL that is smallest for the best. */
function familyOrder(prefer: string | undefined): string {
  if (prefer === undefined || prefer === 'latest') return '-toInt64(publication_day)';
  if (prefer === 'earliest') return 'publication_day';
  if (prefer === 'granted') return '-toInt64(granted) * 100000000 - toInt64(publication_day)';
  const offices = prefer.split(',');
  return `multiIf(${offices.map((office, i) => `country = '${office}', ${i}`).join(', ')}, ${offices.length}) * 100000000 - toInt64(publication_day)`;
}
