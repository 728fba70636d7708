import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts about moving a running matter to another version of its item, in English. */
export const en: Translation<typeof zh> = {
  'migrate.now':
    'This matter runs under the version {{version}}. A matter keeps the version under which it began; where a rule wants running matters to go on under another one, the head moves it.',
  'migrate.begin': 'Move to another version',
  'migrate.to': 'Version',
  'migrate.corrected': 'From {{from}} (this version as corrected)',
  'migrate.reason': 'Reason',
  'migrate.basis': 'Ground',
  'migrate.basisHelp': 'The article on what holds for matters that run already.',
  'migrate.follows':
    'Steps that were taken, times that ended and documents that were made stay and are shown as the earlier version has them; times that run count from the day on which they began, by the new version. The parties are told.',
  'migrate.do': 'Move it to this version',
  'migrate.cannot': 'The matter cannot go on under this version: {{why}}',
  'migrate.same': '{{name}}: last day as before ({{due}})',
  'migrate.moves': '{{name}}: last day {{due}} instead of {{was}}',
  'migrate.noClock': 'No time runs.',
  'migrate.adds': 'Steps that can be taken besides: {{list}}',
  'migrate.drops': 'Steps that cannot be taken any more: {{list}}',
  'migrate.log': 'Moved from the version from {{from}} to the one from {{to}}',
  'migrate.logCorrected': 'Moved to the version from {{to}} as corrected',
  'migrate.ground': 'Ground: {{basis}}',
};
