import type { Expr, TextExpr } from '../../query/ast.ts';
import { fieldOf, printedName } from '../../query/fields.ts';
import { printQuery } from '../../query/print.ts';
import { printDay } from '../../query/values.ts';

/** How a row's value is compared; which of them a row can have hangs on the kind of its field. */
export type Condition = 'all' | 'any' | 'phrase' | 'whole' | 'is' | 'low' | 'between' | 'oneOf';

/** One row of the form. */
export interface FormRow {
  /** How it joins what stands above it; of the first row without meaning. */
  join: 'and' | 'or' | 'not';
  /** Id of the field. */
  field: string;
  condition: Condition;
  /** Words; of `oneOf` ids of values with bars; of `between` the lower end. */
  value: string;
  /** Upper end of `between`. */
  to: string;
}

/** The conditions that a field can be asked with, the usual one first. */
export function conditionsOf(field: string): readonly Condition[] {
  const { kind, values } = fieldOf(field);
  switch (kind) {
    case 'text':
      return ['all', 'any', 'phrase'];
    case 'name':
      return ['all', 'any', 'phrase', 'whole'];
    case 'class':
      return ['is', 'low'];
    case 'date':
    case 'count':
      return ['between'];
    case 'value':
      return values ? ['oneOf'] : ['is'];
    default:
      return ['is'];
  }
}

/** A new row for a field. */
export function emptyRow(field: string, join: FormRow['join'] = 'and'): FormRow {
  return { join, field, condition: conditionsOf(field)[0]!, value: '', to: '' };
}

/** Whether a row asks for anything. */
export function isFilled(row: FormRow): boolean {
  return row.value.trim() !== '' || (row.condition === 'between' && row.to.trim() !== '');
}

const quoted = (text: string) => `"${text.replaceAll('"', ' ').trim()}"`;
/** Words as typed; a phrase in quotation marks is one. */
const wordsOf = (text: string) => text.match(/"[^"]*"?|[^\s,，;；]+/g) ?? [];
/** A word that holds signs of the language is quoted, so that it stays a word. */
const safe = (word: string) =>
  /^"|^[\p{L}\p{N}*?#._%-]+$/u.test(word) && !/^(?:and|or|not|xor)$/i.test(word) ? word : quoted(word);

function rowText({ field, condition, value, to }: FormRow): string {
  const name = printedName(field, 'zc');
  const typed = value.trim();
  switch (condition) {
    case 'all':
    case 'any': {
      const words = wordsOf(typed).map(safe);
      if (words.length < 2) return `${name}=${words[0] ?? quoted(typed)}`;
      return `${name}=(${words.join(condition === 'all' ? ' AND ' : ' OR ')})`;
    }
    case 'phrase':
      return `${name}=${quoted(typed)}`;
    case 'whole':
      return `${name}==${quoted(typed)}`;
    case 'low':
      return `${name}=/low ${typed}`;
    case 'between': {
      const [a, b] = [typed, to.trim()];
      return a === b ? `${name}=${a}` : `${name}=[${a || '*'} TO ${b || '*'}]`;
    }
    case 'oneOf': {
      const words = typed.split('|').map((id) => fieldOf(field).values?.find((v) => v.id === id)?.zh ?? id);
      return words.length < 2 ? `${name}=${words[0]}` : `${name}=(${words.join(' OR ')})`;
    }
    default:
      return `${name}=${/[\s"]/.test(typed) && fieldOf(field).kind !== 'class' ? quoted(typed) : typed}`;
  }
}

/** The query that the rows ask, from top to bottom, with brackets wherever the joining changes. '' for none. */
export function queryOfRows(rows: readonly FormRow[]): string {
  const filled = rows.filter(isFilled);
  let text = '';
  let before: FormRow['join'] | null = null;
  for (const [i, row] of filled.entries()) {
    if (i === 0) {
      text = rowText(row);
      continue;
    }
    // NOT after NOT excludes both, whatever the brackets; any other change of the joining needs them.
    text = before !== null && before !== row.join ? `(${text})` : text;
    text = `${text} ${row.join.toUpperCase()} ${rowText(row)}`;
    before = row.join;
  }
  return text;
}

