import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { getPlan, listIndicators } from '../contract.ts';
import { BoardSearch } from './search.ts';

/** Pages of the plan: board, indicators, cockpit, bulletins. */
export const plan: WebModule = {
  name: 'plan',
  routes: [
    {
      path: '/',
      page: lazyPage(() => import('./board-page.tsx'), 'BoardPage'),
      search: BoardSearch,
      preload: ({ search, queries }) => {
        const { asOf, region } = search as BoardSearch;
        void queries.prefetchQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
        void queries.prefetchQuery(queryOf(listIndicators, { query: { asOf, region } }));
      },
    },
  ],
  navigation: [{ path: '/', label: { zh: '计划看板', en: 'Plan board' }, group: 'public', order: 10 }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
