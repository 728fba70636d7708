import { AppError } from '#kernel/errors';
import { normaliseSymbol } from '../../contract/classes.ts';
import { classError } from './errors.ts';

/** One place of a scheme as a file says it. `line` is where it stands in the file, from 1. */
export interface EntryRow {
  line: number;
  symbol: string;
  /** Null where the file says no more than the spelling does. */
  parent: string | null;
  /** 0 section … 3 main group, one more for each dot; null for a subgroup whose dots are not recorded. */
  depth: number | null;
  title: string;
}

/** One line of a concordance: documents of `old` are under `new` since an edition. */
export interface ConcordanceRow {
  line: number;
  old: string;
  new: string;
  since: string | null;
}

/** One rule of the technology table: symbols whose sort key begins with `prefix` belong to `field`. */
export interface FieldRow {
  line: number;
  prefix: string;
  field: number;
  title: string;
  sector: string;
}

/** What a reader is told of its file, and what it finds out while reading. */
export interface FileFacts {
  name: string;
  /** Edition as `2026.01`, once the file has said it. */
  version: string | null;
  lang: 'zh' | 'en' | null;
  /** Rows that were left out, where a format bears that: the text of a book does not always become a table unharmed. */
  faults: RowFault[];
}

/** A row that was left out, and why. */
export interface RowFault {
  line: number;
  zh: string;
  en: string;
}

/** Longer than any title: the longest of the Chinese scheme has 473 characters. */
const MAX_TITLE = 4000;

/** The canonical spelling, or an error that names the line. */
export function symbolAt(facts: FileFacts, line: number, text: string): string {
  const symbol = normaliseSymbol(text);
  if (symbol === null)
    throw classError('patents_class_symbol', { name: facts.name, line, symbol: text.slice(0, 40) });
  return symbol;
}

/** A title as it is kept: one line, without the editions that some files write behind it. Throws where it is endless. */
export function titleAt(facts: FileFacts, line: number, text: string): string {
  if (text.length > MAX_TITLE)
    throw classError('patents_class_long', { name: facts.name, line, limit: MAX_TITLE });
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/[[［][\d.,，\s]+[\]］]\s*$/, '')
    .replace(/[\s;]+$/, '')
    .replace(/^[^\p{L}\p{N}]+$/u, '')
    .trim();
}

/** Notes that a row is left out for an error of its own; anything else is thrown on. */
export function leaveOut(facts: FileFacts, line: number, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  facts.faults.push({ line, ...error.text });
}

/** An edition as files write it (`20260101`, `2026.01`, `2026-01-01`, `July 10, 2019`) as year and month; null otherwise. */
export function editionOf(text: string): string | null {
  const m = /(?<!\d)((?:19|20)\d\d)[.-]?(0[1-9]|1[0-2])(?:[.-]?\d\d)?(?!\d)/.exec(text);
  if (m) return `${m[1]}.${m[2]}`;
  const words = /^([A-Z][a-z]{2})[a-z]* \d{1,2}, ((?:19|20)\d\d)$/.exec(text.trim());
  const month = words ? MONTHS.indexOf(words[1]!) + 1 : 0;
  return words && month > 0 ? `${words[2]}.${String(month).padStart(2, '0')}` : null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
