import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** Years of which the periods are opened, to have much to report at once. */
const PERIODS = ['2018-Y', '2019-Y'];
/** Requests under way at the same time, and answers after which the server is killed. */
const AT_ONCE = 24;
const ENOUGH = 40;

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

const start = async () => startServer(data, { ZC_DEMO: 'off' }).ready();

beforeAll(async () => {
  data = join(freshFolder(), 'data');
  server = await start();
  const env = { ZC_DATA: data };
  const password = 'seventeen lively otters';
  await zcJson(['user', 'create', 'root', '--role', 'administrator'], env, `${password}\n`);
  session = await server.signIn('root', password);
  office = await account('office', { role: 'plan-office' });
  for (const id of PERIODS) await post(`/api/plan/periods/${id}/open`, {}, { token: office });
});
afterAll(tidyUp);

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

/** Everything that officers of the bureau and of the counties can report as a plain number. */
async function submissions(): Promise<Submission[]> {
  const { regions } = (await server.call<{ regions: { id: string }[] }>('/api/regions?asOf=2019-12-31')).body;
  const tokens = [await account('officer', { role: 'department-officer', organisation: 'ip-bureau' })];
  for (const { id } of regions.slice(0, 6)) {
    tokens.push(await account(`county-${id}`, { role: 'county-officer', region: id }));
  }
  const out: Submission[] = [];
  for (const token of tokens)
    for (const period of PERIODS) {
      const { tasks } = (await server.call<{ tasks: Task[] }>(`/api/plan/tasks?period=${period}`, { token }))
        .body;
      for (const { no, scope } of tasks) {
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
async function reports(): Promise<{ id: string; no: string | number; period: string; scope: string }[]> {
  const out = [];
  for (let page = 1; ; page++) {
    const { body } = await server.call<{ total: number; reports: Awaited<ReturnType<typeof reports>> }>(
      `/api/plan/reports?size=200&page=${page}`,
      { token: office },
    );
    out.push(...body.reports);
    if (out.length >= body.total) return out;
  }
}

const submit = ({ token, ...body }: Submission) =>
  server.call<{ id: string; code?: string }>('/api/plan/reports', { token, body });
const place = (r: Task) => `${r.no} ${r.period} ${r.scope}`;
const verify = () => zcJson<{ ok: boolean; rows: number }>(['audit', 'verify'], { ZC_DATA: data });

describe('killed while many report at once', () => {
  test('every acknowledged report is there exactly once, and the rest can be sent again', async () => {
    const all = await submissions();
    expect(all.length).toBeGreaterThan(2 * ENOUGH);
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
    const again: number[] = [];
    for (const one of all) again.push((await submit(one)).status);
    expect(again).toEqual(all.map(() => 200));
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
    for (const report of (await reports()).filter((r) => r.period === '2018-Y'))
      await post(`/api/plan/reports/${report.id}/accept`, { version: 1 }, { token: office });
    await post('/api/plan/periods/2018-Y/close', {}, { token: office });

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
    expect(await stateOf('2018-Y')).toBe('closed');
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
