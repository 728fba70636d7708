import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { MATTERS_APPROVE, MATTERS_READ } from '../contract/names.ts';
import { catalogItems } from '../contract.ts';
import {
  ApplySearch,
  CatalogSearch,
  CourseSearch,
  DeskSearch,
  ItemSearch,
  MatterSearch,
  PublicationSearch,
  PublicationsSearch,
  StatusSearch,
  VerifySearch,
} from './search.ts';

/** Services and matters: the catalogue, applying, where a matter stands, and the officer's desk. */
export const matters: WebModule = {
  name: 'matters',
  routes: [
    {
      path: '/services',
      page: lazyPage(() => import('./catalog/catalog-page.tsx'), 'CatalogPage'),
      search: CatalogSearch,
      preload: ({ queries }) => {
        void queries.prefetchQuery(queryOf(catalogItems, { query: {} }, { interactive: false }));
      },
    },
    {
      path: '/portals',
      page: lazyPage(() => import('./portals/portals-page.tsx'), 'PortalsPage'),
    },
    {
      path: '/portals/$portal',
      page: lazyPage(() => import('./catalog/catalog-page.tsx'), 'CatalogPage'),
      search: CatalogSearch,
    },
    {
      path: '/services/$id',
      page: lazyPage(() => import('./catalog/item-page.tsx'), 'ItemPage'),
      search: ItemSearch,
    },
    {
      path: '/services/$id/course',
      page: lazyPage(() => import('./course/course-page.tsx'), 'CoursePage'),
      search: CourseSearch,
    },
    {
      path: '/services/$id/apply',
      page: lazyPage(() => import('./matter/apply-page.tsx'), 'ApplyPage'),
      search: ApplySearch,
    },
    {
      path: '/services/status',
      page: lazyPage(() => import('./matter/status-page.tsx'), 'StatusPage'),
      search: StatusSearch,
    },
    {
      path: '/matters/mine',
      page: lazyPage(() => import('./desk/mine-page.tsx'), 'MinePage'),
      permission: 'signed-in',
    },
    {
      path: '/matters/$number',
      page: lazyPage(() => import('./matter/matter-page.tsx'), 'MatterPage'),
      search: MatterSearch,
    },
    {
      path: '/matters/$number/publication',
      page: lazyPage(() => import('./publication/prepare-page.tsx'), 'PreparePage'),
      search: PublicationSearch,
      permission: MATTERS_READ,
    },
    {
      path: '/publications',
      page: lazyPage(() => import('./publication/list-page.tsx'), 'PublicationListPage'),
      search: PublicationsSearch,
    },
    {
      path: '/publications/$id',
      page: lazyPage(() => import('./publication/public-page.tsx'), 'PublicPage'),
    },
    {
      path: '/verify',
      page: lazyPage(() => import('./verify-page.tsx'), 'VerifyPage'),
      search: VerifySearch,
    },
    {
      path: '/desk',
      page: lazyPage(() => import('./desk/desk-page.tsx'), 'DeskPage'),
      search: DeskSearch,
      permission: MATTERS_READ,
    },
    {
      path: '/desk/templates',
      page: lazyPage(() => import('./documents/templates-page.tsx'), 'TemplatesPage'),
      permission: MATTERS_APPROVE,
    },
    {
      path: '/desk/templates/$item/$document',
      page: lazyPage(() => import('./documents/template-page.tsx'), 'TemplatePage'),
      permission: MATTERS_APPROVE,
    },
  ],
  navigation: [
    { path: '/services', label: { zh: '办事指南', en: 'Services' }, group: 'public', order: 38 },
    { path: '/services/status', label: { zh: '办件查询', en: 'Find a matter' }, group: 'public', order: 39 },
    { path: '/publications', label: { zh: '公示公开', en: 'Publications' }, group: 'public', order: 40 },
    { path: '/verify', label: { zh: '文书核验', en: 'Verify a document' }, group: 'public', order: 92 },
    {
      path: '/desk',
      label: { zh: '办件台', en: 'Desk' },
      group: 'work',
      order: 10,
      permission: MATTERS_READ,
    },
    {
      path: '/matters/mine',
      label: { zh: '我的办件', en: 'My matters' },
      group: 'work',
      order: 60,
      permission: 'signed-in',
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
