import { cellText } from '#kernel/tables/cells';
import { OLE_MAGIC } from '#kernel/tables/ole';
import { readXls, type XlsReader } from '#kernel/tables/xls';
import type { Text } from '#kernel/text';
import { sourceError } from './errors.ts';
import type { SourceRow } from './raw.ts';
import { type CountedRows, faultyRow, nothingFound, type SourceReader } from './reader.ts';
import { RecordWriter } from './writer.ts';

const TITLE: Text = { zh: 'WIPO PATENTSCOPE 检索结果（.xls）', en: 'WIPO PATENTSCOPE result list (.xls)' };
const NEEDED = ['Publication Number', 'Title'];
const HEAD_ROWS = 20;

/**
 * Result lists of PATENTSCOPE: a query in the second row, heads in the third; dates with the day first, lists with `;`
 * and repetitions, priorities as `[60582692 2004-06-24T23:59:59.000Z US]`. Rows keep the numbers of the sheet.
 */
export const patentscope: SourceReader = {
  id: 'wipo-patentscope',
  title: TITLE,
  // The sheet's texts may stand anywhere in the file; where its beginning shows none, the name decides.
  detect: (head, name) =>
    head.subarray(0, 8).equals(OLE_MAGIC) &&
    (head.includes('Publication Number') ||
      head.includes(Buffer.from('Publication Number', 'utf16le')) ||
      /patentscope|resultlist/i.test(name)),
  open: (path, after) => new Rows(readXls(path), after),
};

class Rows implements CountedRows {
  seen = 0;
  readonly #reader: XlsReader;
  readonly #after: number;

  constructor(reader: XlsReader, after: number) {
    this.#reader = reader;
    this.#after = after;
  }

  get share(): number {
    return this.#reader.totalBytes === 0 ? 0 : this.#reader.bytesRead / this.#reader.totalBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceRow, void, undefined> {
    let heads: string[] | null = null;
    this.seen = 0;
    for await (const { rowNumber, cells } of this.#reader) {
      const texts = cells.map((cell) => cellText(cell).trim());
      if (!heads) {
        if (NEEDED.every((name) => texts.includes(name))) heads = texts;
        else if (rowNumber > HEAD_ROWS) break;
        continue;
      }
      this.seen = rowNumber;
      if (rowNumber <= this.#after) continue;
      const broken = cells.findIndex((cell) => cell.kind === 'error');
      yield broken < 0
        ? read(heads, texts).row(rowNumber)
        : faultyRow(rowNumber, FORMULA, heads[broken], texts[broken]);
    }
    if (!heads)
      throw sourceError('patents_source_columns', {
        source: TITLE.zh,
        source_en: TITLE.en,
        columns: NEEDED.join(', '),
      });
    if (this.seen === 0) throw nothingFound(TITLE);
  }
}

const FORMULA: Text = {
  zh: '单元格是公式错误值，请修正公式或填入文本',
  en: 'The cell holds an error value: mend the formula or type the text',
};

function read(heads: readonly string[], texts: readonly string[]): RecordWriter {
  const record = new RecordWriter();
  record.dayFirst = true;
  for (const [i, head] of heads.entries()) {
    const text = texts[i] ?? '';
    if (text === '') continue;
    const items = () => new Set(text.split(';').map((item) => item.trim()));
    if (head === 'Publication Number' || head === 'Publication number')
      record.value('publicationNumber', head, text.replace(/\*$/, ''));
    else if (/^application number$/i.test(head)) record.value('applicationNumber', head, text);
    else if (/^publication date$/i.test(head)) record.value('publicationDate', head, text);
    else if (/^(application|filing) date$/i.test(head)) record.value('filingDate', head, text);
    else if (/^country$/i.test(head)) record.value('country', head, text);
    else if (/^title$/i.test(head)) record.title('', text);
    else if (/^abstract$/i.test(head)) record.abstract('', text);
    else if (/^(ipc|i p c)$/i.test(head)) for (const item of items()) record.item('ipc', head, symbol(item));
    else if (/^cpc$/i.test(head)) for (const item of items()) record.item('cpc', head, item);
    else if (/^applicants?$/i.test(head)) for (const item of items()) record.item('applicants', head, item);
    else if (/^inventors?$/i.test(head)) for (const item of items()) record.item('inventors', head, item);
    else if (/^priority data$/i.test(head)) readPriorities(text, record);
    else record.extra(head === '' ? `列${i + 1}` : head, text);
  }
  return record;
}

/** `A21C 11/00 20060101A I20051008RMEP`: some offices send version, rank and day of the class along. */
function symbol(text: string): string {
  return text.replace(/^([A-H]\d{2}[A-Z]\s*\d{1,4}\/\d{1,6})\s+\d{8}.*$/, '$1');
}

/** `[9800760 1998-01-14T23:59:59.000Z GB, 9819015 1998-09-01T23:59:59.000Z GB]`: the hour is that of no place. */
function readPriorities(text: string, record: RecordWriter): void {
  for (const item of text.replace(/^\[|\]$/g, '').split(/,\s+|;\s*/)) {
    const m = /^(.*?)\s*(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?\s*([A-Z]{2})?$/.exec(item.trim());
    if (m) record.priority({ number: m[1], date: m[2], country: m[3] ?? '' });
    else record.extra('Priority Data', item);
  }
}
