import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  freshFolder,
  processesOf,
  socketOf,
  startServer,
  type TestServer,
  tidyUp,
  until,
  zcJson,
} from '#kernel/testing/zc';
import { clientConfig } from '../../kernel/stores/records/connection.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PERIOD = '2019-Y';
/** Requests under way at the same time (more than the store has connections), and answers after which the server is killed. */
const AT_ONCE = 24;
const ENOUGH = 15;

interface Task {
  no: string | number;
  period: string;
  scope: string;
}

interface Submission extends Task {
  token: string;
  key: string;
  body: object;
}

let data: string;
let server: TestServer;
let session: string;
let office: string;

const start = async () => startServer(data, { ZC_DEMO: 'off' }, ['--json']).ready();

beforeAll(async () => {
  data = join(freshFolder(), 'data');
  server = await start();
  const env = { ZC_DATA: data };
  const password = 'seventeen lively otters';
  await zcJson(['user', 'create', 'root', '--role', 'administrator'], env, `${password}\n`);
  session = await server.signIn('root', password);
  office = await account('office', { role: 'plan-office' });
  await post(`/api/plan/periods/${PERIOD}/open`, {}, { token: office });
});
afterAll(tidyUp);

test('with --json a start prints one line that programs can read, and without demonstration nobody is there', async () => {
  expect(JSON.parse(server.said)).toEqual({ ok: true, address: server.url });
  const { accounts } = (
    await server.call<{ accounts: { username: string }[] }>('/api/accounts', { cookie: session })
  ).body;
  expect(accounts.map((a) => a.username)).toEqual(['office', 'root']);
  expect((await server.call<{ demo: boolean }>('/api/me')).body.demo).toBe(false);
});

