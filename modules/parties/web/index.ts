import { lazyPage, type WebModule } from '#shell/module';
import { partiesManage } from '../contract.ts';
import { PartiesSearch, PartySearch } from './search.ts';

/** Administration of departments and regions. */
export const parties: WebModule = {
  name: 'parties',
  routes: [
    {
      path: '/admin/departments',
      page: lazyPage(() => import('./departments-page.tsx'), 'DepartmentsPage'),
      search: PartiesSearch,
      permission: partiesManage,
    },
    {
      path: '/admin/departments/new',
      page: lazyPage(() => import('./add-page.tsx'), 'AddDepartmentPage'),
      permission: partiesManage,
    },
    {
      path: '/admin/departments/$id',
      page: lazyPage(() => import('./party-page.tsx'), 'DepartmentPage'),
      search: PartySearch,
      permission: partiesManage,
    },
    {
      path: '/admin/regions',
      page: lazyPage(() => import('./regions-page.tsx'), 'RegionsPage'),
      search: PartiesSearch,
      permission: partiesManage,
    },
    {
      path: '/admin/regions/new',
      page: lazyPage(() => import('./add-page.tsx'), 'AddRegionPage'),
      permission: partiesManage,
    },
    {
      path: '/admin/regions/$id',
      page: lazyPage(() => import('./party-page.tsx'), 'RegionPage'),
      search: PartySearch,
      permission: partiesManage,
    },
  ],
  navigation: [
    {
      path: '/admin/departments',
      label: { zh: '部门', en: 'Departments' },
      group: 'admin',
      order: 10,
      permission: partiesManage,
    },
    {
      path: '/admin/regions',
      label: { zh: '地区与代码', en: 'Regions and codes' },
      group: 'admin',
      order: 20,
      permission: partiesManage,
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
