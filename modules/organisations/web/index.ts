import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { getOrganisation, ORGANISATIONS_MANAGE, ORGANISATIONS_READ } from '../contract.ts';
import { DuplicatesSearch, OrganisationsSearch } from './search.ts';

/** Organisations: the list, the page of one, possible duplicates and merges. */
export const organisations: WebModule = {
  name: 'organisations',
  routes: [
    {
      path: '/organisations',
      page: lazyPage(() => import('./list-page.tsx'), 'ListPage'),
      search: OrganisationsSearch,
      permission: ORGANISATIONS_READ,
    },
    {
      path: '/organisations/duplicates',
      page: lazyPage(() => import('./duplicates-page.tsx'), 'DuplicatesPage'),
      search: DuplicatesSearch,
      permission: ORGANISATIONS_MANAGE,
    },
    {
      path: '/organisations/$id',
      page: lazyPage(() => import('./organisation-page.tsx'), 'OrganisationPage'),
      preload: ({ params, queries }) => {
        void queries.prefetchQuery(
          queryOf(getOrganisation, { params: { id: params.id! } }, { interactive: false }),
        );
      },
    },
  ],
  navigation: [
    {
      path: '/organisations',
      label: { zh: '单位', en: 'Organisations' },
      group: 'work',
      order: 55,
      permission: ORGANISATIONS_READ,
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
