import type { Path } from './faults.ts';
import type { Bilingual } from './schema-basics.ts';
import type { RecordField, RecordSchema, SimpleField } from './schema-fields.ts';
import type { Register } from './schema-register.ts';

/** What each sort of field is called in faults. */
export const KIND_NAMES = {
  text: { zh: '单行文字', en: 'a text' },
  'long-text': { zh: '多行文字', en: 'a text of several lines' },
  choice: { zh: '选项', en: 'a choice' },
  uscc: { zh: '统一社会信用代码', en: 'a credit code' },
  'patent-number': { zh: '专利号', en: 'a patent number' },
  region: { zh: '地区', en: 'a region' },
  organisation: { zh: '单位名称', en: 'an organisation' },
  person: { zh: '人名', en: 'a person' },
  date: { zh: '日期', en: 'a date' },
  file: { zh: '文件', en: 'a file' },
  reference: { zh: '引用', en: 'a reference' },
  uri: { zh: '网址', en: 'a web address' },
  email: { zh: '电子邮箱', en: 'an e-mail address' },
  phone: { zh: '电话', en: 'a telephone number' },
  ipc: { zh: 'IPC 分类号', en: 'an IPC symbol' },
  integer: { zh: '整数', en: 'a whole number' },
  number: { zh: '数值', en: 'a number' },
  money: { zh: '金额', en: 'an amount of money' },
  year: { zh: '年份', en: 'a year' },
  boolean: { zh: '是否', en: 'yes or no' },
  values: { zh: '多个值', en: 'a list of values' },
  rows: { zh: '明细行', en: 'a list of rows' },
  computed: { zh: '计算值', en: 'a computed field' },
} satisfies Record<string, Bilingual>;

/** Sort of a field. */
export type FieldKind = keyof typeof KIND_NAMES;

/** Numbers that may be added and divided. */
export const AMOUNTS: readonly FieldKind[] = ['integer', 'number', 'money'];

/** A field as the checks see it. */
export interface KnownField {
  key: string;
  kind: FieldKind;
  /** Its declaration; null for computed fields. */
  def: RecordField | null;
  /** Place of its declaration. */
  path: Path;
  required: boolean;
  /** Columns of `rows`. */
  columns: ReadonlyMap<string, KnownField>;
  /** The one item of `values`. */
  item: KnownField | null;
}

const NONE: ReadonlyMap<string, KnownField> = new Map();

/** Sort of a single value. */
function kindOf(def: SimpleField): FieldKind {
  if (def.type === 'string') {
    if (def.oneOf) return 'choice';
    return def.format === 'text' ? 'long-text' : (def.format ?? 'text');
  }
  return def.type === 'boolean' ? 'boolean' : (def.format ?? def.type);
}

function known(key: string, def: RecordField, path: Path, required: boolean): KnownField {
  const base = { key, def, path, required, columns: NONE, item: null };
  if (def.type !== 'array') return { ...base, kind: kindOf(def) };
  const { items } = def;
  const inner = [...path, 'items'];
  return items.type === 'object'
    ? { ...base, kind: 'rows', columns: recordFields(items, inner) }
    : { ...base, kind: 'values', item: known(key, items, inner, false) };
}

/** The fields of a schema by key; `path` is where it stands. */
export function recordFields(
  schema: { properties: RecordSchema['properties']; required?: string[] | undefined },
  path: Path,
): ReadonlyMap<string, KnownField> {
  const required = new Set(schema.required ?? []);
  return new Map(
    Object.entries(schema.properties).map(([key, def]) => [
      key,
      known(key, def, [...path, 'properties', key], required.has(key)),
    ]),
  );
}

/** All fields of a register by key, computed ones behind the others. */
export function fieldsOf(register: Register): ReadonlyMap<string, KnownField> {
  const fields = new Map(recordFields(register.schema, ['schema']));
  for (const [i, { id }] of (register.computed ?? []).entries()) {
    if (fields.has(id)) continue;
    fields.set(id, {
      key: id,
      kind: 'computed',
      def: null,
      path: ['computed', i],
      required: false,
      columns: NONE,
      item: null,
    });
  }
  return fields;
}
