import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of reading one record after another, in English. */
export const en: Translation<typeof zh> = {
  'review.title': 'Review',
  'review.place': '{{at}} of {{total}}',
  'review.previous': 'Previous',
  'review.next': 'Next',
  'review.close': 'End the review',
  'review.open': 'open the record',
  'review.keys': 'Keys: j or → next, k or ← previous, Esc ends',
};
