import * as z from 'zod';

/** proposed → verified → published → expired or removed. */
export const EntryState = z.enum(['proposed', 'verified', 'published', 'expired', 'removed']);
export type EntryState = z.infer<typeof EntryState>;

/** What may be done with an entry besides changing its content. */
export const EntryAction = z.enum([
  /** proposed → verified */
  'verify',
  /** verified → published (or proposed → published by a keeper) */
  'publish',
  /** back to whoever proposed it, with a reason: proposed or verified → proposed */
  'return',
  /** published → expired, on a day */
  'expire',
  /** any → removed, on a day, or from the beginning when it should never have been there */
  'remove',
  /** expired or removed → published */
  'restore',
]);
export type EntryAction = z.infer<typeof EntryAction>;

/** One field that differs. `before` or `after` is empty where there was nothing. */
export const FieldDiff = z.object({
  key: z.string(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
});
export type FieldDiff = z.infer<typeof FieldDiff>;
