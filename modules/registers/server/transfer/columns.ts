import type { DeepReadonly } from '#kernel/city/schema';
import type { ComputedField } from '#kernel/city/schema-register';
import { likeness } from '#kernel/fields/clean';
import { joinRows, joinValues } from '#kernel/fields/list-text';
import type { FieldModel, SimpleModel } from '#kernel/fields/model';
import { unitOf } from '#kernel/fields/model';
import { moneyInUnit } from '#kernel/fields/numbers';
import { upgrade } from '#kernel/fields/upgrade';
import { numberText } from '#kernel/tables/cells';
import type { XlsxColumn, XlsxValue } from '#kernel/tables/write-xlsx';
import type { Lang, Text } from '#kernel/text';
import { computeField } from '../fields/computed.ts';
import type { RegisterModel } from '../fields/model.ts';
import { guard } from './guard.ts';

/** What a column of a sheet holds. Only fields, `no` and `version` are read again. */
export type ColumnKind = 'no' | 'state' | 'field' | 'computed' | 'validFrom' | 'validTo' | 'version';

/** A column of the sheets of a register. */
export interface SheetColumn extends XlsxColumn {
  kind: ColumnKind;
  field: FieldModel | null;
  computed: DeepReadonly<ComputedField> | null;
}

/** Who asks for a sheet. */
export interface SheetReader {
  /** May internal fields be seen? */
  internal: boolean;
  lang: Lang;
}

/** Columns that every register has; the second label serves where a field has the first. */
const OWN: Record<
  Exclude<ColumnKind, 'field' | 'computed'>,
  { labels: [Text, Text]; type: XlsxColumn['type'] }
> = {
  no: {
    labels: [
      { zh: '编号', en: 'No.' },
      { zh: '清单编号', en: 'Entry no.' },
    ],
    type: 'text',
  },
  state: {
    labels: [
      { zh: '状态', en: 'State' },
      { zh: '清单状态', en: 'Entry state' },
    ],
    type: 'text',
  },
  validFrom: {
    labels: [
      { zh: '有效期起', en: 'Valid from' },
      { zh: '登记有效期起', en: 'Entry valid from' },
    ],
    type: 'date',
  },
  validTo: {
    labels: [
      { zh: '有效期止', en: 'Valid to' },
      { zh: '登记有效期止', en: 'Entry valid to' },
    ],
    type: 'date',
  },
  version: {
    labels: [
      { zh: '版本', en: 'Version' },
      { zh: '登记版本', en: 'Entry version' },
    ],
    type: 'number',
  },
};

/** Columns in the order of a sheet: number, state, the fields, what is computed, the time it holds, the version. */
export function sheetColumns(model: RegisterModel, reader: SheetReader): SheetColumn[] {
  const fields = model.fields.filter((f) => reader.internal || !f.internal);
  const taken = new Set(
    [...model.fields.map((f) => f.label), ...(model.decl.computed ?? []).map(computedLabel)].flatMap((l) => [
      likeness(l.zh),
      likeness(l.en),
    ]),
  );
  const own = (kind: keyof typeof OWN): SheetColumn => {
    const { labels, type } = OWN[kind];
    const clash = taken.has(likeness(labels[0].zh)) || taken.has(likeness(labels[0].en));
    return { kind, field: null, computed: null, type, header: labels[clash ? 1 : 0][reader.lang] };
  };
  return [
    own('no'),
    own('state'),
    ...fields.map(
      (field): SheetColumn => ({
        kind: 'field',
        field,
        computed: null,
        type: columnType(field),
        header: fieldHeader(field, reader),
      }),
    ),
    ...(model.decl.computed ?? []).map(
      (computed): SheetColumn => ({
        kind: 'computed',
        field: null,
        computed,
        type: 'number',
        header: bracketed(computedLabel(computed)[reader.lang], computed.unit[reader.lang], reader.lang),
      }),
    ),
    own('validFrom'),
    own('validTo'),
    own('version'),
  ];
}

function computedLabel(computed: DeepReadonly<ComputedField>): Text {
  return { zh: computed.title, en: computed['x-en'].title };
}

function columnType(field: FieldModel): XlsxColumn['type'] {
  switch (field.type) {
    case 'integer':
      return 'integer';
    case 'number':
    case 'money':
    case 'year':
      return 'number';
    case 'date':
      return 'date';
    default:
      return 'text';
  }
}

function bracketed(label: string, inside: string | undefined, lang: Lang): string {
  if (!inside) return label;
  return lang === 'zh' ? `${label}（${inside}）` : `${label} (${inside})`;
}

