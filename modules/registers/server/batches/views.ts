import { diffRecords } from '#kernel/fields/diff';
import { showField } from '#kernel/fields/show';
import type { Platform } from '#kernel/module';
import type { Lang, Text } from '#kernel/text';
import type { Batch, BatchRow as BatchRowView, BatchState, FieldDiff } from '../../contract.ts';
import { registerOf } from '../catalogue.ts';
import { STATES, STEPS } from '../domain/states.ts';
import { showContext } from '../entries/show-context.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';
import { OWN_COLUMNS } from '../transfer/heads.ts';
import { STATE_KEY } from './plan-bulk.ts';
import {
  type BatchColumn,
  type BatchRequest,
  type BatchTable,
  type RowIssue,
  withBatches,
} from './tables.ts';

/** Names of the states of a batch. */
export const BATCH_STATES: Record<BatchState, Text> = {
  preparing: { zh: '正在比对', en: 'being prepared' },
  ready: { zh: '等待确认', en: 'ready' },
  applying: { zh: '正在写入', en: 'being applied' },
  done: { zh: '已写入', en: 'done' },
  failed: { zh: '中断', en: 'failed' },
  cancelled: { zh: '已放弃', en: 'cancelled' },
};

/** A batch as stored, with its file. */
export type StoredBatch = Omit<BatchTable, 'request' | 'notes' | 'columns' | 'error'> & {
  request: BatchRequest;
  notes: Text[];
  columns: BatchColumn[];
  error: Text | null;
  fileName: string | null;
  fileSize: number | null;
};

/** Batches with their files, as a query to be narrowed. */
export function batchQuery(platform: Platform) {
  return withBatches(platform.records)
    .selectFrom('registerBatch as b')
    .leftJoin('storedFile as f', 'f.id', 'b.fileId')
    .selectAll('b')
    .select(['f.name as fileName', 'f.size as fileSize']);
}

/** A batch as pages see it. `mine`: may the asker apply and cancel it? */
export async function batchView(
  platform: Platform,
  batch: StoredBatch,
  lang: Lang,
  mine: boolean,
): Promise<Batch> {
  const model = registerOf(platform.pack, batch.register);
  const { added, changed, unchanged, rejected, state } = batch;
  return {
    id: batch.id,
    register: batch.register,
    registerTitle: model.decl.title[lang],
    kind: batch.kind,
    state,
    file:
      batch.fileName === null
        ? null
        : { name: batch.fileName, size: batch.fileSize ?? 0, sheet: batch.sheet },
    summary: await summaryOf(platform, model, batch, lang),
    mode: batch.mode,
    from: batch.fromDay,
    reason: batch.reason,
    basis: batch.basis,
    counts: { rows: added + changed + unchanged + rejected, added, changed, unchanged, rejected },
    progress: { done: batch.done, total: batch.total },
    notes: batch.notes.map((note) => note[lang]),
    columns: batch.columns.map(({ head, field }) => ({ head, field, label: labelOf(model, field, lang) })),
    error: batch.error?.[lang] ?? null,
    by: batch.actorName,
    createdAt: batch.createdAt.toISOString(),
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    abilities: {
      apply: mine && added + changed > 0 && (state === 'ready' || isLeft(batch)),
      cancel: mine && (state === 'ready' || state === 'preparing'),
    },
  };
}

/** Did it fail while it was written, with rows left? What failed while it was read has no total. */
function isLeft({ state, done, total }: StoredBatch): boolean {
  return state === 'failed' && total !== null && done < total;
}

function labelOf(model: RegisterModel, field: string | null, lang: Lang): string | null {
  if (field === OWN_COLUMNS.no) return { zh: '编号', en: 'No.' }[lang];
  if (field === OWN_COLUMNS.version) return { zh: '版本', en: 'Version' }[lang];
  return field === null ? null : (model.byKey.get(field)?.label[lang] ?? field);
}

/** What is done, in words. */
async function summaryOf(
  platform: Platform,
  model: RegisterModel,
  { request, mode, fromDay }: StoredBatch,
  lang: Lang,
): Promise<string> {
  const since = mode === 'change' && fromDay !== null ? fromDay : null;
  if (request.kind === 'import') {
    const state = STATES[request.state][lang];
    return lang === 'zh'
      ? `新条目设为“${state}”；已有的条目${since ? `自 ${since} 起变更` : '予以更正'}`
      : `New entries become “${state}”; entries that exist are ${since ? `changed from ${since}` : 'corrected'}`;
  }
  const { change } = request;
  if ('action' in change) {
    const label = STEPS[change.action].label[lang];
    return change.on === null
      ? label
      : lang === 'zh'
        ? `${label}（自 ${change.on} 起）`
        : `${label} from ${change.on}`;
  }
  const ctx = await showContext(platform, model, [change.set], platform.clock.today());
  const parts = Object.entries(change.set).map(([key, value]) => {
    const field = model.byKey.get(key);
    const text = field ? showField(field, value, ctx, lang).text : '';
    const label = field?.label[lang] ?? key;
    if (text === '') return lang === 'zh' ? `清空“${label}”` : `Empty “${label}”`;
    return lang === 'zh' ? `将“${label}”设为“${text}”` : `Set “${label}” to “${text}”`;
  });
  const day = since === null ? '' : lang === 'zh' ? `（自 ${since} 起）` : ` from ${since}`;
  return parts.join(lang === 'zh' ? '；' : '; ') + day;
}

/** A row as stored. */
export interface StoredRow {
  row: number;
  kind: BatchRowView['kind'];
  no: string | null;
  title: string;
  data: EntryData | null;
  before: EntryData | null;
  changed: string[];
  issues: RowIssue[];
  applied: boolean;
}

/** Rows with their differences in words. */
export async function rowViews(
  platform: Platform,
  batch: StoredBatch,
  rows: readonly StoredRow[],
  lang: Lang,
): Promise<BatchRowView[]> {
  const model = registerOf(platform.pack, batch.register);
  const pairs = rows.map(({ before, data, changed }) => {
    const after = Object.fromEntries(
      changed.flatMap((key) => (data && key in data ? [[key, data[key]]] : [])),
    );
    return { before: before ?? {}, after };
  });
  const contents = pairs.flatMap(({ before, after }) => [before, after]);
  const ctx = await showContext(platform, model, contents, platform.clock.today());
  return rows.map((row, i) => ({
    row: row.row,
    kind: row.kind,
    no: row.no,
    title: row.title,
    diff: row.changed.includes(STATE_KEY)
      ? stepDiff(batch, row, lang)
      : row.changed.length === 0
        ? []
        : diffRecords(model, pairs[i]!.before, pairs[i]!.after, ctx, lang),
    issues: row.issues.map((issue) => ({
      field: issue.field[lang],
      value: issue.value,
      message: issue.message[lang],
    })),
    applied: row.applied,
  }));
}

function stepDiff({ request }: StoredBatch, { before }: StoredRow, lang: Lang): FieldDiff[] {
  if (request.kind !== 'bulk' || !('action' in request.change)) return [];
  const from = before?.[STATE_KEY] as keyof typeof STATES | undefined;
  const to = STEPS[request.change.action].to;
  const label = { zh: '状态', en: 'State' }[lang];
  return [{ key: 'state', label, before: from ? STATES[from][lang] : '', after: STATES[to][lang] }];
}
