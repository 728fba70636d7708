import { numberText } from '#kernel/tables/cells';
import type { Lang } from '#kernel/text';
import { type FieldModel, fenOf, type SimpleModel, unitOf, withUnit } from './model.ts';
import { moneyInUnit } from './numbers.ts';
import type { CellView } from './view.ts';

/** Names that values stand for. */
export interface ShowContext {
  /** Name of a region, by id; null for one that the pack does not know. */
  regionName(id: string, lang: Lang): string | null;
  /** Titles of entries referred to: `register/no` → title. */
  references: ReadonlyMap<string, string>;
  /** Names of kept files, by id. */
  fileNames: ReadonlyMap<string, string>;
  /** Where a kept file is handed out; without it, where evidence files are. */
  fileHref?(id: string): string;
  /** Id of the organisation that the value at a JSON pointer (`/firm`, `/members/2/name`) names, or null. */
  organisation?(path: string): string | null;
}

/** A shown value. */
interface Shown {
  text: string;
  href: string | null;
}

const NOTHING: Shown = { text: '', href: null };

/** Shown values of a list before the rest is only counted. */
const FIRST = 3;

/** One field of a record as people read it. */
export function showField(field: FieldModel, value: unknown, ctx: ShowContext, lang: Lang): CellView {
  const path = `/${field.key}`;
  if (value === undefined || value === null) return { value: null, ...NOTHING, rows: null };
  if (field.type !== 'values' && field.type !== 'rows')
    return { value, ...showSimple(field as SimpleModel, value, ctx, lang, path), rows: null };
  const items = Array.isArray(value) ? value : [value];
  const rows = items.map((item, i) => showItem(field, item, i, ctx, lang));
  return { value: items, text: shortList(rows, lang), href: null, rows };
}

/** The cells of one item of a list, in the order of its columns. */
function showItem(field: FieldModel, item: unknown, index: number, ctx: ShowContext, lang: Lang): Shown[] {
  const path = `/${field.key}/${index}`;
  if (field.type === 'values') return [showSimple(field.items[0]!, item, ctx, lang, path)];
  const row = typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : {};
  return field.items.map((column) =>
    showSimple(column, own(row, column.key), ctx, lang, `${path}/${column.key}`),
  );
}

/** The lines of a list for a comparison: one a item, columns that are filled joined. */
export function listLines(field: FieldModel, value: unknown, ctx: ShowContext, lang: Lang): string[] {
  const items = Array.isArray(value) ? value : [];
  return items.map((item, i) => rowText(showItem(field, item, i, ctx, lang), lang));
}

function rowText(cells: readonly Shown[], lang: Lang): string {
  const texts = cells.map((c) => c.text).filter((t) => t !== '');
  return texts.join(lang === 'zh' ? '，' : ', ');
}

function shortList(rows: readonly (readonly Shown[])[], lang: Lang): string {
  // Of rows the first column names the thing; the others are seen on the record's page.
  const names = rows.map((cells) => cells.find((c) => c.text !== '')?.text ?? '').filter((t) => t !== '');
  const first = names.slice(0, FIRST).join(lang === 'zh' ? '、' : ', ');
  if (names.length <= FIRST) return first;
  return lang === 'zh' ? `${first} 等 ${names.length} 项` : `${first} … ${names.length} in all`;
}

/** A value of no declared shape (retired fields, damaged data) as text. */
export function rawText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(rawText).join('\n');
  if (typeof value === 'object') return Object.values(value).map(rawText).filter(Boolean).join('，');
  return typeof value === 'number' ? numberText(value) : String(value);
}

const LOCALE = { zh: 'zh-CN', en: 'en-US' } as const;

/** A figure as it is written in a language; without `decimals` as exact as it is, to six digits. */
export function figureText(value: number, decimals: number | null, lang: Lang): string {
  return value.toLocaleString(LOCALE[lang], {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 6,
  });
}

function showSimple(field: SimpleModel, value: unknown, ctx: ShowContext, lang: Lang, path: string): Shown {
  if (value === undefined || value === null || value === '') return NOTHING;
  const { def } = field;
  if (def.type === 'boolean') {
    if (typeof value !== 'boolean') return { text: rawText(value), href: null };
    return { text: lang === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No', href: null };
  }
  if (def.type !== 'string')
    return { text: typeof value === 'number' ? numberShown(field, value, lang) : rawText(value), href: null };
  const text = rawText(value);
  switch (field.type) {
    case 'choice':
      return { text: field.choices?.find((c) => c.value === text)?.label[lang] ?? text, href: null };
    case 'region':
      return { text: ctx.regionName(text, lang) ?? text, href: null };
    case 'reference': {
      const register = def['x-register'] ?? '';
      const title = ctx.references.get(`${register}/${text}`);
      return {
        text: title === undefined ? text : `${text} ${title}`,
        href: title === undefined ? null : `/registers/${register}/${encodeURIComponent(text)}`,
      };
    }
    case 'file':
      return { text: ctx.fileNames.get(text) ?? text, href: ctx.fileHref?.(text) ?? `/api/files/${text}` };
    case 'organisation': {
      const id = ctx.organisation?.(path) ?? null;
      return { text, href: id === null ? null : `/organisations/${id}` };
    }
    case 'patent-number':
      return { text, href: `/patents?q=${encodeURIComponent(text)}` };
    case 'uri':
      return { text, href: /^https?:\/\//i.test(text) ? text : null };
    case 'email':
      return { text, href: `mailto:${text}` };
    default:
      return { text, href: null };
  }
}

function numberShown(field: SimpleModel, value: number, lang: Lang): string {
  const { def } = field;
  if (def.type !== 'integer' && def.type !== 'number') return numberText(value);
  if (def.format === 'year') return String(value);
  const unit = unitOf(field)?.[lang];
  const fen = fenOf(field);
  const decimals = def['x-decimals'] ?? null;
  const shown =
    fen === null ? figureText(value, decimals, lang) : moneyShown(field, value, fen, decimals, lang);
  return withUnit(shown, unit);
}

function moneyShown(
  field: SimpleModel,
  value: number,
  fen: number,
  decimals: number | null,
  lang: Lang,
): string {
  const exact = moneyInUnit(field, value);
  if (decimals !== null || typeof exact === 'number')
    return (value / fen).toLocaleString(LOCALE[lang], {
      minimumFractionDigits: decimals ?? 0,
      maximumFractionDigits: decimals ?? 10,
    });
  return exact;
}

function own(data: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}
