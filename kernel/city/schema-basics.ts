import * as z from 'zod';

/** Is `text` a day that exists in the Gregorian calendar, written YYYY-MM-DD? */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** A calendar date `YYYY-MM-DD` in the city's time zone (never a moment). */
export const CalendarDate = z.string().refine(isCalendarDate, 'calendar-date');

/** A day of any year, `MM-DD`, e.g. the end of a reporting period. */
export const MonthDay = z.string().refine((text) => isCalendarDate(`2000-${text}`), 'month-day');

/** A key inside the pack: lower-case latin words joined by hyphens. Ids never change, names do. */
export const Id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'id');

/** Text that is not blank. */
export const Text = z.string().refine((text) => text.trim() !== '', 'blank');

/** The same text in the interface's two languages. */
export const Bilingual = z.strictObject({
  /** Chinese. */
  zh: Text,
  /** English. */
  en: Text,
});
export type Bilingual = z.infer<typeof Bilingual>;

/** A calendar year written as text, as YAML keys are: `'2017'`. */
export const Year = z.string().regex(/^\d{4}$/, 'year');

/** A six-digit administrative or statistical code (GB/T 2260 and its neighbours). */
export const Adcode = z.string().regex(/^[1-9]\d{5}$/, 'adcode');

/**
 * A path of a file inside the pack's folder, with forward slashes. Paths that leave the folder are refused by the
 * loader, which also follows links.
 */
export const PackPath = z.string().regex(/^[^\\\0]+$/, 'pack-path');

/**
 * The days during which something holds. Both ends are included; `null` is "since before anything recorded here" or
 * "until further notice".
 */
export const validity = {
  /** First day, or null when the beginning does not matter or is not known. */
  from: CalendarDate.nullable(),
  /** Last day (included), or null while it still holds. */
  to: CalendarDate.nullable(),
};

/** Where a statement comes from and whether that source was really read. */
export const sourced = {
  /** Id of an entry of `sources` in city.yaml. */
  source: Id,
  /** True only when somebody read the named source and found this statement in it. */
  verified: z.boolean(),
};

/** A period of validity as it stands in the pack. */
export type Validity = { from: string | null; to: string | null };

/** Does a period of validity contain the day? */
export function holdsAt(period: Validity, asOf: string): boolean {
  return (period.from === null || period.from <= asOf) && (period.to === null || asOf <= period.to);
}

/** What becomes of a department or region that ends. */
export const Successor = z.strictObject({
  /** Id of the department or region that takes over. */
  to: Id,
  /** First day on which the successor answers. */
  from: CalendarDate,
  /** renamed: the same body; merged: one of several that became one; split: one of several that share the work. */
  kind: z.enum(['renamed', 'merged', 'split']),
  ...sourced,
  /** What passed over, when not everything did. */
  note: Text.optional(),
});
export type Successor = z.infer<typeof Successor>;

/** A name and the days during which it was the name. */
export const DatedName = z.strictObject({
  /** Official Chinese name. */
  zh: Text,
  /** English name. */
  en: Text,
  /** Shorter Chinese name for tables. */
  short: Text.optional(),
  ...validity,
  ...sourced,
});
export type DatedName = z.infer<typeof DatedName>;
