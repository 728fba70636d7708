import { PassThrough, Readable } from 'node:stream';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { csvPieces } from '#kernel/tables/write-csv';
import { writeXlsx, type XlsxSheet, type XlsxValue } from '#kernel/tables/write-xlsx';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { EntryQuery } from '../../contract.ts';
import { type Access, accessTo, demandOpen, reaches, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { STATES } from '../domain/states.ts';
import { dataFor, type SliceRow } from '../entries/rows.ts';
import { showContext } from '../entries/show-context.ts';
import type { RegisterModel } from '../fields/model.ts';
import { entriesOf } from '../lists/list.ts';
import { conditionOf, narrow } from '../lists/narrow.ts';
import { type SheetColumn, type SheetReader, sheetColumns, toCells } from './columns.ts';
import { explanation } from './explain.ts';
import { workbookText } from './guard.ts';
import { regionWriter } from './regions.ts';

/** A file for download. */
export interface Download {
  body: Readable;
  name: string;
  type: string;
}

const CSV = 'text/csv; charset=utf-8';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Entries whose names are looked up at once. */
const PIECE = 500;

interface Asked {
  model: RegisterModel;
  access: Access;
  reader: SheetReader;
}

async function asked(platform: Platform, by: { actor: Actor; lang: Lang }, register: string): Promise<Asked> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, by.actor, model);
  demandOpen(access, model);
  return { model, access, reader: { internal: somewhere(access.inside), lang: by.lang } };
}

/** The narrowed entries as CSV or workbook, in the shape that an import reads, piece by piece. */
export async function exportEntries(
  platform: Platform,
  by: { actor: Actor; lang: Lang },
  register: string,
  query: EntryQuery,
  format: 'csv' | 'xlsx',
): Promise<Download> {
  const { model, access, reader } = await asked(platform, by, register);
  // What is wrong with the narrowing is said before the first byte leaves.
  conditionOf(narrow(model, access, query, platform.clock.today()));
  const columns = sheetColumns(model, reader);
  const rows = sheetRows(
    platform,
    { model, access, reader },
    columns,
    entriesOf(platform, model, access, query),
  );
  const title = model.decl.title[by.lang];
  const name = `${title}-${platform.clock.today()}.${format}`;
  if (format === 'csv') {
    const heads = columns.map((c) => c.header);
    return { body: Readable.from(csvPieces(heads, rows)), name, type: CSV };
  }
  return { body: workbook([{ name: title, columns, rows: forWorkbook(rows) }]), name, type: XLSX };
}

/** A workbook with the columns to fill in and a sheet that explains them. */
export async function templateOf(
  platform: Platform,
  by: { actor: Actor; lang: Lang },
  register: string,
): Promise<Download> {
  const { model, reader } = await asked(platform, by, register);
  const title = model.decl.title[by.lang];
  const columns = sheetColumns(model, reader).filter((c) => c.kind === 'no' || c.kind === 'field');
  const name = `${title}-${by.lang === 'zh' ? '模板' : 'template'}.xlsx`;
  const explained = explanation(
    model,
    reader,
    (id) => platform.pack.registers.find((r) => r.id === id)?.title ?? null,
  );
  return { body: workbook([{ name: title, columns, rows: [] }, explained]), name, type: XLSX };
}

/** Cells of entries as a reader may see them; internal fields of entries outside his regions are empty. */
export async function* sheetRows(
  platform: Platform,
  { model, access, reader }: Asked,
  columns: readonly SheetColumn[],
  entries: AsyncIterable<SliceRow>,
): AsyncGenerator<XlsxValue[]> {
  const today = platform.clock.today();
  const regionText = regionWriter(await directory(platform).lookup(), today);
  let piece: SliceRow[] = [];
  const write = async () => {
    const seen = piece.map((row) => dataFor(model, row.data, reaches(access.inside, row.region)));
    const { references, fileNames } = await showContext(platform, model, seen, today);
    const ctx = { regionText, references, fileNames };
    return piece.map((row, i) =>
      toCells(
        model,
        columns,
        { ...row, stateLabel: STATES[row.state][reader.lang], data: seen[i] ?? {} },
        ctx,
        reader,
      ),
    );
  };
  for await (const row of entries) {
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield* await write();
    piece = [];
  }
  yield* await write();
}

async function* forWorkbook(rows: AsyncIterable<XlsxValue[]>): AsyncGenerator<XlsxValue[]> {
  for await (const row of rows) yield row.map(workbookText);
}

/** Writes a workbook into a stream; a fault on the way ends the stream with it. */
export function workbook(sheets: readonly XlsxSheet[]): Readable {
  const out = new PassThrough();
  writeXlsx(out, sheets).catch((error) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}
