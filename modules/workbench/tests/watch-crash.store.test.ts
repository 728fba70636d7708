import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import fc from '#kernel/testing/property';
import { testDataDir } from '../../../kernel/testing/stores.ts';
import { createWatch } from '../contract.ts';
import { digest } from '../server/watches/digest.ts';
import { catchUp, type Steps } from '../server/watches/run.ts';
import { type BenchPlatform, benchPlatform, patent } from './helpers.ts';

let t: BenchPlatform;
beforeAll(async () => {
  t = await benchPlatform();
});
beforeEach(async () => {
  await t.clean();
  await t.load();
});
afterAll(() => t?.close());

/** Addresses of this worker's databases on servers of one's own. */
function addresses(): Record<string, string> {
  const named = (address: string | undefined) => {
    if (!address) return undefined;
    const url = new URL(address);
    url.pathname = `/zc_test_${process.pid}`;
    return url.href;
  };
  const found = {
    TEST_DATABASE_URL: named(process.env.DATABASE_URL),
    TEST_CLICKHOUSE_URL: named(process.env.CLICKHOUSE_URL),
  };
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined)) as Record<
    string,
    string
  >;
}

async function dieAt(step: keyof Steps, watch: number): Promise<string | null> {
  const script = fileURLToPath(new URL('./watch-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, testDataDir, step, String(watch)], {
    cwd: rootPath(),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...addresses() },
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}

/** Every alert there is, with the number of the watch that raised it. */
async function everything() {
  const { rows } = await t.platform.stores.pool.query<{ name: string; kind: string; number: string }>(
    `select w.name, a.kind, a.number from workbench_alert a
       join workbench_run r on r.id = a.run join workbench_watch w on w.id = r.watch order by 1, 2, 3`,
  );
  return rows.map((r) => `${r.name} ${r.kind} ${r.number}`);
}

async function count(table: string): Promise<number> {
  const { rows } = await t.platform.stores.pool.query(`select count(*)::int as n from ${table}`);
  return rows[0].n;
}

const watches = async (names: readonly string[]) => {
  const headers = await t.as('leader');
  for (const name of names) {
    const body = { name, kind: 'query' as const, q: `TI=${name}` };
    const made = await t.call(createWatch, { body }, headers);
    expect(made.status, made.raw.body).toBe(200);
  }
};

test('a worker killed between asking, writing and committing loses no alert and doubles none', {
  timeout: 240_000,
}, async () => {
  await t.bring([patent(1, { title: '甲乙丙' })]);
  await watches(['甲', '乙', '丙', '丁']);
  await t.bring([
    patent(1, { title: '乙丙' }),
    ...[2, 3, 4].map((n) => patent(n, { title: n % 2 ? '甲丁' : '乙' })),
  ]);
  expect(await dieAt('asked', 2)).toBe('SIGKILL');
  const before = await count('workbench_run');
  expect(before).toBeLessThan(4);
  expect(await count('notification')).toBe(before);
  expect(await dieAt('written', 2)).toBe('SIGKILL');
  await catchUp(t.bench);
  await catchUp(t.bench);
  expect(await everything()).toEqual([
    `丁 fresh CN100000003B`,
    `丙 changed CN100000001B`,
    `乙 changed CN100000001B`,
    `乙 fresh CN100000002B`,
    `乙 fresh CN100000004B`,
    `甲 fresh CN100000003B`,
    `甲 gone CN100000001B`,
  ]);
  expect(await count('workbench_run')).toBe(4);
  expect(await count('notification')).toBe(4);
});

test('two workers at once do the work once', async () => {
  await watches(['甲', '乙']);
  await t.bring([patent(1, { title: '甲乙' })]);
  const meet = { waiting: 0 };
  let release: () => void = () => {};
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Each has asked for both watches before either writes.
  const asked = async () => {
    meet.waiting += 1;
    if (meet.waiting === 4) release();
    await both;
  };
  const done = await Promise.all([
    catchUp(t.bench, undefined, { asked }),
    catchUp(t.bench, undefined, { asked }),
  ]);
  expect(done.map((d) => d.found).reduce((a, b) => a + b)).toBe(2);
  expect(await everything()).toEqual(['乙 fresh CN100000001B', '甲 fresh CN100000001B']);
  expect(await count('notification')).toBe(2);
});

test('failures anywhere give what one undisturbed watching gives', { timeout: 180_000 }, async () => {
  const names = ['甲', '乙', '丙'];
  const title = fc.subarray(names).map((parts) => `新${parts.join('')}`);
  const script = fc.record({
    imports: fc.array(
      fc.array(fc.record({ n: fc.integer({ min: 1, max: 4 }), title }), { minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    failures: fc.array(
      fc.record({ step: fc.constantFrom('asked', 'written'), at: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 4,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(script, async ({ imports, failures }) => {
      await t.clean();
      await t.load();
      await watches(names);
      const titles = new Map<number, string>();
      const expected: string[] = [];
      const left = [...failures];
      for (const rows of imports) {
        const before = new Map(titles);
        for (const row of rows) titles.set(row.n, row.title);
        await t.bring(rows.map((row) => patent(row.n, { title: row.title })));
        for (const name of names)
          for (const [n, now] of titles) {
            const was = before.get(n);
            const number = `CN10000000${n}B`;
            if (now === was) continue;
            const [had, has] = [was?.includes(name) ?? false, now.includes(name)];
            if (has) expected.push(`${name} ${had ? 'changed' : 'fresh'} ${number}`);
            else if (had) expected.push(`${name} gone ${number}`);
          }
        for (let round = 0; round <= failures.length; round++) {
          const next = left.pop();
          let at = 0;
          const fail = async () => {
            at += 1;
            if (at === next?.at) throw new Error('crash');
          };
          await catchUp(t.bench, undefined, next ? { [next.step]: fail } : {}).catch((error: Error) =>
            expect(error.message).toBe('crash'),
          );
        }
        await catchUp(t.bench);
      }
      expect(await everything()).toEqual(expected.sort());
      await digest(t.bench, 'daily');
    }),
    { numRuns: 5, endOnFailure: true },
  );
});
