import type { Module } from '#kernel/module';
import { partiesManage } from '../contract.ts';
import { loadParties } from './load.ts';
import { partyMeasures } from './measures.ts';
import { partyRoutes } from './routes.ts';

export { type Directory, directory, type Standing } from './directory.ts';

/** Departments and regions: who they are, what they were called, who took over. */
export const parties: Module = {
  name: 'parties',
  title: { zh: '部门与地区', en: 'Departments and regions' },
  migrations: 'modules/parties/server/migrations',
  permissions: [
    {
      id: partiesManage,
      title: { zh: '管理部门与地区', en: 'Manage departments and regions' },
      roles: ['administrator'],
    },
  ],
  setup: (platform) => ({
    routes: partyRoutes(platform),
    measures: partyMeasures(platform),
    load: () => loadParties(platform),
  }),
};
