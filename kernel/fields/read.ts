import type { DeepReadonly } from '#kernel/city/schema';
import type { ListField } from '#kernel/city/schema-fields';
import type { Text } from '#kernel/text';
import type { ReadContext } from './context.ts';
import { type Fault, fault, givenText, type RecordIssue } from './issues.ts';
import { splitRows, splitValues } from './list-text.ts';
import type { FieldModel, RecordModel, SimpleModel } from './model.ts';
import { readSimple } from './values.ts';

export type { ReadContext, ReferenceAnswer } from './context.ts';
export type { RecordIssue } from './issues.ts';

/** More faults than this in one record are not listed. */
const MAX_ISSUES = 100;
/** Items of a list where the declaration sets no bound. */
export const MAX_ITEMS = 500;
/** Characters of a list in one cell. */
const MAX_LIST_TEXT = 2_000_000;

/** What was read: the stored form of every filled field in the order of the declaration, and what was wrong. */
export interface RecordReading {
  data: Record<string, unknown>;
  issues: RecordIssue[];
}

/** Collects what is wrong, up to a bound. */
class Issues {
  readonly list: RecordIssue[] = [];
  add(key: string, path: string, label: Text, value: unknown, { code, message }: Fault): void {
    if (this.list.length > MAX_ISSUES) return;
    if (this.list.length === MAX_ISSUES) {
      const rest = fault('too-many');
      this.list.push({ key: '', path: '', label: { zh: '整条', en: 'Record' }, value: '', ...rest });
      return;
    }
    this.list.push({ key, path, label, value: givenText(value), code, message });
  }
}

/**
 * Reads a record as a form, the API or a table gives it: every value is brought into its one stored form or listed with
 * what is wrong. Reading what was read changes nothing. Never throws, and never does more work than the bounds allow.
 */
export function readRecord(
  model: RecordModel,
  input: Readonly<Record<string, unknown>>,
  ctx: ReadContext,
): RecordReading {
  const issues = new Issues();
  const given = takeKnown(model, input, issues);
  const day = dayOf(model, given, ctx);
  const data: Record<string, unknown> = {};
  for (const field of model.fields) {
    if (!given.has(field.key)) {
      const kept = ctx.base && Object.hasOwn(ctx.base, field.key) ? ctx.base[field.key] : undefined;
      if (!isEmpty(kept)) data[field.key] = kept;
      else if (field.required) missing(field, issues);
      continue;
    }
    const before = issues.list.length;
    const value = readField(field, given.get(field.key), ctx, day, issues);
    if (value !== undefined) data[field.key] = value;
    else if (field.required && issues.list.length === before) missing(field, issues);
  }
  checkOrder(model, data, issues);
  return { data, issues: issues.list };
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function missing(field: FieldModel, issues: Issues): void {
  issues.add(field.key, `/${field.key}`, field.label, '', fault('required'));
}

/** Key → value for the fields that the input names, by their present or an earlier key. */
function takeKnown(
  model: RecordModel,
  input: Readonly<Record<string, unknown>>,
  issues: Issues,
): Map<string, unknown> {
  const given = new Map<string, unknown>();
  const old: [string, unknown][] = [];
  for (const key of Object.keys(input)) {
    if (model.byKey.has(key)) given.set(key, input[key]);
    else old.push([key, input[key]]);
  }
  for (const [key, value] of old) {
    const field = model.fields.find((f) => f.formerly.includes(key));
    const pointer = `/${pointerPart(key)}`;
    if (!field) {
      const computed = model.computed.includes(key);
      const named = fault(computed ? 'computed-field' : 'unknown-field', { key: key.slice(0, 60) });
      const label = { zh: key.slice(0, 60), en: key.slice(0, 60) };
      issues.add(key.slice(0, 60), pointer, label, value, named);
    } else if (isEmpty(given.get(field.key))) given.set(field.key, value);
    else if (!isEmpty(value) && givenText(value) !== givenText(given.get(field.key)))
      issues.add(field.key, pointer, field.label, value, fault('given-twice', { key }));
  }
  return given;
}

/** The day of which a record speaks: the first of its period, or today. */
function dayOf(model: RecordModel, given: ReadonlyMap<string, unknown>, ctx: ReadContext): string {
  const field = model.period ? model.byKey.get(model.period.from) : undefined;
  if (field?.type !== 'date') return ctx.today;
  const value = given.has(field.key) ? given.get(field.key) : ctx.base?.[field.key];
  const reading = readSimple(field as SimpleModel, value, ctx, ctx.today);
  return reading.ok && typeof reading.value === 'string' ? reading.value : ctx.today;
}

function readField(
  field: FieldModel,
  value: unknown,
  ctx: ReadContext,
  day: string,
  issues: Issues,
): unknown {
  const path = `/${field.key}`;
  if (field.type === 'values' || field.type === 'rows') return readList(field, value, ctx, day, issues);
  const reading = readSimple(field as SimpleModel, value, ctx, day);
  if (reading.ok) return reading.value;
  issues.add(field.key, path, field.label, value, reading.fault);
  return undefined;
}

function readList(
  field: FieldModel,
  value: unknown,
  ctx: ReadContext,
  day: string,
  issues: Issues,
): unknown[] | undefined {
  const wrong = (found: Fault) => {
    issues.add(field.key, `/${field.key}`, field.label, value, found);
    return undefined;
  };
  const items = listOf(field, value, ctx);
  if (!Array.isArray(items)) return items === null ? undefined : wrong(items);
  const def = field.def as DeepReadonly<ListField>;
  const limit = def.maxItems ?? MAX_ITEMS;
  if (items.length > limit) return wrong(fault('max-items', { limit, found: items.length }));
  const before = issues.list.length;
  const read: unknown[] = [];
  const places: number[] = [];
  items.forEach((item, i) => {
    const one =
      field.type === 'rows'
        ? readRow(field, item, i, ctx, day, issues)
        : readItem(field, item, i, ctx, day, issues);
    if (one === undefined) return;
    read.push(one);
    places.push(i);
  });
  if (issues.list.length > before) return undefined;
  if (def.uniqueItems) {
    const seen = new Map<string, number>();
    for (const [k, item] of read.entries()) {
      const text = JSON.stringify(item);
      const first = seen.get(text);
      if (first === undefined) {
        seen.set(text, places[k]!);
        continue;
      }
      const at = placeLabel(field, places[k]!);
      issues.add(field.key, `/${field.key}/${places[k]}`, at, item, fault('unique', { first: first + 1 }));
    }
    if (issues.list.length > before) return undefined;
  }
  if (read.length === 0) return undefined;
  if (def.minItems !== undefined && read.length < def.minItems)
    return wrong(fault('min-items', { limit: def.minItems, found: read.length }));
  return read;
}

/** The items of a list as given: an array, or the text of a cell taken apart. Null when there is nothing. */
function listOf(field: FieldModel, value: unknown, ctx: ReadContext): unknown[] | Fault | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value;
  if (ctx.source === 'json') return fault('list');
  if (typeof value !== 'string') return typeof value === 'object' ? fault('list') : [value];
  if (value.length > MAX_LIST_TEXT) return fault('too-long', { limit: MAX_LIST_TEXT, found: value.length });
  if (/…（已截断，全文 \d+ 字）$/.test(value)) return fault('truncated');
  if (field.type === 'values') return splitValues(value);
  return splitRows(value);
}

