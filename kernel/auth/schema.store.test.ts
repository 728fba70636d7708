import { getMigrations } from 'better-auth/db/migration';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Config } from '#kernel/config';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { openBetterAuth } from './better.ts';

it('lays out what the library expects, with nothing missing and nothing of another type', async () => {
  const t: TestPlatform = await testPlatform();
  const { pool } = t.platform.stores;
  const config = { ZC_OIDC_NAME: 'x' } as Config;
  const better = openBetterAuth({
    records: t.platform.records,
    log: t.platform.log,
    secret: 's'.repeat(43),
    config,
  });
  // The library looks for its tables along the search path.
  const own = new pg.Pool({ ...pool.options, options: '-c search_path=auth' });
  const db = new Kysely({ dialect: new PostgresDialect({ pool: own }) });
  try {
    const plan = await getMigrations({ ...better.options, database: { db, type: 'postgres' } } as never);
    expect(plan.toBeCreated).toEqual([]);
    expect(plan.toBeAdded).toEqual([]);
    expect((await plan.compileMigrations()).replace(/[;\s]/g, '')).toBe('');
  } finally {
    await db.destroy();
    await t.close();
  }
});
