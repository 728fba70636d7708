import { lazyPage, type WebModule } from '#shell/module';

/** The page of an account's webhooks. */
export const webhooks: WebModule = {
  name: 'webhooks',
  routes: [
    {
      path: '/webhooks',
      page: lazyPage(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
      permission: 'signed-in',
    },
  ],
  navigation: [
    {
      path: '/webhooks',
      label: { zh: '推送', en: 'Webhooks' },
      group: 'work',
      order: 85,
      permission: 'signed-in',
    },
  ],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
