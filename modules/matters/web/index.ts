import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { catalogItems } from '../contract.ts';
import { CatalogSearch, CourseSearch, ItemSearch } from './search.ts';

/** The catalogue of services: what there is, what each asks for, and how it goes. */
export const matters: WebModule = {
  name: 'matters',
  routes: [
    {
      path: '/services',
      page: lazyPage(() => import('./catalog-page.tsx'), 'CatalogPage'),
      search: CatalogSearch,
      preload: ({ queries }) => {
        void queries.prefetchQuery(queryOf(catalogItems, { query: {} }, { interactive: false }));
      },
    },
    {
      path: '/services/$id',
      page: lazyPage(() => import('./item-page.tsx'), 'ItemPage'),
      search: ItemSearch,
    },
    {
      path: '/services/$id/course',
      page: lazyPage(() => import('./course-page.tsx'), 'CoursePage'),
      search: CourseSearch,
    },
  ],
  navigation: [{ path: '/services', label: { zh: '办事指南', en: 'Services' }, group: 'public', order: 38 }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
