import * as z from 'zod';

/** What a field holds, as a page needs to know it. */
export const FieldType = z.enum([
  'text',
  'long-text',
  'integer',
  'number',
  'boolean',
  'date',
  'year',
  'money',
  'choice',
  'region',
  'organisation',
  'uscc',
  'patent-number',
  'person',
  'file',
  'reference',
  'uri',
  'email',
  'phone',
  'ipc',
  /** Several values of one type. */
  'values',
  /** Small rows with columns of their own. */
  'rows',
]);
export type FieldType = z.infer<typeof FieldType>;

const FieldBase = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  type: FieldType,
  /** Unit of the figure; for money 元, 万元 or 亿元. One that begins with a number is multiplied: 12 × 10,000 CNY. */
  unit: z.string().nullable(),
  /** What one unit of money is in fen: 100, 1000000 or 10000000000; null for what is not money. */
  fen: z.int().nullable(),
  decimals: z.int().nullable(),
  required: z.boolean(),
  /** Only those who may see what is internal see it. */
  internal: z.boolean(),
  example: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
  /** Register that a reference points to. */
  register: z.string().nullable(),
  minLength: z.int().nullable(),
  maxLength: z.int().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  pattern: z.object({ source: z.string(), says: z.string() }).nullable(),
  /** Is it computed from other fields? Such a field is never typed. */
  computed: z.boolean(),
});

/**
 * One field of a record in the reader's language. `values` has one item field (key empty), `rows` one for each column;
 * other types have none.
 */
export const FieldView = FieldBase.extend({
  items: z.array(FieldBase),
  minItems: z.int().nullable(),
  maxItems: z.int().nullable(),
}).meta({ id: 'RecordField' });
export type FieldView = z.infer<typeof FieldView>;

/** One value as shown: the text in the reader's language, where it leads, and the rows of a list. */
export const CellView = z.object({
  /** As stored; null when empty. Lists are arrays. */
  value: z.unknown(),
  /** Ready to be shown; empty when there is nothing. */
  text: z.string(),
  href: z.string().nullable(),
  /** For `values` and `rows`: the shown cells, in the order of the field's items. */
  rows: z.array(z.array(z.object({ text: z.string(), href: z.string().nullable() }))).nullable(),
});
export type CellView = z.infer<typeof CellView>;

/** One field that differs. `before` or `after` is empty where there was nothing. */
export const FieldDiff = z.object({
  key: z.string(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
});
export type FieldDiff = z.infer<typeof FieldDiff>;
