import { setImmediate as breathe } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import {
  fromRow,
  hashOf,
  type Locate,
  merge,
  type PatentContent,
  STORED_COLUMNS,
  type StoredRow,
  toRow,
} from './content.ts';
import { insertLines, select } from './corpus.ts';

/** One accepted row of a batch. */
export interface BatchRow {
  row: number;
  content: PatentContent;
}

/** What a batch did; every row is in exactly one of the counts. */
export interface BatchCounts {
  accepted: number;
  updated: number;
  unchanged: number;
}

/** Which import and batch is being written, and where it stands in the order of all writes. */
export interface BatchStamp {
  importId: string;
  batch: number;
  /** Decimal; higher than that of every earlier write. */
  version: string;
  at: Date;
  demo: boolean;
}

interface Known {
  sourceHash: string;
  contentHash: string;
  /** Read from the corpus only where it is needed. */
  content: PatentContent | null;
}

/** Publications that are looked at together: bounds the memory for merging and the time without a breath. */
const CHUNK = 500;
/** Rows gathered before they are sent; small enough to arrive as one block. */
const INSERT_BYTES = 7 << 20;

/**
 * Writes a batch and says which rows were new, changed something, or said nothing new. What this batch or a later one of
 * the same import wrote is not looked at, so repeating a batch after a crash gives the same counts and the same rows. The
 * caller lets only one batch of the whole corpus run at a time.
 */
export async function writeBatch(
  corpus: ClickHouseClient,
  rows: readonly BatchRow[],
  stamp: BatchStamp,
  locate: Locate,
): Promise<BatchCounts> {
  const counts: BatchCounts = { accepted: 0, updated: 0, unchanged: 0 };
  const byNumber = new Map<string, BatchRow[]>();
  for (const row of rows) {
    const list = byNumber.get(row.content.number);
    if (list) list.push(row);
    else byNumber.set(row.content.number, [row]);
  }
  const known = await findKnown(corpus, [...byNumber.keys()], stamp);
  const out = new Writer(corpus);
  const groups = [...byNumber];
  for (let from = 0; from < groups.length; from += CHUNK) {
    const chunk = groups.slice(from, from + CHUNK);
    const hashed = chunk.map(([number, group]) => ({
      number,
      group: group.map((row) => ({ ...row, hash: hashOf(row.content) })),
    }));
    const changed = hashed.filter(({ number, group }) => {
      const before = known.get(number);
      return before && group.some((row) => row.hash !== before.sourceHash);
    });
    await readContents(corpus, changed, known);
    for (const { number, group } of hashed) {
      let state = known.get(number) ?? null;
      let last: { row: number } | null = null;
      for (const { row, content, hash } of group) {
        const next = apply(state, content, hash);
        counts[next.outcome] += 1;
        if (next.outcome !== 'unchanged') {
          state = next.state;
          last = { row };
        }
      }
      if (last && state?.content) {
        const { importId, batch, version, demo } = stamp;
        const at = stamp.at.toISOString().slice(0, 19).replace('T', ' ');
        const { sourceHash, contentHash } = state;
        const rowStamp = { importId, batch, version, demo, at, row: last.row, sourceHash, contentHash };
        await out.add(toRow(state.content, rowStamp, locate));
      }
    }
    await breathe();
  }
  await out.flush();
  return counts;
}

function apply(
  before: Known | null,
  content: PatentContent,
  hash: string,
): { outcome: keyof BatchCounts; state: Known | null } {
  if (!before) return { outcome: 'accepted', state: { sourceHash: hash, contentHash: hash, content } };
  if (before.sourceHash === hash) return { outcome: 'unchanged', state: before };
  const merged = before.content ? merge(before.content, content) : content;
  const contentHash = hashOf(merged);
  if (contentHash === before.contentHash) return { outcome: 'unchanged', state: before };
  return { outcome: 'updated', state: { sourceHash: hash, contentHash, content: merged } };
}

/** What the corpus knew of these publications before this batch. */
async function findKnown(
  corpus: ClickHouseClient,
  numbers: readonly string[],
  stamp: BatchStamp,
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (numbers.length === 0) return known;
  // A line of history counts only where the row itself arrived: an insert may break off between the two tables.
  const rows = await select<{ number: string; source: string; content: string }>(
    corpus,
    `select number, argMax(source_hash, version) as source, argMax(content_hash, version) as content
        from patent_history
       where number in ({numbers:Array(String)})
         and not (import_id = {importId:UUID} and import_batch >= {batch:UInt32})
         and number in (select number from patent where number in ({numbers:Array(String)}))
       group by number`,
    { numbers, importId: stamp.importId, batch: stamp.batch },
  );
  for (const row of rows)
    known.set(row.number, { sourceHash: row.source, contentHash: row.content, content: null });
  return known;
}

async function readContents(
  corpus: ClickHouseClient,
  changed: readonly { number: string }[],
  known: Map<string, Known>,
): Promise<void> {
  if (changed.length === 0) return;
  const rows = await select<StoredRow>(
    corpus,
    `select ${STORED_COLUMNS} from patent final where number in ({numbers:Array(String)})`,
    { numbers: changed.map((c) => c.number) },
  );
  for (const row of rows) known.get(row.number)!.content = fromRow(row);
}

/** Gathers rows and sends them as blocks; one block is on its way while the next one fills. */
class Writer {
  #rows: string[] = [];
  #bytes = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(readonly corpus: ClickHouseClient) {}

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
    this.#sending = insertLines(this.corpus, body);
    // Its failure is reported when it is awaited.
    this.#sending.catch(() => {});
  }
}
