import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of the statistics of a result, in English. */
export const en: Translation<typeof zh> = {
  'stats.title': 'Statistics',
  'stats.unit': 'publications',
  'stats.patents': 'publications',
  'stats.incomplete.year': '{{year}} is not over: hatched figures are not complete.',
  'stats.incomplete.filingYear':
    'From {{year}} on (hatched) the figures are not complete: applications are published 18 months after filing.',
  'stats.undated': ' {{count}} more have no date.',
  'stats.source': 'patents imported here, query {{query}}',
  'stats.sourceAll': 'all patents imported here',
  'stats.rest': 'others',
  'stats.restOf': '“Others” are the remaining {{count}} together',
  'stats.filingYear': 'Trend by filing year',
  'stats.year': 'Trend by publication year',
  'stats.type': 'Types',
  'stats.legalStatus': 'Legal status',
  'stats.granted': 'Applications and grants',
  'stats.country': 'Offices',
  'stats.region': 'Regions of the city',
  'stats.applicant': 'Top applicants (names joined)',
  'stats.ipc': 'Top IPC subclasses',
  'stats.cpc': 'Top CPC subclasses',
  'stats.agency': 'Top agencies',
  'stats.familySize': 'Size of families',
  'stats.note':
    'All publications of the result are counted, not only this page; the application and the grant of one invention count one each. Applicants and classes can be several on one publication, so that they add up to more than the total.',
};
