import { lazy } from 'react';
import { lazyPage, type WebModule } from '#shell/module';
import { FIRMS_DECIDE, FIRMS_MEMBER } from '../contract/shared.ts';
import { FirmsSearch, ReceiptSearch } from './search.ts';

// React's own: the router's lazy pages change how they suspend once loaded, which a header drawn again does not like.
const Left = lazy(async () => ({ default: (await import('./left.tsx')).Left }));

/** Firms: applying, deciding, one's own firm. */
export const firms: WebModule = {
  name: 'firms',
  routes: [
    { path: '/firms/apply', page: lazyPage(() => import('./apply-page.tsx'), 'ApplyPage') },
    {
      path: '/firms/receipt',
      page: lazyPage(() => import('./receipt-page.tsx'), 'ReceiptPage'),
      search: ReceiptSearch,
    },
    {
      path: '/admin/firms',
      page: lazyPage(() => import('./list-page.tsx'), 'FirmsPage'),
      search: FirmsSearch,
      permission: FIRMS_DECIDE,
    },
    {
      path: '/admin/firms/applications/$id',
      page: lazyPage(() => import('./application-page.tsx'), 'ApplicationPage'),
      permission: FIRMS_DECIDE,
    },
    {
      path: '/admin/firms/$id',
      page: lazyPage(() => import('./firm-page.tsx'), 'FirmPage'),
      permission: FIRMS_DECIDE,
    },
    {
      path: '/firm',
      page: lazyPage(() => import('./own-page.tsx'), 'OwnFirmPage'),
      permission: FIRMS_MEMBER,
    },
  ],
  navigation: [
    {
      path: '/firms/apply',
      label: { zh: '企业账号申请', en: 'Accounts for a firm' },
      group: 'public',
      order: 95,
    },
    {
      path: '/firm',
      label: { zh: '本单位', en: 'Our firm' },
      group: 'work',
      order: 70,
      permission: FIRMS_MEMBER,
    },
    {
      path: '/admin/firms',
      label: { zh: '企业账号', en: 'Firms' },
      group: 'admin',
      order: 35,
      permission: FIRMS_DECIDE,
    },
  ],
  header: [{ order: 5, permission: FIRMS_MEMBER, item: Left }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
