import { sql } from 'kysely';
import { AppError } from '#kernel/errors';
import type { JobContext } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import type { TableRow } from '#kernel/tables/cells';
import { sniffTable } from '#kernel/tables/sniff';
import type { Text } from '#kernel/text';
import { EntryQuery } from '../../contract.ts';
import { accessTo, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { readingOf } from '../entries/entries.ts';
import type { RegisterModel } from '../fields/model.ts';
import { entriesOf } from '../lists/list.ts';
import type { ColumnMatch } from '../transfer/heads.ts';
import { OWN_COLUMNS } from '../transfer/heads.ts';
import { actorOf } from './actor.ts';
import { batchError } from './errors.ts';
import { findHead, HEAD_ROWS, rowsBelow, type SourceFile } from './file.ts';
import { formerLabels } from './former-labels.ts';
import { cityTime } from './issues.ts';
import { planBulk } from './plan-bulk.ts';
import { ImportPlanner } from './plan-import.ts';
import { addCounts, countKinds, type PlannedRow, storeRows } from './store.ts';
import { type BatchRequest, type BatchTable, withBatches } from './tables.ts';

/** Rows planned and stored at once. */
const PIECE = 1000;

/** A batch as the jobs read it. */
export type BatchRow = Omit<BatchTable, 'request' | 'notes' | 'columns' | 'error'> & {
  request: BatchRequest;
  notes: Text[];
};

/** One batch, or undefined. */
export async function findBatch(platform: Platform, id: string): Promise<BatchRow | undefined> {
  const row = await withBatches(platform.records)
    .selectFrom('registerBatch')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row as BatchRow | undefined;
}

/** Reads the file, or goes over the selected entries, and stores what would become of each row. Repeatable. */
export async function prepare(platform: Platform, id: string, context: JobContext): Promise<void> {
  const batch = await findBatch(platform, id);
  if (batch?.state !== 'preparing') return;
  // A run that ended half-way left rows behind.
  await platform.records.transaction().execute(async (trx) => {
    const db = withBatches(trx);
    await db.deleteFrom('registerBatchRow').where('batch', '=', id).execute();
    const none = { added: 0, changed: 0, unchanged: 0, rejected: 0, done: 0 };
    await db.updateTable('registerBatch').set(none).where('id', '=', id).execute();
  });
  try {
    const { request } = batch;
    const notes =
      request.kind === 'import'
        ? await prepareImport(platform, batch, request, context)
        : await prepareBulk(platform, batch, request, context);
    if (notes === null) return;
    await finish(platform, id, { state: 'ready', notes: JSON.stringify(notes) as never });
  } catch (error) {
    if (error instanceof AppError && error.status < 500) {
      await finish(platform, id, failed(platform, error.text));
      return;
    }
    await finish(platform, id, failed(platform, batchError('registers_batch_failed', { id }).text));
    throw error;
  }
}

function failed(platform: Platform, error: Text) {
  return {
    state: 'failed' as const,
    error: JSON.stringify(error) as never,
    // How much there is, nobody knows: not all of it was read, so none of it may be written.
    total: null,
    finishedAt: platform.clock.now(),
  };
}

/** Sets the end of the step, unless the batch was cancelled meanwhile. */
async function finish(platform: Platform, id: string, set: object): Promise<void> {
  await withBatches(platform.records)
    .updateTable('registerBatch')
    .set((eb) => ({ total: eb.ref('done'), ...set }))
    .where('id', '=', id)
    .where('state', '=', 'preparing')
    .execute();
}

/** Stores one piece; false once the batch was cancelled or the worker is to stop. */
async function keep(
  platform: Platform,
  id: string,
  rows: readonly PlannedRow[],
  context: JobContext,
): Promise<boolean> {
  if (context.stopping) return false;
  return platform.records.transaction().execute(async (trx) => {
    const batch = await withBatches(trx)
      .selectFrom('registerBatch')
      .select(['state', 'done'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (batch?.state !== 'preparing') return false;
    await storeRows(trx, id, rows);
    await addCounts(trx, id, countKinds(rows), rows.length);
    context.progress(batch.done + rows.length, null);
    return true;
  });
}

async function prepareImport(
  platform: Platform,
  batch: BatchRow,
  request: Extract<BatchRequest, { kind: 'import' }>,
  context: JobContext,
): Promise<Text[] | null> {
  const model = registerOf(platform.pack, batch.register);
  const actor = await actorOf(platform, batch);
  const access = await accessTo(platform, actor, model);
  const reader = { internal: somewhere(access.inside), lang: batch.lang };
  const file = await sourceOf(platform, batch);
  const head = await findHead(file, model, {
    internal: reader.internal,
    formerLabels: await formerLabels(platform, model),
    ...(request.columns && { chosen: request.columns }),
  });
  if (!head) {
    const labels = (lang: 'zh' | 'en') =>
      model.fields
        .slice(0, 3)
        .map((f) => f.label[lang])
        .join(lang === 'zh' ? '、' : ', ');
    throw batchError('registers_batch_heads', {
      rows: HEAD_ROWS,
      heads: labels('zh'),
      heads_en: labels('en'),
    });
  }
  await withBatches(platform.records)
    .updateTable('registerBatch')
    .set({ sheet: head.sheet, columns: JSON.stringify(columnsOf(head.columns)) as never })
    .where('id', '=', batch.id)
    .execute();
  const reading = await readingOf(platform, 'cell');
  const { columns } = head;
  const plan = { platform, model, access, reader, columns, state: request.state, reading };
  const planner = new ImportPlanner(plan);
  let any = false;
  // While one piece is stored the next one is read and planned.
  let stored = Promise.resolve(true);
  for await (const rows of pieces(rowsBelow(file, head))) {
    const planned = await planner.plan(rows);
    any ||= planned.length > 0;
    if (!(await stored)) return null;
    stored = keep(platform, batch.id, planned, context);
    stored.catch(() => undefined);
  }
  if (!(await stored)) return null;
  if (!any) throw batchError('registers_batch_empty');
  return [
    ...(await sameFile(platform, batch)),
    ...columnNotes(model, columns),
    ...rowNotes(planner),
    ...(await resultNotes(platform, batch.id)),
  ];
}

/** The file of an import with its format, judged by its content. */
export async function sourceOf(
  platform: Platform,
  batch: Pick<BatchRow, 'fileId' | 'sheet'>,
): Promise<SourceFile> {
  const kept = batch.fileId === null ? undefined : await platform.files.find(batch.fileId);
  if (!kept) throw batchError('registers_batch_no_file');
  const path = platform.files.pathOf(kept.sha256);
  const format = await sniffTable(path, kept.name);
  if (format !== 'xlsx' && format !== 'csv')
    throw batchError('registers_batch_format', { name: kept.name, found: format });
  return { path, format, sheet: format === 'xlsx' ? batch.sheet : null };
}

async function* pieces(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow[]> {
  let piece: TableRow[] = [];
  for await (const row of rows) {
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function columnsOf(columns: readonly ColumnMatch[]) {
  return columns
    .filter(({ head, target }) => head !== '' || target.kind !== 'ignored')
    .map(({ head, target }) => ({
      head,
      field:
        target.kind === 'field'
          ? target.field.key
          : target.kind === 'ignored'
            ? null
            : OWN_COLUMNS[target.kind],
    }));
}

const quoted = (heads: readonly string[]): Text => ({
  zh: heads.map((h) => `“${h}”`).join('、'),
  en: heads.map((h) => `“${h}”`).join(', '),
});

function columnNotes(model: RegisterModel, columns: readonly ColumnMatch[]): Text[] {
  const notes: Text[] = [];
  const heads = (why: string) =>
    columns.flatMap(({ head, target }) => (target.kind === 'ignored' && target.why === why ? [head] : []));
  const say = (found: readonly string[], zh: string, en: string) => {
    const list = quoted(found.map((h) => h.slice(0, 60)));
    if (found.length > 0)
      notes.push({ zh: zh.replace('{heads}', list.zh), en: en.replace('{heads}', list.en) });
  };
  say(
    heads('unknown'),
    '未能识别的列，没有读取：{heads}；如属于某个字段，请指定对应关系后重新导入',
    'Columns not recognised and not read: {heads}; say which field they are and import again',
  );
  say(
    heads('duplicate'),
    '重复的列，只读取了第一列：{heads}',
    'Columns given twice, only the first was read: {heads}',
  );
  say(
    heads('ambiguous'),
    '对应多个字段的列，没有读取：{heads}；请指定对应关系',
    'Columns that fit several fields and were not read: {heads}; say which they are',
  );
  const there = new Set(columns.flatMap(({ target }) => (target.kind === 'field' ? [target.field.key] : [])));
  const lacking = model.fields.filter((f) => f.required && !there.has(f.key));
  if (lacking.length > 0)
    notes.push({
      zh: `文件中没有必填的列${quoted(lacking.map((f) => f.label.zh)).zh}，新增的行将被拒收`,
      en: `The file lacks the required columns ${quoted(lacking.map((f) => f.label.en)).en}: new entries are refused`,
    });
  return notes;
}

function rowNotes(planner: ImportPlanner): Text[] {
  const notes: Text[] = [];
  if (planner.formulas > 0)
    notes.push({
      zh: `有 ${planner.formulas} 个单元格是公式，读取的是文件中保存的计算结果`,
      en: `${planner.formulas} cells hold formulas: their results as saved in the file were read`,
    });
  if (planner.hidden > 0)
    notes.push({
      zh: `有 ${planner.hidden} 行在表格中被隐藏或筛选掉，也已读取`,
      en: `${planner.hidden} rows are hidden in the sheet and were read too`,
    });
  return notes;
}

/** Was the same content imported before? */
async function sameFile(platform: Platform, batch: BatchRow): Promise<Text[]> {
  const { rows } = await sql<{ by: string; at: Date; state: string }>`
    select b.actor_name as by, b.created_at as at, b.state from register_batch b
      join stored_file f on f.id = b.file_id
      join stored_file own on own.sha256 = f.sha256 and own.id = ${batch.fileId}
     where b.register = ${batch.register} and b.id <> ${batch.id} and b.state in ('ready', 'applying', 'done')
     order by b.created_at desc limit 1`.execute(platform.records);
  const [before] = rows;
  if (!before) return [];
  const at = cityTime(before.at);
  return before.state === 'done'
    ? [{ zh: `${before.by}已于 ${at} 导入过同一文件`, en: `${before.by} imported the same file at ${at}` }]
    : [
        {
          zh: `${before.by}于 ${at} 上传了同一文件，尚未写入完毕`,
          en: `${before.by} sent the same file at ${at}; it is not applied yet`,
        },
      ];
}

async function resultNotes(platform: Platform, id: string): Promise<Text[]> {
  const batch = await findBatch(platform, id);
  if (!batch || batch.unchanged === 0 || batch.added + batch.changed + batch.rejected > 0) return [];
  return [
    {
      zh: '所有行都与现有内容相同，没有需要写入的',
      en: 'Every row says what is there already: there is nothing to write',
    },
  ];
}

async function prepareBulk(
  platform: Platform,
  batch: BatchRow,
  { select, change }: Extract<BatchRequest, { kind: 'bulk' }>,
  context: JobContext,
): Promise<Text[] | null> {
  const model = registerOf(platform.pack, batch.register);
  const actor = await actorOf(platform, batch);
  const access = await accessTo(platform, actor, model);
  const plan = { platform, model, access, change, reading: await readingOf(platform, 'json') };
  let nos: string[];
  if ('nos' in select) nos = [...new Set(select.nos.map((no) => no.toUpperCase()))];
  else {
    const query = EntryQuery.parse(Object.fromEntries(new URLSearchParams(select.query)));
    const found = new Set<string>();
    for await (const row of entriesOf(platform, model, access, query)) found.add(row.no);
    nos = [...found];
  }
  for (let at = 0; at < nos.length; at += PIECE) {
    const rows = await planBulk(plan, nos.slice(at, at + PIECE), at + 1);
    if (!(await keep(platform, batch.id, rows, context))) return null;
  }
  return resultNotes(platform, batch.id);
}
