import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testStores } from '../testing/stores.ts';
import { type MigrationDir, migrateCorpus, migrateRecords, splitStatements } from './migrate.ts';

let root: string;
const a = (): MigrationDir => ({ module: 'mig_a', dir: join(root, 'a') });
const b = (): MigrationDir => ({ module: 'mig_b', dir: join(root, 'b') });
const put = (file: string, text: string) => writeFileSync(join(root, file), text);

async function forget() {
  const { pool, corpus } = await testStores();
  await pool.query('drop table if exists mig_one, mig_two, mig_three');
  await pool.query(
    `do $$ begin delete from schema_migration where module like 'mig\\_%'; exception when undefined_table then null; end $$`,
  );
  await corpus.command({ query: 'drop table if exists mig_doc' });
  await corpus
    .command({ query: "delete from schema_migration where module like 'mig\\_%'" })
    .catch((e) => expect(e.type).toBe('UNKNOWN_TABLE'));
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'zc-mig-'));
  for (const dir of ['a', 'b']) mkdirSync(join(root, dir));
  await forget();
});
afterEach(async () => {
  await forget();
  rmSync(root, { recursive: true });
});

describe('migrateRecords', () => {
  it('applies files by number and then by module, each once', async () => {
    const { pool } = await testStores();
    put(
      'a/0001_one.sql',
      'create table mig_one (n int primary key);\ninsert into mig_one values (1); do $$ begin null; end $$;',
    );
    put('a/0002_three.sql', 'create table mig_three (n int references mig_two);');
    put('b/0001_two.sql', 'create table mig_two (n int primary key references mig_one);');
    put('b/0001_two.corpus.sql', 'not for the records');
    const order = ['mig_a/0001_one', 'mig_b/0001_two', 'mig_a/0002_three'];
    expect(await migrateRecords(pool, [a(), b()])).toEqual(order);
    expect(await migrateRecords(pool, [a(), b()])).toEqual([]);
  });

  it('finds uuidv7() on every server, in the order of time', async () => {
    const { pool } = await testStores();
    await migrateRecords(pool, []);
    const { rows } = await pool.query<{ id: string; at: string }>(
      `select uuidv7()::text as id, (extract(epoch from clock_timestamp()) * 1000)::bigint as at`,
    );
    expect(rows[0]!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(
      Math.abs(Number.parseInt(rows[0]!.id.replaceAll('-', '').slice(0, 12), 16) - Number(rows[0]!.at)),
    ).toBeLessThan(1000);
  });

  it('bears three servers starting at once', async () => {
    const { pool } = await testStores();
    put('a/0001_one.sql', 'select pg_sleep(0.1); create table mig_one (n int);');
    const runs = await Promise.all([1, 2, 3].map(() => migrateRecords(pool, [a()])));
    expect(runs.flat()).toEqual(['mig_a/0001_one']);
  });

  it('undoes a file that fails, names it, and keeps those before it', async () => {
    const { pool } = await testStores();
    put('a/0001_one.sql', 'create table mig_one (n int);');
    put('a/0002_two.sql', 'create table mig_two (n int);\ninsert into mig_nowhere values (1);');
    const failure = await migrateRecords(pool, [a()]).catch((e) => e);
    expect(failure).toMatchObject({ code: 'migration' });
    expect(failure.message).toContain(`${join(root, 'a/0002_two.sql')}, line 2`);
    const { rows } = await pool.query("select to_regclass('mig_one') as one, to_regclass('mig_two') as two");
    expect(rows[0]).toEqual({ one: 'mig_one', two: null });
    put('a/0002_two.sql', 'create table mig_two (n int);');
    expect(await migrateRecords(pool, [a()])).toEqual(['mig_a/0002_two']);
  });

  it('refuses a changed file and a missing one, but not other line ends', async () => {
    const { pool } = await testStores();
    put('a/0001_one.sql', 'create table mig_one (n int);\n');
    await migrateRecords(pool, [a()]);
    put('a/0001_one.sql', 'create table mig_one (n int);\r\n');
    expect(await migrateRecords(pool, [a()])).toEqual([]);
    put('a/0001_one.sql', 'create table mig_one (n bigint);\n');
    await expect(migrateRecords(pool, [a()])).rejects.toThrow(/changed after/);
    rmSync(join(root, 'a/0001_one.sql'));
    await expect(migrateRecords(pool, [a()])).rejects.toThrow(/mig_a\/0001_one .*missing/);
    expect(await migrateRecords(pool, [b()])).toEqual([]);
  });

  it('refuses names without a number and numbers given twice', async () => {
    const { pool } = await testStores();
    put('a/one.sql', '');
    await expect(migrateRecords(pool, [a()])).rejects.toThrow(/NNNN_name/);
    rmSync(join(root, 'a/one.sql'));
    put('a/0001_one.sql', '');
    put('a/0001_two.sql', '');
    await expect(migrateRecords(pool, [a()])).rejects.toThrow(/0001_two.sql has a number/);
  });
});

describe('migrateCorpus', () => {
  it('applies the statements of a file, once for three at a time, and again after a failure', async () => {
    const stores = await testStores();
    put('a/0001_doc.sql', 'not for the corpus');
    put(
      'a/0001_doc.corpus.sql',
      "create table if not exists mig_doc /*cluster*/ (a String) engine = MergeTree() order by a; -- the documents\n\n-- a row;\ninsert into mig_doc values ('x;y');\nnonsense;\n",
    );
    const failure = await migrateCorpus(stores, [a()]).catch((e) => e);
    expect(failure.message).toContain('0001_doc.corpus.sql, statement "nonsense');
    put(
      'a/0001_doc.corpus.sql',
      'create table if not exists mig_doc /*cluster*/ (a String) engine = MergeTree() order by a;\ntruncate table mig_doc;',
    );
    const runs = await Promise.all([1, 2, 3].map(() => migrateCorpus(stores, [a()])));
    expect(runs.flat()).toEqual(['mig_a/0001_doc']);
    put('a/0001_doc.corpus.sql', 'select 1;');
    await expect(migrateCorpus(stores, [a()])).rejects.toThrow(/changed after/);
  });

  it('splits statements at line ends only', () => {
    expect(splitStatements("select ';';\n-- only a comment;\n\nselect 2 ;  \nselect 3")).toEqual([
      "select ';'",
      'select 2',
      'select 3',
    ]);
  });
});
