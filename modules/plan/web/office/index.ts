import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { listTasks } from '../../contract.ts';
import { TasksSearch } from './search.ts';

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
  ],
  navigation: [
    {
      path: '/tasks',
      label: { zh: '我的填报', en: 'My reports' },
      group: 'work',
      order: 10,
      permission: 'plan.report',
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
