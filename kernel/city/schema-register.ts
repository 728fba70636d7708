import * as z from 'zod';
import { Bilingual, CalendarDate, Id, sourced, Text, Year } from './schema-basics.ts';
import { English, FieldKey, RecordSchema } from './schema-fields.ts';

/** What stands for "the day asked for" in a condition. */
export const THE_DAY = '@day';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * What is asked of one field: a value it equals, a list of which it is one, or bounds. `@day` stands for the day asked
 * for. An empty field fulfils nothing but `exists: false` and `not`.
 */
export const FieldTest = z.union([
  Scalar,
  z.array(Scalar).min(1),
  z.strictObject({
    /** At least. */
    gte: Scalar.optional(),
    /** At most. */
    lte: Scalar.optional(),
    /** More than. */
    gt: Scalar.optional(),
    /** Less than. */
    lt: Scalar.optional(),
    /** Is it filled in? */
    exists: z.boolean().optional(),
    /** None of these, or empty. */
    not: z.array(Scalar).min(1).optional(),
  }),
]);
export type FieldTest = z.infer<typeof FieldTest>;

/** Field → what is asked of it; all must hold. */
export const Where = z.record(FieldKey, FieldTest);
export type Where = z.infer<typeof Where>;

/** A rule with its source: a law, a notice, or (verified: false) a practice that the city must confirm. */
export const RuleBasis = z.strictObject({ text: Text, ...sourced });

/** A figure computed from other fields of the same entry; never typed. */
export const ComputedField = z.strictObject({
  id: FieldKey,
  title: Text,
  'x-en': English,
  unit: Bilingual,
  decimals: z.int().min(0).max(6),
  /** Numerator and denominator; money counts in yuan. Empty where either is empty or the second is 0. */
  divide: z.tuple([FieldKey, FieldKey]),
  /** Multiplied with after dividing. */
  scale: z.number().positive(),
});
export type ComputedField = z.infer<typeof ComputedField>;

/** What is looked at again and again while an entry is valid: a yearly re-check, a surveillance audit. */
export const Recheck = z.strictObject({
  id: Id,
  title: Bilingual,
  /** Dates from which it counts; the latest that is filled in. */
  from: z.array(FieldKey).min(1),
  months: z.int().min(1).max(240),
  /** Only for entries that fulfil this. */
  where: Where.optional(),
  basis: RuleBasis,
});
export type Recheck = z.infer<typeof Recheck>;

/** From when until when an entry holds, and what is done when it ends. */
export const RegisterValidity = z.strictObject({
  /** Date field of the first day. */
  from: FieldKey,
  /** Date field of the last day (included). */
  to: FieldKey.optional(),
  /** Months after `from` at which it ends where no last day is given. */
  months: z.int().min(1).max(1200).optional(),
  /** Does the platform itself set entries to expired once they are over? */
  expires: z.boolean(),
  /** Days before the end, or before a re-check, at which the keepers are told. */
  remind: z.array(z.int().min(1).max(1000)).min(1),
  basis: RuleBasis.optional(),
});

/** What one criterion asks. */
export const CriterionTest = z.union([
  /** Something of the entry itself. */
  z.strictObject({ where: Where }),
  /** The same organisation has so many valid entries in a register. */
  z.strictObject({ register: Id, where: Where.optional(), atLeast: z.int().min(1) }),
]);

/** One condition of a step, with its source. */
export const Criterion = z.strictObject({
  id: Id,
  title: Bilingual,
  test: CriterionTest,
  basis: RuleBasis,
  /** First and last day on which it holds. */
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
});
export type Criterion = z.infer<typeof Criterion>;

/** A ladder: the values of one field in order, each with what it takes. */
export const Ladder = z.strictObject({
  field: FieldKey,
  steps: z
    .array(
      z.strictObject({
        /** Value of the field. */
        value: z.string(),
        criteria: z.array(Criterion),
      }),
    )
    .min(2),
});
export type Ladder = z.infer<typeof Ladder>;

