import { setImmediate as breathe } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { PatentTrx } from '../tables.ts';
import { select } from './client.ts';
import { hashOf, type Locate, type PatentContent } from './content.ts';
import { resolve, type Statement } from './resolve.ts';
import { type CorpusState, corpusState, removeUnpublished, UNPUBLISHED } from './state.ts';
import { type Loads, loadLoads, readStatements } from './statements.ts';
import { publish, type Replacement, Writer, writeDocuments } from './write.ts';

/** One accepted row of a batch. */
export interface BatchRow {
  row: number;
  content: PatentContent;
}

/** What a batch did; every row is in exactly one of the counts or among the orphans. */
export interface BatchCounts {
  accepted: number;
  updated: number;
  unchanged: number;
}

/** Which import and batch is being written, and where it stands in the order of all writes. */
export interface BatchStamp {
  importId: string;
  /** Higher than that of every earlier write. */
  version: number;
  at: Date;
  demo: boolean;
}

/** What came of a batch. */
export interface BatchResult {
  counts: BatchCounts;
  /** Rows that only add to a record which nobody knows. */
  orphans: number[];
}

/** Publications that are looked at together: bounds the memory for merging and the time without a breath. */
const CHUNK = 500;

/**
 * Writes a batch and says which rows were new, changed something, or said nothing new. Everything that it writes becomes
 * visible when the transaction commits, all at once; until then it does not exist for readers, so repeating a batch after
 * a crash gives the same counts and the same rows. The caller holds the lock of the corpus in the transaction.
 */
export async function writeBatch(
  corpus: ClickHouseClient,
  trx: PatentTrx,
  rows: readonly BatchRow[],
  stamp: BatchStamp,
  locate: Locate,
): Promise<BatchResult> {
  const state = await readyState(corpus, trx);
  const counts: BatchCounts = { accepted: 0, updated: 0, unchanged: 0 };
  const orphans: number[] = [];
  const byNumber = new Map<string, BatchRow[]>();
  for (const row of rows) {
    const list = byNumber.get(row.content.number);
    if (list) list.push(row);
    else byNumber.set(row.content.number, [row]);
  }
  const loads = await loadLoads(trx);
  const own = loads.get(stamp.importId);
  if (!own) throw new Error(`the import ${stamp.importId} is not there`);
  const hashes = await lastHashes(corpus, [...byNumber.keys()], state, loads);
  const at = stamp.at.toISOString().slice(0, 19).replace('T', ' ');
  const statements = new Writer(corpus, 'patent_statement');
  const replacements: Replacement[] = [];
  const groups = [...byNumber].map(([number, group]) => ({
    number,
    group: group.map((row) => ({ ...row, hash: hashOf(row.content) })),
  }));
  for (let from = 0; from < groups.length; from += CHUNK) {
    const chunk = groups.slice(from, from + CHUNK);
    const known = chunk.filter(({ number, group }) => {
      const before = hashes.get(number);
      return before && group.some((row) => row.hash !== before.get(own.source));
    });
    const said = await readStatements(
      corpus,
      known.map((k) => k.number),
      state,
      loads,
    );
    for (const { number, group } of chunk) {
      const before = hashes.get(number);
      let last = before?.get(own.source) ?? '';
      const all: Statement[] = said.get(number) ?? [];
      let current = all.length > 0 ? resolve(all).content : null;
      const initial = current === null ? '' : hashOf(current);
      let standing = initial;
      let latest = 0;
      for (const { row, content, hash } of group) {
        if (hash === last) {
          counts.unchanged += 1;
          continue;
        }
        const statement = { importId: stamp.importId, row, version: stamp.version, ...own, content };
        const next = resolve([...all, statement]).content;
        if (next.title === '') {
          orphans.push(row);
          continue;
        }
        all.push(statement);
        last = hash;
        const now = next === content ? hash : hashOf(next);
        if (current === null) counts.accepted += 1;
        else if (now === standing) counts.unchanged += 1;
        else counts.updated += 1;
        if (now !== standing) latest = row;
        current = next;
        standing = now;
        await statements.add({
          number,
          version: stamp.version,
          import_id: stamp.importId,
          import_row: row,
          imported_at: at,
          source_hash: hash,
          content: JSON.stringify(content),
        });
      }
      // What was changed and changed back within one batch is the same record.
      if (latest > 0 && current && standing !== initial) {
        replacements.push({
          content: current,
          importId: stamp.importId,
          row: latest,
          at,
          demo: stamp.demo,
        });
      }
    }
    await breathe();
  }
  // Both at once; whatever fails, nothing may still be under way when the transaction ends.
  const said = statements.flush();
  said.catch(() => {});
  const written = await writeDocuments(corpus, trx, replacements, stamp.version, state, locate).finally(
    () => said,
  );
  await publish(trx, stamp.version, written);
  return { counts, orphans };
}

/** The state, after removing what an earlier writer left behind unpublished. */
export async function readyState(corpus: ClickHouseClient, trx: PatentTrx): Promise<CorpusState> {
  const state = await corpusState(trx);
  const [left] = await select<{ rows: string }>(corpus, UNPUBLISHED, { published: state.published });
  if (Number(left?.rows ?? 0) > 0) await removeUnpublished(corpus, state);
  return state;
}

/** For each publication that somebody spoke of, the last thing that each source said of it, as a hash. */
async function lastHashes(
  corpus: ClickHouseClient,
  numbers: readonly string[],
  state: CorpusState,
  loads: Loads,
): Promise<Map<string, Map<string, string>>> {
  const result = new Map<string, Map<string, string>>();
  if (numbers.length === 0) return result;
  const rows = await select<{ number: string; import_id: string; hash: string }>(
    corpus,
    `select number, import_id, argMax(source_hash, (version, import_row)) as hash
       from patent_statement
      where number in ({numbers:Array(String)}) and version <= {published:UInt32}
      group by number, import_id
      order by max(version)`,
    { numbers, published: state.published },
  );
  for (const row of rows) {
    const load = loads.get(row.import_id);
    if (!load) continue;
    const map = result.get(row.number) ?? new Map<string, string>();
    map.set(load.source, row.hash);
    result.set(row.number, map);
  }
  return result;
}
