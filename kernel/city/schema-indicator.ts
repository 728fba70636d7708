import * as z from 'zod';
import { Bilingual, CalendarDate, Id, Text, Year } from './schema-basics.ts';

/**
 * What sort of promise an indicator is. It decides which value is expected on a day between two year ends:
 * - `cumulative` – counted since the plan's start, only grows;
 * - `stock` – what exists on the day, plain or per so many people;
 * - `share` – a part of a whole, in per cent;
 * - `rate` – growth during the year, in per cent: each year stands alone;
 * - `range` – a target with a lower and an upper end ("5-6家");
 * - `floor` – a level not to be fallen below;
 * - `milestone` – a stage of an ordered list is to be reached;
 * - `composite` – several numbers in one row, each a `part`.
 */
export const IndicatorKind = z.enum([
  'cumulative',
  'stock',
  'share',
  'rate',
  'range',
  'floor',
  'milestone',
  'composite',
]);
export type IndicatorKind = z.infer<typeof IndicatorKind>;

/** A target: a number, both ends of a range, or null where the plan gives no number for that year. */
export const Target = z.union([
  z.number(),
  z.strictObject({
    /** Lower end; reaching it meets the target. */
    min: z.number(),
    /** Upper end. */
    max: z.number(),
  }),
  z.null(),
]);
export type Target = z.infer<typeof Target>;

/** Year → target at the end of that year. Every year of the plan has an entry. */
export const Targets = z.record(Year, Target);
export type Targets = z.infer<typeof Targets>;

/** Id of a measure which a module computes, e.g. `patents.inventions-in-force`. */
const MeasureId = z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'measure-id');

/** A measured figure that stands for this number. */
export const MeasureRef = z.strictObject({
  /** Id of a measure which a module computes, e.g. `patents.inventions-in-force`. */
  id: MeasureId,
  /**
   * Divide by this; absent = the plain figure. `population` is the pack's own count of residents; anything else is the id
   * of a measure, of the same day, region and first counted day.
   */
  per: z.union([z.literal('population'), MeasureId]).optional(),
  /** Multiply, after dividing where there is a `per`: 10000 gives "per 10,000 people", 100 gives per cent. */
  scale: z.number().positive().optional(),
  /** First counted day for a cumulative figure; absent = no lower end. */
  since: CalendarDate.optional(),
  /** What to know when comparing it with the reported figure. */
  note: Text,
});
export type MeasureRef = z.infer<typeof MeasureRef>;

/** One number of a composite row. */
export const IndicatorPart = z.strictObject({
  /** Key within the indicator. */
  id: Id,
  /** What this part counts. */
  title: Text,
  /** Kind of this number; never `composite` or `milestone`. */
  kind: IndicatorKind.exclude(['composite', 'milestone']),
  /** Unit of this number. */
  unit: Bilingual,
  /** Digits after the point when shown; 0 when absent. */
  decimals: z.int().min(0).max(6).optional(),
  /** Curated targets. */
  targets: Targets,
  /** The figure that is measured, where one is. */
  measure: MeasureRef.optional(),
});
export type IndicatorPart = z.infer<typeof IndicatorPart>;

/** One printed cell that may cover several years: the flattened table does not show where a merged cell ends. */
export const PrintedSpan = z.strictObject({
  /** Years which the text is taken to cover, the key's own year first. */
  years: z.array(Year).min(1),
  /** False when the print does not show how far the cell reaches. */
  certain: z.boolean(),
  /** Why these years were taken. */
  note: Text,
});

/** Ordered stages of a milestone row and which one each year demands. */
export const Milestones = z.strictObject({
  /** From the least to the most advanced. */
  stages: z
    .array(
      z.strictObject({
        /** Key within the indicator. */
        id: Id,
        /** Wording, as printed where it can be. */
        label: Text,
        /** Strictly rising along the list, beginning at 1; 0 means "nothing reached yet". */
        rank: z.int().min(1),
      }),
    )
    .min(1),
  /** Year → stage to be reached by the end of it, or null where a number or nothing is demanded. */
  required: z.record(Year, Id.nullable()),
});
export type Milestones = z.infer<typeof Milestones>;

/** A place where the plan contradicts itself: both printings are kept, the curated reading says which is used. */
export const Contradiction = z.strictObject({
  /** What disagrees. */
  kind: z.enum(['number', 'title', 'scope', 'typo', 'wording', 'project-name', 'task-name']),
  /** Each printing with the place where it stands. */
  printed: z
    .array(
      z.strictObject({
        /** Place in the document, e.g. 路线图（附件）第22行. */
        where: Text,
        /** Exactly as printed. */
        text: Text,
      }),
    )
    .min(1),
  /** The reading used by the platform. */
  curated: Text,
  /** Why. */
  note: Text,
});
export type Contradiction = z.infer<typeof Contradiction>;

