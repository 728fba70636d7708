import type { Text } from '#kernel/text';
import type { MappedField } from '../../contract.ts';
import type {
  RawCitation,
  RawEvent,
  RawPriority,
  RawRecord,
  RawText,
  RawValue,
  RowFault,
  SourceRow,
} from './raw.ts';

/** What one record may hold; more is a fault of the record, so that no source can fill the memory. */
const MOST = {
  items: 10_000,
  citations: 20_000,
  events: 20_000,
  members: 20_000,
  priorities: 2_000,
  texts: 200,
  extra: 500,
};
const LONGEST = 16 * 1024 ** 2;
const LONGEST_EXTRA = 100_000;

const LANGUAGES = new Map(
  Object.entries({
    cn: 'zh',
    chi: 'zh',
    zho: 'zh',
    eng: 'en',
    jp: 'ja',
    kr: 'ko',
    ol: '',
  }),
);

/** ISO 639-1 code of a language as sources name it: `EN`, `zh-CN`, `cn`; '' for "original language" and the unknown. */
export function language(name: string): string {
  const lower = name.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  const known = LANGUAGES.get(lower);
  if (known !== undefined) return known;
  return /^[a-z]{2}$/.test(lower) ? lower : '';
}

/** Puts a record together, leaves out what is empty, and notes what is too much. */
export class RecordWriter {
  readonly #values = new Map<MappedField, RawValue[]>();
  readonly #extra = new Map<string, string>();
  readonly #titles: RawText[] = [];
  readonly #abstracts: RawText[] = [];
  readonly #citations: RawCitation[] = [];
  readonly #priorities: RawPriority[] = [];
  readonly #events: RawEvent[] = [];
  readonly #members = new Set<string>();
  #simple = '';
  #extended = '';
  readonly #faults: RowFault[] = [];
  partial = false;
  dayFirst = false;

  /** A value that is read as a column of a table is: lists may be in one text. */
  value(field: MappedField, head: string, text: string): void {
    this.#push(field, head, text, false);
  }

  /** One item of a list, which is not cut further. */
  item(field: MappedField, head: string, text: string): void {
    this.#push(field, head, text, true);
  }

