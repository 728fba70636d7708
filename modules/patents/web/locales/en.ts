import type { Translation } from '#shell/module';
import { en as applicants } from '../applicants/locales/en.ts';
import { en as completeness } from '../completeness/locales/en.ts';
import { en as imports } from '../imports/locales/en.ts';
import { en as numbers } from '../numbers/locales/en.ts';
import { en as query } from '../query/locales/en.ts';
import { en as record } from '../record/locales/en.ts';
import { en as results } from '../results/locales/en.ts';
import { en as review } from '../review/locales/en.ts';
import { en as schemes } from '../schemes/locales/en.ts';
import { en as stats } from '../stats/locales/en.ts';
import { en as value } from '../value/locales/en.ts';
import { en as rules } from '../value-rules/locales/en.ts';
import type { zh } from './zh.ts';

/** Texts of the patents' pages, in English. */
export const en: Translation<typeof zh> = {
  ...applicants,
  ...completeness,
  ...imports,
  ...numbers,
  ...query,
  ...record,
  ...results,
  ...review,
  ...rules,
  ...schemes,
  ...stats,
  ...value,
  'links.label': 'Patent data',
  listComma: ', ',
  listSemicolon: '; ',
  demo: 'demonstration',
  'demo.title': 'Generated demonstration data, not a real patent.',
  granted: 'granted',
  published: 'published application',
  'type.invention': 'Invention',
  'type.utility': 'Utility model',
  'type.design': 'Design',
  'type.other': 'Other',
  'status.in-force': 'In force',
  'status.pending': 'Pending',
  'status.lapsed': 'Lapsed',
  'status.unknown': 'Status not given',
  'region.wholeCity': 'Whole city',
  'region.merged': '{{name}} (now {{now}})',
  'region.none': 'Outside the city or no address',
  'region.outside': 'Outside the city',
  'office.EP': 'European Patent Office',
  'office.WO': 'WIPO (PCT)',
  'office.EA': 'Eurasian Patent Office',
  'copy.failed': 'The browser does not allow copying: select the text and press Ctrl+C',
  'part.title': 'Title',
  'part.abstract': 'Abstract',
  'part.claims': 'Claims',
  'part.description': 'Description',

  'search.title': 'Patents',
  'search.subtitle':
    'Search the imported documents: five query languages, every field, exact counts, all of it reachable',
  'search.box': 'Query',
  'search.placeholder': 'Words, a number, or a query: TI=(robot AND gripper) AND AD=[2015 TO 2019]',
  'search.submit': 'Search',
  'search.lost':
    'This query is too long for an address and is kept only in the browser where it was written: open it there, or write it again.',
  'search.results': 'the results',
  'search.keys': 'Keys: / to the query, j, k or ↑, ↓ through the results, Enter opens',
  'search.list': 'Results',

  'facet.label': 'Statistics',
  'facet.year': 'Publication year',
  'facet.filingYear': 'Filing year',
  'facet.type': 'Type',
  'facet.legalStatus': 'Legal status',
  'facet.country': 'Office',
  'facet.region': 'Region of the city',
  'facet.applicant': 'Applicants (names joined)',
  'facet.ipc': 'IPC subclass',
  'facet.cpc': 'CPC subclass',
  'facet.granted': 'Kind of publication',
  'facet.lang': 'Language',
  'facet.agency': 'Agency',
  'facet.familySize': 'Family size',
  'facet.noDate': 'no date',
  'facet.notGiven': 'not given',
  'facet.family20': '20 or more',
  'facet.familyOf': '{{count}} members',
  'facet.familyOf_one': '{{count}} member',
  'facet.applicantId': 'applicant {{id}}',
  'facet.more': '{{count}} more',
  'facet.beyond': 'only the {{count}} most frequent',
  'facet.choose': 'Choose statistics',
  'facet.include': 'Only: {{label}}',
  'facet.remove': 'Take back “only: {{label}}”',
  'facet.exclude': 'Exclude: {{label}}',
  'facet.removeNot': 'Take back “exclude: {{label}}”',
  'chip.label': 'Filters in force',
  'chip.is': '{{name}}: {{value}}',
  'chip.not': 'not {{name}}: {{value}}',
  'chip.remove': 'Take back the filter {{label}}',
  'chip.clear': 'Clear all filters',
};
