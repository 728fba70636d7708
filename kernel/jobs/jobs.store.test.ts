import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Events, event, on } from '#kernel/events';
import { newId } from '#kernel/ids';
import { isDemo, readFact, writeFact } from '#kernel/installation';
import { rootPath } from '#kernel/paths';
import type { Records } from '#kernel/records';
import { migrateRecords } from '#kernel/stores/migrate';
import { cleanRecords, testStores } from '#kernel/testing/stores';
import { until } from '#kernel/testing/until';
import { type JobDef, Jobs, job } from './jobs.ts';
import { Lease } from './lease.ts';

const log = pino({ level: 'silent' });
let records: Records;
let pool: Awaited<ReturnType<typeof testStores>>['pool'];
const open: Jobs[] = [];

beforeAll(async () => {
  const stores = await testStores();
  pool = stores.pool;
  records = stores.records as unknown as Records;
  await migrateRecords(pool, [{ module: 'kernel', dir: rootPath('kernel/migrations') }]);
});
beforeEach(cleanRecords);
afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.stop()));
});
afterAll(cleanRecords);

/** A queue that is stopped after the test; `work` begins on it at once. */
async function queue(defs: readonly JobDef<never>[], work = false): Promise<Jobs> {
  const jobs = new Jobs(pool, records, log, defs);
  open.push(jobs);
  await jobs.start();
  if (work) await jobs.work();
  return jobs;
}

/** A job that notes what it was given, and does besides what the test says. */
function noting(name: string, more: Partial<JobDef<{ n: number }>> = {}) {
  const seen: number[] = [];
  const def = job<{ n: number }>({
    name,
    schema: z.object({ n: z.int() }),
    ...more,
    run: async (data, context) => {
      seen.push(data.n);
      await more.run?.(data, context);
    },
  });
  return { def, seen, defs: [def as JobDef<never>] };
}

const run = (id: string | null) =>
  records
    .selectFrom('jobRun')
    .selectAll()
    .where('id', '=', id as string)
    .executeTakeFirst();
const ended = (id: string | null) =>
  until('the end of the run', async () => {
    const row = await run(id);
    return row?.state === 'done' || row?.state === 'failed' ? row : undefined;
  });

