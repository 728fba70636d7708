import type { FieldView } from '#kernel/fields/view';
import { behindFigure } from '../../format.ts';
import type { FormValue, SimpleView } from './values.ts';

/** Words that a typed value needs to be read by a person. */
export interface ValueWords {
  yes: string;
  no: string;
  regionOf: (id: string) => string;
}

function one(field: SimpleView, text: string, words: ValueWords): string {
  if (text === '') return '';
  if (field.type === 'choice') return field.choices?.find((c) => c.value === text)?.label ?? text;
  if (field.type === 'region') return words.regionOf(text);
  if (field.type === 'boolean') return text === 'true' ? words.yes : words.no;
  return field.unit ? `${text} ${behindFigure(field.unit)}` : text;
}

/** A typed value as a person reads it; the rows of a list stand below each other. */
export function shownValue(field: FieldView, value: FormValue | undefined, words: ValueWords): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return one(field, value, words);
  return value
    .map((row) =>
      field.items
        .map((item) => one(item, row[item.key] ?? '', words))
        .filter(Boolean)
        .join(' · '),
    )
    .join('\n');
}
