import { TextDecoder } from 'node:util';
import { detectEncoding } from '#kernel/tables/encoding';
import type { Text } from '#kernel/text';
import type { SourceRow } from './raw.ts';
import { type CountedRows, FilePieces, faultyRow, nothingFound, type SourceReader } from './reader.ts';
import { RecordWriter } from './writer.ts';

const TITLE: Text = { zh: '参考文献著录行（GB/T 7714）', en: 'Reference lines (GB/T 7714)' };
/** A reference may run over several lines; longer than this it is none. */
const LONGEST = 20_000;

/**
 * Patent references after GB/T 7714 as citation databases export them, one after the other in a text file:
 * `[2]张三,李四. 一种装置[P]. 江苏：CN1382448,2002-12-04.` A row has the number of the line on which it begins.
 */
export const gbt7714: SourceReader = {
  id: 'gbt-7714',
  title: TITLE,
  detect: (head, name) => {
    if (head.includes(0) || /\.(csv|xlsx?|xml|jsonl?)$/i.test(name)) return false;
    const lines = head
      .toString('latin1')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    return (
      lines.length > 0 &&
      /^(\u00ef\u00bb\u00bf)?\s*\[\d+\]/.test(lines[0]!) &&
      lines.some((line) => line.includes('[P]'))
    );
  },
  open: (path, after) => new Rows(path, after),
};

class Rows implements CountedRows {
  seen = 0;
  readonly #path: string;
  readonly #pieces: FilePieces;
  readonly #after: number;

  constructor(path: string, after: number) {
    this.#path = path;
    this.#pieces = new FilePieces(path);
    this.#after = after;
  }

  get share(): number {
    return this.#pieces.share;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceRow, void, undefined> {
    this.seen = 0;
    let open: { line: number; text: string } | null = null;
    for await (const { line, text } of lines(this.#pieces, await detectEncoding(this.#path))) {
      if (/^\s*\[\d+\]/.test(text)) {
        if (open) yield* this.#hand(open);
        open = { line, text };
      } else if (open && text.trim() !== '') {
        // Names are cut after their commas, so nothing stands between the lines.
        if (open.text.length < LONGEST) open.text += text;
      }
    }
    if (open) yield* this.#hand(open);
    if (this.seen === 0) throw nothingFound(TITLE);
  }

  *#hand({ line, text }: { line: number; text: string }): Generator<SourceRow> {
    this.seen = line;
    if (line > this.#after) yield readReference(text)?.row(line) ?? faultyRow(line, UNREADABLE, '', text);
  }
}

const UNREADABLE: Text = {
  zh: '不是专利的著录行，应为：申请人. 名称[P]. 国别或省份：专利号,日期.',
  en: 'Not the reference of a patent, which reads: applicant. title[P]. country or province: number, date.',
};

/** Lines with their numbers; a line without end is cut. */
async function* lines(
  pieces: AsyncIterable<Buffer>,
  encoding: string,
): AsyncGenerator<{ line: number; text: string }> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  let line = 1;
  for await (const piece of pieces) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = parts.pop()!.slice(0, LONGEST);
    for (const text of parts) yield { line: line++, text };
  }
  yield { line, text: rest + decoder.decode() };
}

const DATE = String.raw`(\d{4}[-.\/年]\d{1,2}[-.\/月]\d{1,2}日?)`;
/** Number and date after the mark, as CNKI writes them; or before and after it, as in the standard. */
const AFTER = new RegExp(
  String.raw`^(.*?)\[P\]\.?\s*(?:([^:：]{0,30})[:：]\s*)?([A-Z]{2}[\w.]+)\s*[,，]\s*${DATE}`,
  'su',
);
const BEFORE = new RegExp(
  String.raw`^(.*?)[:：]\s*(?:([^,，:：]{0,30})[,，]\s*)?((?:[A-Z]{2}|ZL)?[\d.X]{7,20}[A-Z]?\d?)\s*\[P\]\.?\s*${DATE}`,
  'su',
);

/** One reference as a record, or null when it is none. */
export function readReference(text: string): RecordWriter | null {
  const plain = text.replace(/^\s*\[\d+\]\s*/, '').trim();
  const m = AFTER.exec(plain) ?? BEFORE.exec(plain);
  if (!m) return null;
  const [, before = '', place = '', number = '', date = ''] = m;
  // Initials carry points too, but no space after them.
  const border = /[.．。]\s+/.exec(before) ?? /[.．。]/.exec(before);
  const record = new RecordWriter();
  const names = border ? before.slice(0, border.index) : '';
  for (const name of names.split(/[,，、;；]/))
    if (!/^等$/.test(name.trim())) record.item('applicants', '责任者', name);
  record.title('zh', border ? before.slice(border.index + border[0].length) : before);
  // A bare number is one of an application; so it stood in references until publications had numbers of their own.
  record.value(/^(ZL)?\d/.test(number) ? 'applicationNumber' : 'publicationNumber', '专利号', number);
  record.value('publicationDate', '公告日期', date);
  record.extra('国别或省份', place);
  return record;
}
