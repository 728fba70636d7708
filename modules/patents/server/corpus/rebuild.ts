import type { ClickHouseClient } from '@clickhouse/client';
import type { PatentTrx } from '../tables.ts';
import { readyState } from './batch.ts';
import { select } from './client.ts';
import type { Locate } from './content.ts';
import { toDocument } from './document.ts';
import { resolve, type Statement } from './resolve.ts';
import { live } from './state.ts';
import { loadLoads, readStatements } from './statements.ts';
import { publish, type Replacement, writeDocuments } from './write.ts';

/**
 * Puts some records together again from what counts now: after a load was taken back, trust changed, or forms are made
 * otherwise. Records of which nobody speaks any more go. What is already right is left alone. The caller holds the lock.
 */
export async function rebuild(
  corpus: ClickHouseClient,
  trx: PatentTrx,
  numbers: readonly string[],
  version: number,
  locate: Locate,
): Promise<void> {
  const state = await readyState(corpus, trx);
  const loads = await loadLoads(trx);
  const said = await readStatements(corpus, numbers, state, loads);
  const rows = await select<Record<string, unknown> & { number: string }>(
    corpus,
    `select * except (doc, version, imported_at, import_id, import_row, demo), toString(family_key) as family_key,
            arrayMap(a -> toString(a), applicant_ids) as applicant_ids
       from patent_document where number in ({numbers:Array(String)}) and ${live(state)}`,
    { numbers },
  );
  const now = new Map(rows.map((row) => [row.number, row]));
  const replacements: Replacement[] = [];
  const gone: string[] = [];
  for (const number of numbers) {
    const statements = said.get(number) ?? [];
    const record = statements.length === 0 ? null : resolve(statements);
    if (!record || record.content.title === '') {
      if (now.has(number)) gone.push(number);
      continue;
    }
    const last = latest(statements);
    const current = now.get(number);
    const stamp = { doc: 0, version: 0, importId: last.importId, row: last.row, at: '', demo: false };
    if (current && same(toDocument(record.content, stamp, locate), current)) continue;
    const at = new Date().toISOString().slice(0, 19).replace('T', ' ');
    replacements.push({
      content: record.content,
      importId: last.importId,
      row: last.row,
      at,
      demo: last.source === 'demo',
    });
  }
  if (replacements.length + gone.length === 0) return;
  await publish(trx, version, await writeDocuments(corpus, trx, replacements, version, state, locate, gone));
}

function latest(statements: readonly Statement[]): Statement {
  return statements.reduce((a, b) => (b.version >= a.version ? b : a));
}

/** Whether a stored row says the same as a new one would. */
function same(made: Record<string, unknown>, stored: Record<string, unknown>): boolean {
  return Object.entries(stored).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(made[name]),
  );
}
