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
  'review.keysMore': 'Keys: j or → next, k or ← previous, y keep, x dismiss, 1–5 rate, Esc ends',
  'review.keep': 'Keep',
  'review.dismiss': 'Dismiss',
  'review.rate': 'Rating',
  'review.rateAs': '{{count}} points',
  'review.rateAs_one': '{{count}} point',
};
