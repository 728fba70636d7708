import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take the longest, from the longest down (30 s and more on two cores). They begin first, so that at the end no worker
 * waits for one of them alone; on a clean clone nothing else tells how long a file takes.
 */
const LONGEST = [
  'app/tests/start.store.test.ts',
  'app/tests/fuzz.store.test.ts',
  'app/tests/crash.store.test.ts',
  'app/tests/authorization.store.test.ts',
  'modules/patents/tests/measures.store.test.ts',
  'modules/patents/tests/import-crash.store.test.ts',
  'kernel/stores/lifecycle.store.test.ts',
];

/** The longest first, the rest as vitest orders them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** `*.test.ts` needs nothing; `*.store.test.ts` opens the real stores (once per worker); `e2e/*.e2e.ts` drives a browser. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{kernel,modules,app,cities,scripts,shell}/**/*.test.ts'],
          exclude: ['**/*.store.test.ts', '**/node_modules/**'],
          pool: 'threads',
          // Files of a worker share what they load, which takes longer than running them: a file puts back what it changed.
          isolate: false,
          // As many as there are cores: vitest would leave one of them free, which on two is half of the machine.
          maxWorkers: '100%',
          // Properties with many cases take their time on a busy machine, and so do large packages that a hook loads.
          testTimeout: 30_000,
          hookTimeout: 30_000,
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
          // Each has a platform of its own (e2e/setup.ts): journeys mostly wait, and one alone leaves a core idle.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000, interval: 50 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