/** How a measure makes one number of the entries. */
export const MeasureFigure = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('count'),
    /** Count different values of this field (or different organisations) instead of entries. */
    distinct: z.union([FieldKey, z.literal('organisation')]).optional(),
    /** in-force: valid on the day. started: begun by the day, whether or not they have ended; obeys `since`. */
    span: z.enum(['in-force', 'started']),
  }),
  z.strictObject({
    kind: z.literal('sum'),
    field: FieldKey,
    span: z.enum(['in-force', 'started']),
  }),
  z.strictObject({
    /** The rows of a list field. */
    kind: z.literal('count-items'),
    list: FieldKey,
    span: z.enum(['in-force', 'started']),
  }),
  z.strictObject({
    /**
     * A statistic as published: the value of the latest `year` that had ended by the day. Without a region the entry of
     * the city itself counts, never the sum of the counties.
     */
    kind: z.literal('latest'),
    field: FieldKey,
    year: FieldKey,
    /** Add the values of all years since the measure's `since` instead of taking the latest. */
    cumulative: z.boolean().optional(),
  }),
  z.strictObject({
    /** Growth in per cent of the amounts of a list by year: the latest year that had ended by the day over the one before. */
    kind: z.literal('growth'),
    list: FieldKey,
    year: FieldKey,
    amount: FieldKey,
  }),
]);
export type MeasureFigure = z.infer<typeof MeasureFigure>;

/** A figure over the entries; offered to indicators as `registers.<register>.<id>`. */
export const RegisterMeasure = z.strictObject({
  id: Id,
  title: Bilingual,
  unit: Bilingual,
  /** How it is counted, in plain words. */
  rule: Bilingual,
  figure: MeasureFigure,
  /** Only entries that fulfil this. */
  where: Where.optional(),
});
export type RegisterMeasure = z.infer<typeof RegisterMeasure>;

/** What the generated demonstration fills a register with. Every value it makes is invented. */
export const RegisterDemo = z.strictObject({
  /** Year → how many entries begin in it. */
  perYear: z.record(Year, z.int().min(0).max(5000)).optional(),
  /** Field → values to choose from, where its type alone would give something implausible. */
  values: z.record(FieldKey, z.array(Scalar).min(1)).optional(),
  /** Whole entries as they stand, e.g. statistics. */
  rows: z.array(z.record(FieldKey, Scalar)).optional(),
});
export type RegisterDemo = z.infer<typeof RegisterDemo>;

/** One register: `registers/<id>.yaml`, and nothing else, makes a list with everything that belongs to it. */
export const Register = z.strictObject({
  id: Id,
  /** Letters before the numbers of its entries, e.g. `LM` for LM-0001. */
  prefix: z.string().regex(/^[A-Z]{2,5}$/, 'register-prefix'),
  title: Bilingual,
  /** Heading under which it stands in the list of registers. */
  group: z.enum([
    'regions',
    'industry',
    'enterprises',
    'services',
    'talent',
    'policy',
    'statistics',
    'catalogues',
  ]),
  /** Place within its group. */
  order: z.int().min(1),
  /** What it is for. */
  purpose: Bilingual,
  /** Why it is kept. */
  basis: z.array(RuleBasis).min(1),
  keeper: z.strictObject({
    /** Department that keeps it; who took over answers after it ended. */
    department: Id,
    /** What counties and parks may do with entries of their own region: nothing, propose, or keep. */
    counties: z.enum(['none', 'propose', 'keep']),
  }),
  /** May everybody see what is published? */
  public: z.boolean(),
  schema: RecordSchema,
  entry: z.strictObject({
    /** Field that names an entry. */
    title: FieldKey,
    /** Fields that tell entries apart: the first combination that is filled in. No two live entries share one. */
    keys: z.array(z.array(FieldKey).min(1)).min(1),
    /** Field with the region to which an entry belongs. */
    region: FieldKey.optional(),
    /** Field with the industry, for figures by industry. */
    industry: FieldKey.optional(),
    /** The organisation of which the entry speaks. */
    organisation: z
      .strictObject({ name: FieldKey, code: FieldKey.optional(), address: FieldKey.optional() })
      .optional(),
  }),
  /** Columns of the list, in order. */
  list: z.array(FieldKey).min(1).max(12),
  /** Fields offered for narrowing the list; the state and the region are always offered. */
  facets: z.array(FieldKey).max(6),
  validity: RegisterValidity,
  rechecks: z.array(Recheck).optional(),
  computed: z.array(ComputedField).optional(),
  ladder: Ladder.optional(),
  measures: z.array(RegisterMeasure),
  demo: RegisterDemo.optional(),
  note: Text.optional(),
});
export type Register = z.infer<typeof Register>;
