import type { DeepReadonly } from '#kernel/city/schema';
import type { ListField } from '#kernel/city/schema-fields';
import type { Lang, Text } from '#kernel/text';
import type { FieldModel, RecordModel, SimpleModel } from './model.ts';
import { unitOf } from './model.ts';
import { MAX_ITEMS } from './read.ts';
import { patternOf, textBounds } from './values.ts';

/** Who asks for a schema. */
export interface SchemaReader {
  /** May internal fields be seen? */
  internal: boolean;
  lang: Lang;
}

/** What a schema is called, and what its records are for. */
export interface SchemaHead {
  title: Text;
  description: Text;
}

/**
 * JSON Schema (2020-12) of records as they are stored and served. Formats beyond the standard's (`uscc`, `region`,
 * `patent-number`, …) are annotations for those who do not know them.
 */
export function jsonSchema(
  model: RecordModel,
  head: SchemaHead,
  reader: SchemaReader,
): Record<string, unknown> {
  const fields = model.fields.filter((f) => reader.internal || !f.internal);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: head.title[reader.lang],
    description: head.description[reader.lang],
    type: 'object',
    properties: Object.fromEntries(fields.map((f) => [f.key, fieldSchema(f, reader)])),
    required: fields.filter((f) => f.required).map((f) => f.key),
    additionalProperties: false,
  };
}

function fieldSchema(field: FieldModel, reader: SchemaReader): Record<string, unknown> {
  const { def } = field;
  if (def.type !== 'array')
    return { ...labels(field, reader.lang), ...simpleSchema(field as SimpleModel, reader) };
  const list = def as DeepReadonly<ListField>;
  return {
    ...labels(field, reader.lang),
    type: 'array',
    items: field.type === 'rows' ? rowSchema(field, reader) : simpleSchema(field.items[0]!, reader),
    ...(list.minItems !== undefined && { minItems: list.minItems }),
    maxItems: list.maxItems ?? MAX_ITEMS,
    ...(list.uniqueItems && { uniqueItems: true }),
  };
}

function rowSchema(field: FieldModel, reader: SchemaReader): Record<string, unknown> {
  const columns = field.items.filter((c) => reader.internal || !c.internal);
  return {
    type: 'object',
    properties: Object.fromEntries(
      columns.map((c) => [c.key, { ...labels(c, reader.lang), ...simpleSchema(c, reader) }]),
    ),
    required: columns.filter((c) => c.required).map((c) => c.key),
    additionalProperties: false,
  };
}

function labels(field: SimpleModel | FieldModel, lang: Lang): Record<string, unknown> {
  const help = field.help?.[lang];
  const example = field.def['x-example'];
  return {
    title: field.label[lang],
    ...(help !== undefined && { description: help }),
    ...(example !== undefined && { 'x-example': example }),
    ...(field.internal && { 'x-internal': true }),
  };
}

function simpleSchema(field: SimpleModel, reader: SchemaReader): Record<string, unknown> {
  const { def } = field;
  if (def.type === 'boolean') return { type: 'boolean' };
  if (def.type === 'string') return textSchema(field, reader.lang);
  const unit = unitOf(field)?.[reader.lang];
  const isYear = def.format === 'year';
  return {
    // Money is whole fen and a year is whole whatever the declaration calls them.
    type: def.format ? 'integer' : def.type,
    ...(def.format && { format: def.format }),
    ...(def.format === 'money' && { 'x-money': def['x-money'] ?? 'yuan', 'x-stored': 'fen' }),
    ...(unit !== undefined && { 'x-unit': unit }),
    ...(isYear
      ? { minimum: Math.max(1900, def.minimum ?? 1900), maximum: Math.min(2200, def.maximum ?? 2200) }
      : {
          ...(def.minimum !== undefined && { minimum: def.minimum }),
          ...(def.maximum !== undefined && { maximum: def.maximum }),
        }),
  };
}

function textSchema(field: SimpleModel, lang: Lang): Record<string, unknown> {
  const { def } = field;
  if (def.type !== 'string') return {};
  if (field.choices)
    return {
      type: 'string',
      oneOf: field.choices.map((c) => ({ const: c.value, title: c.label[lang] })),
    };
  const { min, max } = textBounds(field);
  const { format } = def;
  return {
    type: 'string',
    ...(format && format !== 'text' && { format }),
    ...(def['x-register'] !== undefined && { 'x-register': def['x-register'] }),
    minLength: min ?? 1,
    maxLength: max,
    ...(def.pattern !== undefined && patternOf(def.pattern) && { pattern: def.pattern }),
  };
}
