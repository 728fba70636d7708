import type { ClickHouseClient } from '@clickhouse/client';
import { type Kysely, sql } from 'kysely';
import type { Platform } from '#kernel/module';
import type { TermDoc } from './terms.ts';
import type { LabelledText } from './train.ts';

/** Records that changed between two versions of the corpus. */
export interface Changes {
  docs: TermDoc[];
  /** Numbers whose record ended. */
  gone: string[];
  /** Everything up to this version was handed out. */
  version: number;
}

/** The records of the corpus as learning and "more like this" read them. */
export interface RecordTexts {
  /** What readers see now. */
  published(): Promise<number>;
  /** What is new since a version, in pages. */
  changes(after: number): AsyncGenerator<Changes>;
  /** Records with title and IPC, the newest first, in pages; generated ones are left out. */
  labelled(): AsyncGenerator<LabelledText[]>;
}

const PAGE = 2000;

/** The records as they lie in `patent_document` and `patent_corpus`. */
export function recordTexts(platform: Pick<Platform, 'records' | 'stores'>): RecordTexts {
  const { corpus } = platform.stores;
  const published = async () => {
    const { rows } = await sql<{ published: number }>`select published from patent_corpus`.execute(
      platform.records as unknown as Kysely<never>,
    );
    return Number(rows[0]?.published ?? 0);
  };
  return {
    published,
    async *changes(after) {
      const upTo = await published();
      if (upTo <= after) return;
      const numbers = await select<{ number: string }>(
        corpus,
        `select distinct number from patent_document
          where doc in (select doc from patent_dead where version > {after:UInt32} and version <= {upTo:UInt32})
            and number not in (select number from patent_document where ${LIVE})`,
        { after, upTo },
      );
      let last = 0;
      for (;;) {
        const rows = await select<{
          doc: number;
          number: string;
          version: number;
          title: string;
          abstract: string;
        }>(
          corpus,
          `select doc, number, version, title, abstract from patent_document
            where version > {after:UInt32} and ${LIVE} and doc > {last:UInt32} order by doc limit {page:UInt32}`,
          { after, upTo, last, page: PAGE },
        );
        last = rows.at(-1)?.doc ?? last;
        const end = rows.length < PAGE;
        // Only with the last page is everything of these versions handed out: ordinals and versions need not go together.
        yield {
          docs: rows.map(({ number, version, title, abstract }) => ({
            ...{ number, title, abstract },
            version: String(version),
          })),
          gone: end ? numbers.map((n) => n.number) : [],
          version: end ? upTo : after,
        };
        if (end) return;
      }
    },
    async *labelled() {
      const upTo = await published();
      let [day, doc] = [2 ** 32 - 1, 2 ** 32 - 1];
      for (;;) {
        const rows = await select<LabelledText & { day: number; doc: number }>(
          corpus,
          `select doc, publication_day as day, title, abstract, ipc_subclasses as labels from patent_document
            where demo = 0 and title != '' and notEmpty(ipc_subclasses) and ${LIVE}
              and (publication_day, doc) < ({day:UInt32}, {doc:UInt32})
            order by publication_day desc, doc desc limit {page:UInt32}`,
          { upTo, day, doc, page: PAGE },
        );
        yield rows.map(({ title, abstract, labels }) => ({ title, abstract, labels }));
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) return;
        [day, doc] = [last.day, last.doc];
      }
    },
  };
}

const LIVE =
  'version <= {upTo:UInt32} and doc not in (select doc from patent_dead where version <= {upTo:UInt32})';

async function select<T>(
  corpus: ClickHouseClient,
  query: string,
  params: Record<string, unknown>,
): Promise<T[]> {
  const result = await corpus.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    // The shortcut of ORDER BY … LIMIT loses rows beside a text index (26.7).
    clickhouse_settings: { use_top_k_dynamic_filtering: 0, max_execution_time: 120 },
  });
  return result.json<T>();
}
