import type { DeepReadonly } from '#kernel/city/schema';
import type { RecordField, RecordSchema, SimpleField } from '#kernel/city/schema-fields';
import type { Lang, Text } from '#kernel/text';
import type { FieldType, FieldView } from './view.ts';

/** One value, or one column of a list's rows. */
export interface SimpleModel {
  key: string;
  label: Text;
  help: Text | null;
  type: FieldType;
  def: DeepReadonly<SimpleField>;
  required: boolean;
  internal: boolean;
  choices: readonly { value: string; label: Text }[] | null;
}

/** A field of a record as the engine works with it. */
export interface FieldModel extends Omit<SimpleModel, 'def'> {
  def: DeepReadonly<RecordField>;
  /** Earlier keys under which values of this field may still be stored. */
  formerly: readonly string[];
  /** For `values`: the one item (key empty). For `rows`: its columns. Empty for single values. */
  items: readonly SimpleModel[];
}

/** The fields that say from when until when a record holds. */
export interface RecordPeriod {
  /** Key of the date of its first day: the day of which the record speaks, on which its regions must have stood. */
  from: string;
  /** Key of the date of its last day, which may not lie before the first; null where there is none. */
  to: string | null;
}

/** The schema of a record prepared for work. */
export interface RecordModel {
  /** In the order of the declaration; computed fields are not among them. */
  fields: readonly FieldModel[];
  byKey: ReadonlyMap<string, FieldModel>;
  /** Null where a record speaks of today. */
  period: RecordPeriod | null;
  /** Keys of figures that follow from the fields and are never given. */
  computed: readonly string[];
}

/** Hundredths of a yuan in one unit. */
export const FEN = { yuan: 100, wan: 1_000_000, yi: 10_000_000_000 } as const;

const MONEY_UNITS: Record<keyof typeof FEN, Text> = {
  yuan: { zh: '元', en: 'CNY' },
  wan: { zh: '万元', en: '10,000 CNY' },
  yi: { zh: '亿元', en: '100 million CNY' },
};

/** Prepares a schema, which was checked when it was loaded. */
export function recordModel(
  schema: DeepReadonly<RecordSchema>,
  more: Partial<Pick<RecordModel, 'period' | 'computed'>> = {},
): RecordModel {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties).map(([key, def]): FieldModel => {
    const base = simpleOf(key, def as DeepReadonly<SimpleField>, required.has(key));
    const formerly = def['x-formerly'] ?? [];
    if (def.type !== 'array') return { ...base, formerly, items: [] };
    const { items } = def;
    if (items.type !== 'object')
      return { ...base, type: 'values', formerly, items: [simpleOf('', items, false)], choices: null };
    const inner = new Set(items.required ?? []);
    const columns = Object.entries(items.properties).map(([k, d]) => simpleOf(k, d, inner.has(k)));
    return { ...base, type: 'rows', formerly, items: columns, choices: null };
  });
  const byKey = new Map(fields.map((f) => [f.key, f]));
  return { fields, byKey, period: more.period ?? null, computed: more.computed ?? [] };
}

function simpleOf(key: string, def: DeepReadonly<SimpleField>, required: boolean): SimpleModel {
  const en = def['x-en'];
  const choices =
    def.type === 'string' && def.oneOf
      ? def.oneOf.map((c) => ({ value: c.const, label: { zh: c.title, en: c['x-en'] } }))
      : null;
  return {
    key,
    label: { zh: def.title, en: en.title },
    help: def.description ? { zh: def.description, en: en.description ?? def.description } : null,
    type: typeOf(def),
    def,
    required,
    internal: def['x-internal'] ?? false,
    choices,
  };
}

function typeOf(def: DeepReadonly<SimpleField>): FieldType {
  if (def.type === 'string') {
    if (def.oneOf) return 'choice';
    if (def.format === 'text') return 'long-text';
    return def.format ?? 'text';
  }
  if (def.type === 'integer' || def.type === 'number') return def.format ?? def.type;
  return 'boolean';
}

/** Unit beside a number, or null. */
export function unitOf(field: Pick<SimpleModel, 'def'>): Text | null {
  const { def } = field;
  if (def.type !== 'integer' && def.type !== 'number') return null;
  if (def.format === 'money') return MONEY_UNITS[def['x-money'] ?? 'yuan'];
  return def['x-unit'] ?? null;
}

/** A shown figure with its unit: `12%`, `12 万元`, `12 × 10,000 CNY` where the unit is itself a number of something. */
export function withUnit(figure: string, unit: string | undefined): string {
  if (!unit) return figure;
  if (unit === '%') return `${figure}%`;
  return /^\d/.test(unit) ? `${figure} × ${unit}` : `${figure} ${unit}`;
}

/** What one shown unit of money is in fen, or null for what is not money. */
export function fenOf(field: Pick<SimpleModel, 'def'>): number | null {
  const { def } = field;
  if ((def.type !== 'integer' && def.type !== 'number') || def.format !== 'money') return null;
  return FEN[def['x-money'] ?? 'yuan'];
}

function viewBase(field: SimpleModel | FieldModel, lang: Lang): FieldView['items'][number] {
  const { def } = field;
  const text = def.type === 'string' ? def : null;
  const number = def.type === 'integer' || def.type === 'number' ? def : null;
  return {
    key: field.key,
    label: field.label[lang],
    help: field.help?.[lang] ?? null,
    type: field.type,
    unit: unitOf(field as SimpleModel)?.[lang] ?? null,
    fen: fenOf(field as SimpleModel),
    decimals: number?.['x-decimals'] ?? null,
    required: field.required,
    internal: field.internal,
    example: def['x-example'] ?? null,
    choices: field.choices?.map((c) => ({ value: c.value, label: c.label[lang] })) ?? null,
    register: text?.['x-register'] ?? null,
    minLength: text?.minLength ?? null,
    maxLength: text?.maxLength ?? null,
    minimum: number?.minimum ?? null,
    maximum: number?.maximum ?? null,
    pattern:
      text?.pattern === undefined
        ? null
        : { source: text.pattern, says: text['x-pattern-says']?.[lang] ?? text.pattern },
    computed: false,
  };
}

/** A field as pages see it. */
export function fieldView(field: FieldModel, lang: Lang): FieldView {
  const list = field.def.type === 'array' ? field.def : null;
  return {
    ...viewBase(field, lang),
    items: field.items.map((i) => viewBase(i, lang)),
    minItems: list?.minItems ?? null,
    maxItems: list?.maxItems ?? null,
  };
}

/** A field that is shown and never typed. */
export function shownView(key: string, label: string, more: Partial<FieldView> = {}): FieldView {
  return {
    key,
    label,
    help: null,
    type: 'text',
    unit: null,
    fen: null,
    decimals: null,
    required: false,
    internal: false,
    example: null,
    choices: null,
    register: null,
    minLength: null,
    maxLength: null,
    minimum: null,
    maximum: null,
    pattern: null,
    computed: false,
    items: [],
    minItems: null,
    maxItems: null,
    ...more,
  };
}
