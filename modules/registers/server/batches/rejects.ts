import { sql } from 'kysely';
import type { Platform } from '#kernel/module';
import { type Cell, cellText } from '#kernel/tables/cells';
import type { XlsxColumn, XlsxValue } from '#kernel/tables/write-xlsx';
import type { Lang } from '#kernel/text';
import { registerOf } from '../catalogue.ts';
import { type Download, workbook } from '../transfer/export.ts';
import { workbookText } from '../transfer/guard.ts';
import { REASON_HEAD } from '../transfer/heads.ts';
import { type FileHead, findHead, rowsBelow } from './file.ts';
import { sourceOf } from './prepare.ts';
import type { RowIssue } from './tables.ts';
import type { StoredBatch } from './views.ts';

/** Refused rows read at once. */
const PAGE = 1000;

interface Refused {
  row: number;
  no: string | null;
  title: string;
  issues: RowIssue[];
}

/** The refused rows as they came, with the reasons beside them, as a workbook that can be mended and imported. */
export async function rejectsOf(platform: Platform, batch: StoredBatch, lang: Lang): Promise<Download> {
  const title = registerOf(platform.pack, batch.register).decl.title[lang];
  const label = { zh: '退回', en: 'refused' }[lang];
  const { columns, rows } =
    batch.kind === 'import'
      ? await fromFile(platform, batch, lang)
      : {
          columns: [
            textColumn({ zh: '编号', en: 'No.' }[lang]),
            textColumn({ zh: '名称', en: 'Title' }[lang]),
          ],
          rows: bulkRows(platform, batch, lang),
        };
  const reason: XlsxColumn = { header: REASON_HEAD[lang], type: 'text', width: 60 };
  const sheet = { name: title, columns: [...columns, reason], rows };
  return {
    body: workbook([sheet]),
    name: `${title}-${label}-${platform.clock.today()}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
}

const textColumn = (header: string): XlsxColumn => ({ header, type: 'text' });

async function* refusedRows(platform: Platform, batch: string): AsyncGenerator<Refused> {
  for (let after = 0; ; ) {
    const { rows } = await sql<Refused>`
      select row, no, title, issues from register_batch_row
       where batch = ${batch} and kind = 'rejected' and row > ${after} order by row limit ${PAGE}`.execute(
      platform.records,
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.row;
  }
}

async function* bulkRows(platform: Platform, batch: StoredBatch, lang: Lang): AsyncGenerator<XlsxValue[]> {
  for await (const { no, title, issues } of refusedRows(platform, batch.id))
    yield [no, title, reasons(issues, lang)].map(workbookText);
}

/** The file is read once more beside the list of refused rows; both are in the order of the sheet. */
async function fromFile(
  platform: Platform,
  batch: StoredBatch,
  lang: Lang,
): Promise<{ columns: XlsxColumn[]; rows: AsyncIterable<XlsxValue[]> }> {
  const model = registerOf(platform.pack, batch.register);
  const file = await sourceOf(platform, batch);
  // Of columns with the same head the first one was read.
  const chosen = Object.fromEntries([...batch.columns].reverse().map(({ head, field }) => [head, field]));
  const head = await findHead(file, model, { internal: true, chosen });
  if (!head) return { columns: [], rows: bulkRows(platform, batch, lang) };
  const width = head.columns.findLastIndex(({ head: text }) => text !== '') + 1;
  const own = head.columns.slice(0, width).filter((c) => !isReason(c.head));
  return {
    columns: own.map((c) => textColumn(c.head)),
    rows: merged(platform, batch, { file, head, places: own.map((c) => c.index) }, lang),
  };
}

const isReason = (head: string) => (Object.values(REASON_HEAD) as string[]).includes(head);

async function* merged(
  platform: Platform,
  batch: StoredBatch,
  {
    file,
    head,
    places,
  }: { file: Parameters<typeof rowsBelow>[0]; head: FileHead; places: readonly number[] },
  lang: Lang,
): AsyncGenerator<XlsxValue[]> {
  const refused = refusedRows(platform, batch.id);
  let next = await refused.next();
  if (next.done) return;
  for await (const row of rowsBelow(file, head)) {
    if (next.done) return;
    if (row.rowNumber !== next.value.row) continue;
    const why = reasons(next.value.issues, lang);
    yield [...places.map((at) => cellAsItCame(row.cells[at])), why].map(workbookText);
    next = await refused.next();
  }
}

function cellAsItCame(cell: Cell | undefined): XlsxValue {
  if (cell === undefined || cell.kind === 'empty') return null;
  return cell.kind === 'number' ? cell.value : cellText(cell);
}

function reasons(issues: readonly RowIssue[], lang: Lang): string {
  const colon = lang === 'zh' ? '：' : ': ';
  return issues
    .map(({ field, value, message }) => {
      const what = value === '' ? field[lang] : `${field[lang]}（${value}）`;
      return `${what}${colon}${message[lang]}`;
    })
    .join('\n');
}
