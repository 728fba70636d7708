import { lazyPage, type WebModule } from '#shell/module';

/** Pages of the plan: board, indicators, cockpit, bulletins. */
export const plan: WebModule = {
  name: 'plan',
  routes: [{ path: '/', page: lazyPage(() => import('./board-page.tsx'), 'BoardPage') }],
  navigation: [{ path: '/', label: { zh: '计划看板', en: 'Plan board' }, group: 'public', order: 10 }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
