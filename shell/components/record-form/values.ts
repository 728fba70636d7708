import type { FieldView } from '#kernel/fields/view';
import { readDate } from '../read-date.ts';
import { moneyText, type NumberProblem, numberText, readMoney, readNumber } from './numbers.ts';

/** A field that holds one value: of a record, or of a row inside one. */
export type SimpleView = FieldView['items'][number];

/** One row of a list as it is typed; a list of single values has rows with the one column `''`. */
export type FormRow = Readonly<Record<string, string>>;

/** A field as it is typed. */
export type FormValue = string | readonly FormRow[];

/** A whole record as it is typed: key → text or rows. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** Something typed that cannot be sent at all. Everything else is judged by the server. */
export interface ValueProblem {
  /** `key`, or `key/row/column`; the column is left out for a list of single values. */
  place: string;
  problem: NumberProblem;
}

/** Fields that are typed: neither computed nor of an earlier schema. */
export function typed<F extends FieldView & { retired?: boolean }>(fields: readonly F[]): F[] {
  return fields.filter((f) => !f.computed && !f.retired);
}

/** Has the field rows: of columns, or of single values? */
export function isList(field: Pick<FieldView, 'type'>): boolean {
  return field.type === 'values' || field.type === 'rows';
}

function textOf(field: SimpleView, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return field.fen === null ? numberText(value) : moneyText(value, field.fen);
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : '';
}

/**
 * What was typed and kept elsewhere, as it stands in the form: fields that are new since then begin empty, and so does what is not
 * of the field's shape, as another program may have kept it.
 */
export function keptForm(fields: readonly FieldView[], kept: Readonly<Record<string, unknown>>): FormValues {
  const isRow = (row: unknown): row is FormRow =>
    typeof row === 'object' && row !== null && Object.values(row).every((cell) => typeof cell === 'string');
  return Object.fromEntries(
    Object.entries(toForm(fields, {})).map(([key, empty]): [string, FormValue] => {
      const value = kept[key];
      if (typeof empty === 'string') return [key, typeof value === 'string' ? value : empty];
      return [key, Array.isArray(value) && value.every(isRow) ? value : empty];
    }),
  );
}

/** Stored content as it stands in the form. */
export function toForm(fields: readonly FieldView[], data: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(
    typed(fields).map((field) => {
      const value = data[field.key];
      if (!isList(field)) return [field.key, textOf(field, value)];
      const rows = Array.isArray(value) ? (value as unknown[]) : [];
      return [
        field.key,
        rows.map((row) =>
          Object.fromEntries(
            field.items.map((item) => [
              item.key,
              textOf(
                item,
                field.type === 'values' ? row : (row as Record<string, unknown> | null)?.[item.key],
              ),
            ]),
          ),
        ),
      ];
    }),
  );
}

/** An empty row of a list. */
export function emptyRow(field: Pick<FieldView, 'items'>): FormRow {
  return Object.fromEntries(field.items.map((i) => [i.key, '']));
}

const blank = (row: FormRow) => Object.values(row).every((text) => text.trim() === '');

/**
 * The form without what says nothing: rows in which nothing was typed. Done before sending, so that the rows of the form and
 * those that the server speaks of are the same.
 */
export function pruned(values: FormValues): FormValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : value.filter((row) => !blank(row)),
    ]),
  );
}

/** One typed text as it is stored; undefined for nothing. */
function stored(field: SimpleView, text: string): { value: unknown } | { problem: NumberProblem } {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  switch (field.type) {
    case 'money':
      return readMoney(trimmed, field.fen ?? 100);
    case 'integer':
    case 'year':
      return readNumber(trimmed, true);
    case 'number':
      return readNumber(trimmed, false);
    case 'boolean':
      return { value: trimmed === 'true' };
    case 'date':
      return { value: readDate(trimmed) ?? trimmed };
    case 'long-text':
      return { value: text.trimEnd() };
    default:
      return { value: trimmed };
  }
}

/** What is sent, and what cannot be. Empty fields are left out. */
export function toData(
  fields: readonly FieldView[],
  values: FormValues,
): { data: Record<string, unknown>; problems: ValueProblem[] } {
  const problems: ValueProblem[] = [];
  const take = (field: SimpleView, text: string, place: string): unknown => {
    const read = stored(field, text);
    if ('value' in read) return read.value;
    problems.push({ place, problem: read.problem });
    return undefined;
  };
  const data: Record<string, unknown> = {};
  for (const field of typed(fields)) {
    const value = values[field.key];
    if (value === undefined) continue;
    if (typeof value === 'string') {
      const one = take(field, value, field.key);
      if (one !== undefined) data[field.key] = one;
      continue;
    }
    if (value.length === 0) continue;
    data[field.key] = value.map((row, i) => {
      if (field.type === 'values') return take(field.items[0]!, row[''] ?? '', `${field.key}/${i}`);
      const out: Record<string, unknown> = {};
      for (const item of field.items) {
        const one = take(item, row[item.key] ?? '', `${field.key}/${i}/${item.key}`);
        if (one !== undefined) out[item.key] = one;
      }
      return out;
    });
  }
  return { data, problems };
}

/** Do two values of a field say the same? Rows without content and blanks at the ends say nothing. */
export function sameValue(a: FormValue | undefined, b: FormValue | undefined): boolean {
  const bare = (value: FormValue | undefined) =>
    typeof value === 'string'
      ? value.trim()
      : (value ?? [])
          .filter((row) => !blank(row))
          .map((row) =>
            Object.entries(row)
              .map(([key, text]) => [key, text.trim()] as const)
              .filter(([, text]) => text !== '')
              .sort(([x], [y]) => (x < y ? -1 : 1)),
          );
  const empty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);
  const [left, right] = [bare(a), bare(b)];
  return (empty(left) && empty(right)) || JSON.stringify(left) === JSON.stringify(right);
}

/** Moves a row up or down; beyond the ends nothing happens. */
export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  if (to < 0 || to >= rows.length) return [...rows];
  const out = [...rows];
  out.splice(to, 0, ...out.splice(from, 1));
  return out;
}
