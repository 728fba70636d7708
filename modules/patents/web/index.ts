import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { PATENTS_IMPORT, PATENTS_VALUE } from '../contract/permissions.ts';
import { getPatent } from '../contract/record.ts';
import {
  ApplicantsSearch,
  CompletenessSearch,
  ImportsSearch,
  NumbersSearch,
  PatentSearch,
  SchemesSearch,
  ValueRulesSearch,
} from './address.ts';
import { facetParameter, shownFacets } from './facets/shown.ts';
import { queryFor, searchRequest } from './search/search-query.ts';

/** Pages of the patents: search, one record, look-up of numbers, imports. */
export const patents: WebModule = {
  name: 'patents',
  routes: [
    {
      path: '/patents',
      page: lazyPage(() => import('./search/search-page.tsx'), 'SearchPage'),
      search: PatentSearch,
      preload: ({ search, queries }) => {
        void queries.prefetchQuery(
          searchRequest(queryFor(search as PatentSearch, facetParameter(shownFacets()))),
        );
      },
    },
    {
      path: '/patents/$number',
      page: lazyPage(() => import('./record/record-page.tsx'), 'RecordPage'),
      preload: ({ params, queries }) => {
        void queries.prefetchQuery(queryOf(getPatent, { params: { number: params.number! } }));
      },
    },
    {
      path: '/patents/numbers',
      page: lazyPage(() => import('./numbers/numbers-page.tsx'), 'NumbersPage'),
      search: NumbersSearch,
    },
    {
      path: '/patents/applicants',
      page: lazyPage(() => import('./applicants/applicants-page.tsx'), 'ApplicantsPage'),
      search: ApplicantsSearch,
    },
    {
      path: '/patents/applicants/$id',
      page: lazyPage(() => import('./applicants/applicant-page.tsx'), 'ApplicantPage'),
      search: ApplicantsSearch,
    },
    {
      path: '/patents/completeness',
      page: lazyPage(() => import('./completeness/completeness-page.tsx'), 'CompletenessPage'),
      search: CompletenessSearch,
    },
    {
      path: '/patents/classes',
      page: lazyPage(() => import('./schemes/schemes-page.tsx'), 'SchemesPage'),
      search: SchemesSearch,
    },
    {
      path: '/patents/value-rules',
      page: lazyPage(() => import('./value-rules/rules-page.tsx'), 'RulesPage'),
      search: ValueRulesSearch,
    },
    {
      path: '/patents/value-rules/criteria',
      page: lazyPage(() => import('./value-rules/criteria-page.tsx'), 'CriteriaPage'),
      permission: PATENTS_VALUE,
    },
    {
      path: '/patents/value-rules/scheme',
      page: lazyPage(() => import('./value-rules/scheme-page.tsx'), 'SchemePage'),
      permission: PATENTS_VALUE,
    },
    {
      path: '/patents/imports',
      page: lazyPage(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
      search: ImportsSearch,
      permission: PATENTS_IMPORT,
    },
    {
      path: '/patents/imports/sources',
      page: lazyPage(() => import('./imports/sources-page.tsx'), 'SourcesPage'),
      permission: PATENTS_IMPORT,
    },
    {
      path: '/patents/imports/$id',
      page: lazyPage(() => import('./imports/import-page.tsx'), 'ImportPage'),
      permission: PATENTS_IMPORT,
    },
  ],
  navigation: [
    { path: '/patents', label: { zh: '专利检索', en: 'Patents' }, group: 'public', order: 40 },
    {
      path: '/patents/imports',
      label: { zh: '数据导入', en: 'Data imports' },
      group: 'work',
      order: 60,
      permission: PATENTS_IMPORT,
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
