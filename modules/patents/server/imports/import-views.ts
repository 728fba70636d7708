import { errorTable } from '#kernel/errors';
import { urlOf } from '#kernel/http/contract';
import { fillText, type Lang } from '#kernel/text';
import { type PatentImport, rejectsCsv, rejectsXlsx } from '../../contract.ts';
import type { PatentRecords, PatentTrx } from '../tables.ts';

/** A row of the import table as it is read. */
export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>;

/** The import's row, or undefined. */
export function findImport(records: PatentRecords | PatentTrx, id: string) {
  return importRows(records).where('patentImport.id', '=', id).executeTakeFirst();
}

/** Imports with their sources. */
export function importRows(records: PatentRecords | PatentTrx) {
  return records
    .selectFrom('patentImport')
    .innerJoin('patentSource', 'patentSource.id', 'patentImport.sourceId')
    .selectAll('patentImport')
    .select(['patentSource.key as sourceKey', 'nameZh as sourceZh', 'nameEn as sourceEn', 'licence']);
}

/** The one place that turns an import's row into JSON. */
export function importJson(row: ImportRow, lang: Lang): PatentImport {
  const { accepted, updated, unchanged, rejected } = row;
  const read = accepted + updated + unchanged + rejected;
  const params = { id: row.id };
  const idle = row.state === 'paused' || row.state === 'failed';
  const busy = row.state === 'waiting' || row.state === 'running';
  return {
    id: row.id,
    fileId: row.fileId,
    file: row.fileName,
    size: row.size,
    format: row.format,
    sheet: row.sheet,
    encoding: row.encoding,
    delimiter: row.delimiter,
    state: row.state,
    requested: row.requested,
    counts: { read, accepted, updated, unchanged, rejected },
    bytesDone: row.bytesDone,
    rowsPerSecond: row.runMs === 0 ? 0 : Math.round((read * 1000) / row.runMs),
    error: errorJson(row, lang),
    rejectFile:
      rejected === 0 ? null : { csv: urlOf(rejectsCsv, { params }), xlsx: urlOf(rejectsXlsx, { params }) },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    byName: row.createdByName,
    source: { key: row.sourceKey, name: lang === 'zh' ? row.sourceZh : row.sourceEn, licence: row.licence },
    label: row.label,
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    withdrawnBy: row.withdrawnByName,
    abilities: {
      pause: busy && row.requested === null,
      resume: idle && row.format !== 'demo',
      cancel: (busy && row.requested !== 'cancel') || idle,
      withdraw: (row.state === 'done' || row.state === 'cancelled') && row.withdrawnAt === null,
    },
  };
}

function errorJson(row: ImportRow, lang: Lang): PatentImport['error'] {
  if (row.errorCode === null) return null;
  const def = errorTable().get(row.errorCode);
  const message = def ? fillText(def, row.errorParams ?? {})[lang] : row.errorCode;
  return { code: row.errorCode, message };
}

/** Names of states, for messages. */
export const STATE_NAMES = {
  waiting: { zh: '等待中', en: 'waiting' },
  running: { zh: '导入中', en: 'running' },
  paused: { zh: '已暂停', en: 'paused' },
  done: { zh: '已完成', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
} as const;
