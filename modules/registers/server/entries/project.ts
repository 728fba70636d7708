import type { CalendarDate } from '#kernel/calendar/date';
import type { FieldModel, SimpleModel } from '#kernel/fields/model';
import { normalName } from '#modules/organisations/server/index';
import type { EntryState } from '../../contract.ts';
import { duesOf } from '../domain/due.ts';
import { type Segment, type Span, spansOf } from '../domain/segments.ts';
import type { RegisterModel } from '../fields/model.ts';
import { SLOTS } from '../sql.ts';
import type { EntryData } from '../tables.ts';

/** Characters of an entry that are searched at most. */
const SEARCHED = 4000;

/** Text as it is searched: widths and case folded. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** What names an entry. */
export function titleOf(model: RegisterModel, data: EntryData): string {
  const title = data[model.decl.entry.title];
  return typeof title === 'string' ? title : '';
}

/** Region of an entry, or null. */
export function regionOf(model: RegisterModel, data: EntryData): string | null {
  const key = model.decl.entry.region;
  const region = key === undefined ? undefined : data[key];
  return typeof region === 'string' && region !== '' ? region : null;
}

/** Which combination of fields tells the entry apart, and its text; null when none is whole. */
export function keyOf(
  model: RegisterModel,
  data: EntryData,
): { key: string; fields: readonly string[] } | null {
  for (const fields of model.decl.entry.keys) {
    const values = fields.map((f) => data[f]);
    if (values.some((v) => v === undefined || v === null || v === '')) continue;
    const parts = values.map((v) => (typeof v === 'string' ? normalName(v) : String(v)));
    return { key: JSON.stringify([fields.join('+'), ...parts]), fields };
  }
  return null;
}

/** Characters of a value that a facet tells apart: an index must be able to hold all slots of an entry. */
const SLOT = 100;

/** A value as a facet's slot holds it. */
export function slotText(value: unknown): string | null {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return null;
  return String(value).slice(0, SLOT).toWellFormed();
}

/** Columns of a slice that follow from its content and the declaration. */
export interface Projection {
  title: string;
  region: string | null;
  search: string;
  slots: Record<(typeof SLOTS)[number], string | null>;
  dueOn: CalendarDate | null;
  dueKind: string | null;
}

/** Computes them. `no` can be searched for, internal fields cannot: searching would tell what they hold. */
export function projectionOf(
  model: RegisterModel,
  entry: { no: string; state: EntryState; void: boolean },
  data: EntryData,
  span: Span,
): Projection {
  const due = entry.void ? undefined : duesOf(model, data, entry.state, span)[0];
  const words = [entry.no, ...model.fields.flatMap((f) => (f.internal ? [] : wordsOf(f, data[f.key])))];
  const slots = Object.fromEntries(
    SLOTS.map((slot, i) => {
      const key = model.facets[i];
      return [slot, key === undefined ? null : slotText(data[key])];
    }),
  ) as Projection['slots'];
  return {
    title: titleOf(model, data),
    region: regionOf(model, data),
    search: searchable(words.join(' ')).slice(0, SEARCHED),
    slots,
    dueOn: due?.on ?? null,
    dueKind: due?.kind ?? null,
  };
}

function wordsOf(field: FieldModel, value: unknown): string[] {
  if (field.type === 'rows')
    return (Array.isArray(value) ? value : []).flatMap((row: Record<string, unknown>) =>
      field.items.flatMap((item) => (item.internal ? [] : word(item, row[item.key]))),
    );
  if (field.type === 'values') {
    const item = field.items[0];
    return item && Array.isArray(value) ? value.flatMap((v) => word(item, v)) : [];
  }
  return word(field, value);
}

function word(field: Pick<SimpleModel, 'type' | 'choices'>, value: unknown): string[] {
  if (typeof value !== 'string' || field.type === 'file') return [];
  if (field.type === 'choice') {
    const label = field.choices?.find((c) => c.value === value)?.label;
    return label ? [label.zh, label.en] : [];
  }
  return [value];
}

/** One row of `register_slice` to be written, without what identifies the entry. */
export interface SliceContent extends Projection, Span {
  segment: number;
  last: boolean;
  fromDay: CalendarDate | null;
  data: EntryData;
}

/** The slices of an entry: one for each segment, with the days on which it holds. */
export function slicesOf(
  model: RegisterModel,
  entry: { no: string; state: EntryState; void: boolean; endedOn: CalendarDate | null },
  segments: readonly Segment[],
): SliceContent[] {
  const spans = spansOf(model.decl.validity, segments, entry.endedOn);
  return segments.map(({ fromDay, data }, segment) => {
    const span = spans[segment] as Span;
    return {
      ...projectionOf(model, entry, data, span),
      ...span,
      segment,
      last: segment === segments.length - 1,
      fromDay,
      data,
    };
  });
}

/** Names of organisations in the content, the entry's own first. */
export function namedOrganisations(
  model: RegisterModel,
  data: EntryData,
): {
  field: string;
  own: boolean;
  name: string;
  code: string | null;
  address: string | null;
  region: string | null;
}[] {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const own = model.decl.entry.organisation;
  const region = regionOf(model, data);
  const found: ReturnType<typeof namedOrganisations> = [];
  const add = (field: string, name: string | null, code: string | null, isOwn: boolean) => {
    if (name !== null)
      found.push({
        field,
        own: isOwn,
        name,
        code,
        address: isOwn && own?.address ? text(data[own.address]) : null,
        region: isOwn ? region : null,
      });
  };
  if (own) add(own.name, text(data[own.name]), own.code ? text(data[own.code]) : null, true);
  for (const field of model.fields) {
    const value = data[field.key];
    if (field.type === 'organisation' && field.key !== own?.name) add(field.key, text(value), null, false);
    if (field.items.length === 0 || !Array.isArray(value)) continue;
    const names = field.items.find((item) => item.type === 'organisation');
    if (!names) continue;
    if (field.type === 'values') for (const v of value) add(field.key, text(v), null, false);
    else {
      const codes = field.items.find((item) => item.type === 'uscc');
      for (const row of value as Record<string, unknown>[])
        add(field.key, text(row[names.key]), codes ? text(row[codes.key]) : null, false);
    }
  }
  return found;
}

/** Numbers of entries that the content refers to, with the field that does. */
export function namedTargets(
  model: RegisterModel,
  data: EntryData,
): { field: string; register: string; no: string }[] {
  const found: ReturnType<typeof namedTargets> = [];
  const add = (field: string, item: SimpleModel | FieldModel, value: unknown) => {
    const register = item.def.type === 'string' ? item.def['x-register'] : undefined;
    if (register !== undefined && typeof value === 'string' && value !== '')
      found.push({ field, register, no: value });
  };
  for (const field of model.fields) {
    const value = data[field.key];
    if (field.items.length === 0) add(field.key, field, value);
    else if (Array.isArray(value))
      for (const item of field.items)
        for (const row of value)
          add(field.key, item, field.type === 'rows' ? (row as Record<string, unknown>)[item.key] : row);
  }
  return found;
}