async function post<T = Record<string, never>>(
  path: string,
  body: object,
  by: { token: string } | { cookie: string },
): Promise<T> {
  const answer = await server.call<T>(path, { body, ...by });
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

/** Makes an account and gives its token. */
async function account(username: string, grant: object): Promise<string> {
  const by = { cookie: session };
  const body = { username, name: username, grants: [grant] };
  const { id } = await post<{ id: string }>('/api/accounts', body, by);
  return (await post<{ token: string }>('/api/tokens', { name: 'test', userId: id }, by)).token;
}

/** Everything that officers of the bureau and of two counties can report as a plain number. */
async function submissions(): Promise<Submission[]> {
  const tokens = [await account('officer', { role: 'department-officer', organisation: 'ip-bureau' })];
  for (const region of ['tongzhou', 'haimen'])
    tokens.push(await account(region, { role: 'county-officer', region }));
  const out: Submission[] = [];
  for (const token of tokens) {
    const { tasks } = (await server.call<{ tasks: Task[] }>(`/api/plan/tasks?period=${PERIOD}`, { token }))
      .body;
    for (const { no, period, scope } of tasks) {
      const form = await server.call<{ asks: string[] }>(`/api/plan/forms/${no}/${period}/${scope}`, {
        token,
      });
      const { asks } = form.body;
      if (!asks.includes('value')) continue;
      const body = { value: 12, ...(asks.includes('weight') && { weight: 100 }) };
      out.push({ token, no, period, scope, body, key: crypto.randomUUID() });
    }
  }
  return out;
}

/** All reports there are, whatever their state. */
async function reports(): Promise<(Task & { id: string })[]> {
  const { body } = await server.call<{ total: number; reports: (Task & { id: string })[] }>(
    '/api/plan/reports?size=200',
    { token: office },
  );
  expect(body.reports.length).toBe(body.total);
  return body.reports;
}

const submit = ({ token, ...body }: Submission) =>
  server.call<{ id: string; code?: string }>('/api/plan/reports', { token, body });
const place = (r: Task) => `${r.no} ${r.period} ${r.scope}`;
const verify = () => zcJson<{ ok: boolean; rows: number }>(['audit', 'verify'], { ZC_DATA: data });

describe('killed while many report at once', () => {
  test('every acknowledged report is there exactly once, and the rest can be sent again', async () => {
    const all = await submissions();
    expect(all.length).toBeGreaterThan(ENOUGH + AT_ONCE);
    const acknowledged = new Map<string, string>();
    const refused: unknown[] = [];
    const waiting = [...all];
    let killed: Promise<void> | undefined;
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        // What was under way when the server died has no answer.
        const answer = await submit(next).catch(() => null);
        if (answer?.status === 200) acknowledged.set(place(next), answer.body.id);
        else if (answer) refused.push(answer);
        if (acknowledged.size >= ENOUGH) killed ??= server.kill9();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await killed;
    expect(refused).toEqual([]);
    expect(acknowledged.size).toBeGreaterThanOrEqual(ENOUGH);
    expect(acknowledged.size).toBeLessThan(all.length);

    server = await start();
    const kept = await reports();
    expect(new Set(kept.map(place)).size).toBe(kept.length);
    const byPlace = new Map(kept.map((r) => [place(r), r.id]));
    for (const [where, id] of acknowledged) expect([where, byPlace.get(where)]).toEqual([where, id]);

    // Whoever got no answer sends the same again, and so does somebody who did get one.
    const again = await Promise.all(all.map(submit));
    expect(again.map((a) => a.status)).toEqual(all.map(() => 200));
    const whole = await reports();
    expect(whole.map(place).sort()).toEqual(all.map(place).sort());
    for (const [where, id] of byPlace) expect(whole.find((r) => place(r) === where)?.id).toBe(id);
    expect(await verify()).toMatchObject({ ok: true });
  });
});

describe('killed while a year is frozen', () => {
  const key = 'freeze-2018-first';
  const freeze = () =>
    server.call<{ edition: number; hash: string }>('/api/plan/years/2018/freeze', {
      body: { key },
      token: office,
    });
  const snapshots = async () =>
    (
      await server.call<{ snapshots: { year: string; edition: number; hash: string }[] }>(
        '/api/plan/snapshots',
        { token: office },
      )
    ).body.snapshots;
  const stateOf = async (id: string) =>
    (await server.call<{ periods: { id: string; state: string }[] }>('/api/plan/periods')).body.periods.find(
      (p) => p.id === id,
    )?.state;

  test('in the middle, the year is not frozen at all; asked again with the same key, it is frozen once', async () => {
    // Whoever holds this lock keeps the freeze from its last step: the snapshot is written, its trace is not.
    const other = new pg.Client(clientConfig({ socketDir: socketOf(data) }));
    await other.connect();
    await other.query("select pg_advisory_lock(hashtextextended('audit', 0))");
    const frozen = freeze().catch(() => null);
    await until('the freeze to wait', async () => {
      const { rows } = await other.query(
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      return rows.length > 0 || undefined;
    });
    await server.kill9();
    expect(await frozen).toBeNull();
    await other.end();
    server = await start();
    expect(await snapshots()).toEqual([]);
    expect(await stateOf('2018-Y')).toBe('planned');
    expect(await verify()).toMatchObject({ ok: true });

    const [one, two] = await Promise.all([freeze(), freeze()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.body.hash).toBe(one.body.hash);
    expect(await snapshots()).toMatchObject([{ year: '2018', edition: 1, hash: one.body.hash }]);
    expect(await stateOf('2018-Y')).toBe('frozen');
  });

  test('right after the answer, the snapshot is kept; the log verifies without a server, which is then closed again', async () => {
    const before = await verify();
    await server.kill9();
    // The PostgreSQL of the killed server still runs: the command takes it over and stops it.
    expect(await verify()).toMatchObject({ ok: true, rows: before.rows });
    expect(processesOf(data)).toEqual([]);
    server = await start();
    expect(await snapshots()).toMatchObject([{ year: '2018', edition: 1 }]);
    expect((await freeze()).body).toMatchObject({ edition: 1 });
  });
});
