import { TextDecoder } from 'node:util';
import { cellText, type TableRow } from '#kernel/tables/cells';
import { readCsv } from '#kernel/tables/csv';
import { levelOf, sortKey, spelledParent } from '../../contract/classes.ts';
import { classError } from './errors.ts';
import {
  type ConcordanceRow,
  type EntryRow,
  editionOf,
  type FieldRow,
  type FileFacts,
  leaveOut,
  symbolAt,
  titleAt,
} from './rows.ts';

/** Heads under which a column is recognised, in small letters with `_` for spaces and hyphens. */
const HEADS = {
  symbol: ['code', 'symbol', 'ipc', '分类号'],
  parent: ['parent', '上级'],
  level: ['level', '层级'],
  dots: ['dots', '点数'],
  titleZh: ['title_zh', '类名', '名称', '标题'],
  titleEn: ['title_en', 'title'],
  old: ['old', 'old_symbol', 'from_symbol', '原分类号', '旧分类号'],
  new: ['new', 'new_symbol', 'to_symbol', '新分类号'],
  since: ['to_version', 'since', 'version', 'from_version', '版本'],
  field: ['field_number', 'field', '领域编号'],
  fieldTitle: ['field_en', 'field_title', '领域'],
  sector: ['sector_en', 'sector', '部门'],
  rule: ['ipc_code', 'prefix'],
  updated: ['updated_on'],
} as const;
type Head = keyof typeof HEADS;

/** Which columns a table has, by the heads of its first row; of several names for one column the first in the list wins. */
export class Heads {
  readonly #at = new Map<Head, number>();
  readonly names: readonly string[];

  constructor(row: TableRow) {
    this.names = row.cells.map((cell) => cellText(cell).trim());
    const plain = this.names.map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
    for (const head of Object.keys(HEADS) as Head[]) {
      const name = (HEADS[head] as readonly string[]).find((n) => plain.includes(n));
      if (name !== undefined) this.#at.set(head, plain.indexOf(name));
    }
  }

  has(...heads: Head[]): boolean {
    return heads.every((head) => this.#at.has(head));
  }

  /** What kind of file these heads belong to; null for none that is known here. */
  get format(): 'scheme-csv' | 'concordance' | 'fields' | null {
    if (this.has('rule', 'field')) return 'fields';
    if (this.has('old', 'new')) return 'concordance';
    return this.has('symbol') && (this.has('titleZh') || this.has('titleEn')) ? 'scheme-csv' : null;
  }

  text(row: TableRow, head: Head): string {
    const at = this.#at.get(head);
    return at === undefined ? '' : cellText(row.cells[at]).trim();
  }
}

/** The rows under the heads; a row with a fault of its own stops the reading. */
async function* bodyOf(path: string): AsyncGenerator<{ heads: Heads; row: TableRow; line: number }> {
  let heads: Heads | null = null;
  for await (const row of readCsv(path)) {
    if (row.problem) throw row.problem;
    if (heads) yield { heads, row, line: row.line ?? row.rowNumber };
    else heads = new Heads(row);
  }
}

/** The heads of a table, or null where there is no row at all. */
export async function headsOf(path: string): Promise<Heads | null> {
  for await (const row of readCsv(path)) return new Heads(row);
  return null;
}

/**
 * Reads a scheme as CSV: symbol and title, optionally level, parent and number of dots. Without dots the depth of subgroups
 * is not known, whatever the parent column says: such files name the main group there. Single rows that cannot be right are
 * left out and noted: a symbol that is none, a title of digits alone (the rest of a symbol that was cut).
 */
export async function* readSchemeCsv(facts: FileFacts, path: string): AsyncGenerator<EntryRow> {
  for await (const { heads, row, line } of bodyOf(path)) {
    facts.lang ??= heads.has('titleZh') ? 'zh' : 'en';
    const made = tried(facts, line, () => schemeRow(facts, heads, row, line));
    if (made) yield made;
  }
}

/** What a row says, or null with a note where it has to be left out. */
function tried<T>(facts: FileFacts, line: number, make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    leaveOut(facts, line, error);
    return null;
  }
}

function schemeRow(facts: FileFacts, heads: Heads, row: TableRow, line: number): EntryRow {
  const symbol = symbolAt(facts, line, heads.text(row, 'symbol'));
  const level = levelOf(symbol);
  const said = heads.text(row, 'level').toLowerCase().replace(' ', '-');
  if (said !== '' && said !== level)
    throw classError('patents_class_level', { name: facts.name, line, symbol, level: said.slice(0, 20) });
  const title = titleAt(facts, line, heads.text(row, facts.lang === 'en' ? 'titleEn' : 'titleZh'));
  const dots = heads.text(row, 'dots');
  if (!/^\d{0,2}$/.test(dots))
    throw classError('patents_class_value', {
      name: facts.name,
      line,
      column: 'dots',
      value: dots.slice(0, 20),
    });
  const depth = ['section', 'class', 'subclass', 'main-group'].indexOf(level);
  const parent = heads.text(row, 'parent');
  if (/^\d+$/.test(title))
    throw classError('patents_class_value', { name: facts.name, line, column: 'title', value: title });
  if (depth >= 0 || Number(dots) === 0)
    return { line, symbol, parent: spelledParent(symbol), depth: depth >= 0 ? depth : null, title };
  return { line, symbol, parent: symbolAt(facts, line, parent), depth: 3 + Number(dots), title };
}

