import * as z from 'zod';
import { readJsonl } from '#kernel/tables/jsonl';
import { MappedField } from '../../contract.ts';
import type { SourceRow } from './raw.ts';
import { type CountedRows, faultyRow, headText, type SourceReader } from './reader.ts';
import { RecordWriter } from './writer.ts';

const FIELDS = new Set<string>(MappedField.options);
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((t) => t ?? '');
const lines = z.array(text);
const tagged = z.union([
  z.array(z.object({ lang: text, text })),
  z
    .record(z.string(), z.string())
    .transform((by) => Object.entries(by).map(([lang, t]) => ({ lang, text: t }))),
]);
const citation = z.object({ number: text, text, category: text, origin: text, date: text });
const priority = z.object({ number: text, country: text, date: text });
const event = z.object({
  date: text,
  office: text,
  code: text,
  text,
  detail: z
    .record(z.string(), text)
    .nullish()
    .transform((d) => d ?? {}),
});
const family = z.object({ simple: text, extended: text, members: lines.nullish().transform((m) => m ?? []) });

/** The structured fields: each takes its value into the record, or says what was expected. */
const STRUCTURED: Record<
  string,
  { take(value: unknown, record: RecordWriter): boolean; zh: string; en: string }
> = {
  titles: {
    take: (value, record) => each(tagged, value, (t) => record.title(t.lang, t.text)),
    zh: '应为 [{"lang":"en","text":"…"}] 或 {"en":"…"}',
    en: 'Expected [{"lang":"en","text":"…"}] or {"en":"…"}',
  },
  abstracts: {
    take: (value, record) => each(tagged, value, (t) => record.abstract(t.lang, t.text)),
    zh: '应为 [{"lang":"en","text":"…"}] 或 {"en":"…"}',
    en: 'Expected [{"lang":"en","text":"…"}] or {"en":"…"}',
  },
  citations: {
    take: (value, record) =>
      each(z.array(z.union([text, citation])), Array.isArray(value) ? value : [value], (c) => {
        if (typeof c === 'string') record.item('citations', 'citations', c);
        else record.citation(c);
      }),
    zh: '应为文本，或 {"number","text","category","origin","date"} 的列表',
    en: 'Expected texts, or a list of {"number","text","category","origin","date"}',
  },
  priorities: {
    take: (value, record) =>
      each(z.array(z.union([text, priority])), Array.isArray(value) ? value : [value], (p) =>
        record.priority(typeof p === 'string' ? { number: p } : p),
      ),
    zh: '应为文本，或 {"number","country","date"} 的列表',
    en: 'Expected texts, or a list of {"number","country","date"}',
  },
  events: {
    take: (value, record) => each(z.array(event), value, (e) => record.event(e)),
    zh: '应为 {"date","office","code","text","detail"} 的列表',
    en: 'Expected a list of {"date","office","code","text","detail"}',
  },
  family: {
    take: (value, record) => {
      const read = z.union([text, lines, family]).safeParse(value);
      if (!read.success) return false;
      const {
        simple = '',
        extended = '',
        members = [],
      } = typeof read.data === 'string'
        ? { simple: read.data }
        : Array.isArray(read.data)
          ? { members: read.data }
          : read.data;
      record.family(simple, extended);
      for (const member of members) record.member(member);
      return true;
    },
    zh: '应为 {"simple","extended","members"}，或成员号码的列表',
    en: 'Expected {"simple","extended","members"}, or a list of numbers',
  },
  partial: {
    take: (value, record) => {
      if (typeof value !== 'boolean') return false;
      record.partial = value;
      return true;
    },
    zh: '应为 true 或 false',
    en: 'Expected true or false',
  },
};

function each<T>(schema: z.ZodType<T[]>, value: unknown, take: (item: T) => void): boolean {
  const read = schema.safeParse(value);
  if (read.success) for (const item of read.data) take(item);
  return read.success;
}

/**
 * Reads an object of the platform's own format. Fields have the names of the columns that a table is mapped to, lists are
 * arrays; `titles`, `abstracts`, `citations`, `priorities`, `events` and `family` are structured; anything else is kept as
 * an extra field.
 */
export function mapObject(row: number, object: Record<string, unknown>): SourceRow {
  const record = new RecordWriter();
  for (const [head, value] of Object.entries(object)) {
    if (value === null || value === undefined || value === '') continue;
    const shown = () => JSON.stringify(value).slice(0, 200);
    const structured = Object.hasOwn(STRUCTURED, head) ? STRUCTURED[head] : undefined;
    if (structured) {
      // One text of citations is cut like a column of a table.
      if (head === 'citations' && typeof value === 'string') record.value('citations', head, value);
      else if (!structured.take(value, record))
        record.fault(head, shown(), { zh: structured.zh, en: structured.en });
      continue;
    }
    if (!FIELDS.has(head)) {
      record.extra(head, typeof value === 'string' ? value : JSON.stringify(value));
      continue;
    }
    const items = Array.isArray(value) ? value : [value];
    if (items.some((item) => typeof item !== 'string' && typeof item !== 'number')) {
      record.fault(head, shown(), {
        zh: '应为文本或文本的列表',
        en: 'A text or a list of texts is expected',
      });
      continue;
    }
    for (const item of items) {
      if (Array.isArray(value)) record.item(head as MappedField, head, String(item));
      else record.value(head as MappedField, head, String(item));
    }
  }
  return record.row(row);
}

/** The platform's own format: one JSON object a line. Rows have the numbers of their lines. */
export const platformJsonl: SourceReader = {
  id: 'zhicheng-jsonl',
  title: { zh: '知城 JSONL', en: 'Zhicheng JSONL' },
  detect: (head) => {
    const text = headText(head).replace(/^(\u00ef\u00bb\u00bf|\ufeff)?\s*/, '');
    if (!text.startsWith('{')) return false;
    const first = text.split('\n', 1)[0]!;
    return /"(publicationNumber|applicationNumber|patentNumber)"\s*:/.test(first);
  },
  open: (path, after) => {
    const reader = readJsonl(path);
    const rows: CountedRows & { seen: number } = {
      seen: 0,
      get share() {
        return reader.totalBytes === 0 ? 0 : Math.min(1, reader.bytesRead / reader.totalBytes);
      },
      async *[Symbol.asyncIterator]() {
        for await (const line of reader) {
          rows.seen = line.lineNumber;
          if (line.lineNumber <= after) continue;
          yield line.problem
            ? faultyRow(line.lineNumber, line.problem.text)
            : mapObject(line.lineNumber, line.value);
        }
      },
    };
    return rows;
  },
};
