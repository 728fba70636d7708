import * as z from 'zod';
import { isCalendarDate } from '#kernel/city/schema-basics';

/** A calendar day. */
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD')
  .refine(isCalendarDate, 'YYYY-MM-DD');

/** Whoever has a matter is away: until when, and who covers; empty where that one was recused. */
export const away = z.object({ until: date, cover: z.string() });

/** In both languages. */
export const words = z.object({ zh: z.string(), en: z.string() });

/** Who takes part, as the procedure calls them, and on which side. */
export const who = z.object({
  title: words,
  side: z.enum(['party', 'office', 'head', 'court', 'body']),
});

/** Where the law says it; what nobody verified is confirmed by a person first. */
export const basis = z
  .object({ law: words, article: z.string(), verified: z.boolean() })
  .meta({ id: 'ItemBasis' });

/** A limit by law, as `/deadlines?limit=` counts with it. */
export const limit = z
  .object({
    id: z.string(),
    rule: z.string(),
    step: words,
    start: words,
    whose: z.enum(['office', 'party', 'court']),
    extensions: z.array(z.object({ rule: z.string(), when: words })),
    excludes: z.array(words),
    /** What a person must confirm or know. */
    note: words.nullable(),
    basis,
  })
  .meta({ id: 'ItemLimit' });

/** One run of a clock of a matter. */
export const clock = z.object({
  id: z.string(),
  limit,
  startedOn: date,
  /** Last day; null while the clock stands. */
  due: date.nullable(),
  provisional: z.boolean(),
  extensions: z.array(z.string()),
  /** Times that do not count, as `/api/calendar/due` reads them. */
  excluded: z.string(),
  /** `met` by what was waited for, `expired` by its own end, `stopped` by something else. */
  ended: z.object({ on: date, how: z.enum(['met', 'expired', 'stopped']) }).nullable(),
  /** The last day is past. */
  over: z.boolean(),
  /** Somebody is late: an office or a court that has not acted in time, or whoever acted after it. */
  late: z.boolean(),
});

/** What may be done next. */
export const possible = z.object({
  id: z.string(),
  title: words,
  by: who,
  /** On which grounds or condition. */
  when: words.nullable(),
  /** The state that follows; null where the matter stays where it is. */
  to: words.nullable(),
  /** The matter ends with it. */
  ends: z.boolean(),
  /** First day on which it may be done; null where it waits for nothing. */
  notBefore: date.nullable(),
});

/** Id of a portal; without it the whole city. */
export const portalParam = z.string().max(60).optional();

/** A matter's number as it is printed, 通知公开收〔2026〕12号, or as people type it: other brackets, blanks, without 号. */
export const numberParam = z.string().min(3).max(60);

/** Who has no account shows the code of the receipt: in a header, so that no address, history or log holds it. */
export const codeHeader = z.object({ 'x-matter-code': z.string().max(40).optional() });
