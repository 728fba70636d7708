import type { Kysely } from 'kysely';
import type { LogEntry } from '../../contract.ts';
import { accountOf, type Bench, type By, records } from '../bench.ts';
import type { WorkbenchTables } from '../tables.ts';
import { openObject } from './access.ts';

/** Numbers that a page of the log shows of one line. */
const SHOWN = 100;

/** Appends a line to the log of a collection or tree, in the transaction of the change. */
export async function log(
  bench: Bench,
  trx: Kysely<WorkbenchTables>,
  by: Pick<By, 'actor'>,
  line: {
    object: string;
    action: string;
    numbers?: readonly string[];
    detail?: Record<string, unknown>;
  },
): Promise<void> {
  await trx
    .insertInto('workbenchLog')
    .values({
      object: line.object,
      at: bench.platform.clock.now(),
      account: accountOf(by),
      accountName: by.actor.name,
      action: line.action,
      numbers: [...(line.numbers ?? [])],
      detail: JSON.stringify(line.detail ?? {}),
    })
    .execute();
}

/** A page of the log, latest first; for those who may edit. */
export async function listLog(
  bench: Bench,
  by: By,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ entries: LogEntry[]; next: string | null }> {
  await openObject(records(bench), by, id, 'edit');
  let query = records(bench)
    .selectFrom('workbenchLog')
    .selectAll()
    .where('object', '=', id)
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined && /^\d{1,15}$/.test(cursor)) query = query.where('seq', '<', Number(cursor));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  return {
    entries: page.map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      person: { id: row.account, name: row.accountName },
      action: row.action,
      numbers: row.numbers.slice(0, SHOWN),
      count: row.numbers.length,
      detail: row.detail,
    })),
    next: rows.length > limit ? String(page.at(-1)!.seq) : null,
  };
}
