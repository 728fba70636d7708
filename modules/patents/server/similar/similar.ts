import type { ClickHouseClient } from '@clickhouse/client';
import { type QueryTerm, queryTerms } from './query-terms.ts';
import { termCode } from './tokens.ts';
import type { TranslationTable } from './translation-learn.ts';

/** A document like the one asked for. */
export interface SimilarDoc {
  number: string;
  score: number;
  /** The terms that speak most for it, with their shares of the score; a translated one with the word that it stands for. */
  why: { term: string; weight: number; from: string | null }[];
}

/** How to look. */
export interface SimilarOptions {
  limit: number;
  /** Terms of the text that are looked for: those that tell most. */
  terms?: number;
  /** Terms named as the reason. */
  reasons?: number;
  /** A publication that is not to be among the answers: the one asked for. */
  except?: string;
  /** What English words stand for; without it they match only themselves. */
  translation?: TranslationTable | null;
  /** Threads of the engine for one question. */
  threads?: number;
}

const K1 = 1.2;
const B = 0.75;

/** Terms whose frequency is asked for; a long text has more, and its rarest are not worth the time. */
const MOST_TERMS = 600;

/**
 * The documents most like a text, by BM25 over characters, pairs of characters and Latin words, counted over the documents as
 * they are now. English words stand for Chinese ones too where a translation is given and the text is English in the main.
 */
export async function similar(
  corpus: ClickHouseClient,
  text: { title: string; abstract: string },
  options: SimilarOptions,
): Promise<SimilarDoc[]> {
  const { limit, terms = 100, reasons = 6, except, translation = null, threads } = options;
  const asked = queryTerms(text.title, text.abstract, translation).slice(0, MOST_TERMS);
  if (asked.length === 0) return [];
  const ask = asker(corpus, threads);
  const codes = new Map(asked.map((term) => [termCode(term.token), term]));
  const { state, frequencies } = await frequenciesOf(corpus, ask, [...codes.keys()]);
  const best = weigh(frequencies, codes, state.docs).slice(0, terms);
  if (best.length === 0) return [];
  const formula = formulaOf(best, Math.max(1, state.total / state.docs));
  const first = rarest(best, state.docs);
  const wanted = limit + (except === undefined ? 0 : 1);
  const among = (list: readonly Weighed[]) => `term in (${list.map((t) => t.code).join(',')})`;
  const hits = await ask<{ number: string; score: number; parts: [term: string, part: number][] }>(
    `select number, score, parts from patent_term_doc as doc
      join (select id, sum(part) as score,
                   arraySlice(arrayReverseSort(p -> p.2, groupArray((term, part))), 1, {reasons:UInt32}) as parts
              from (select id, term, ${formula} as part from patent_term
                     where ${among(best)}
                       and id in (select id from (select id, sum(${formula}) as sum from patent_term
                                                   where ${among(first)} ${livingOf(state)}
                                                   group by id order by sum desc, id limit {candidates:UInt32}
                                                   settings optimize_move_to_prewhere = 0)))
             group by id order by score desc, id limit {wanted:UInt32}) as hit on doc.id = hit.id
     order by score desc, id`,
    {
      reasons: reasons * 3,
      wanted,
      candidates: first.length === best.length ? wanted : Math.max(CANDIDATES, 4 * wanted),
    },
  );
  return hits
    .filter((hit) => hit.number !== except)
    .slice(0, limit)
    .map(({ number, score, parts }) => ({ number, score, why: reasonsOf(parts, codes, reasons) }));
}

/** BM25 of one term in one document, in SQL. */
function formulaOf(best: readonly Weighed[], average: number): string {
  const codes = best.map((t) => t.code).join(',');
  const weights = best.map((t) => t.weight.toExponential(8)).join(',');
  return `transform(term, [${codes}], [${weights}], 0.) * tf / (tf + ${K1 * (1 - B)} + ${(K1 * B) / average} * len)`;
}

/** Documents that are scored in full after a first look at the rarer terms. */
const CANDIDATES = 500;
/** Postings that a first look reads, as a multiple of the documents, and terms that it takes in any case. */
const FIRST_LOOK = 1.5;
const FEWEST_TERMS = 20;

/**
 * The terms for a first look: the rarer ones. At 100 terms of a title with abstract they are some 88, with a third of the
 * postings, and all that comes out on top is among the first 500 that they find. Leaving the others out altogether would cost
 * 0.005 of recall@1, and 0.18 for English questions.
 */
function rarest(best: readonly Weighed[], docs: number): readonly Weighed[] {
  const byRarity = [...best].sort((a, b) => a.df - b.df);
  let postings = 0;
  let count = 0;
  for (const { df } of byRarity) {
    if (count >= FEWEST_TERMS && postings + df > FIRST_LOOK * docs) break;
    postings += df;
    count += 1;
  }
  return byRarity.slice(0, count);
}

