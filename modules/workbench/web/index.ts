import { lazyPage, type WebModule } from '#shell/module';
import { CollectionSearch, NewWatchSearch, TagsSearch, TreeSearch, WatchSearch } from './search.ts';

/** Pages of the workbench. */
export const workbench: WebModule = {
  name: 'workbench',
  routes: [
    {
      path: '/workbench',
      page: lazyPage(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
      permission: 'signed-in',
    },
    {
      path: '/workbench/collections/$id',
      page: lazyPage(() => import('./collection/collection-page.tsx'), 'CollectionPage'),
      search: CollectionSearch,
    },
    {
      path: '/workbench/trees/$id',
      page: lazyPage(() => import('./tree/tree-page.tsx'), 'TreePage'),
      search: TreeSearch,
    },
    {
      path: '/workbench/watches/new',
      page: lazyPage(() => import('./watch/new-watch-page.tsx'), 'NewWatchPage'),
      search: NewWatchSearch,
      permission: 'signed-in',
    },
    {
      path: '/workbench/watches/$id',
      page: lazyPage(() => import('./watch/watch-page.tsx'), 'WatchPage'),
      search: WatchSearch,
      permission: 'signed-in',
    },
    {
      path: '/workbench/tags',
      page: lazyPage(() => import('./overview/tags-page.tsx'), 'TagsPage'),
      search: TagsSearch,
      permission: 'signed-in',
    },
    {
      path: '/workbench/public',
      page: lazyPage(() => import('./overview/public-page.tsx'), 'PublicPage'),
    },
    {
      path: '/workbench/feeds',
      page: lazyPage(() => import('./feeds/feeds-page.tsx'), 'FeedsPage'),
      permission: 'signed-in',
    },
  ],
  navigation: [
    {
      path: '/workbench/public',
      label: { zh: '公开专题', en: 'Public topics' },
      group: 'public',
      order: 45,
    },
    {
      path: '/workbench',
      label: { zh: '专利工作台', en: 'Patent workbench' },
      group: 'work',
      order: 50,
      permission: 'signed-in',
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
