import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of the page on completeness, in English. */
export const en: Translation<typeof zh> = {
  'complete.title': 'Completeness of the data',
  'complete.asOf':
    '{{total}} patent documents on {{asOf}}. The publication and the grant of an application count as one each.',
  'complete.empty':
    'There is no patent here yet. Once the data officer has imported some, their numbers by office, year and kind stand here.',
  'complete.offices': 'By office',
  'complete.records': 'Records',
  'complete.first': 'First day',
  'complete.last': 'Last day',
  'complete.abstract': 'Abstract',
  'complete.claims': 'Claims',
  'complete.description': 'Description',
  'complete.legalStatus': 'Legal status',
  'complete.family': 'Family',
  'complete.cpc': 'CPC',
  'complete.address': 'Address',
  'complete.percent': '{{field}} (%)',
  'complete.how':
    'The share of an office’s records that has the field. That designs have no abstract is as it should be.',
  'complete.years': 'By year of publication and kind',
  'complete.yearsOf': 'By year of publication and kind: {{office}}',
  'complete.choose': 'Choose',
  'complete.allOffices': 'All',
  'complete.view.counts': 'Records',
  'complete.view.year': 'Shares by year',
  'complete.view.kind': 'Shares by kind',
  'complete.kind': 'Kind',
  'complete.sum': 'Total',
  'complete.rest': 'Others',
  'complete.open': '{{total}} of {{year}}: open the search',
  'complete.csv': 'Download all rows (CSV)',
  'complete.csvOffices': 'Download (CSV)',
  'complete.cut':
    'There are many offices, so years are missing here; choose an office to see all of its years.',
};