function placeLabel(field: FieldModel, index: number, column?: SimpleModel): Text {
  return {
    zh: `${field.label.zh}第 ${index + 1} 项${column ? `“${column.label.zh}”` : ''}`,
    en: `${field.label.en}, item ${index + 1}${column ? `, ${column.label.en}` : ''}`,
  };
}

function readItem(
  field: FieldModel,
  item: unknown,
  index: number,
  ctx: ReadContext,
  day: string,
  issues: Issues,
): unknown {
  const reading = readSimple(field.items[0]!, item, ctx, day);
  if (reading.ok) return reading.value;
  issues.add(field.key, `/${field.key}/${index}`, placeLabel(field, index), item, reading.fault);
  return undefined;
}

function readRow(
  field: FieldModel,
  item: unknown,
  index: number,
  ctx: ReadContext,
  day: string,
  issues: Issues,
): Record<string, unknown> | undefined {
  const path = `/${field.key}/${index}`;
  const wrong = (found: Fault) => {
    issues.add(field.key, path, placeLabel(field, index), item, found);
    return undefined;
  };
  let given = item;
  if (ctx.source === 'cell' && (typeof item === 'string' || typeof item === 'number')) given = [String(item)];
  if (Array.isArray(given)) {
    const pieces = given as unknown[];
    if (ctx.source === 'json') return wrong(fault('row'));
    const rest = pieces.slice(field.items.length);
    if (rest.some((piece) => piece !== ''))
      return wrong(
        fault('columns', {
          found: pieces.length,
          limit: field.items.length,
          columns: {
            zh: field.items.map((c) => c.label.zh).join(' | '),
            en: field.items.map((c) => c.label.en).join(' | '),
          },
        }),
      );
    given = Object.fromEntries(field.items.map((column, i) => [column.key, pieces[i]]));
  }
  if (typeof given !== 'object' || given === null) return wrong(fault('row'));
  const row = given as Record<string, unknown>;
  const known = new Map<string, unknown>();
  for (const key of Object.keys(row)) {
    const column = field.items.find((c) => c.key === key || c.def['x-formerly']?.includes(key));
    if (!column) {
      const label = placeLabel(field, index);
      const named = fault('unknown-field', { key: key.slice(0, 60) });
      issues.add(field.key, `${path}/${pointerPart(key)}`, label, row[key], named);
    } else if (column.key === key || isEmpty(row[column.key])) known.set(column.key, row[key]);
  }
  const data: Record<string, unknown> = {};
  const empty: SimpleModel[] = [];
  const before = issues.list.length;
  for (const column of field.items) {
    const reading = readSimple(column, known.get(column.key), ctx, day);
    if (!reading.ok)
      issues.add(
        field.key,
        `${path}/${column.key}`,
        placeLabel(field, index, column),
        known.get(column.key),
        reading.fault,
      );
    else if (reading.value !== undefined) data[column.key] = reading.value;
    else if (column.required) empty.push(column);
  }
  if (issues.list.length > before) return undefined;
  if (Object.keys(data).length === 0) return undefined;
  for (const column of empty)
    issues.add(field.key, `${path}/${column.key}`, placeLabel(field, index, column), '', fault('required'));
  return data;
}

/** A key as part of a JSON pointer. */
function pointerPart(key: string): string {
  return key.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1');
}

function checkOrder(model: RecordModel, data: Record<string, unknown>, issues: Issues): void {
  if (!model.period?.to) return;
  const { from, to } = model.period;
  const first = data[from];
  const last = data[to];
  if (typeof first !== 'string' || typeof last !== 'string' || first <= last) return;
  const start = model.byKey.get(from);
  const end = model.byKey.get(to);
  if (start && end)
    issues.add(to, `/${to}`, end.label, last, fault('order', { label: start.label, from: first }));
}
