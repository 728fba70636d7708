import type { Module } from '#kernel/module';
import { Boards } from './board.ts';
import { loadDemo } from './demo.ts';
import { planRoutes } from './routes.ts';

/** The plan: targets, reports, lights, frozen years. */
export const plan: Module = {
  name: 'plan',
  title: { zh: '强市计划', en: 'The plan' },
  needs: ['parties'],
  migrations: 'modules/plan/server/migrations',
  permissions: [
    {
      id: 'plan.report',
      title: { zh: '填报指标', en: 'Report indicators' },
      roles: ['department-officer', 'county-officer'],
    },
    {
      id: 'plan.report.read',
      title: { zh: '查看报告', en: 'Read reports' },
      roles: ['department-officer', 'county-officer', 'plan-office', 'leader', 'administrator'],
    },
    { id: 'plan.review', title: { zh: '审核报告', en: 'Review reports' }, roles: ['plan-office'] },
    { id: 'plan.periods', title: { zh: '管理报告期', en: 'Manage periods' }, roles: ['plan-office'] },
    {
      id: 'plan.freeze',
      title: { zh: '年度定稿与公布', en: 'Freeze and publish years' },
      roles: ['plan-office'],
    },
  ],
  setup(platform) {
    const boards = new Boards(platform);
    return {
      routes: planRoutes(platform, boards),
      demo: { after: ['registers', 'patents'], make: () => loadDemo(platform, boards) },
    };
  },
};
