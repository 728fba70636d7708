import { PassThrough, Readable } from 'node:stream';
import { audit } from '#kernel/audit/audit';
import { AppError } from '#kernel/errors';
import { BYTE_ORDER_MARK } from '#kernel/tables/csv-text';
import { csvPieces } from '#kernel/tables/write-csv';
import { writeXlsx } from '#kernel/tables/write-xlsx';
import type { Lang } from '#kernel/text';
import { usageOf } from '#kernel/usage';
import {
  EXPORT_FIELDS,
  type ExportField,
  type ExportFormat,
  MOST_IN_REPORT,
  MOST_NAMED,
  PATENTS_PERSONAL,
  USUAL_EXPORT,
} from '../../contract.ts';
import type { Dialect } from '../../query/ast.ts';
import { select } from '../corpus/client.ts';
import { corpusState, live } from '../corpus/state.ts';
import { patentError } from '../errors.ts';
import type { By } from '../imports/imports.ts';
import { bounded } from '../search/search.ts';
import type { PatentSearch } from '../search/service.ts';
import { kernelTrx, withPatents } from '../tables.ts';
import { batchNumbers, splitNumbers } from './batch.ts';
import { COLUMNS } from './fields.ts';
import { bibtex, gbt7714, ris } from './references.ts';
import { reportDocx } from './report.ts';
import { type ExportRow, exportRows, type RowNeeds } from './rows.ts';

/** What is wanted of an export. */
export interface ExportWish {
  q?: string | undefined;
  dialect?: Dialect | undefined;
  filter?: string | undefined;
  numbers?: string | undefined;
  sort: 'newest' | 'oldest' | 'filed';
  format: ExportFormat;
  fields?: string | undefined;
  title?: string | undefined;
}

/** A file on its way. */
export interface PatentDownload {
  name: string;
  type: string;
  total: number;
  body: Readable | Buffer;
}

