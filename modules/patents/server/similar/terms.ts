import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { countTerms } from './tokens.ts';

/** A document as "more like this" sees it. */
export interface TermDoc {
  number: string;
  /** Order of writes, decimal; of several texts for one number the highest counts. */
  version: string;
  title: string;
  abstract: string;
}

/** Rows gathered before they are sent. */
const INSERT_BYTES = 8 << 20;
/** Documents between two breaths. */
const STRIDE = 64;

/** What is known of a number: the ordinal of its text, and ordinals that are left over. */
interface Known {
  id: number;
  hash: string;
  former: number[];
}

/**
 * Takes documents into the index of terms. A text that did not change is left alone; a changed one gets a new ordinal, and the
 * former one no longer counts. Whatever is broken off by a crash counts for nothing, and repeating the call gives what it
 * would have given. The caller lets only one call of the whole corpus run at a time (as with batches of an import).
 * @returns how many documents were written.
 */
export async function indexTerms(corpus: ClickHouseClient, docs: readonly TermDoc[]): Promise<number> {
  const newest = new Map<string, TermDoc>();
  for (const doc of docs) {
    const other = newest.get(doc.number);
    if (!other || BigInt(other.version) <= BigInt(doc.version)) newest.set(doc.number, doc);
  }
  const top = await buryBroken(corpus);
  const known = await findKnown(corpus, [...newest.keys()]);
  const fresh: { doc: TermDoc; hash: string }[] = [];
  const dead: number[] = [];
  for (const doc of newest.values()) {
    const hash = textHash(doc);
    const before = known.get(doc.number);
    if (before) dead.push(...before.former);
    if (before?.hash === hash) continue;
    if (before) dead.push(before.id);
    fresh.push({ doc, hash });
  }
  if (fresh.length > 0) {
    await insert(corpus, 'patent_term_span', [JSON.stringify({ first: top + 1, last: top + fresh.length })]);
    const rows = await writeTerms(corpus, fresh, top + 1);
    await insert(corpus, 'patent_term_doc', rows);
  }
  await bury(corpus, dead);
  return fresh.length;
}

/** Takes documents out of the index of terms; numbers that are not in it change nothing. One call at a time, as above. */
export async function forgetTerms(corpus: ClickHouseClient, numbers: readonly string[]): Promise<void> {
  const known = await findKnown(corpus, numbers);
  await bury(
    corpus,
    [...known.values()].flatMap((k) => [k.id, ...k.former]),
  );
}

/** A question looks into every part of the table on disk; more than so many are joined. */
const MOST_PARTS = 4;

/**
 * Tidies up: removes the terms of dead ordinals from the disk once they are more than `share` of all, and joins the parts that
 * many batches left behind, which makes questions two times as fast. Answers are the same before, meanwhile and after. One
 * call at a time, as above.
 * @returns how many ordinals were removed.
 */
export async function sweepTerms(corpus: ClickHouseClient, share = 0.2): Promise<number> {
  await buryBroken(corpus);
  const command = (query: string) =>
    corpus.command({ query, clickhouse_settings: { max_execution_time: 0 } });
  const [counts] = await ask<{ dead: string; docs: string; parts: string }>(
    corpus,
    `select (select uniqExact(id) from patent_term_dead) as dead, (select count() from patent_term_doc) as docs,
            (select count() from system.parts where active and database = currentDatabase() and table = 'patent_term') as parts`,
  );
  const dead = Number(counts?.dead ?? 0);
  const sweep = dead > 0 && dead >= share * Number(counts?.docs ?? 0);
  if (sweep) {
    for (const table of ['patent_term', 'patent_term_doc'])
      await command(
        `alter table ${table} delete where id in (select id from patent_term_dead) settings mutations_sync = 1`,
      );
    await command('truncate table patent_term_dead');
  }
  if (Number(counts?.parts ?? 0) > MOST_PARTS) await command('optimize table patent_term final');
  return sweep ? dead : 0;
}

/** Whether any document was ever taken into the index. */
export async function hasTerms(corpus: ClickHouseClient): Promise<boolean> {
  const [found] = await ask<{ n: number }>(
    corpus,
    'select count() > 0 as n from (select first from patent_term_span limit 1)',
  );
  return Number(found?.n) === 1;
}

function textHash({ title, abstract }: TermDoc): string {
  return createHash('sha1').update(`${title}\n\n${abstract}`).digest().readBigUInt64LE(0).toString();
}

/** Ordinals of a call that did not come to its end become dead. Returns the highest ordinal ever given out. */
async function buryBroken(corpus: ClickHouseClient): Promise<number> {
  const [at] = await ask<{ top: number; written: number }>(
    corpus,
    'select (select max(last) from patent_term_span) as top, (select max(id) from patent_term_doc) as written',
  );
  const [top, written] = [Number(at?.top ?? 0), Number(at?.written ?? 0)];
  if (top > written)
    await corpus.command({
      query: `insert into patent_term_dead select number from numbers({from:UInt64}, {count:UInt64})
               where number not in (select id from patent_term_dead)`,
      query_params: { from: written + 1, count: top - written },
    });
  return Math.max(top, written);
}

async function findKnown(corpus: ClickHouseClient, numbers: readonly string[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (numbers.length === 0) return known;
  const rows = await ask<{ number: string; id: number; hash: string }>(
    corpus,
    `select number, id, text_hash as hash from patent_term_doc
      where number in ({numbers:Array(String)}) and id not in (select id from patent_term_dead) order by id`,
    { numbers },
  );
  for (const { number, id, hash } of rows) {
    const before = known.get(number);
    known.set(number, { id, hash, former: before ? [...before.former, before.id] : [] });
  }
  return known;
}

async function bury(corpus: ClickHouseClient, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await insert(
    corpus,
    'patent_term_dead',
    ids.map((id) => JSON.stringify({ id })),
  );
}

/** Sends the terms and gives the lines that say what is behind the ordinals. */
async function writeTerms(
  corpus: ClickHouseClient,
  docs: readonly { doc: TermDoc; hash: string }[],
  first: number,
): Promise<string[]> {
  const rows: string[] = [];
  let lines: string[] = [];
  let bytes = 0;
  for (const [i, { doc, hash }] of docs.entries()) {
    const terms: number[] = [];
    const tfs: number[] = [];
    let total = 0;
    for (const [code, count] of countTerms(doc.title, doc.abstract)) {
      terms.push(code);
      tfs.push(Math.min(count, 255));
      total += count;
    }
    const id = first + i;
    const len = Math.min(total, 65_535);
    rows.push(JSON.stringify({ number: doc.number, id, text_hash: hash, len }));
    lines.push(JSON.stringify({ id, len, terms, tfs }));
    bytes += lines.at(-1)!.length;
    if (bytes >= INSERT_BYTES) {
      await insert(corpus, 'patent_term_inbox', lines);
      lines = [];
      bytes = 0;
    } else if (i % STRIDE === 0) await breathe();
  }
  await insert(corpus, 'patent_term_inbox', lines);
  return rows;
}

async function insert(corpus: ClickHouseClient, table: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const { stream } = await corpus.exec({
    query: `insert into ${table} format JSONEachRow`,
    values: Readable.from([Buffer.from(lines.join('\n'))], { objectMode: false }),
    clickhouse_settings: { max_execution_time: 0 },
  });
  for await (const _ of stream);
}

async function ask<T>(
  corpus: ClickHouseClient,
  query: string,
  params: Record<string, unknown> = {},
): Promise<T[]> {
  const result = await corpus.query({ query, query_params: params, format: 'JSONEachRow' });
  return result.json<T>();
}