type Ask = <T>(query: string, params?: Record<string, unknown>) => Promise<T[]>;

function asker(corpus: ClickHouseClient, threads: number | undefined): Ask {
  return async <T>(query: string, params: Record<string, unknown> = {}) => {
    const result = await corpus.query({
      query,
      query_params: params,
      format: 'JSONEachRow',
      clickhouse_settings: threads === undefined ? {} : { max_threads: threads },
    });
    return result.json<T>();
  };
}

/** How large the index is, and what in it does not count. */
interface State {
  docs: number;
  /** Length of all documents together. */
  total: number;
  dead: number;
  /** Highest ordinal that counts while others are being written, or were broken off; null where all count. */
  top: number | null;
}

/** Frequencies that were counted, as long as nothing is written; common characters are asked for again and again. */
interface Remembered {
  /** Another one for every other content of the index. */
  stamp: string;
  state: State;
  frequencies: Map<number, number>;
}

/** What the tables hold, whether it counts or not. */
interface Content {
  n: string;
  total: string;
  top: number;
  hash: string;
  dead: string;
  last: number;
}

const remembered = new WeakMap<ClickHouseClient, Remembered>();
const MOST_REMEMBERED = 50_000;

/** In how many documents each term is. What was counted before is used as long as the index is the same. */
async function frequenciesOf(
  corpus: ClickHouseClient,
  ask: Ask,
  codes: readonly number[],
): Promise<{ state: State; frequencies: Map<number, number> }> {
  for (let tries = 0; ; tries++) {
    const before = remembered.get(corpus);
    if (before && before.frequencies.size > MOST_REMEMBERED) before.frequencies.clear();
    const news = before ? codes.filter((code) => !before.frequencies.has(code)) : [];
    const count =
      before && news.length > 0
        ? `union all select term, count() as n, 0 as total, 0 as top, 0 as hash, 0 as dead, 0 as last from patent_term
            where term in (${news.join(',')}) ${livingOf(before.state)} group by term`
        : '';
    const rows = await ask<Content & { term: string }>(
      `select toUInt64(0) as term, count() as n, sum(len) as total, max(id) as top, sum(text_hash) as hash,
              (select count() from patent_term_dead) as dead, (select max(last) from patent_term_span) as last
         from patent_term_doc ${count}`,
    );
    const content = rows.find((row) => Number(row.term) === 0)!;
    const stamp = JSON.stringify(content);
    // While an import runs the index may change with every question; then the last count has to do.
    if (!before || (before.stamp !== stamp && tries < 3)) {
      remembered.set(corpus, { stamp, state: await stateOf(ask, content), frequencies: new Map() });
      continue;
    }
    for (const code of news) before.frequencies.set(code, 0);
    for (const row of rows) if (row !== content) before.frequencies.set(Number(row.term), Number(row.n));
    return before;
  }
}

async function stateOf(ask: Ask, { n, total, top, dead, last }: Content): Promise<State> {
  const state = { docs: Number(n), total: Number(total), dead: Number(dead), top: last > top ? top : null };
  if (state.dead === 0) return state;
  const [living] = await ask<{ docs: string; total: string }>(
    'select count() as docs, sum(len) as total from patent_term_doc where id not in (select id from patent_term_dead)',
  );
  return { ...state, docs: Number(living?.docs ?? 0), total: Number(living?.total ?? 0) };
}

/** The condition that keeps former texts and unfinished writing out; empty where there are none. */
function livingOf({ dead, top }: State): string {
  const living = dead > 0 ? 'and id not in (select id from patent_term_dead)' : '';
  return top === null ? living : `${living} and id <= ${top}`;
}

interface Weighed {
  code: number;
  weight: number;
  df: number;
}

/** Terms that occur, by what they tell, most first. */
function weigh(
  frequencies: ReadonlyMap<number, number>,
  codes: ReadonlyMap<number, QueryTerm>,
  docs: number,
): Weighed[] {
  const terms: Weighed[] = [];
  for (const [code, { weight }] of codes) {
    const df = frequencies.get(code) ?? 0;
    if (df === 0) continue;
    const idf = Math.log(1 + (docs - df + 0.5) / (df + 0.5));
    terms.push({ code, df, weight: weight * idf * (K1 + 1) });
  }
  return terms.sort((a, b) => b.weight - a.weight || a.code - b.code);
}

/** Reasons for people: a character is not named where a pair with it is. */
function reasonsOf(
  parts: readonly [term: string, part: number][],
  codes: ReadonlyMap<number, QueryTerm>,
  count: number,
): SimilarDoc['why'] {
  const named = parts.map(([term, part]) => {
    const { token, from } = codes.get(Number(term))!;
    return { term: token.slice(2), weight: part, from };
  });
  return named
    .filter((r) => !named.some((other) => other.term !== r.term && other.term.includes(r.term)))
    .slice(0, count);
}
