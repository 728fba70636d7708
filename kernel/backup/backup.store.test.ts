import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import type { Stores } from '#kernel/stores/index';
import { migrateCorpus, migrateRecords } from '#kernel/stores/migrate';
import fc from '#kernel/testing/property';
import { cleanCorpus, cleanRecords, testStores } from '#kernel/testing/stores';
import { writeBackup } from './backup.ts';
import { openBackup, restoreFiles, restoreStores } from './restore.ts';

let stores: Stores;
let dir: string;
const migrations = [{ module: 'kernel', dir: rootPath('kernel/migrations') }];
const silent = () => {};

/** A child that sorts before its parent, every type that could suffer, an identity and a sequence; a table fed by a view. */
const made = {
  records: `
    create schema if not exists bk;
    create table bk.z_parent (id bigint generated always as identity primary key, name text not null);
    create table bk.a_child (parent bigint not null references bk.z_parent (id), at timestamptz not null, day date,
      amount numeric, big bigint, doc jsonb, raw bytea, ids uuid[], truth boolean, real_one double precision,
      denied boolean generated always as (not truth) stored);
    create sequence bk.numbers`,
  corpus: [
    `create table bk_fact (n UInt64, name String, tags Array(String), extra Map(String, String), day Nullable(Date),
      upper String materialized upper(name), version UInt64) engine = ReplacingMergeTree(version) order by n`,
    'create table bk_fed (n UInt64, name String) engine = MergeTree() order by n',
    'create materialized view bk_feed to bk_fed as select n, name from bk_fact',
    "create table bk_made (n UInt64) engine = MergeTree() order by n comment 'derived'",
  ],
};
const gone = {
  records: 'drop schema if exists bk cascade',
  corpus: [
    'drop view if exists bk_feed',
    'drop table if exists bk_fed',
    'drop table if exists bk_fact',
    'drop table if exists bk_made',
  ],
};

async function run(statements: { records: string; corpus: string[] }): Promise<void> {
  await stores.pool.query(statements.records);
  for (const query of statements.corpus) await stores.corpus.command({ query });
}

beforeAll(async () => {
  stores = await testStores();
  await migrateRecords(stores.pool, migrations);
  await migrateCorpus(stores, migrations);
  await run(gone);
  await run(made);
});
beforeEach(async () => {
  await empty();
  dir = mkdtempSync(join(tmpdir(), 'zc-backup-'));
});
afterAll(async () => {
  await run(gone);
  rmSync(dir, { recursive: true, force: true });
});

async function empty(): Promise<void> {
  await cleanRecords();
  await cleanCorpus();
}

const backup = (target = join(dir, 'b.zip')) =>
  writeBackup(target, {
    stores,
    dataDir: join(dir, 'data'),
    version: '9.9.9',
    city: 'yunzhou',
    now: new Date('2019-06-30T01:00:00Z'),
    progress: silent,
  });

/** Everything in the tables of this test. */
async function contents() {
  const rows = async (query: string) =>
    (await (await stores.corpus.query({ query, format: 'JSONEachRow' })).json()) as unknown[];
  return {
    parents: (await stores.pool.query('select * from bk.z_parent order by id')).rows,
    children: (await stores.pool.query('select *, amount::text as exact from bk.a_child order by at, big'))
      .rows,
    facts: await rows('select *, upper from bk_fact order by n, version'),
    fed: await rows('select * from bk_fed order by n, name'),
  };
}

const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((s) => s.replaceAll('\0', ''));
const nasty = fc.oneof(
  text,
  fc.constantFrom('\u2028', '\u2029', '\u0085', '\r\n', '\\n', '"', '{}', ' ', '\t', '知\ud83d\ude00'),
);

async function fill(names: string[]): Promise<void> {
  for (const [i, name] of names.entries()) {
    const { rows } = await stores.pool.query('insert into bk.z_parent (name) values ($1) returning id', [
      name,
    ]);
    await stores.pool.query('insert into bk.a_child values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      rows[0].id,
      `2019-06-30T01:00:00.${String(i).padStart(6, '0')}Z`,
      '2019-02-28',
      '12345678901234567890.123456789',
      9_007_199_254_740_991n - BigInt(i),
      JSON.stringify({ name, list: [1, null, { '\u2028': name }] }),
      Buffer.from([0, 255, i % 256]),
      ['01900000-0000-7000-8000-000000000001'],
      i % 2 === 0,
      0.1 + i,
    ]);
  }
  await stores.corpus.insert({
    table: 'bk_fact',
    format: 'JSONEachRow',
    values: names.map((name, n) => ({
      n: `1844674407370955${String(1000 + n).slice(-4)}`,
      name,
      tags: [name, ''],
      extra: { [name]: name },
      day: n % 2 === 0 ? '2019-02-28' : null,
      version: 1,
    })),
  });
}

