import { PassThrough, Readable } from 'node:stream';
import { csvPieces } from '#kernel/tables/write-csv';
import { writeXlsx } from '#kernel/tables/write-xlsx';
import type { Lang } from '#kernel/text';
import type { ImportReject } from '../../contract.ts';
import type { PatentRecords } from '../tables.ts';

const PAGE = 2000;

const HEADS: Record<Lang, [string, string, string, string]> = {
  zh: ['行号', '字段', '原值', '原因与处理办法'],
  en: ['Row', 'Field', 'Value', 'Reason and remedy'],
};

/** One page of faults in the order of the file. The cursor is `row.seq` of the last one seen. */
export async function rejectPage(
  records: PatentRecords,
  importId: string,
  cursor: string | undefined,
  limit: number,
  lang: Lang,
): Promise<{ rejects: ImportReject[]; next: string | null }> {
  const m = /^(\d{1,15})\.(\d{1,4})$/.exec(cursor ?? '');
  const after = m ? { row: Number(m[1]), seq: Number(m[2]) } : { row: -1, seq: 0 };
  const rows = await records
    .selectFrom('patentImportReject')
    .selectAll()
    .where('importId', '=', importId)
    .where((eb) => eb(eb.refTuple('row', 'seq'), '>', eb.tuple(after.row, after.seq)))
    .orderBy('row')
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rejects: page.map((r) => ({
      row: r.row,
      field: r.field,
      value: r.value,
      reason: lang === 'en' ? r.reasonEn : r.reasonZh,
    })),
    next: rows.length > limit && last ? `${last.row}.${last.seq}` : null,
  };
}

async function* allRejects(
  records: PatentRecords,
  importId: string,
  lang: Lang,
): AsyncGenerator<[number, string, string, string]> {
  let cursor: string | undefined;
  do {
    const page = await rejectPage(records, importId, cursor, PAGE, lang);
    for (const r of page.rejects) yield [r.row, r.field, r.value, r.reason];
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** The reject file as CSV, piece by piece. */
export function rejectsAsCsv(records: PatentRecords, importId: string, lang: Lang): Readable {
  return Readable.from(csvPieces(HEADS[lang], allRejects(records, importId, lang)));
}

/** The reject file as a workbook, piece by piece. */
export function rejectsAsXlsx(records: PatentRecords, importId: string, lang: Lang): Readable {
  const out = new PassThrough();
  const [row, field, value, reason] = HEADS[lang];
  const columns = [
    { header: row, type: 'integer', format: '0' },
    { header: field, type: 'text' },
    { header: value, type: 'text' },
    { header: reason, type: 'text', width: 60 },
  ] as const;
  const name = lang === 'en' ? 'Rejected rows' : '未通过的行';
  writeXlsx(out, [{ name, columns, rows: allRejects(records, importId, lang) }]).catch((error) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}