/** Head of a field's column: its label, the unit in brackets, for a list what stands in each line. */
export function fieldHeader(field: FieldModel, { internal, lang }: SheetReader): string {
  const label = field.label[lang];
  const each = { zh: '每行一个', en: 'one a line' }[lang];
  if (field.type === 'values') return bracketed(label, each, lang);
  if (field.type === 'rows') {
    const columns = rowColumns(field, internal).map((column) => {
      const unit = unitOf(column)?.[lang];
      return unit === undefined ? column.label[lang] : `${column.label[lang]}[${unit}]`;
    });
    return bracketed(label, `${columns.join(' | ')}${lang === 'zh' ? '；' : '; '}${each}`, lang);
  }
  return bracketed(label, unitOf(field as SimpleModel)?.[lang], lang);
}

/** The columns of a list's rows that a reader sees. */
export function rowColumns(field: FieldModel, internal: boolean): readonly SimpleModel[] {
  return internal ? field.items : field.items.filter((c) => !c.internal);
}

/** An entry as it goes into a sheet. */
export interface SheetEntry {
  no: string;
  stateLabel: string;
  version: number;
  validFrom: string | null;
  validTo: string | null;
  /** As stored, of any schema. */
  data: Readonly<Record<string, unknown>>;
}

/** Names that cells are written with. Whatever is written here is read back as the same value. */
export interface CellContext {
  /** Name, code or id of a region that is read back as it for a record of that day (null: today). */
  regionText(id: string, day: string | null, lang: Lang): string;
  /** Titles of entries referred to: `register/no` → title. */
  references: ReadonlyMap<string, string>;
  /** Names of kept files, by id. */
  fileNames: ReadonlyMap<string, string>;
}

/** The cells of an entry, in the order of the columns. Money is in the unit of its field, lists are texts. */
export function toCells(
  model: RegisterModel,
  columns: readonly SheetColumn[],
  entry: SheetEntry,
  ctx: CellContext,
  reader: SheetReader,
): XlsxValue[] {
  const { data } = upgrade(model, entry.data);
  const from = data[model.decl.validity.from];
  const day = typeof from === 'string' ? from : null;
  return columns.map((column) =>
    column.kind === 'field'
      ? fieldCell(column.field!, data[column.field!.key], day, ctx, reader)
      : column.kind === 'computed'
        ? computeField(column.computed!, data, model)
        : ownCell(column.kind, entry),
  );
}

function ownCell(kind: Exclude<ColumnKind, 'field' | 'computed'>, entry: SheetEntry): XlsxValue {
  return kind === 'state' ? entry.stateLabel : entry[kind];
}

/** One field as a cell: a number where it is one, else a text that no spreadsheet runs. */
export function fieldCell(
  field: FieldModel,
  value: unknown,
  day: string | null,
  ctx: CellContext,
  reader: SheetReader,
): XlsxValue {
  if (value === undefined || value === null) return null;
  if (field.type === 'values') {
    const items = Array.isArray(value) ? value : [value];
    return guard(joinValues(items.map((item) => text(simpleCell(field.items[0]!, item, day, ctx, reader)))));
  }
  if (field.type === 'rows') {
    const items = Array.isArray(value) ? value : [value];
    const columns = rowColumns(field, reader.internal);
    return guard(
      joinRows(
        items.map((item) => {
          const row = (item ?? {}) as Record<string, unknown>;
          return columns.map((c) =>
            text(simpleCell(c, Object.hasOwn(row, c.key) ? row[c.key] : undefined, day, ctx, reader)),
          );
        }),
      ),
    );
  }
  const cell = simpleCell(field as SimpleModel, value, day, ctx, reader);
  return typeof cell === 'string' ? guard(cell) : cell;
}

function text(cell: XlsxValue): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? numberText(cell) : String(cell);
}

function simpleCell(
  field: SimpleModel,
  value: unknown,
  day: string | null,
  ctx: CellContext,
  { lang }: SheetReader,
): XlsxValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return lang === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No';
  if (typeof value === 'number') return field.type === 'money' ? moneyInUnit(field, value) : value;
  const stored = String(value);
  switch (field.type) {
    case 'choice':
      return field.choices?.find((c) => c.value === stored)?.label[lang] ?? stored;
    case 'region':
      return ctx.regionText(stored, day, lang);
    case 'reference': {
      const register = field.def.type === 'string' ? (field.def['x-register'] ?? '') : '';
      const title = ctx.references.get(`${register}/${stored}`);
      return title === undefined ? stored : `${stored} ${title.replace(/\s+/g, ' ')}`;
    }
    case 'file': {
      const name = ctx.fileNames.get(stored);
      return name === undefined ? stored : `${name.replace(/\s+/g, ' ')} [${stored}]`;
    }
    default:
      return stored;
  }
}