  #push(field: MappedField, head: string, text: string, item: boolean): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    if (trimmed.length > LONGEST) {
      this.fault(head, trimmed.slice(0, 100), tooLong(LONGEST));
      return;
    }
    const list = this.#values.get(field) ?? [];
    if (this.#full(list.length, MOST.items, head)) return;
    list.push(item ? { head, text: trimmed, item: true } : { head, text: trimmed });
    this.#values.set(field, list);
  }

  #full(count: number, most: number, head: string): boolean {
    if (count < most) return false;
    if (count === most && !this.#faults.some((f) => f.field === head && f.value === `> ${most}`))
      this.fault(head, `> ${most}`, tooMany(most));
    return true;
  }

  /** Whether the field has a value. */
  has(field: MappedField): boolean {
    return this.#values.has(field);
  }

  /** A value without a place of its own; said twice, both are kept. */
  extra(name: string, text: string): void {
    const trimmed = text.trim().slice(0, LONGEST_EXTRA);
    if (trimmed === '') return;
    const before = this.#extra.get(name);
    if (before === undefined) {
      if (!this.#full(this.#extra.size, MOST.extra, 'extra')) this.#extra.set(name, trimmed);
    } else if (before.length + trimmed.length < LONGEST_EXTRA && !`; ${before}; `.includes(`; ${trimmed}; `))
      this.#extra.set(name, `${before}; ${trimmed}`);
  }

  /** A title in a language as the source names it. */
  title(lang: string, text: string): void {
    this.#text(this.#titles, lang, text, 'title');
  }

  /** An abstract in a language as the source names it. */
  abstract(lang: string, text: string): void {
    this.#text(this.#abstracts, lang, text, 'abstract');
  }

  #text(list: RawText[], lang: string, text: string, head: string): void {
    const trimmed = text.trim();
    if (trimmed === '' || this.#full(list.length, MOST.texts, head)) return;
    if (trimmed.length > LONGEST) this.fault(head, trimmed.slice(0, 100), tooLong(LONGEST));
    else if (!list.some((t) => t.lang === language(lang) && t.text === trimmed))
      list.push({ lang: language(lang), text: trimmed });
  }

  citation(citation: Partial<RawCitation>): void {
    const whole = { number: '', text: '', category: '', origin: '', date: '', ...citation };
    if (whole.number === '' && whole.text === '') return;
    if (!this.#full(this.#citations.length, MOST.citations, 'citations')) this.#citations.push(whole);
  }

  priority(priority: Partial<RawPriority>): void {
    const whole = { number: '', country: '', date: '', ...priority };
    if (whole.number === '' && whole.date === '') return;
    if (this.#full(this.#priorities.length, MOST.priorities, 'priorities')) return;
    if (!this.#priorities.some((p) => p.number === whole.number && p.date === whole.date))
      this.#priorities.push(whole);
  }

  event(event: Partial<RawEvent>): void {
    const whole = { date: '', office: '', code: '', text: '', detail: {}, ...event };
    if (whole.code === '' && whole.text === '' && Object.keys(whole.detail).length === 0) return;
    if (!this.#full(this.#events.length, MOST.events, 'events')) this.#events.push(whole);
  }

  /** Identities of the families; members are named with {@link member}. */
  family(simple: string, extended = ''): void {
    this.#simple ||= simple.trim();
    this.#extended ||= extended.trim();
  }

  member(number: string): void {
    const trimmed = number.trim();
    if (trimmed !== '' && !this.#full(this.#members.size, MOST.members, 'family')) this.#members.add(trimmed);
  }

  /** Something that keeps the record from being taken in. */
  fault(field: string, value: string, reason: Text): void {
    if (this.#faults.length < 20) this.#faults.push({ field, value, reason });
  }

  /** The row, with its own title and abstract chosen: Chinese, else English, else the first. */
  row(row: number): SourceRow {
    if (!this.has('title')) this.value('title', 'title', own(this.#titles));
    if (!this.has('abstract')) this.value('abstract', 'abstract', own(this.#abstracts));
    if (this.#faults.length > 0) return { row, raw: null, faults: this.#faults };
    const raw: RawRecord = { values: this.#values, extra: Object.fromEntries(this.#extra) };
    const tagged = (texts: RawText[]) => texts.filter((t) => t.lang !== '' || texts.length > 1);
    if (tagged(this.#titles).length > 0) raw.titles = tagged(this.#titles);
    if (tagged(this.#abstracts).length > 0) raw.abstracts = tagged(this.#abstracts);
    if (this.#citations.length > 0) raw.citations = this.#citations;
    if (this.#priorities.length > 0) raw.priorities = this.#priorities;
    if (this.#events.length > 0) raw.events = this.#events;
    if (this.#simple !== '' || this.#extended !== '' || this.#members.size > 0)
      raw.family = { simple: this.#simple, extended: this.#extended, members: [...this.#members] };
    if (this.partial) raw.partial = true;
    if (this.dayFirst) raw.dayFirst = true;
    return { row, raw, faults: [] };
  }
}

function own(texts: readonly RawText[]): string {
  const by = (lang: string) => texts.find((t) => t.lang === lang);
  return (by('zh') ?? by('en') ?? texts[0])?.text ?? '';
}

const tooMany = (most: number): Text => ({
  zh: `同一条记录中超过 ${most} 项，不像是一件专利，请核对`,
  en: `More than ${most} of them in one record, which cannot be one patent: check it`,
});

const tooLong = (most: number): Text => ({
  zh: `超过 ${most} 个字符，请核对`,
  en: `Longer than ${most} characters: check it`,
});
