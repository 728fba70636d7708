import type { RoleDef } from './policy.ts';

/** Roles that the platform knows from the start. A module may declare more in its manifest. */
export const baseRoles: readonly RoleDef[] = [
  { id: 'administrator', title: { zh: '系统管理员', en: 'Administrator' }, scope: 'platform' },
  { id: 'plan-office', title: { zh: '市局计划办公室', en: 'Plan office of the bureau' }, scope: 'platform' },
  { id: 'leader', title: { zh: '领导', en: 'Leader' }, scope: 'platform' },
  { id: 'data-officer', title: { zh: '数据管理员', en: 'Data officer' }, scope: 'platform' },
  { id: 'department-officer', title: { zh: '部门填报员', en: 'Department officer' }, scope: 'organisation' },
  { id: 'county-officer', title: { zh: '县（市）区填报员', en: 'County officer' }, scope: 'region' },
  // Of which firm an account is, the firms' module knows; its use cases keep both to their own.
  { id: 'firm-manager', title: { zh: '企业账号管理员', en: 'Manager of a firm' }, scope: 'platform' },
  { id: 'firm-user', title: { zh: '企业用户', en: 'User of a firm' }, scope: 'platform' },
];
