import { likeness } from '#kernel/fields/clean';
import type { FieldModel, SimpleModel } from '#kernel/fields/model';
import { knownUnit } from '#kernel/fields/numbers';
import type { Lang } from '#kernel/text';
import type { RegisterModel } from '../fields/model.ts';
import { rowColumns, sheetColumns } from './columns.ts';

/** How the columns `no` and `version` are named where people choose what a column is: no field key begins so. */
export const OWN_COLUMNS = { no: '@no', version: '@version' } as const;

/** Why a column is not read. */
export type Ignored =
  /** State, figures that are computed, and the time an entry holds follow from the rest. */
  | 'read-only'
  /** A running number. */
  | 'counter'
  | 'empty'
  | 'unknown'
  /** Another column before it is the same field. */
  | 'duplicate'
  /** The head fits several fields. */
  | 'ambiguous'
  /** The person who imports said so. */
  | 'chosen';

/** What a column of a file is. */
export type ColumnTarget =
  | { kind: 'no' }
  | { kind: 'version' }
  | {
      kind: 'field';
      field: FieldModel;
      /** Unit that the head names and that is not the field's own: `亿元` over a field in 万元. */
      unit: string | null;
      /** Order of the columns inside the cells of a list of rows, where the head names it. */
      columns: readonly SimpleModel[] | null;
    }
  | { kind: 'ignored'; why: Ignored };

/** A column of a file with what was found for it. */
export interface ColumnMatch {
  /** Place in the file, from 0. */
  index: number;
  head: string;
  target: ColumnTarget;
}

/** What may help to find the columns. */
export interface MatchOptions {
  /** Are internal fields read? */
  internal: boolean;
  /** Head → field key, `@no`, `@version`, or null to leave it out; as a person chose. */
  chosen?: Readonly<Record<string, string | null>>;
  /** Labels of earlier schemas → present field key. */
  formerLabels?: ReadonlyMap<string, string>;
}

type Found =
  | { kind: 'no' | 'version' }
  | { kind: 'field'; field: FieldModel }
  | { kind: 'ignored'; why: Ignored };

/** Head of the column that says why a row was refused; nobody reads it again. */
export const REASON_HEAD = { zh: '退回原因', en: 'Reason for refusal' } as const;

const COUNTERS = new Set(['序号', '#', '行号', 'no', 'serial', 's/n']);

/**
 * Finds out what the columns of a file are. Heads may differ in width, case, blanks, units, brackets, marks for required
 * columns, language, and may have titles above them (`基本信息 / 名称`); earlier keys and labels count too.
 */
export function matchColumns(
  model: RegisterModel,
  heads: readonly string[],
  options: MatchOptions,
): ColumnMatch[] {
  const names = vocabulary(model, options);
  const used = new Set<string>();
  return heads.map((head, index): ColumnMatch => {
    const target = targetOf(model, head, names, options);
    const id = target.kind === 'field' ? target.field.key : `@${target.kind}`;
    if (target.kind !== 'ignored') {
      if (used.has(id)) return { index, head, target: { kind: 'ignored', why: 'duplicate' } };
      used.add(id);
    }
    return { index, head, target };
  });
}

/** Every way of writing a head → what it means; several where it is ambiguous. */
type Vocabulary = { exact: Map<string, Found[]>; loose: Map<string, Found[]> };

function vocabulary(model: RegisterModel, options: MatchOptions): Vocabulary {
  const made: Vocabulary = { exact: new Map(), loose: new Map() };
  const add = (into: Map<string, Found[]>, name: string, found: Found) => {
    const key = likeness(name);
    const list = into.get(key) ?? [];
    const same = (f: Found) =>
      f.kind === found.kind && (f.kind !== 'field' || f.field === (found as { field: FieldModel }).field);
    if (key !== '' && !list.some(same)) into.set(key, [...list, found]);
  };
  for (const lang of ['zh', 'en'] satisfies Lang[])
    for (const column of sheetColumns(model, { internal: options.internal, lang })) {
      const found: Found =
        column.kind === 'field'
          ? { kind: 'field', field: column.field! }
          : column.kind === 'no' || column.kind === 'version'
            ? { kind: column.kind }
            : { kind: 'ignored', why: 'read-only' };
      add(made.exact, column.header, found);
      if (found.kind === 'field') add(made.exact, column.field!.label[lang], found);
      if (column.computed) {
        const label = lang === 'zh' ? column.computed.title : column.computed['x-en'].title;
        add(made.exact, label, found);
      }
    }
  for (const reason of Object.values(REASON_HEAD))
    add(made.loose, reason, { kind: 'ignored', why: 'read-only' });
  for (const field of model.fields) {
    if (field.internal && !options.internal) continue;
    for (const key of [field.key, ...field.formerly]) add(made.loose, key, { kind: 'field', field });
  }
  for (const [label, key] of options.formerLabels ?? []) {
    const field = model.byKey.get(key);
    if (field && (options.internal || !field.internal)) add(made.loose, label, { kind: 'field', field });
  }
  return made;
}