/** The rows that show a query; null for one that the form cannot show. */
export function rowsOfQuery(expr: Expr): FormRow[] | null {
  const leaf = leafRow(expr);
  if (leaf) return [leaf];
  if (expr.type === 'not') {
    const keep = rowsOfQuery(expr.keep);
    const dropped = leafRow(expr.drop) ? [expr.drop] : expr.drop.type === 'or' ? expr.drop.items : null;
    return keep && dropped ? joined(keep, dropped, 'not') : null;
  }
  if (expr.type !== 'and' && expr.type !== 'or') return null;
  const first = rowsOfQuery(expr.items[0]!);
  return first && joined(first, expr.items.slice(1), expr.type);
}

function joined(rows: FormRow[], items: readonly Expr[], join: FormRow['join']): FormRow[] | null {
  const more = items.map(leafRow);
  return more.every((row) => row !== null) ? [...rows, ...more.map((row) => ({ ...row, join }))] : null;
}

function leafRow(expr: Expr): FormRow | null {
  if (expr.type === 'and' || expr.type === 'or') return listRow(expr.items, expr.type);
  if (!('fields' in expr)) return null;
  const field = expr.fields[0]!;
  if (expr.fields.length > 1 || expr.mode !== 'any') return null;
  const row = (condition: Condition, value: string, to = ''): FormRow | null =>
    conditionsOf(field).includes(condition) ? { join: 'and', field, condition, value, to } : null;
  switch (expr.type) {
    case 'text': {
      if (expr.expr.type !== 'term' || expr.expr.term.times !== undefined) return null;
      const { quoted: phrase, whole } = expr.expr.term;
      const words = termText(expr.expr);
      return row(whole ? 'whole' : phrase ? 'phrase' : 'all', words);
    }
    case 'class':
      return expr.reach === 'low'
        ? row('low', expr.symbol)
        : expr.reach === 'same'
          ? row('is', expr.symbol)
          : null;
    case 'date':
      return row(
        'between',
        expr.from === null ? '' : printDay(expr.from, 'from'),
        expr.to === null ? '' : printDay(expr.to, 'to'),
      );
    case 'count':
      return row('between', String(expr.from ?? ''), String(expr.to ?? ''));
    case 'value':
      return row(fieldOf(field).values ? 'oneOf' : 'is', expr.value);
    case 'number':
      return row('is', valueText(expr));
    default:
      return null;
  }
}

/** Several terms or values of one field under one bracket. */
function listRow(items: readonly Expr[], type: 'and' | 'or'): FormRow | null {
  const rows = items.map((item) => (item.type === 'and' || item.type === 'or' ? null : leafRow(item)));
  const first = rows[0];
  if (!first || rows.some((row) => row === null || row.field !== first.field)) return null;
  if (type === 'or' && rows.every((row) => row?.condition === 'oneOf'))
    return { ...first, value: rows.map((row) => row!.value).join('|') };
  if (!rows.every((row) => row?.condition === 'all' || row?.condition === 'phrase')) return null;
  return {
    ...first,
    condition: type === 'and' ? 'all' : 'any',
    value: rows.map((row) => (row!.condition === 'phrase' ? quoted(row!.value) : row!.value)).join(' '),
  };
}

/** A term as it is typed, wildcards included. */
function termText(expr: TextExpr & { type: 'term' }): string {
  const at = { offset: 0, length: 0 };
  const printed = printQuery({ type: 'text', fields: ['TI'], mode: 'any', at, expr }, 'zc').text;
  return printed.replace(/^TI==?/, '').replace(/^"(.*)"$/s, '$1');
}

function valueText(expr: Expr): string {
  return printQuery(expr, 'zc')
    .text.replace(/^[^=]*=/, '')
    .replace(/^"(.*)"$/s, '$1');
}
