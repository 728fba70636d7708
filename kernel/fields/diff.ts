import type { Lang } from '#kernel/text';
import type { FieldModel, RecordModel } from './model.ts';
import { listLines, rawText, type ShowContext, showField } from './show.ts';
import { upgrade } from './upgrade.ts';
import type { FieldDiff } from './view.ts';

/** Lists up to this length are shown whole when they differ; of longer ones only what differs. */
const WHOLE_LIST = 20;

const isNothing = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Are two stored values the same? The order of keys says nothing; nothing is the same as empty. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameValue(item, b[i]))
    );
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(x), ...Object.keys(y)]);
  return [...keys].every((key) => sameValue(own(x, key), own(y, key)));
}

function own(row: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(row, key) ? row[key] : undefined;
}

/** Keys that differ between two records of any schema, by present key; retired keys last. */
export function changedKeys(
  model: RecordModel,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const [a, b] = [upgrade(model, before), upgrade(model, after)];
  const fields = model.fields.map((f) => f.key).filter((key) => !sameValue(a.data[key], b.data[key]));
  const retired = [...new Set([...Object.keys(a.retired), ...Object.keys(b.retired)])];
  return [...fields, ...retired.filter((key) => !sameValue(own(a.retired, key), own(b.retired, key)))];
}

/**
 * What differs between two records of any schema, as people read it: in the order of the declaration, fields that no
 * longer exist last. Computed fields are left out, since they follow from others.
 */
export function diffRecords(
  model: RecordModel,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  ctx: ShowContext,
  lang: Lang,
): FieldDiff[] {
  const [a, b] = [upgrade(model, before), upgrade(model, after)];
  return changedKeys(model, before, after).map((key) => {
    const field = model.byKey.get(key);
    if (!field) {
      const [x, y] = [own(a.retired, key), own(b.retired, key)];
      return { key, label: key, before: rawText(x), after: rawText(y) };
    }
    const label = field.label[lang];
    const [x, y] = [a.data[key], b.data[key]];
    if (field.type !== 'values' && field.type !== 'rows')
      return {
        key,
        label,
        before: showField(field, x, ctx, lang).text,
        after: showField(field, y, ctx, lang).text,
      };
    return { key, label, ...listDiff(field, x, y, ctx, lang) };
  });
}

function listDiff(field: FieldModel, x: unknown, y: unknown, ctx: ShowContext, lang: Lang) {
  const [old, now] = [listLines(field, x, ctx, lang), listLines(field, y, ctx, lang)];
  const only = (lines: string[], others: string[]) => {
    if (Math.max(old.length, now.length) <= WHOLE_LIST) return lines.join('\n');
    const known = new Set(others);
    const own = lines.filter((line) => !known.has(line));
    const rest = lines.length - own.length;
    const shown = own.slice(0, WHOLE_LIST * 5);
    const more = own.length - shown.length;
    if (more > 0) shown.push(lang === 'zh' ? `…另有 ${more} 项` : `… and ${more} more`);
    if (rest > 0) shown.push(lang === 'zh' ? `（${rest} 项相同）` : `(${rest} the same)`);
    return shown.join('\n');
  };
  return { before: only(old, now), after: only(now, old) };
}
