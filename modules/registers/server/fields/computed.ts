import type { DeepReadonly } from '#kernel/city/schema';
import type { ComputedField } from '#kernel/city/schema-register';
import { fenOf, type RecordModel, type SimpleModel, shownView, withUnit } from '#kernel/fields/model';
import { figureText } from '#kernel/fields/show';
import type { CellView, FieldView } from '#kernel/fields/view';
import type { Lang } from '#kernel/text';

/** A computed field as pages see it. */
export function computedView(field: DeepReadonly<ComputedField>, lang: Lang): FieldView {
  return shownView(field.id, lang === 'zh' ? field.title : field['x-en'].title, {
    help: lang === 'en' ? (field['x-en'].description ?? null) : null,
    type: 'number',
    unit: field.unit[lang],
    decimals: field.decimals,
    computed: true,
  });
}

/** A figure of a computed field, or null where it cannot be formed. Money counts in yuan. Not rounded. */
export function computeField(
  computed: DeepReadonly<ComputedField>,
  data: Readonly<Record<string, unknown>>,
  model: RecordModel,
): number | null {
  const [above, below] = computed.divide.map((key) => {
    const value = Object.hasOwn(data, key) ? data[key] : undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) return null;
    const field = model.byKey.get(key);
    return field && fenOf(field as SimpleModel) !== null ? value / 100 : value;
  });
  if (above === null || above === undefined || !below) return null;
  const result = (above / below) * computed.scale;
  return Number.isFinite(result) ? result : null;
}

/** A computed figure as people read it. */
export function showComputed(
  computed: DeepReadonly<ComputedField>,
  value: number | null,
  lang: Lang,
): CellView {
  if (value === null) return { value: null, text: '', href: null, rows: null };
  const text = withUnit(figureText(value, computed.decimals, lang), computed.unit[lang]);
  return { value, text, href: null, rows: null };
}
