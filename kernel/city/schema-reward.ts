import * as z from 'zod';
import { Bilingual, CalendarDate, Id } from './schema-basics.ts';
import { ItemBasis } from './schema-item.ts';

/** Whole yuan. */
const Yuan = z.int().min(0).max(1_000_000_000);

/** A grade of a reward: what it is given for, and how much. */
export const RewardGrade = z.strictObject({
  id: Id,
  title: Bilingual,
  /** By what the office judges that a report is of this grade. */
  criteria: Bilingual,
  /** Percent of what the rule counts from, up to four decimals. */
  rate: z
    .number()
    .min(0)
    .max(100)
    .refine((rate) => Math.abs(rate * 10_000 - Math.round(rate * 10_000)) < 1e-6, 'reward-rate'),
  /** What it comes to at least, in whole yuan. */
  floor: Yuan.default(0),
});
export type RewardGrade = z.infer<typeof RewardGrade>;

/**
 * A rule by which a reward is computed (举报奖励标准), for matters that were opened while it held: percent of a sum, at least a floor,
 * times a factor for insiders, at most a cap.
 */
export const RewardRule = z.strictObject({
  id: Id,
  title: Bilingual,
  /** First and last day on which a matter is opened that it holds for. */
  from: CalendarDate,
  to: CalendarDate.nullable(),
  basis: z.array(ItemBasis).min(1),
  /** What else a person must know or confirm before relying on it. */
  note: Bilingual.optional(),
  /** What must be true for a reward to be given. */
  conditions: z.array(z.strictObject({ text: Bilingual, basis: z.array(ItemBasis).default([]) })).default([]),
  /** What the percentage is of, such as fines and forfeitures. */
  base: Bilingual,
  grades: z.array(RewardGrade).min(1),
  /** How much more an insider gets; null where the rule knows none. */
  insider: z
    .strictObject({ title: Bilingual, factor: z.number().gt(1).max(10) })
    .nullable()
    .default(null),
  /** What it comes to at most, in whole yuan; null without a cap. */
  cap: Yuan.nullable().default(null),
});
export type RewardRule = z.infer<typeof RewardRule>;

/** rewards.yaml */
export const RewardsFile = z.strictObject({ rules: z.array(RewardRule) });
