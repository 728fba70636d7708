import * as z from 'zod';

export { FieldDiff } from '#kernel/fields/view';

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
