import { cellText } from '#kernel/tables/cells';
import { type CsvReader, readCsv } from '#kernel/tables/csv';
import type { Text } from '#kernel/text';
import type { MappedField } from '../../contract.ts';
import { sourceError } from './errors.ts';
import type { SourceRow } from './raw.ts';
import { type CountedRows, faultyRow, headText, nothingFound, type SourceReader } from './reader.ts';
import { applicationNumber } from './st36.ts';
import { RecordWriter } from './writer.ts';

const TITLE: Text = { zh: 'Lens.org 专利导出（CSV）', en: 'Lens.org patent export (CSV)' };

/** Exports of Lens.org: lists with `;;`, one row a publication. The heads of 2016 and those of today. Rows keep their numbers. */
export const lens: SourceReader = {
  id: 'lens-csv',
  title: TITLE,
  detect: (head) => {
    const first = headText(head).split(/[\r\n]/, 1)[0] ?? '';
    return /(^|[,"\t])Lens ID/.test(first) && /Jurisdiction/.test(first) && /Title/.test(first);
  },
  open: (path, after) => new Rows(readCsv(path), after),
};

class Rows implements CountedRows {
  seen = 0;
  readonly #reader: CsvReader;
  readonly #after: number;

  constructor(reader: CsvReader, after: number) {
    this.#reader = reader;
    this.#after = after;
  }

  get share(): number {
    return this.#reader.totalBytes === 0 ? 0 : this.#reader.bytesRead / this.#reader.totalBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceRow, void, undefined> {
    let heads: string[] | null = null;
    this.seen = 0;
    for await (const row of this.#reader) {
      const texts = row.cells.map((cell) => cellText(cell).trim());
      if (!heads) {
        if (!texts.includes('Lens ID')) {
          const [source, source_en] = [TITLE.zh, TITLE.en];
          throw sourceError('patents_source_columns', { source, source_en, columns: 'Lens ID' });
        }
        heads = texts;
        continue;
      }
      this.seen = row.rowNumber;
      if (row.rowNumber <= this.#after) continue;
      yield row.problem
        ? faultyRow(row.rowNumber, row.problem.text, '', texts.join(' '))
        : read(heads, texts).row(row.rowNumber);
    }
    if (this.seen === 0) throw nothingFound(TITLE);
  }
}

const SINGLE: Record<string, MappedField> = {
  'Publication Number': 'publicationNumber',
  'Display Key': 'publicationNumber',
  'Application Number': 'applicationNumber',
  'Application Date': 'filingDate',
  'Publication Date': 'publicationDate',
  Jurisdiction: 'country',
  'Legal Status': 'legalStatus',
  Address: 'address',
};
const LISTS: Record<string, MappedField> = {
  Applicants: 'applicants',
  Inventors: 'inventors',
  'CPC Classifications': 'cpc',
  'IPCR Classifications': 'ipc',
};

function read(heads: readonly string[], texts: readonly string[]): RecordWriter {
  const record = new RecordWriter();
  let kind = '';
  let number = '';
  for (const [i, head] of heads.entries()) {
    const text = texts[i] ?? '';
    if (text === '' || head === '#') continue;
    const items = text.split(';;').map((item) => item.trim());
    const field = Object.hasOwn(SINGLE, head) ? SINGLE[head] : undefined;
    const list = Object.hasOwn(LISTS, head) ? LISTS[head] : undefined;
    if (field === 'publicationNumber') number ||= text;
    else if (field === 'applicationNumber') record.value(field, head, application(text));
    else if (field) record.value(field, head, text);
    else if (list) for (const item of items) record.item(list, head, item);
    else if (head === 'Kind') kind = text;
    else if (head === 'Title') record.title('', text);
    else if (head === 'Abstract') record.abstract('', text);
    else if (head === 'Priority Numbers') for (const item of items) readPriority(item, record);
    else if (/^(NPL|Non-Patent) Citations$/.test(head))
      for (const item of items) record.citation({ text: item });
    else if (/^(Cites Patents|Patent Citations|Cited Patents)$/.test(head))
      for (const item of items) record.citation({ number: item });
    else if (/^(Simple|Extended) Family Members$/.test(head)) for (const item of items) record.member(item);
    else record.extra(head, items.join('; '));
  }
  // `EP 0259054 B9 20031217`: where one number was published twice with one kind, the day is added.
  const plain = number.replace(/(\s[A-Z]\d?)\s\d{8}$/, '$1');
  const whole = kind === '' || plain.endsWith(kind) ? plain : `${plain} ${kind}`;
  record.value('publicationNumber', 'Publication Number', whole);
  return record;
}

/** `CN 200710063161 A`: the letter behind is DOCDB's kind of application, `W` an international one. */
function application(text: string): string {
  const m = /^([A-Z]{2})\s+(.*?)\s+([A-Z]\d?)$/.exec(text);
  if (!m) return text;
  const [, country = '', number = '', kind = ''] = m;
  return kind === 'W'
    ? applicationNumber({ country, number, kind, date: '', name: '' })
    : `${country} ${number}`;
}

/** `FR 1051751 A 20100311` */
function readPriority(text: string, record: RecordWriter): void {
  const m = /^([A-Z]{2})\s+(.*?)\s+(\d{8})$/.exec(text);
  const country = /^([A-Z]{2})\s/.exec(text)?.[1] ?? '';
  record.priority(m ? { country, number: `${m[1]} ${m[2]}`, date: m[3] } : { number: text, country });
}
