import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { getIndicator, getPlan, listIndicators } from '../contract.ts';
import { BoardSearch, CockpitSearch, IndicatorSearch } from './search.ts';

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
    {
      path: '/indicators/$no',
      page: lazyPage(() => import('./indicator-page.tsx'), 'IndicatorPage'),
      search: IndicatorSearch,
      preload: ({ params, search, queries }) => {
        const { asOf, region } = search as IndicatorSearch;
        void queries.prefetchQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
        void queries.prefetchQuery(
          queryOf(getIndicator, { params: { no: params.no! }, query: { asOf, region } }),
        );
      },
    },
    {
      path: '/cockpit',
      page: lazyPage(() => import('./cockpit-page.tsx'), 'CockpitPage'),
      search: CockpitSearch,
      frame: 'bare',
    },
    { path: '/bulletins', page: lazyPage(() => import('./bulletins-page.tsx'), 'BulletinsPage') },
    {
      path: '/bulletins/$year/$edition',
      page: lazyPage(() => import('./bulletin-page.tsx'), 'BulletinPage'),
    },
  ],
  navigation: [
    { path: '/', label: { zh: '计划看板', en: 'Plan board' }, group: 'public', order: 10 },
    { path: '/cockpit', label: { zh: '驾驶舱', en: 'Cockpit' }, group: 'public', order: 20 },
    { path: '/bulletins', label: { zh: '年度公报', en: 'Bulletins' }, group: 'public', order: 30 },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
