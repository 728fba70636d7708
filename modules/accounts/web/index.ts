import { lazy } from 'react';
import { lazyPage, type WebModule } from '#shell/module';
import { accountsManage, auditRead } from '../contract.ts';
import { AccountsSearch, AuditSearch, InboxSearch } from './search.ts';

// React's own: the router's lazy pages change how they suspend once loaded, which a header drawn again does not like.
const Bell = lazy(async () => ({ default: (await import('./bell.tsx')).Bell }));

/** Accounts, the audit log, one's own account, and the inbox with its bell. */
export const accounts: WebModule = {
  name: 'accounts',
  routes: [
    {
      path: '/admin/accounts',
      page: lazyPage(() => import('./accounts-page.tsx'), 'AccountsPage'),
      search: AccountsSearch,
      permission: accountsManage,
    },
    {
      path: '/admin/accounts/new',
      page: lazyPage(() => import('./new-account-page.tsx'), 'NewAccountPage'),
      permission: accountsManage,
    },
    {
      path: '/admin/accounts/$id',
      page: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
      permission: accountsManage,
    },
    {
      path: '/admin/audit',
      page: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
      search: AuditSearch,
      permission: auditRead,
    },
    {
      path: '/account',
      page: lazyPage(() => import('./own-page.tsx'), 'OwnPage'),
      permission: 'signed-in',
    },
    {
      path: '/inbox',
      page: lazyPage(() => import('./inbox-page.tsx'), 'InboxPage'),
      search: InboxSearch,
      permission: 'signed-in',
    },
  ],
  navigation: [
    {
      path: '/inbox',
      label: { zh: '消息', en: 'Messages' },
      group: 'work',
      order: 80,
      permission: 'signed-in',
    },
    {
      path: '/account',
      label: { zh: '我的账号', en: 'My account' },
      group: 'work',
      order: 90,
      permission: 'signed-in',
    },
    {
      path: '/admin/accounts',
      label: { zh: '账号与授权', en: 'Accounts' },
      group: 'admin',
      order: 30,
      permission: accountsManage,
    },
    {
      path: '/admin/audit',
      label: { zh: '审计日志', en: 'Audit log' },
      group: 'admin',
      order: 40,
      permission: auditRead,
    },
  ],
  header: [{ order: 10, permission: 'signed-in', item: Bell }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
