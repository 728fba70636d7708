import type { Module } from '#kernel/module';
import { provideUsage } from '#kernel/usage';
import { FIRM_ROLES, FIRMS_DECIDE, FIRMS_MEMBER, FIRMS_PEOPLE } from '../contract.ts';
import { firmRoutes } from './routes.ts';
import { firmUsageOf } from './usage.ts';

/** Firms: they apply, are granted features, quotas and seats, manage their own people, and see what is used. */
export const firms: Module = {
  name: 'firms',
  title: { zh: '企业账号', en: 'Firms' },
  needs: ['organisations'],
  migrations: 'modules/firms/server/migrations',
  permissions: [
    {
      id: FIRMS_DECIDE,
      title: { zh: '开通和管理企业账号', en: 'Grant and manage accounts of firms' },
      roles: ['administrator', 'data-officer'],
    },
    {
      id: FIRMS_PEOPLE,
      title: { zh: '管理本单位人员', en: 'Manage the people of one’s own firm' },
      roles: [FIRM_ROLES.manager],
    },
    {
      id: FIRMS_MEMBER,
      title: { zh: '查看本单位的开通内容', en: 'See what one’s own firm was granted' },
      roles: [FIRM_ROLES.manager, FIRM_ROLES.user],
    },
  ],
  setup(platform) {
    provideUsage(platform, firmUsageOf(platform));
    return { routes: firmRoutes(platform) };
  },
};
