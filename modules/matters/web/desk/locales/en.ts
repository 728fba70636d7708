import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts about doing the same with several matters at once, in English. */
export const en: Translation<typeof zh> = {
  'bulk.title': 'Several at once',
  'bulk.ticked': '{{count}} ticked',
  'bulk.running': '{{done}} of {{all}}',
  'bulk.give': 'Give',
  'bulk.step': 'Take a step',
  'bulk.to': 'Give to',
  'bulk.back': 'Back to the office',
  'bulk.do': 'Give the {{count}} ticked',
  'bulk.given': 'given to {{to}}',
  'bulk.which': 'Step',
  'bulk.take': '{{title}}, {{count}} in all',
  'bulk.note': 'It stands in the log of each matter.',
  'bulk.letter':
    'One is made for each matter, with a number of its own, to its applicant, with the same text.',
  'bulk.looking': 'Looking at what can be done in the {{count}} ticked…',
  'bulk.unread': 'Not all of the ticked matters could be read: take the ticks away and choose again.',
  'bulk.noStep':
    'There is no step for all of them: they must be of one item, be able to take it now, and need no paper, reward or publication of their own.',
  'bulk.none': 'Take the ticks away',
  'bulk.all': '{{went}} done ({{title}})',
  'bulk.some':
    '{{went}} done ({{title}}); {{failed}} were not, and stay ticked: look at the reasons and try again',
  'bulk.lost':
    'The connection broke; whether it was done is not known, and trying again does it no second time',
  'bulk.hide': 'Hide',
};
