import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import type { PatentHit, PatentQuery } from '../contract.ts';
import { Schemes } from './classes/schemes.ts';
import { select } from './corpus/client.ts';
import { corpusState, live } from './corpus/state.ts';
import { openPlaces } from './places.ts';
import type { Asked } from './search/ask.ts';
import { type Condition, changesOf, type Difference } from './search/changes.ts';
import { readHits } from './search/page.ts';
import { bounded } from './search/search.ts';
import { PatentSearch } from './search/service.ts';
import { withPatents } from './tables.ts';

/** A query as other modules keep and run it. */
export type KeptQuery = Pick<PatentQuery, 'q' | 'dialect' | 'filter'>;

/** A question to the corpus, and on whose behalf. */
export interface CorpusAsk {
  query: KeptQuery;
  actor: Actor;
}

/** The corpus as other modules use it. What an actor may not search they cannot search through it either. */
export class PatentCorpus {
  readonly #search: PatentSearch;

  constructor(readonly platform: Platform) {
    this.#search = new PatentSearch(platform, openPlaces(platform.pack), new Schemes(platform));
  }

  /** The version that readers see now; grows with every batch of every import. */
  async version(): Promise<number> {
    return (await corpusState(withPatents(this.platform.records))).published;
  }

  /** Reads a query without running it. @throws AppError `patents_query`, `patents_filter` */
  async check(query: KeptQuery, actor: Actor, lang: Lang): Promise<{ reading: string }> {
    return { reading: (await this.#search.ask(query, actor, lang)).reading?.reading ?? '' };
  }

  /** How many publications a query finds. */
  async count(query: KeptQuery, actor: Actor, lang: Lang): Promise<number> {
    const { where, params } = await this.#search.ask(query, actor, lang);
    const shown = await this.#shown();
    const [row] = await bounded(() =>
      select<{ n: string }>(
        this.platform.stores.corpus,
        `select count() as n from patent_document where ${where} and ${shown}`,
        params,
      ),
    );
    return Number(row?.n ?? 0);
  }

  /** All publication numbers that a query finds, in the order of numbers, in pages of at most `size`. */
  async *numbers(query: KeptQuery, actor: Actor, lang: Lang, size = 10_000): AsyncGenerator<string[]> {
    const { where, params } = await this.#search.ask(query, actor, lang);
    const shown = await this.#shown();
    let after = '';
    for (;;) {
      const rows = await bounded(() =>
        select<{ number: string }>(
          this.platform.stores.corpus,
          `select number from patent_document where ${where} and ${shown} and number > {afterNumber:String}
            order by number limit {pageSize:UInt64}`,
          { ...params, afterNumber: after, pageSize: size },
        ),
      );
      if (rows.length > 0) yield rows.map((row) => row.number);
      if (rows.length < size) return;
      after = rows.at(-1)!.number;
    }
  }

  /** A random sample of a query's result, the same for the same seed. */
  async sample(query: KeptQuery, actor: Actor, lang: Lang, size: number, seed: number): Promise<string[]> {
    const { where, params } = await this.#search.ask(query, actor, lang);
    const shown = await this.#shown();
    const rows = await bounded(() =>
      select<{ number: string }>(
        this.platform.stores.corpus,
        `select number from patent_document where ${where} and ${shown}
          order by sipHash64(number, {sampleSeed:UInt64}), number limit {sampleSize:UInt64}`,
        { ...params, sampleSeed: seed, sampleSize: size },
      ),
    );
    return rows.map((row) => row.number);
  }

  /** Which of some publications a query finds. */
  async among(query: KeptQuery, numbers: readonly string[], actor: Actor, lang: Lang): Promise<Set<string>> {
    if (numbers.length === 0) return new Set();
    const { where, params } = await this.#search.ask(query, actor, lang);
    const shown = await this.#shown();
    const rows = await bounded(() =>
      select<{ number: string }>(
        this.platform.stores.corpus,
        `select number from patent_document where number in ({amongNumbers:Array(String)}) and ${where} and ${shown}`,
        { ...params, amongNumbers: numbers },
      ),
    );
    return new Set(rows.map((row) => row.number));
  }

  /**
   * What changed in a query's result after version `from` up to `to` (both published). Rows that were replaced stay in
   * the corpus until every reader registered with {@link keepFrom} has seen their end.
   */
  async difference(
    query: KeptQuery,
    from: number,
    to: number,
    actor: Actor,
    lang: Lang,
  ): Promise<Difference> {
    const [result] = await this.differences([{ query, actor }], from, to, lang);
    if (result instanceof Error) throw result;
    return result!;
  }

  /**
   * The same for many queries in one pass over the rows that changed, which is far cheaper than asking one by one. A query
   * that cannot be asked has its error in its place.
   */
  async differences(
    asks: readonly CorpusAsk[],
    from: number,
    to: number,
    lang: Lang,
  ): Promise<(Difference | AppError)[]> {
    const groups = await this.#search.groups();
    const read = await Promise.all(
      asks.map(({ query, actor }, i) =>
        this.#search.ask(query, actor, lang, groups, 'read', `a${i}_`).catch(expected),
      ),
    );
    const asked = read.filter((one): one is Asked => !(one instanceof AppError));
    const found = await this.#among(asked, from, to);
    let at = 0;
    return read.map((one) => (one instanceof AppError ? one : found[at++]!));
  }

  /** One statement for all; where that is more than the corpus can do, in halves, so that one heavy query stands alone. */
  async #among(asked: readonly Condition[], from: number, to: number): Promise<(Difference | AppError)[]> {
    if (asked.length === 0) return [];
    try {
      return await bounded(() => changesOf(this.platform.stores.corpus, asked, from, to));
    } catch (error) {
      if (asked.length === 1) return [expected(error)];
      const half = asked.length >> 1;
      return [
        ...(await this.#among(asked.slice(0, half), from, to)),
        ...(await this.#among(asked.slice(half), from, to)),
      ];
    }
  }

  /** Publications as a result list shows them, in the order given; unknown numbers are left out. */
  async hits(numbers: readonly string[]): Promise<PatentHit[]> {
    if (numbers.length === 0) return [];
    const rows = await select<{ doc: number; number: string }>(
      this.platform.stores.corpus,
      `select doc, number from patent_document where number in ({numbers:Array(String)}) and ${await this.#shown()}`,
      { numbers },
    );
    const docs = new Map(rows.map((row) => [row.number, row.doc]));
    const known = numbers.filter((n) => docs.has(n));
    const keys = {
      docs: known.map((n) => docs.get(n)!),
      grouped: known.map(() => 1),
      values: known.map(() => 0),
      next: null,
    };
    return readHits(this.platform.stores.corpus, keys, new Map(), 'newest', null);
  }

  /** Rows that were replaced after this version must stay: somebody has not looked at their end yet. */
  async keepFrom(reader: string, version: number): Promise<void> {
    await withPatents(this.platform.records)
      .insertInto('patentReader')
      .values({ reader, version })
      .onConflict((oc) => oc.column('reader').doUpdateSet({ version }))
      .execute();
  }

  async #shown(): Promise<string> {
    return live(await corpusState(withPatents(this.platform.records)));
  }
}

/** An error that says something about the question; anything else is thrown on. */
function expected(error: unknown): AppError {
  if (error instanceof AppError && error.status < 500) return error;
  throw error;
}
