import type { FieldView } from '#kernel/fields/view';
import { ApiError } from '../../api-error.ts';
import { PREFIX } from './control.ts';

/** Something wrong with one place of the form: `name`, `members/0/role`, `years/2`; empty for the record as a whole. */
export interface PlacedIssue {
  place: string;
  message: string;
}

/**
 * The place that a JSON pointer of the server names: `/body/data/members/0/role` → `members/0/role`, where the content is
 * sent as `data`. What stands beside the content (reason, day) is told apart from a field of the same name by a leading dot.
 */
export function placeOf(pointer: string, content = 'data'): string {
  const path = pointer.replace(/^\/body(?=\/|$)/, '');
  const within = `/${content}`;
  const inside = path === within || path.startsWith(`${within}/`);
  const place = inside ? path.slice(within.length + 1) : path.replace(/^\//, '.');
  return place
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('/');
}

/** What a refused call says about the form. A refusal without places speaks of the whole. */
export function placedIssues(error: unknown, content?: string): PlacedIssue[] {
  if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return [];
  if (error.issues.length === 0) return [{ place: '', message: error.message }];
  return error.issues.map((i) => ({ place: placeOf(i.path, content), message: i.message }));
}

/** Id of the control of a place; what has no control of its own leads to the field it belongs to. */
export function placeId(place: string, fields: readonly FieldView[], prefix = PREFIX): string {
  if (place === '') return `${prefix}-whole`;
  if (place.startsWith('.')) return whyId(place.slice(1).split('/')[0]!, prefix);
  const [key = '', row, column] = place.split('/');
  const field = fields.find((f) => f.key === key);
  if (!field) return `${prefix}-whole`;
  if (row === undefined || field.items.length === 0) return `${prefix}-${key}`;
  const wanted = field.type === 'values' ? '' : (column ?? field.items[0]?.key ?? '');
  return cellId(key, Number(row), wanted, prefix);
}

/** Id of the control of what stands beside the content: reason, day. */
export function whyId(name: string, prefix = PREFIX): string {
  return `${prefix}-why-${name}`;
}

/** Id of the control of one cell of a list. */
export function cellId(key: string, row: number, column: string, prefix = PREFIX): string {
  return `${prefix}-${key}-${row}${column && `-${column}`}`;
}

/** Words for a place: label of the field, row, column. */
export function placeLabel(
  place: string,
  fields: readonly FieldView[],
  words: { whole: string; row: (n: number) => string; beside: Readonly<Record<string, string>> },
): string {
  if (place === '') return words.whole;
  if (place.startsWith('.')) return words.beside[place.slice(1).split('/')[0]!] ?? words.whole;
  const [key = '', row, column] = place.split('/');
  const field = fields.find((f) => f.key === key);
  if (!field) return words.whole;
  const parts = [field.label];
  if (row !== undefined) parts.push(words.row(Number(row) + 1));
  const item = field.items.find((i) => i.key !== '' && i.key === column);
  if (item) parts.push(item.label);
  return parts.join(' · ');
}