function targetOf(
  model: RegisterModel,
  head: string,
  names: Vocabulary,
  options: MatchOptions,
): ColumnTarget {
  const chosen = options.chosen && Object.hasOwn(options.chosen, head) ? options.chosen[head] : undefined;
  if (chosen === null) return { kind: 'ignored', why: 'chosen' };
  if (chosen === OWN_COLUMNS.no) return { kind: 'no' };
  if (chosen === OWN_COLUMNS.version) return { kind: 'version' };
  if (chosen !== undefined) {
    const field = model.byKey.get(chosen);
    if (!field || (field.internal && !options.internal)) return { kind: 'ignored', why: 'unknown' };
    return fieldTarget(field, bracketsOf(head), options);
  }
  if (head.trim() === '') return { kind: 'ignored', why: 'empty' };
  for (const { name, rest } of spellingsOf(head)) {
    const key = likeness(name);
    const found = names.exact.get(key) ?? names.loose.get(key);
    if (!found) continue;
    if (found.length > 1) return { kind: 'ignored', why: 'ambiguous' };
    const [one] = found;
    if (one!.kind === 'field') return fieldTarget(one!.field, rest, options);
    return one!;
  }
  return { kind: 'ignored', why: COUNTERS.has(likeness(head).replace(/\.$/, '')) ? 'counter' : 'unknown' };
}

/** Marks that people put around a head. */
const MARKS = /^[\s*＊:：]+|[\s*＊:：]+$/g;
const OPENING = /[（(【[［〔<〈]/g;

/** A head as it may be meant, best first: as it stands, without its brackets, its last level. */
function* spellingsOf(head: string): Generator<{ name: string; rest: string }> {
  const levels = head.split(' / ');
  const texts = levels.length > 1 ? [head, levels.at(-1)!, levels[0]!] : [head];
  for (const text of texts) {
    const bare = text.replace(MARKS, '');
    yield { name: bare, rest: '' };
    const places = [...bare.matchAll(OPENING)].map((m) => m.index).filter((i) => i > 0);
    for (const at of places.reverse())
      yield { name: bare.slice(0, at).replace(MARKS, ''), rest: bare.slice(at) };
    // 产值/万元, 产值：万元
    const m = /^(.+)[/／:：,，]([^/／:：,，]{1,8})$/.exec(bare);
    if (m) yield { name: m[1]!, rest: `（${m[2]}）` };
  }
}

function bracketsOf(head: string): string {
  const at = head.search(/[（(【[［〔]/);
  return at < 0 ? '' : head.slice(at);
}

function fieldTarget(field: FieldModel, rest: string, options: MatchOptions): ColumnTarget {
  return {
    kind: 'field',
    field,
    unit: foreignUnit(field, rest),
    columns: field.type === 'rows' ? columnOrder(field, rest, options) : null,
  };
}

function foreignUnit(field: FieldModel, rest: string): string | null {
  if (!['money', 'integer', 'number'].includes(field.type)) return null;
  const written = rest
    .replace(/[（()）【】[\]［］〔〕<>〈〉]/g, '')
    .replace(/^单位[:：]?/, '')
    .trim();
  if (written === '' || !knownUnit(field as SimpleModel, written)) return null;
  // It will stand behind figures, of which its own must be kept apart.
  return /^\d/.test(written) ? `×${written}` : written;
}

/** The order of a list's columns as the head names them; null where it does not, then that of the declaration holds. */
function columnOrder(field: FieldModel, rest: string, options: MatchOptions): SimpleModel[] | null {
  const inside = rest.replace(/^[（(【[［〔]/, '').split(/[；;）)】］〕]/)[0] ?? '';
  const named = inside.split(/[|｜]/).map((name) => likeness(name.replace(/[[［].*$/, '')));
  const seen = rowColumns(field, options.internal);
  const columns = named.map((name) =>
    seen.find((c) => [c.label.zh, c.label.en, c.key].some((label) => likeness(label) === name)),
  );
  const whole = columns.filter((c) => c !== undefined);
  return whole.length === columns.length && new Set(whole).size === whole.length ? whole : null;
}
