import * as z from 'zod';
import { Bilingual, Id, Text } from './schema-basics.ts';

/** Key of a field in a record: lower camel case, as the data is stored. Keys never change; see `x-formerly`. */
export const FieldKey = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'field-key');

/** One value of a closed list. */
export const Choice = z.strictObject({
  /** As stored. */
  const: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'choice'),
  /** As people read it. */
  title: Text,
  'x-en': Text,
});

/** English label and help of a field. */
export const English = z.strictObject({ title: Text, description: Text.optional() });

/** Formats of texts. Each is checked and brought into one form before it is stored (kernel/identifiers where it is a number). */
export const TextFormat = z.enum([
  /** Several lines. */
  'text',
  /** 统一社会信用代码. */
  'uscc',
  /** Application or publication number of a patent. */
  'patent-number',
  /** Id of a region of the pack; people write its name or code. */
  'region',
  /** Name of an organisation. */
  'organisation',
  /** Name of a person. */
  'person',
  /** YYYY-MM-DD. */
  'date',
  /** Id of a kept file. */
  'file',
  /** Number of an entry of another register (`x-register`); people may write its title. */
  'reference',
  'uri',
  'email',
  /** Telephone number. */
  'phone',
  /** IPC symbol. */
  'ipc',
]);

const labelled = {
  /** Label, Chinese. */
  title: Text,
  /** Help: what to write, Chinese. */
  description: Text.optional(),
  'x-en': English,
  /** Seen only by those who keep the register. */
  'x-internal': z.boolean().optional(),
  /** Earlier keys of this field: entries stored under them stay readable and count. */
  'x-formerly': z.array(FieldKey).min(1).optional(),
  /** An example, shown in the template. */
  'x-example': Text.optional(),
};

/** Text, a closed list of values, or one of the formats. */
export const TextField = z.strictObject({
  type: z.literal('string'),
  ...labelled,
  format: TextFormat.optional(),
  oneOf: z.array(Choice).min(1).optional(),
  /** Id of the register referred to. */
  'x-register': Id.optional(),
  minLength: z.int().min(1).optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
  pattern: z.string().optional(),
  /** What the pattern asks for, in words. */
  'x-pattern-says': Bilingual.optional(),
});

/** Units in which money is shown and typed; stored are whole fen. */
export const MoneyUnit = z.enum(['yuan', 'wan', 'yi']);

/** A number. `format: money` is whole fen shown in `x-money`; `format: year` is a calendar year. */
export const NumberField = z.strictObject({
  type: z.enum(['integer', 'number']),
  ...labelled,
  format: z.enum(['money', 'year']).optional(),
  'x-money': MoneyUnit.optional(),
  'x-unit': Bilingual.optional(),
  /** Digits after the point when shown. */
  'x-decimals': z.int().min(0).max(6).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** Yes or no. */
export const BooleanField = z.strictObject({ type: z.literal('boolean'), ...labelled });

/** One value: what a list may hold too. */
export const SimpleField = z.discriminatedUnion('type', [TextField, NumberField, BooleanField]);
export type SimpleField = z.infer<typeof SimpleField>;

/** The rows of a list inside an entry: members, services, revenue per year. */
export const RowSchema = z.strictObject({
  type: z.literal('object'),
  properties: z.record(FieldKey, SimpleField),
  required: z.array(FieldKey).optional(),
  additionalProperties: z.literal(false).optional(),
});

/** A list: of texts and choices, or of small rows. */
export const ListField = z.strictObject({
  type: z.literal('array'),
  ...labelled,
  items: z.discriminatedUnion('type', [RowSchema, TextField, NumberField, BooleanField]),
  minItems: z.int().min(0).optional(),
  maxItems: z.int().min(1).max(5000).optional(),
  uniqueItems: z.boolean().optional(),
});
export type ListField = z.infer<typeof ListField>;

/** Any field. */
export const RecordField = z.discriminatedUnion('type', [TextField, NumberField, BooleanField, ListField]);
export type RecordField = z.infer<typeof RecordField>;

/** JSON Schema of an entry, limited to what a form, a table and a spreadsheet can show. */
export const RecordSchema = z.strictObject({
  type: z.literal('object'),
  properties: z.record(FieldKey, RecordField),
  required: z.array(FieldKey).min(1),
  additionalProperties: z.literal(false).optional(),
});
export type RecordSchema = z.infer<typeof RecordSchema>;
