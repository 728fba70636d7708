import { beforeEach, describe, expect, it } from 'vitest';
import { cleanCorpus, cleanRecords, testStores } from '../testing/stores.ts';

describe('records', () => {
  it('speaks the house types', async () => {
    const { pool, records } = await testStores();
    const { rows } = await pool.query(
      "select '2026-02-28'::date as d, 9007199254740991::bigint as fen, 1.50::numeric as n, now() as at",
    );
    expect(rows[0]).toMatchObject({ d: '2026-02-28', fen: Number.MAX_SAFE_INTEGER, n: '1.50' });
    expect(rows[0].at).toBeInstanceOf(Date);
    const db = records.withTables<{ caseTest: { inDataKey: unknown } }>();
    await pool.query(`drop table if exists case_test; create table case_test (in_data_key jsonb)`);
    await db
      .insertInto('caseTest')
      .values({ inDataKey: JSON.stringify({ snake_key: 1 }) })
      .execute();
    expect(await db.selectFrom('caseTest').selectAll().execute()).toEqual([{ inDataKey: { snake_key: 1 } }]);
    await pool.query('drop table case_test');
  });

  it('refuses a bigint that a number cannot hold', async () => {
    const { pool } = await testStores();
    await expect(pool.query('select 9007199254740993::bigint')).rejects.toThrow(/9007199254740993/);
  });

  it('counts days in Shanghai and sorts by code point on every machine', async () => {
    const { pool, embedded } = await testStores();
    const { rows } = await pool.query(
      "select current_setting('timezone') as tz, (timestamptz '2026-01-01 20:00Z')::date as d",
    );
    expect(rows[0]).toEqual({ tz: 'Asia/Shanghai', d: '2026-01-02' });
    if (!embedded.records) return;
    const locale = await pool.query("select datlocale, datlocprovider from pg_database where datname = 'zc'");
    expect(locale.rows[0]).toEqual({ datlocale: 'C.UTF-8', datlocprovider: 'b' });
  });

  it('survives the loss of its connections', async () => {
    const { pool, embedded } = await testStores();
    if (!embedded.records) return;
    await pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [`zc ${process.pid}`],
    );
    await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  it('is emptied between tests in spite of foreign keys and append-only triggers', async () => {
    const { pool } = await testStores();
    await pool.query(`
      drop table if exists clean_child, clean_parent;
      create table clean_parent (id int primary key);
      create table clean_child (id int references clean_parent);
      create or replace function clean_refuse() returns trigger language plpgsql as $$ begin raise 'append only'; end $$;
      create trigger keep before delete on clean_child for each row execute function clean_refuse();
      insert into clean_parent values (1); insert into clean_child values (1);`);
    await cleanRecords();
    const { rows } = await pool.query(
      'select (select count(*) from clean_child) + (select count(*) from clean_parent) as n',
    );
    expect(rows[0].n).toBe(0);
    await pool.query('drop table clean_child, clean_parent; drop function clean_refuse()');
  });
});

describe('corpus', () => {
  beforeEach(async () => {
    const { corpus } = await testStores();
    await corpus.command({ query: 'drop table if exists doc' });
    await corpus.command({
      query: `create table doc (
        id String, version UInt32, txt String,
        index txt_words txt type text(tokenizer = ngrams(2))
      ) engine = ReplacingMergeTree(version) order by id`,
    });
  });

  const rows = async (query: string, query_params?: Record<string, unknown>) => {
    const { corpus } = await testStores();
    const result = await corpus.query({
      query,
      format: 'JSONEachRow',
      ...(query_params ? { query_params } : {}),
    });
    return result.json<Record<string, unknown>>();
  };

  it('carries parameters of every kind unharmed', async () => {
    const s = `it's "中文" \\ \n\t\r \\n \\' 𠮷 {x:String} ; --`;
    const found = await rows(
      `select {s:String} as s, {l:Array(String)} as l, {d:Date} as d, {n:Nullable(String)} is null as n, {m:Map(String, UInt8)} as m`,
      { s, l: ["a'b", '电\\机', 'x,y'], d: '2026-02-28', n: null, m: { k: 1 } },
    );
    expect(found).toEqual([{ s, l: ["a'b", '电\\机', 'x,y'], d: '2026-02-28', n: 1, m: { k: 1 } }]);
  });

  it('keeps parallel parameterised queries apart', async () => {
    const many = await Promise.all(
      Array.from({ length: 60 }, (_, i) => rows('select {v:String} as v, sleep(0.01) as z', { v: `值${i}` })),
    );
    expect(many.map((r) => r[0]?.v)).toEqual(Array.from({ length: 60 }, (_, i) => `值${i}`));
  });

  it('does not let settings or parameters of one request reach the next', async () => {
    const { corpus } = await testStores();
    const ask = (settings: Record<string, number>) =>
      corpus
        .query({
          query: "select getSetting('max_block_size') as v",
          format: 'JSONEachRow',
          clickhouse_settings: settings,
        })
        .then((r) => r.json<{ v: string }>())
        .then((r) => Number(r[0]?.v));
    const usual = await ask({});
    expect(await Promise.all(Array.from({ length: 8 }, () => ask({ max_block_size: 77 })))).toEqual(
      Array(8).fill(77),
    );
    expect(await Promise.all(Array.from({ length: 8 }, () => ask({})))).toEqual(Array(8).fill(usual));
    await Promise.all(Array.from({ length: 8 }, () => rows('select {left:String} as v', { left: 'x' })));
    await expect(rows('select {left:String} as v')).rejects.toMatchObject({ code: '456' });
  });

  it('gives typed errors', async () => {
    const { ClickHouseError } = await import('@clickhouse/client');
    const failure = await rows('select nope').catch((e) => e);
    expect(failure).toBeInstanceOf(ClickHouseError);
    expect(failure).toMatchObject({ code: '47', type: 'UNKNOWN_IDENTIFIER' });
    await expect(rows('select * from nope')).rejects.toMatchObject({ type: 'UNKNOWN_TABLE' });
    await expect(rows('select 1; select 2')).rejects.toMatchObject({ type: 'SYNTAX_ERROR' });
    const { corpus } = await testStores();
    const bad = corpus.query({ query: 'select 1', clickhouse_settings: { no_such_setting: 1 } as never });
    await expect(bad).rejects.toMatchObject({ type: 'UNKNOWN_SETTING' });
    const unknown = corpus.insert({
      table: 'doc',
      values: [{ id: '1', colour: 'red' }],
      format: 'JSONEachRow',
    });
    await expect(unknown).rejects.toMatchObject({ code: '117' });
  });

  it('reports an error in the middle of a long result instead of cutting it short', async () => {
    await expect(
      rows('select number, throwIf(number = 900000) as t from numbers(1000000)'),
    ).rejects.toThrow();
  });

  it('quotes numbers that JavaScript would round', async () => {
    expect(await rows('select 9007199254740993 as n')).toEqual([{ n: '9007199254740993' }]);
  });

  it('never finds a replaced row by its former words', async () => {
    const { corpus } = await testStores();
    const put = (version: number, txt: string) =>
      corpus.insert({ table: 'doc', values: [{ id: 'CN1', version, txt }], format: 'JSONEachRow' });
    const find = (w: string) => rows('select id from doc final where hasAllTokens(txt, {w:String})', { w });
    await put(1, '一种电机控制方法');
    expect(await find('电机控制')).toEqual([{ id: 'CN1' }]);
    await put(2, '一种染色工艺');
    expect(await find('电机控制')).toEqual([]);
    expect(await find('染色工艺')).toEqual([{ id: 'CN1' }]);
  });

  it('takes inserts with a list of columns, as statement values, and from a select', async () => {
    const { corpus } = await testStores();
    await corpus.insert({
      table: 'doc',
      columns: ['id', 'txt'],
      values: [['1', 'a;b']],
      format: 'JSONCompactEachRow',
    });
    await corpus.insert({
      table: 'doc',
      columns: { except: ['version'] },
      values: [{ id: '2', txt: 'b' }],
      format: 'JSONEachRow',
    });
    await corpus.command({ query: "insert into doc values ('3', 1, 'c; d')" });
    await corpus.command({ query: "insert into doc select '4', 1, 'd'" });
    expect(await rows('select id, txt from doc order by id')).toEqual([
      { id: '1', txt: 'a;b' },
      { id: '2', txt: 'b' },
      { id: '3', txt: 'c; d' },
      { id: '4', txt: 'd' },
    ]);
  });

  it('ends a query at its time limit and serves the others meanwhile', async () => {
    const { corpus } = await testStores();
    const slow = corpus
      .query({
        query: 'select sum(cityHash64(number)) from numbers(100000000000)',
        clickhouse_settings: { max_execution_time: 2, max_threads: 1 },
      })
      .then(
        () => 'finished',
        (e) => e,
      );
    let ended = false;
    void slow.then(() => {
      ended = true;
    });
    for (let i = 0; i < 10; i++) await rows('select {i:UInt8} as i', { i });
    expect(ended).toBe(false);
    expect(await slow).toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
  });

  it('stops a query whose asker hung up', async () => {
    const { corpus } = await testStores();
    const stop = new AbortController();
    const query = `select sum(cityHash64(number)) from numbers(100000000001) settings max_threads = 1`;
    const asked = corpus.query({ query, abort_signal: stop.signal }).catch((e) => e);
    const running = () =>
      rows(
        "select query_id from system.processes where query like '%100000000001%' and query not like '%processes%'",
      );
    await expect.poll(running, { timeout: 10_000 }).toHaveLength(1);
    stop.abort();
    await asked;
    await expect.poll(running, { timeout: 10_000 }).toHaveLength(0);
  });

  it('streams a large insert and a large result', async () => {
    const { corpus } = await testStores();
    const { Readable } = await import('node:stream');
    const text = '一种用于海上风电的柔性直流输电装置'.repeat(20);
    const values = Readable.from(
      (function* () {
        for (let i = 0; i < 50_000; i++) yield { id: String(i), version: 1, txt: text };
      })(),
    );
    await corpus.insert({ table: 'doc', values, format: 'JSONEachRow' });
    expect(await rows('select count() as n from doc')).toEqual([{ n: '50000' }]);
    const result = await corpus.query({ query: 'select id, txt from doc', format: 'JSONEachRow' });
    let n = 0;
    for await (const part of result.stream()) n += part.length;
    expect(n).toBe(50_000);
  });

  it('hands rows to the engine before the last one has come', async () => {
    const { corpus } = await testStores();
    const { Readable } = await import('node:stream');
    const count = async () => Number((await rows('select count() as n from doc'))[0]?.n);
    const txt = '电'.repeat(1000);
    const values = Readable.from(
      (async function* () {
        for (let i = 0; i < 10_000; i++) yield { id: String(i), version: 1, txt };
        // 30 MB are on their way: were they collected first, this would never become true.
        await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(0);
        yield { id: 'last', version: 1, txt };
      })(),
    );
    await corpus.insert({ table: 'doc', values, format: 'JSONEachRow' });
    expect(await count()).toBe(10_001);
  });

  it('sends a result before it is complete', async () => {
    const { corpus } = await testStores();
    const result = await corpus.query({
      query: 'select number from numbers(100000000000)',
      format: 'JSONEachRow',
    });
    const stream = result.stream<{ number: string }>();
    for await (const part of stream) {
      expect(part[0]?.json()).toEqual({ number: '0' });
      break;
    }
    result.close();
  });

  it('parses cluster definitions although it is no cluster', async () => {
    const { clusterDdl } = await import('./corpus/ddl.ts');
    const s = clusterDdl(
      'create table if not exists d /*cluster*/ (a String) engine = ReplacingMergeTree(a) order by a',
      'main',
    );
    const [read] = await rows('select formatQuery({s:String}) as s', { s });
    expect(read?.s).toContain('ReplicatedReplacingMergeTree');
  });

  it('is emptied between tests', async () => {
    await (await testStores()).corpus.command({ query: "insert into doc values ('3', 1, 'c')" });
    await cleanCorpus();
    expect(await rows('select count() as n from doc')).toEqual([{ n: '0' }]);
  });
});
