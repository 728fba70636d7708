import type { ClickHouseClient } from '@clickhouse/client';
import { sql } from 'kysely';
import type { PatentTrx } from '../tables.ts';
import { insertLines, select } from './client.ts';
import type { Locate, PatentContent } from './content.ts';
import { applicantRows, toDocument } from './document.ts';
import { type CorpusState, live } from './state.ts';

/** A record to be written; it replaces the one of its number that readers see, if there is one. */
export interface Replacement {
  content: PatentContent;
  importId: string;
  row: number;
  /** `YYYY-MM-DD hh:mm:ss` UTC. */
  at: string;
  demo: boolean;
}

/** What was written and is not published yet. */
export interface Written {
  /** Rows that were replaced or taken away. */
  dead: number;
  /** By how much the number of records changed. */
  more: number;
}

/** Rows gathered before they are sent; small enough to arrive as one block. */
const INSERT_BYTES = 7 << 20;

/** Gathers rows and sends them as blocks; one block is on its way while the next one fills. */
export class Writer {
  #rows: string[] = [];
  #bytes = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    readonly corpus: ClickHouseClient,
    readonly table: string,
  ) {}

  async add(row: Record<string, unknown>): Promise<void> {
    const line = JSON.stringify(row);
    this.#rows.push(line);
    this.#bytes += Buffer.byteLength(line) + 1;
    if (this.#bytes >= INSERT_BYTES) await this.#send();
  }

  /** Sends the rest and waits until everything is acknowledged. */
  async flush(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  async #send(): Promise<void> {
    await this.#sending;
    if (this.#rows.length === 0) return;
    const body = Buffer.from(this.#rows.join('\n'));
    this.#rows = [];
    this.#bytes = 0;
    this.#sending = insertLines(this.corpus, this.table, body);
    // Its failure is reported when it is awaited.
    this.#sending.catch(() => {});
  }
}

/** Writes records as rows of a version, and marks the rows that they replace. `gone`: numbers whose record ends. */
export async function writeDocuments(
  corpus: ClickHouseClient,
  trx: PatentTrx,
  replacements: readonly Replacement[],
  version: number,
  state: CorpusState,
  locate: Locate,
  gone: readonly string[] = [],
): Promise<Written> {
  const old = await liveDocs(corpus, [...replacements.map((r) => r.content.number), ...gone], state);
  let doc = await takeOrdinals(trx, replacements.length);
  const documents = new Writer(corpus, 'patent_document');
  const names = new Writer(corpus, 'patent_applicant');
  const sent = new Set<string>();
  for (const r of replacements) {
    const { importId, row, at, demo } = r;
    await documents.add(toDocument(r.content, { doc, version, importId, row, at, demo }, locate));
    doc += 1;
    for (const name of applicantRows(r.content)) {
      const key = `${name.id} ${name.name}`;
      if (sent.has(key)) continue;
      sent.add(key);
      await names.add(name);
    }
  }
  await names.flush();
  await documents.flush();
  if (old.length > 0) {
    const dead = new Writer(corpus, 'patent_dead');
    for (const one of old) await dead.add({ doc: one, version });
    await dead.flush();
  }
  return { dead: old.length, more: replacements.length - old.length };
}

/** Lets readers see everything up to a version. */
export async function publish(trx: PatentTrx, version: number, { dead, more }: Written): Promise<void> {
  await sql`insert into patent_corpus as c (published, dead, documents) values (${version}, ${dead}, ${more})
      on conflict (id) do update set published = excluded.published, dead = c.dead + excluded.dead,
        documents = c.documents + excluded.documents`.execute(trx);
}

async function liveDocs(
  corpus: ClickHouseClient,
  numbers: readonly string[],
  state: CorpusState,
): Promise<number[]> {
  if (numbers.length === 0) return [];
  const rows = await select<{ doc: number }>(
    corpus,
    `select doc from patent_document where number in ({numbers:Array(String)}) and ${live(state)}`,
    { numbers },
  );
  return rows.map((row) => row.doc);
}

async function takeOrdinals(trx: PatentTrx, count: number): Promise<number> {
  const { rows } = await sql<{ first: string }>`
    insert into patent_corpus as c (next_doc) values (1 + ${count}::bigint)
      on conflict (id) do update set next_doc = c.next_doc + ${count}::bigint
      returning (next_doc - ${count})::text as first`.execute(trx);
  return Number(rows[0]!.first);
}
