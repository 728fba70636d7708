import type { Module } from '#kernel/module';
import { accountsManage, auditRead } from '../contract.ts';
import { accountRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { fileRoutes } from './files.ts';
import { inboxRoutes } from './inbox.ts';
import { accountJobs } from './jobs.ts';
import { meRoutes } from './me.ts';
import { tokenRoutes } from './tokens.ts';

/** Accounts, roles, tokens, the audit log, the inbox, evidence files. */
export const accounts: Module = {
  name: 'accounts',
  title: { zh: '账号与审计', en: 'Accounts and audit' },
  needs: ['parties'],
  permissions: [
    { id: accountsManage, title: { zh: '管理账号', en: 'Manage accounts' }, roles: ['administrator'] },
    { id: auditRead, title: { zh: '查看审计日志', en: 'Read the audit log' }, roles: ['administrator'] },
  ],
  setup: (platform) => ({
    routes: [
      ...meRoutes(platform),
      ...accountRoutes(platform),
      ...tokenRoutes(platform),
      ...auditRoutes(platform),
      ...inboxRoutes(platform),
      ...fileRoutes(platform),
    ],
    jobs: accountJobs(platform),
  }),
};