describe('a backup', () => {
  test('leaves out what is made from other tables', async () => {
    await fill(['one']);
    await stores.corpus.insert({ table: 'bk_made', format: 'JSONEachRow', values: [{ n: 1 }] });
    await backup();
    const { manifest, close } = await openBackup(join(dir, 'b.zip'), silent);
    close();
    const tables = manifest.corpus.map((t) => t.table);
    expect(tables).toContain('bk_fact');
    expect(tables).not.toContain('bk_made');
  });

  test('restores every value of every type, as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: 1, maxLength: 12 }), async (names) => {
        await empty();
        await fill(names);
        const before = await contents();
        const target = join(mkdtempSync(join(dir, 'r-')), 'b.zip');
        const manifest = await backup(target);
        await empty();
        const archive = await openBackup(target, silent);
        await restoreStores(archive, stores, silent);
        archive.close();
        expect(await contents()).toEqual(before);
        expect(before.fed).toHaveLength(names.length);
        expect(manifest.records.find((t) => t.table === 'bk.a_child')?.rows).toBe(names.length);
      }),
      { numRuns: 8 },
    );
  });

  test('of many rows is read and written in pieces', async () => {
    await stores.pool.query(
      "insert into bk.z_parent (name) select repeat('x', 50) || i from generate_series(1, 7001) i",
    );
    await stores.corpus.command({
      query:
        "insert into bk_fact (n, name, version) select number, concat('名', toString(number)), 1 from numbers(30000)",
    });
    const before = await contents();
    await backup();
    await empty();
    const archive = await openBackup(join(dir, 'b.zip'), silent);
    await restoreStores(archive, stores, silent);
    archive.close();
    expect(await contents()).toEqual(before);
  });

  test('carries the sequences on, so that no number is given twice', async () => {
    await fill(['a', 'b']);
    await stores.pool.query("select setval('bk.numbers', 41)");
    await backup();
    await empty();
    await stores.pool.query("select setval('bk.numbers', 1); alter table bk.z_parent alter id restart");
    const archive = await openBackup(join(dir, 'b.zip'), silent);
    await restoreStores(archive, stores, silent);
    archive.close();
    const { rows } = await stores.pool.query("select nextval('bk.numbers') as n");
    expect(rows).toEqual([{ n: 42 }]);
    await stores.pool.query("insert into bk.z_parent (name) values ('c')");
  });

  test('keeps files and keys, whole ones only', async () => {
    const put = (name: string) => {
      mkdirSync(join(dir, 'data', name, '..'), { recursive: true });
      writeFileSync(join(dir, 'data', name), name);
    };
    for (const name of ['files/ab/abcd', 'keys/signing.pem', 'files/incoming-1', 'keys/x.new', 'records/y'])
      put(name);
    expect((await backup()).files).toBe(2);
    const archive = await openBackup(join(dir, 'b.zip'), silent);
    expect(await restoreFiles(archive, join(dir, 'other'))).toBe(2);
    archive.close();
    expect(readFileSync(join(dir, 'other/files/ab/abcd'), 'utf8')).toBe('files/ab/abcd');
    expect(readdirSync(join(dir, 'other')).sort()).toEqual(['files', 'keys']);
  });

  test('that cannot be written leaves no archive behind', async () => {
    await fill(['x'.repeat(100_000)]);
    await expect(backup(join(dir, 'missing', 'b.zip'))).rejects.toThrow('ENOENT');
    expect(existsSync(join(dir, 'missing'))).toBe(false);
    // A disk that is full: writing goes to a device that takes nothing.
    if (!existsSync('/dev/full')) return;
    symlinkSync('/dev/full', join(dir, 'b.zip.part'));
    await expect(backup()).rejects.toThrow('ENOSPC');
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a restore is refused', () => {
  async function refusal(): Promise<string> {
    const archive = await openBackup(join(dir, 'b.zip'), silent);
    try {
      await restoreStores(archive, stores, silent);
      return 'restored';
    } catch (error) {
      return (error as Error).message;
    } finally {
      archive.close();
    }
  }

  test('where the stores hold anything', async () => {
    await fill(['a']);
    const before = await contents();
    await backup();
    expect(await refusal()).toContain('not empty');
    await cleanRecords();
    expect(await refusal()).toContain('not empty (there are rows in bk_f');
    expect((await contents()).facts).toEqual(before.facts);
  });

  test('by a version whose tables are others', async () => {
    await backup();
    await stores.pool.query(
      "insert into schema_migration (module, name, checksum) values ('later', '0099_x', 'y')",
    );
    try {
      expect(await refusal()).toContain('written by version 9.9.9');
    } finally {
      await stores.pool.query("delete from schema_migration where module = 'later'");
    }
    expect(await refusal()).toBe('restored');
  });

  test.each([
    ['that is no archive', () => Buffer.from('hello')],
    ['that was cut off', (b: Buffer) => b.subarray(0, b.length - 100)],
    [
      'in which a byte changed',
      (b: Buffer) => Buffer.from(b.map((v, i) => (i === Math.floor(b.length / 3) ? v ^ 255 : v))),
    ],
    ['that is empty', () => Buffer.alloc(0)],
  ])('of a file %s', async (_, damage) => {
    // So much that cannot be compressed that a byte of the middle belongs to it.
    await fill([randomBytes(300_000).toString('base64')]);
    await backup();
    const path = join(dir, 'b.zip');
    writeFileSync(path, damage(readFileSync(path)));
    await expect(openBackup(path, silent)).rejects.toMatchObject({
      name: 'BackupError',
      text: {
        zh: expect.stringContaining('不是完好的备份文件'),
        en: expect.stringContaining('nothing was restored'),
      },
    });
  });
});