/** How county figures make the city's. */
export const CountyRule = z.strictObject({
  /** Do the counties report their part? */
  reports: z.boolean(),
  /**
   * sum: add them; latest: the city's own latest figure counts, county figures are shown beside it; weighted: mean
   * weighted by `weight`; not-addable: county figures say nothing about the city's.
   */
  rule: z.enum(['sum', 'latest', 'weighted', 'not-addable']),
  /** Weight of a weighted mean: population, or a denominator the county reports with its figure. */
  weight: z.enum(['population', 'reported']).optional(),
  /** Why. */
  note: Text,
});
export type CountyRule = z.infer<typeof CountyRule>;

/** 口径: what exactly is counted. */
export const ComputationRule = z.strictObject({
  /** Rises by one with every change of the text. */
  version: z.int().min(1),
  /** What is counted, on which day, numerator, denominator, source, what is left out. Chinese. */
  text: Text,
  /** First day on which this version holds. */
  from: CalendarDate,
  /** official: issued by the city; curated: written for the platform because the plan prints none. */
  basis: z.enum(['official', 'curated']),
  /** True only when the issuing document was read. */
  verified: z.boolean(),
});

/** One row of the plan, or one goal that stands outside its table. */
export const Indicator = z.strictObject({
  /** Number as people say it: `'1'`…`'48'`, goals outside the table `'G1'`… */
  no: z.string().regex(/^(?:[1-9]\d{0,2}|G[1-9]\d?)$/, 'indicator-no'),
  /** Place in lists, unique. */
  ordinal: z.int().min(1),
  /** Short title for tables and charts. */
  title: Text,
  /** As printed in the place named by `printedIn`. */
  fullTitle: Text,
  /** As printed in the plan's body where that differs from `fullTitle`. */
  bodyTitle: Text.optional(),
  /** Where `fullTitle` and `printed` come from. */
  printedIn: z.enum(['roadmap', 'body']),
  /** Id of a project of plan.yaml. */
  project: Id,
  /** Id of a key task of plan.yaml, or null for a goal outside the table. */
  task: Id.nullable(),
  /** Sort of promise. */
  kind: IndicatorKind,
  /** Unit of the number; required when any target is a number. */
  unit: Bilingual.optional(),
  /** Digits after the point when shown; 0 when absent. */
  decimals: z.int().min(0).max(6).optional(),
  /** Which way is better. */
  direction: z.enum(['up', 'down']),
  /** The numbers of a composite row, in printed order. */
  parts: z.array(IndicatorPart).min(2).optional(),
  /** Curated targets at the year ends; all null for composites. A milestone row may have a number in some years. */
  targets: Targets,
  /** Years whose target is printed with 以上 or 超过. */
  floors: z.array(Year).optional(),
  /** Year → the cell's text exactly as printed, repeated over the years of a merged cell; null = nothing printed. */
  printed: z.record(Year, Text.nullable()),
  /** First year of a printed cell → the years it is taken to cover; only where that is not certain. */
  spans: z.record(Year, PrintedSpan).optional(),
  /** Stages; required for milestones. */
  milestones: Milestones.optional(),
  /** Value before the plan's first year, only where it follows from what is counted. */
  baseline: z
    .strictObject({
      value: z.number(),
      /** Day of the value. */
      at: CalendarDate,
      basis: z.enum(['printed', 'curated']),
      note: Text,
    })
    .optional(),
  /** Responsible departments (责任部门), ids as of the plan's date. */
  lead: z.array(Id),
  /** Assisting departments (协助部门). */
  assist: z.array(Id),
  /** The printed lists, which stand once for a block of rows; null where the plan prints none. */
  departmentsAsPrinted: z.strictObject({
    lead: Text.nullable(),
    assist: Text.nullable(),
    /** Which rows the printed lists are taken to cover, e.g. `27–35`. */
    rows: Text,
  }),
  /** Where the plan disagrees with itself about this row. */
  contradictions: z.array(Contradiction).optional(),
  /** How county figures make the city's. */
  county: CountyRule,
  /** The figure that is measured, where one is; a composite row has them in its parts. */
  measure: MeasureRef.optional(),
  /** 口径. */
  rule: ComputationRule,
  /** Id of a light rule that replaces the kind's own. */
  light: Id.optional(),
});
export type Indicator = z.infer<typeof Indicator>;

/** indicators.yaml */
export const IndicatorsFile = z.strictObject({ indicators: z.array(Indicator).min(1) });
