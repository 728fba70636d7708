import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of what the workbench puts onto the patents' pages, in English. */
export const en: Translation<typeof zh> = {
  'beside.add': 'Add to a collection',
  'beside.addSignIn': 'Sign in to add to a collection',
  'beside.addTitle': 'Add {{count}} patents to a collection',
  'beside.addTitle_one': 'Add the patent to a collection',
  'beside.added': '{{added}} added, {{already}} were there.',
  'beside.open': 'Open “{{name}}”',
  'beside.afterSignIn': 'After signing in:',
  'beside.save': 'Save the query',
  'beside.saved': 'Saved; write @{{name}} in queries',
  'beside.watch': 'Watch',
  'beside.watching': 'Watched: {{name}}',
  'beside.addAll': 'Add all to a collection',
  'beside.addAllTitle': 'Add the whole result ({{count}}) to a collection',
  'beside.addHelp': 'In the background, while you go on; a collection holds {{most}} at most.',
  'beside.addFamilies':
    'Adds all publications, not one of each family; in the background. A collection holds {{most}} at most.',
  'beside.record': 'My workbench',
  'beside.recordSignIn': 'Sign in to collect, judge, tag and watch',
  'beside.none': 'In none of your collections yet. Once it is in one it can be judged and noted.',
  'beside.word': 'My decision',
  'beside.watchRecord': 'Watch legal status and other changes',
  'beside.watchRecordHelp':
    'After each import {{number}} is compared; you are told when its legal status or anything else changed.',
  'beside.reviewSignIn': 'Sign in to keep, dismiss, rate and tag',
  'review.choose': 'Decisions and ratings are kept in a collection; choose one or make a new one:',
  'review.begin': 'Begin',
  'review.keptIn': 'Decisions are kept in:',
  'review.other': 'change',
  'review.saving': 'Saving {{count}}',
  'review.keys': 'Keys: s keep, x dismiss, 1–5 rate, 0 no rating, t tags',
  'unstored.title': '{{count}} decisions are not stored yet, from {{number}} on',
  'unstored.title_one': 'The decision about {{number}} is not stored yet',
  'unstored.passing':
    'The server does not answer; they are stored once it does. Please keep this window open.',
  'unstored.retry': 'Try now',
  'unstored.elsewhere': 'Store them in another collection',
  'unstored.drop': 'Give them up',
};
