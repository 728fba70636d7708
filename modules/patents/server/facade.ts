import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import type { PatentHit, PatentQuery } from '../contract.ts';
import { Schemes } from './classes/schemes.ts';
import { select } from './corpus/client.ts';
import { corpusState, live } from './corpus/state.ts';
import { openPlaces } from './places.ts';
import { readHits } from './search/page.ts';
import { bounded } from './search/search.ts';
import { PatentSearch } from './search/service.ts';
import { withPatents } from './tables.ts';

/** A query as other modules keep and run it. */
export type KeptQuery = Pick<PatentQuery, 'q' | 'dialect' | 'filter'>;

/** What changed in a result between two versions of the corpus. Publication numbers, sorted. */
export interface Difference {
  /** Match now and did not before. */
  fresh: string[];
  /** Matched before and match now, with other content. */
  changed: string[];
  /** Matched before and match no longer, or were taken back. */
  gone: string[];
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
    const { where, params } = await this.#search.ask(query, actor, lang);
    return this.#difference(where, params, from, to);
  }

  /** The same for a list of publications. */
  async differenceOf(numbers: readonly string[], from: number, to: number): Promise<Difference> {
    return this.#difference(
      'number in ({watchedNumbers:Array(String)})',
      { watchedNumbers: numbers },
      from,
      to,
    );
  }

  async #difference(
    where: string,
    params: Record<string, unknown>,
    from: number,
    to: number,
  ): Promise<Difference> {
    const range = { ...params, fromVersion: from, toVersion: to };
    const ended =
      'doc in (select doc from patent_dead where version > {fromVersion:UInt32} and version <= {toVersion:UInt32})';
    const [before, after] = await bounded(() =>
      Promise.all([
        select<{ number: string }>(
          this.platform.stores.corpus,
          `select distinct number from patent_document
            where version <= {fromVersion:UInt32} and ${ended} and ${where}`,
          range,
        ),
        select<{ number: string }>(
          this.platform.stores.corpus,
          `select distinct number from patent_document
            where version > {fromVersion:UInt32} and version <= {toVersion:UInt32} and not (${ended}) and ${where}`,
          range,
        ),
      ]),
    );
    const was = new Set(before.map((row) => row.number));
    const is = new Set(after.map((row) => row.number));
    const sorted = (list: Iterable<string>) => [...list].sort();
    return {
      fresh: sorted([...is].filter((n) => !was.has(n))),
      changed: sorted([...is].filter((n) => was.has(n))),
      gone: sorted([...was].filter((n) => !is.has(n))),
    };
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
