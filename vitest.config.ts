import { defineConfig } from 'vitest/config';

/** `*.test.ts` needs nothing; `*.store.test.ts` opens the real stores (once per worker); `e2e/*.e2e.ts` drives a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{kernel,modules,app,cities,scripts,shell}/**/*.test.ts'],
          exclude: ['**/*.store.test.ts', '**/node_modules/**'],
          pool: 'threads',
          // Properties with many cases take their time on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'stores',
          include: ['{kernel,modules,app}/**/*.store.test.ts'],
          pool: 'forks',
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          globalSetup: ['e2e/setup.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000, interval: 50 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