/** Reads a concordance as CSV: old symbol, new symbol, and the edition since which the new one holds. */
export async function* readConcordanceCsv(facts: FileFacts, path: string): AsyncGenerator<ConcordanceRow> {
  for await (const { heads, row, line } of bodyOf(path)) {
    const old = symbolAt(facts, line, heads.text(row, 'old'));
    const next = symbolAt(facts, line, heads.text(row, 'new'));
    const text = heads.text(row, 'since');
    const since = text === '' ? null : editionOf(text);
    if (text !== '' && since === null)
      throw classError('patents_class_value', {
        name: facts.name,
        line,
        column: 'version',
        value: text.slice(0, 20),
      });
    if (since !== null && (facts.version === null || since > facts.version)) facts.version = since;
    if (old !== next) yield { line, old, new: next, since };
  }
}

/** Reads WIPO's technology table. Its edition, where nobody gives one, is the latest date in its column of changes. */
export async function* readFields(facts: FileFacts, path: string): AsyncGenerator<FieldRow> {
  for await (const { heads, row, line } of bodyOf(path)) {
    const bad = (column: string, value: string) =>
      classError('patents_class_value', { name: facts.name, line, column, value: value.slice(0, 40) });
    const number = heads.text(row, 'field');
    if (!/^[1-9]\d?$/.test(number)) throw bad('field', number);
    const rule = heads.text(row, 'rule');
    const prefix = prefixOf(rule);
    if (prefix === null) throw bad('IPC', rule);
    const updated = editionOf(heads.text(row, 'updated'));
    if (updated !== null && (facts.version === null || updated > facts.version)) facts.version = updated;
    yield {
      line,
      prefix,
      field: Number(number),
      title: heads.text(row, 'fieldTitle'),
      sector: heads.text(row, 'sector'),
    };
  }
}

/** `F21H%` → `F21H`, `H04N   3/%` → `H04N0003`, `A61K 8/02%` → `A61K000802`: the beginning of sort keys. */
function prefixOf(rule: string): string | null {
  const m = /^([A-H](?:\d\d[A-Z]?)?)\s*(?:(\d{1,4})\/(\d{0,6}))?%?$/.exec(rule.trim().toUpperCase());
  if (!m || (m[2] !== undefined && m[1]!.length !== 4)) return null;
  const key = m[2] === undefined ? m[1]! : `${m[1]}${m[2].padStart(4, '0')}${m[3]}`;
  return m[1]!.length === 2 || sortKey(m[1]!) === null ? null : key;
}

/**
 * Reads a list of titles: a symbol, a tab, the title. Of several lines for one symbol the first is its title; lines
 * that cannot be right are left out and noted. */
export async function* readTitles(facts: FileFacts, pieces: AsyncIterable<Buffer>): AsyncGenerator<EntryRow> {
  const seen = new Set<string>();
  for await (const { line, text } of linesOf(facts.name, pieces)) {
    if (text.trim() === '') continue;
    const row = tried(facts, line, () => titleRow(facts, line, text));
    if (!row || seen.has(row.symbol)) continue;
    facts.lang ??= /\p{Script=Han}/u.test(row.title) ? 'zh' : 'en';
    seen.add(row.symbol);
    yield row;
  }
}

function titleRow(facts: FileFacts, line: number, text: string): EntryRow {
  const tab = text.indexOf('\t');
  const symbol = symbolAt(facts, line, tab < 0 ? text : text.slice(0, tab));
  const title = titleAt(facts, line, tab < 0 ? '' : text.slice(tab + 1));
  if (title === '')
    throw classError('patents_class_value', { name: facts.name, line, column: 'title', value: '' });
  const depth = ['section', 'class', 'subclass', 'main-group'].indexOf(levelOf(symbol));
  return { line, symbol, parent: null, depth: depth < 0 ? null : depth, title };
}

async function* linesOf(
  name: string,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<{ line: number; text: string }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 0;
  const decode = (piece?: Buffer) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw classError('patents_class_value', { name, line: line + 1, column: 'encoding', value: '≠ UTF-8' });
    }
  };
  for await (const piece of pieces) {
    rest += decode(piece);
    const lines = rest.split(/\r\n|\n/);
    rest = lines.pop() ?? '';
    if (rest.length > 1 << 16)
      throw classError('patents_class_long', { name, line: line + lines.length + 1, limit: 1 << 16 });
    for (const text of lines) yield { line: ++line, text };
  }
  rest += decode();
  if (rest !== '') yield { line: ++line, text: rest };
}
