import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { legalLimits } from '../contract.ts';
import { DeadlineSearch } from './search.ts';

/** What everybody looks up: due dates with their proof. */
export const reference: WebModule = {
  name: 'reference',
  routes: [
    {
      path: '/deadlines',
      page: lazyPage(() => import('./deadline-page.tsx'), 'DeadlinePage'),
      search: DeadlineSearch,
      preload: ({ queries }) => {
        void queries.prefetchQuery(queryOf(legalLimits, {}, { interactive: false }));
      },
    },
  ],
  navigation: [
    { path: '/deadlines', label: { zh: '期限计算', en: 'Due dates' }, group: 'public', order: 90 },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
