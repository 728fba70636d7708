import * as z from 'zod';
import { Bilingual, Id, Text, validity } from './schema-basics.ts';

/** A period as law writes it: `5WD` working days, `15D` days, `3M` months, `1Y` years. */
export const DueRuleText = z.string().regex(/^[1-9]\d{0,3}(?:WD|D|M|Y)$/, 'due-rule');

/** A law or rule that sets limits, and the days it is in force. */
export const LimitLaw = z.strictObject({
  id: Id,
  title: Bilingual,
  /** Its number as printed, e.g. 国家知识产权局令第60号; null when it has none or none is known. */
  number: Text.nullable(),
  ...validity,
  /** Was its text read when the pack was written? Limits of a law that was not read are shown as unverified. */
  read: z.boolean(),
  note: Bilingual.optional(),
});
export type LimitLaw = z.infer<typeof LimitLaw>;

/** Within what time something must be done by law, from which day it counts, and what does not count. */
export const LegalLimit = z.strictObject({
  id: Id,
  procedure: Id,
  law: Id,
  /** Article as printed, e.g. 第二十条. */
  article: Text,
  /** What must be done. */
  step: Bilingual,
  /** The event from whose day it counts; that day is not counted. */
  start: Bilingual,
  /** Whose limit it is: the office's, a party's, or a court's. */
  whose: z.enum(['office', 'party', 'court']),
  rule: DueRuleText,
  /** Does a last day off move to the next working day? */
  roll: z.boolean(),
  extensions: z
    .array(
      z.strictObject({
        rule: DueRuleText,
        /** On which condition, e.g. 经负责人批准. */
        when: Bilingual,
      }),
    )
    .default([]),
  /** What the law does not count. */
  excludes: z.array(Bilingual).default([]),
  /** What follows when it passes. */
  consequence: Bilingual.optional(),
  /** Was the article itself read? Otherwise a person must confirm it before relying on it. */
  verified: z.boolean(),
  note: Bilingual.optional(),
});
export type LegalLimit = z.infer<typeof LegalLimit>;

/** A procedure under which limits are listed. */
export const LimitProcedure = z.strictObject({ id: Id, title: Bilingual });
export type LimitProcedure = z.infer<typeof LimitProcedure>;

/** limits.yaml */
export const LimitsFile = z.strictObject({
  procedures: z.array(LimitProcedure).min(1),
  laws: z.array(LimitLaw).min(1),
  limits: z.array(LegalLimit).min(1),
});
export type LimitsFile = z.infer<typeof LimitsFile>;