const TYPES: Record<ExportFormat, { ending: string; type: string }> = {
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
  xlsx: { ending: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  json: { ending: 'json', type: 'application/json; charset=utf-8' },
  ris: { ending: 'ris', type: 'application/x-research-info-systems; charset=utf-8' },
  bibtex: { ending: 'bib', type: 'application/x-bibtex; charset=utf-8' },
  gbt7714: { ending: 'txt', type: 'text/plain; charset=utf-8' },
  numbers: { ending: 'txt', type: 'text/plain; charset=utf-8' },
  docx: { ending: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
};

/** Begins an export of a whole result. Natural persons are in it only for those who may see them, and then it is logged. */
export async function exportPatents(
  service: PatentSearch,
  by: By,
  lang: Lang,
  wish: ExportWish,
): Promise<PatentDownload> {
  const { platform } = service;
  const { corpus } = platform.stores;
  const fields = readFields(wish);
  const open = fields.includes('inventors') && platform.policy.can(by.actor, PATENTS_PERSONAL);
  const asked = await service.ask(wish, by.actor, lang);
  const shown = live(await corpusState(withPatents(platform.records)));
  const named = wish.numbers === undefined ? null : await numbersOf(service, wish.numbers, lang);
  const params = { ...asked.params, ...(named && { wantedNumbers: named }) };
  const where = `${asked.where}${named ? ' and number in ({wantedNumbers:Array(String)})' : ''} and ${shown}`;
  const [count] = await bounded(() =>
    select<{ n: string }>(corpus, `select count() as n from patent_document where ${where}`, params),
  );
  const total = Number(count?.n ?? 0);
  if (wish.format === 'docx' && total > MOST_IN_REPORT)
    throw patentError('patents_report_size', { total, limit: MOST_IN_REPORT });
  await usageOf(platform).take(by.actor, 'export', total);
  if (open) await logOpening(service, by, total, asked.reading?.reading ?? '');
  const needs = needsOf(wish.format, fields, open);
  const rows = exportRows(corpus, where, params, wish.sort, needs);
  const today = platform.clock.today();
  const { ending, type } = TYPES[wish.format];
  const name = `${lang === 'zh' ? '专利' : 'patents'}-${today}.${ending}`;
  const reading = asked.reading?.reading ?? '';
  const body = await write(rows, wish, fields, lang, { total, today, reading });
  return { name, type, total, body };
}

function readFields(wish: ExportWish): ExportField[] {
  if (!wish.fields) return [...USUAL_EXPORT];
  return wish.fields.split(',').map((name) => {
    const field = EXPORT_FIELDS.find((f) => f === name.trim());
    if (!field)
      throw patentError('patents_export_field', {
        field: name.slice(0, 40),
        allowed: EXPORT_FIELDS.join(', '),
      });
    return field;
  });
}

function needsOf(format: ExportFormat, fields: readonly ExportField[], open: boolean): RowNeeds {
  const table = format === 'csv' || format === 'xlsx' || format === 'json';
  const has = (field: ExportField) => table && fields.includes(field);
  return {
    abstract: has('abstract') || format === 'ris' || format === 'bibtex' || format === 'docx',
    mainClaim: has('mainClaim'),
    rest: has('inventors') || has('address') || has('citations') || has('familyMembers'),
    open,
  };
}

async function write(
  rows: AsyncIterable<ExportRow[]>,
  wish: ExportWish,
  fields: readonly ExportField[],
  lang: Lang,
  about: { total: number; today: string; reading: string },
): Promise<Readable | Buffer> {
  const columns = fields.map((field) => COLUMNS[field]);
  const heads = columns.map((column) => column.head[lang]);
  async function* cells() {
    for await (const page of rows)
      for (const row of page) yield columns.map((column) => column.value(row, lang));
  }
  async function* texts(make: (row: ExportRow, n: number) => string, before = '', after = '') {
    let n = 0;
    let piece = before;
    for await (const page of rows) {
      for (const row of page) piece += make(row, ++n);
      yield piece;
      piece = '';
    }
    yield piece + after;
  }
  switch (wish.format) {
    case 'csv':
      return Readable.from(csvPieces(heads, cells()));
    case 'xlsx': {
      const out = new PassThrough();
      const sheet = {
        name: lang === 'zh' ? '专利' : 'Patents',
        columns: columns.map((c) => ({ header: c.head[lang], type: c.type, width: c.width })),
        rows: cells(),
      };
      writeXlsx(out, [sheet]).catch((error) => out.destroy(error as Error));
      return out;
    }
    case 'json':
      return Readable.from(
        texts(
          (row, n) =>
            `${n === 1 ? '' : ',\n'}${JSON.stringify(Object.fromEntries(fields.map((f, i) => [f, columns[i]!.value(row, lang) ?? null])))}`,
          '[\n',
          '\n]\n',
        ),
      );
    case 'ris':
      return Readable.from(texts(ris, BYTE_ORDER_MARK));
    case 'bibtex':
      return Readable.from(texts(bibtex));
    case 'gbt7714':
      return Readable.from(texts((row, n) => `${gbt7714(row, n)}\r\n`, BYTE_ORDER_MARK));
    case 'numbers':
      return Readable.from(texts((row) => `${row.number}\r\n`));
    default: {
      const all: ExportRow[] = [];
      for await (const page of rows) all.push(...page);
      return reportDocx(
        all,
        { ...about, title: wish.title?.trim() || (lang === 'zh' ? '专利检索报告' : 'Patent search report') },
        lang,
      );
    }
  }
}

async function numbersOf(service: PatentSearch, text: string, lang: Lang): Promise<string[]> {
  const { lines } = await batchNumbers(
    service.platform.stores.corpus,
    await corpusState(withPatents(service.platform.records)),
    splitNumbers(text),
    lang,
  );
  const numbers = lines.flatMap((line) => line.records);
  if (numbers.length === 0)
    throw new AppError('not_found', { what: '任何一件所列专利 (any of the listed patents)' });
  const distinct = [...new Set(numbers)];
  if (distinct.length > MOST_NAMED)
    throw patentError('patents_batch_size', { count: distinct.length, limit: MOST_NAMED });
  return distinct;
}

async function logOpening(service: PatentSearch, by: By, total: number, query: string): Promise<void> {
  await withPatents(service.platform.records)
    .transaction()
    .execute((trx) =>
      audit(kernelTrx(trx), service.platform.clock.now(), {
        ...by,
        action: 'patents.personal.export',
        objectType: 'patent',
        objectId: '',
        detail: { records: total, query: query.slice(0, 500) },
      }),
    );
}
