import { sql } from 'kysely';
import { AppError } from '#kernel/errors';
import type { JobContext } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { Trx } from '#kernel/records';
import { accessTo } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { type Intent, type Outcome, write } from '../entries/write.ts';
import type { Writing } from '../entries/writing.ts';
import { schemaState } from '../schemas.ts';
import type { EntryData } from '../tables.ts';
import { actorOf } from './actor.ts';
import { batchError } from './errors.ts';
import { errorIssue } from './issues.ts';
import { type BatchRow, findBatch } from './prepare.ts';
import { type RowIssue, withBatches } from './tables.ts';

/** Rows written in one transaction. */
const CHUNK = 1000;

/** A row that is still to be written. */
interface Todo {
  row: number;
  kind: 'added' | 'changed';
  no: string | null;
  version: number | null;
  data: EntryData | null;
  changed: string[];
}

/**
 * Writes the rows of a prepared batch, a thousand in a transaction that also notes that they are written: a run that ends
 * half-way goes on where it stopped. A row whose entry was changed meanwhile, or whose key was taken, is refused with who
 * and when, and the others are not disturbed.
 */
export async function apply(platform: Platform, id: string, context: JobContext): Promise<void> {
  const batch = await findBatch(platform, id);
  if (batch?.state !== 'applying') return;
  const model = registerOf(platform.pack, batch.register);
  const actor = await actorOf(platform, batch);
  const writing: Writing = {
    platform,
    model,
    actor,
    access: await accessTo(platform, actor, model),
    requestId: null,
    schemaVersion: schemaState(platform, batch.register).version,
    batch: id,
  };
  let done = batch.done;
  try {
    let next = rowsAfter(platform, id, 0);
    for (;;) {
      const todo = await next;
      const last = todo.at(-1);
      if (!last) break;
      if (context.stopping) return;
      // While these are written the next ones are fetched.
      next = rowsAfter(platform, id, last.row);
      next.catch(() => undefined);
      done += await platform.records.transaction().execute((trx) => chunk(trx, writing, batch, todo));
      context.progress(done, batch.total);
    }
  } catch (error) {
    // What is written stays; the same file again finds it unchanged and does the rest.
    const text = error instanceof AppError ? error.text : batchError('registers_batch_failed', { id }).text;
    await end(platform, id, { state: 'failed', error: JSON.stringify(text) as never });
    throw error;
  }
  await end(platform, id, { state: 'done' });
}

async function end(platform: Platform, id: string, set: object): Promise<void> {
  await withBatches(platform.records)
    .updateTable('registerBatch')
    .set({ ...set, finishedAt: platform.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'applying')
    .execute();
}

/** The next rows that are to be written. */
async function rowsAfter(platform: Platform, id: string, after: number): Promise<Todo[]> {
  const rows = await withBatches(platform.records)
    .selectFrom('registerBatchRow')
    .select(['row', 'kind', 'no', 'version', 'data', 'changed'])
    .where('batch', '=', id)
    .where('kind', 'in', ['added', 'changed'])
    .where('applied', '=', false)
    .where('row', '>', after)
    .orderBy('row')
    .limit(CHUNK)
    .execute();
  return rows as Todo[];
}

async function chunk(trx: Trx, writing: Writing, batch: BatchRow, fetched: readonly Todo[]): Promise<number> {
  const db = withBatches(trx);
  // Two workers never write the same rows: who comes second sees here what the first one did.
  await db.selectFrom('registerBatch').select('id').where('id', '=', batch.id).forUpdate().execute();
  const { rows: open } = await sql<{ row: number }>`
    select row from register_batch_row
     where batch = ${batch.id} and row = any(${fetched.map((r) => r.row)}::int[])
       and kind in ('added', 'changed') and not applied`.execute(trx);
  const still = new Set(open.map((r) => r.row));
  const todo = fetched.filter((r) => still.has(r.row));
  if (todo.length === 0) return 0;
  const outcomes: Outcome[] = [];
  for (const group of groupsOf(writing, todo))
    outcomes.push(
      ...(await write(
        trx,
        writing,
        group.map((row) => intentOf(batch, row)),
      )),
    );
  await note(trx, batch.id, todo, outcomes);
  return todo.length;
}

/**
 * Rows that are written together. Those that change a reference stand alone: only what is stored already can show that a
 * reference leads back. To a new entry nothing leads yet.
 */
function groupsOf({ model }: Writing, todo: readonly Todo[]): Todo[][] {
  const refers = new Set(
    model.fields
      .filter((f) => f.type === 'reference' || f.items.some((i) => i.type === 'reference'))
      .map((f) => f.key),
  );
  const groups: Todo[][] = [];
  let open = false;
  for (const row of todo) {
    const alone = row.kind === 'changed' && row.changed.some((key) => refers.has(key));
    if (open && !alone) groups.at(-1)?.push(row);
    else groups.push([row]);
    open = !alone;
  }
  return groups;
}

function intentOf(batch: BatchRow, row: Todo): Intent {
  const { reason, basis, request } = batch;
  const why = { reason, basis };
  const version = row.version ?? 0;
  if (request.kind === 'import' && row.kind === 'added')
    return { ...why, kind: 'create', data: row.data ?? {}, state: request.state };
  const no = row.no ?? '';
  if (request.kind === 'bulk' && 'action' in request.change) {
    const { action, on } = request.change;
    return { ...why, kind: 'act', no, version, action, on: on ?? undefined };
  }
  const data = row.data ?? {};
  return batch.mode === 'change' && batch.fromDay !== null
    ? { ...why, kind: 'change', no, version, data, from: batch.fromDay }
    : { ...why, kind: 'correct', no, version, data };
}

/** Notes what became of the rows, and counts those that were refused as such. */
async function note(
  trx: Trx,
  batch: string,
  todo: readonly Todo[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const applied: { row: number; no: string }[] = [];
  const refused: { row: number; issues: RowIssue[] }[] = [];
  const less = { added: 0, changed: 0 };
  for (const [i, { row, kind }] of todo.entries()) {
    const outcome = outcomes[i];
    if (outcome?.ok) applied.push({ row, no: outcome.no });
    else {
      refused.push({ row, issues: outcome ? [errorIssue(outcome.error)] : [] });
      less[kind] += 1;
    }
  }
  await noteRows(trx, batch, applied, refused);
  await withBatches(trx)
    .updateTable('registerBatch')
    .set((eb) => ({
      added: eb('added', '-', less.added),
      changed: eb('changed', '-', less.changed),
      rejected: eb('rejected', '+', refused.length),
      done: eb('done', '+', todo.length),
    }))
    .where('id', '=', batch)
    .execute();
}

async function noteRows(
  trx: Trx,
  batch: string,
  applied: readonly { row: number; no: string }[],
  refused: readonly { row: number; issues: RowIssue[] }[],
): Promise<void> {
  if (applied.length > 0)
    await sql`
      update register_batch_row r set applied = true, no = x.no
      from jsonb_to_recordset(${JSON.stringify(applied)}::jsonb) as x(row int, no text)
      where r.batch = ${batch} and r.row = x.row`.execute(trx);
  if (refused.length > 0)
    await sql`
      update register_batch_row r set kind = 'rejected', issues = x.issues
      from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as x(row int, issues jsonb)
      where r.batch = ${batch} and r.row = x.row`.execute(trx);
}
