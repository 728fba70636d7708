import { type CalendarDate, diffDays } from '#kernel/calendar/date';
import { type ShowContext, showField } from '#kernel/fields/show';
import { upgrade } from '#kernel/fields/upgrade';
import type { Lang } from '#kernel/text';
import type { CellView, DueView, EntryRow } from '../../contract.ts';
import { type Access, reaches } from '../access.ts';
import { isClosed } from '../closed.ts';
import { STATES } from '../domain/states.ts';
import { computeField, showComputed } from '../fields/computed.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData, SliceTable } from '../tables.ts';

/** What a line of a list is made of. */
export type SliceRow = Pick<
  SliceTable,
  | 'entry'
  | 'no'
  | 'serial'
  | 'version'
  | 'state'
  | 'void'
  | 'validFrom'
  | 'validTo'
  | 'recordedFrom'
  | 'region'
  | 'dueOn'
  | 'dueKind'
  | 'organisation'
  | 'title'
> & { data: EntryData };

/** Who looks, when, in which language. */
export interface Reader {
  access: Access;
  lang: Lang;
  today: CalendarDate;
}

/** Something that comes up, in words. */
export function dueView(
  model: RegisterModel,
  kind: string,
  on: CalendarDate,
  reader: Pick<Reader, 'lang' | 'today'>,
): DueView {
  const check = model.decl.rechecks?.find((r) => r.id === kind);
  const end = { zh: '有效期满', en: 'Validity ends' };
  return { kind, label: (check?.title ?? end)[reader.lang], on, days: diffDays(reader.today, on) };
}

/**
 * Fields of a content as shown, computed ones included. `keys` limits them; fields that the asker may not see are left out.
 */
export function cellsOf(
  model: RegisterModel,
  stored: EntryData,
  ctx: ShowContext,
  lang: Lang,
  see: { no: string; internal: boolean; keys?: ReadonlySet<string>; organisation?: string | null },
): Record<string, CellView> {
  const { data } = upgrade(model, stored);
  const cells: Record<string, CellView> = {};
  const own = model.decl.entry.organisation?.name;
  const named: ShowContext = {
    ...ctx,
    fileHref: (id) => `/api/registers/${model.decl.id}/entries/${see.no}/files/${id}`,
    organisation: (path) => (path === `/${own}` ? (see.organisation ?? null) : null),
  };
  for (const field of model.fields) {
    if ((field.internal && !see.internal) || (see.keys && !see.keys.has(field.key))) continue;
    cells[field.key] = showField(
      see.internal ? field : { ...field, items: field.items.filter((i) => !i.internal) },
      see.internal ? data[field.key] : withoutInternal(field, data[field.key]),
      named,
      lang,
    );
  }
  // A quotient would tell what an internal field holds.
  for (const computed of model.decl.computed ?? [])
    if ((!see.keys || see.keys.has(computed.id)) && (see.internal || !isClosed(model, computed.id)))
      cells[computed.id] = showComputed(computed, computeField(computed, data, model), lang);
  return cells;
}

/** A list's rows without the columns that only keepers see. */
export function withoutInternal(field: RegisterModel['fields'][number], value: unknown): unknown {
  if (field.type !== 'rows' || !Array.isArray(value) || !field.items.some((i) => i.internal)) return value;
  const open = new Set(field.items.filter((i) => !i.internal).map((i) => i.key));
  return value.map((row: EntryData) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => open.has(key))),
  );
}

/** The content as stored, as far as the asker may see it. */
export function dataFor(model: RegisterModel, stored: EntryData, internal: boolean): EntryData {
  const { data } = upgrade(model, stored);
  if (internal) return data;
  return Object.fromEntries(
    model.fields.flatMap((f) =>
      f.internal || data[f.key] === undefined ? [] : [[f.key, withoutInternal(f, data[f.key])]],
    ),
  );
}

/** One line of a list. */
export function rowView(
  model: RegisterModel,
  row: SliceRow,
  ctx: ShowContext,
  reader: Reader,
  keys?: ReadonlySet<string>,
): EntryRow {
  const internal = reaches(reader.access.inside, row.region);
  return {
    no: row.no,
    register: model.decl.id,
    title: row.title,
    state: row.state,
    stateLabel: STATES[row.state][reader.lang],
    version: row.version,
    validFrom: row.validFrom,
    // A span that ended before it began held on no day.
    validTo: row.validTo,
    region:
      row.region === null
        ? null
        : { id: row.region, name: ctx.regionName(row.region, reader.lang) ?? row.region },
    due: row.dueOn === null || row.dueKind === null ? null : dueView(model, row.dueKind, row.dueOn, reader),
    cells: cellsOf(model, row.data, ctx, reader.lang, {
      no: row.no,
      internal,
      organisation: row.organisation,
      ...(keys && { keys }),
    }),
    updatedAt: row.recordedFrom.toISOString(),
  };
}