describe('work that is sent', () => {
  test('is done once, with its progress for everybody to see', async () => {
    const { def, seen, defs } = noting('test.once', {
      run: async (_, { progress }) => progress(3, 3, 'three'),
    });
    const jobs = await queue(defs, true);
    const id = await jobs.send(def, { n: 7 });
    expect(await ended(id)).toMatchObject({ state: 'done', error: null, name: 'test.once' });
    await until('the progress', async () => (await run(id))?.note === 'three' || undefined);
    expect(seen).toEqual([7]);
  });

  test('is sent if and only if its transaction commits', async () => {
    const { def, seen, defs } = noting('test.trx');
    const jobs = await queue(defs, true);
    const broken = records.transaction().execute(async (trx) => {
      await jobs.send(def, { n: 1 }, { trx });
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    const id = await records.transaction().execute((trx) => jobs.send(def, { n: 2 }, { trx }));
    await ended(id);
    expect(seen).toEqual([2]);
    expect(await records.selectFrom('jobRun').select('id').execute()).toEqual([{ id }]);
  });

  test('must fit its schema and be declared, or nothing is stored', async () => {
    const { def, defs } = noting('test.schema');
    const jobs = await queue(defs);
    await expect(jobs.send(def, { n: 'x' } as never)).rejects.toThrow();
    await expect(jobs.send(noting('test.stranger').def, { n: 1 })).rejects.toThrow('is not declared');
    expect(await records.selectFrom('jobRun').select('id').execute()).toEqual([]);
    expect(() => new Jobs(pool, records, log, [...defs, ...defs])).toThrow('declared twice');
  });

  test('under one key waits or runs once at a time, also when many send it together', async () => {
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    const { def, seen, defs } = noting('test.singleton', { run: () => held });
    const jobs = await queue(defs);
    const send = (singleton: string) => jobs.send(def, { n: 1 }, { singleton });
    const ids = await Promise.all([send('a'), send('a'), send('a'), send('b')]);
    expect(ids.filter((id) => id !== null)).toHaveLength(2);
    await jobs.work();
    await until('the first run', () => seen.length > 0 || undefined);
    expect(await send('a')).toBeNull();
    letGo();
    for (const id of ids) if (id) await ended(id);
    // The queue itself notes the end a moment later.
    const again = await until('the key to be free', async () => (await send('a')) ?? undefined);
    await ended(again);
  });

  test('that fails is tried again as often as it says, then shows why', async () => {
    const failing = noting('test.failing', { run: () => Promise.reject(new Error('no luck')) });
    const retried = noting('test.retried', {
      retries: 1,
      run: async () => {
        if (retried.seen.length < 2) throw new Error('not yet');
      },
    });
    const jobs = await queue([...failing.defs, ...retried.defs], true);
    expect(await ended(await jobs.send(failing.def, { n: 1 }))).toMatchObject({
      state: 'failed',
      error: 'no luck',
    });
    const id = await jobs.send(retried.def, { n: 2 });
    await until('the first failure', async () => (await run(id))?.error === 'not yet' || undefined);
    expect((await run(id))?.state).toBe('waiting');
    // Without the pause before the second try.
    await pool.query("update jobs.job set start_after = now() where name = 'test.retried'");
    expect(await ended(id)).toMatchObject({ state: 'done', error: null });
    expect(failing.seen).toEqual([1]);
    expect(retried.seen).toEqual([2, 2]);
  });
});

describe('work of a worker that', () => {
  /** As a killed process leaves it: under way in the queue, and its lease gone. */
  async function abandon(id: string | null, worker = newId()): Promise<void> {
    await pool.query("update jobs.job set state = 'active', started_on = now() where id = $1", [id]);
    await records
      .updateTable('jobRun')
      .set({ state: 'running', worker })
      .where('id', '=', id as string)
      .execute();
  }

  test('was killed is done by the next one, although it may not be retried', async () => {
    const { def, seen, defs } = noting('test.killed');
    const before = await queue(defs);
    const id = await before.send(def, { n: 5 });
    await abandon(id);
    await queue(defs, true);
    expect(await ended(id)).toMatchObject({ state: 'done', error: null });
    expect(seen).toEqual([5]);
  });

  test('hears of what was sent once it is certain, and of nothing that was not', async () => {
    const { def, defs } = noting('test.heard');
    const jobs = await queue(defs);
    const heard: string[] = [];
    const lease = new Lease(pool, log, (name) => heard.push(name));
    await lease.take();
    const undone = records.transaction().execute(async (trx) => {
      await jobs.send(def, { n: 1 }, { trx });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await jobs.send(def, { n: 2 });
    await until('the worker to hear of it', () => heard.length > 0 || undefined);
    expect(heard).toEqual(['test.heard']);
    await lease.end();
  });

  test('still lives is left alone', async () => {
    const { def, defs } = noting('test.alive');
    const jobs = await queue(defs);
    const id = await jobs.send(def, { n: 5 });
    const lease = new Lease(pool, log, () => {});
    await lease.take();
    await abandon(id, lease.worker);
    expect(await jobs.recover()).toBe(0);
    expect((await run(id))?.state).toBe('running');
    await lease.end();
    expect(await jobs.recover()).toBe(1);
    expect((await run(id))?.state).toBe('waiting');
  });

  test('loses its connection for a moment is still known to live', async () => {
    const lease = new Lease(pool, log, () => {});
    await lease.take();
    /** The backend that holds the worker's lock. */
    const holder = async () => {
      const { rows } = await pool.query<{ pid: number }>(
        `select pid from pg_locks
          where locktype = 'advisory' and granted and objsubid = 1
            and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
        [`jobs worker ${lease.worker}`],
      );
      return rows[0]?.pid;
    };
    const first = await holder();
    expect(first).toBeTypeOf('number');
    await pool.query('select pg_terminate_backend($1)', [first]);
    await until('another connection to hold the lease', async () => {
      const now = await holder();
      return (now !== undefined && now !== first) || undefined;
    });
    await lease.end();
    expect(await holder()).toBeUndefined();
  });

  test('is told to stop goes on after the next start, and is not counted as a failure', async () => {
    const first = noting('test.stopping', {
      run: (_, context) => until('the stop', () => context.stopping || undefined).then(() => {}),
    });
    const jobs = await queue(first.defs, true);
    const id = await jobs.send(first.def, { n: 9 });
    await until('the run', () => first.seen.length > 0 || undefined);
    await jobs.stop();
    expect(await run(id)).toMatchObject({ state: 'waiting', error: null });
    const second = noting('test.stopping');
    await queue(second.defs, true);
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect(second.seen).toEqual([9]);
  });

  test('dies over it again and again is given up in the end', async () => {
    const { def, seen, defs } = noting('test.deadly');
    const jobs = await queue(defs);
    const id = await jobs.send(def, { n: 1 });
    await abandon(id);
    await pool.query('update jobs.job set retry_count = 5 where id = $1', [id]);
    expect(await jobs.recover()).toBe(0);
    expect(await run(id)).toMatchObject({ state: 'failed', error: expect.stringContaining('given up') });
    await jobs.work();
    expect(seen).toEqual([]);
  });
});

test('runs whose queue was not restored with them are queued again with what they were asked for', async () => {
  const { def, seen, defs } = noting('test.restored');
  const jobs = await queue(defs);
  const id = await jobs.send(def, { n: 11 });
  await pool.query('delete from jobs.job');
  await jobs.work();
  await ended(id);
  expect(seen).toEqual([11]);
});

describe('work that comes round', () => {
  test('is on the timetable while it is declared, and leaves no list of runs behind', async () => {
    const round = job({ name: 'test.round', schema: z.object({}), cron: '* * * * *', run: async () => {} });
    const jobs = await queue([round as JobDef<never>], true);
    const timetable = () =>
      pool.query<{ name: string }>('select name from jobs.schedule').then((r) => r.rows);
    expect(await timetable()).toEqual([{ name: 'test.round' }]);
    // As the timetable sends it: without any data of ours.
    await pool.query("insert into jobs.job (name, data) values ('test.round', '{}')");
    await until('the run', async () => {
      const { rows } = await pool.query(
        "select 1 from jobs.job where name = 'test.round' and state = 'completed'",
      );
      return rows.length > 0 || undefined;
    });
    expect(await records.selectFrom('jobRun').select('id').execute()).toEqual([]);
    await jobs.stop();
    await queue(noting('test.other').defs, true);
    expect(await timetable()).toEqual([]);
  });
});

describe('events', () => {
  const happened = event('test.thing.happened', z.object({ id: z.string() }));

  test('reach every listener once, if and only if their transaction commits; one that fails delays nobody', async () => {
    const heard: string[] = [];
    let troubles = 0;
    const events = new Events([
      on(happened, 'first', async ({ id }) => {
        heard.push(`first ${id}`);
      }),
      on(happened, 'second', async ({ id }) => {
        troubles++;
        if (troubles === 1) throw new Error('busy');
        heard.push(`second ${id}`);
      }),
    ] as never[]);
    const jobs = await queue(events.jobs() as JobDef<never>[]);
    events.connect(jobs);
    await jobs.work();
    await expect(
      records.transaction().execute(async (trx) => {
        await events.emit(trx, happened, { id: 'never' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await records.transaction().execute((trx) => events.emit(trx, happened, { id: 'x' }));
    await until('the first listener', () => heard.includes('first x') || undefined);
    await until('the trouble of the second', () => troubles === 1 || undefined);
    await until('its second try', async () => {
      await pool.query("update jobs.job set start_after = now() where state = 'retry'");
      return heard.includes('second x') || undefined;
    });
    expect(heard).toEqual(['first x', 'second x']);
  });

  test('that nobody listens to, or that do not fit, send nothing', async () => {
    const events = new Events([]);
    const jobs = await queue([]);
    events.connect(jobs);
    await records.transaction().execute(async (trx) => {
      await events.emit(trx, happened, { id: 'x' });
      await expect(events.emit(trx, happened, { id: 7 } as never)).rejects.toThrow();
    });
    expect(await records.selectFrom('jobRun').select('id').execute()).toEqual([]);
  });
});

test('facts about the installation are remembered, replaced, and tell whether it is a demonstration', async () => {
  expect(await readFact(records, 'x')).toBeUndefined();
  await writeFact(records, 'x', { a: [1] });
  await writeFact(records, 'x', { a: [2] });
  expect(await readFact(records, 'x')).toEqual({ a: [2] });
  expect(await isDemo({ records })).toBe(false);
  await writeFact(records, 'demo', {});
  expect(await isDemo({ records })).toBe(true);
});
