import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { listTasks } from '../../contract.ts';
import { ReportsSearch, TasksSearch } from './search.ts';

/** The plan's pages behind sign-in: reporting, review, periods, frozen years. */
export const planOffice: WebModule = {
  name: 'plan-office',
  routes: [
    {
      path: '/tasks',
      page: lazyPage(() => import('./tasks/tasks-page.tsx'), 'TasksPage'),
      search: TasksSearch,
      permission: 'plan.report',
      preload: ({ queries }) => void queries.prefetchQuery(queryOf(listTasks, {}, { interactive: false })),
    },
    {
      path: '/tasks/$no/$period/$scope',
      page: lazyPage(() => import('./form/form-page.tsx'), 'FormPage'),
      permission: 'plan.report',
    },
    {
      path: '/reports',
      page: lazyPage(() => import('./review/reports-page.tsx'), 'ReportsPage'),
      search: ReportsSearch,
      permission: 'plan.report.read',
    },
    {
      path: '/reports/$id',
      page: lazyPage(() => import('./review/report-page.tsx'), 'ReportPage'),
      search: ReportsSearch,
      permission: 'plan.report.read',
    },
    {
      path: '/periods',
      page: lazyPage(() => import('./periods/periods-page.tsx'), 'PeriodsPage'),
      permission: 'plan.periods',
    },
    {
      path: '/years',
      page: lazyPage(() => import('./years/years-page.tsx'), 'YearsPage'),
      permission: 'plan.freeze',
    },
  ],
  navigation: [
    {
      path: '/tasks',
      label: { zh: '我的填报', en: 'My reports' },
      group: 'work',
      order: 10,
      permission: 'plan.report',
    },
    {
      path: '/reports',
      label: { zh: '报告与审核', en: 'Reports' },
      group: 'work',
      order: 20,
      permission: 'plan.report.read',
    },
    {
      path: '/periods',
      label: { zh: '报告期', en: 'Periods' },
      group: 'work',
      order: 30,
      permission: 'plan.periods',
    },
    {
      path: '/years',
      label: { zh: '年度定稿', en: 'Frozen years' },
      group: 'work',
      order: 40,
      permission: 'plan.freeze',
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
