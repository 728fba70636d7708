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

interface Matter {
  number: string;
  version: number;
  papers: { number: string | null }[];
}

/** Number within its year: 12 in 通知公开收〔2026〕12号. */
const placeOf = (number: string | null | undefined) => Number(/(\d+)号$/.exec(number ?? '')?.[1]);

/** A request for information as a clerk enters it at the counter, with its paper in a folder. */
const request = {
  item: 'disclosure',
  form: {
    ...{ kind: 'person', name: '示例申请人', phone: '0513-55500100', address: '南通市崇川区示例路1号' },
    ...{ title: '专利授权统计', delivery: 'email', form: 'electronic' },
  },
  materials: [{ what: 'identity', file: null }],
};

describe('killed while a year is frozen and officers act', () => {
  let clerk: string;
  const open = (key: string) =>
    server.call<Matter>('/api/matters', { body: { ...request, idempotencyKey: key }, token: clerk });
  const ask = ({ number }: Matter, key: string) =>
    server.call<Matter>(`/api/matters/${encodeURIComponent(number)}/actions/ask-correction`, {
      body: {
        ...{ version: 1, idempotencyKey: key },
        papers: [{ what: 'correction-notice', file: null, text: '请写明年度。' }],
      },
      token: clerk,
    });
  const look = ({ number }: Matter) =>
    server.call<Matter>(`/api/matters/${encodeURIComponent(number)}`, { token: clerk });

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

  test('in the middle, nothing of it happened; asked again with the same keys, each happens once', async () => {
    clerk = await account('clerk', { role: 'case-officer', organisation: 'market-regulation' });
    const [first, second] = [await open(crypto.randomUUID()), await open(crypto.randomUUID())];
    expect([first.status, second.status]).toEqual([200, 200]);
    const keys = Array.from({ length: 3 }, () => crypto.randomUUID()) as [string, string, string];
    // Whoever holds this lock keeps the freeze from its last step: the snapshot is written, its trace is not.
    const other = new pg.Client(clientConfig({ socketDir: socketOf(data) }));
    await other.connect();
    await other.query("select pg_advisory_lock(hashtextextended('audit', 0))");
    const frozen = freeze().catch(() => null);
    const acting = [ask(first.body, keys[0]), ask(second.body, keys[1]), open(keys[2])].map((one) =>
      one.catch(() => null),
    );
    await until('all of them to wait', async () => {
      const { rows } = await other.query('select distinct pid from pg_locks where not granted');
      return rows.length > acting.length || undefined;
    });
    await server.kill9();
    expect([await frozen, ...(await Promise.all(acting))]).toEqual([null, null, null, null]);
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

    for (const { body } of [first, second])
      expect((await look(body)).body).toMatchObject({ version: 1, papers: [{ number: null }] });
    // Pressed again, twice at once: numbers go on without a gap.
    const again = await Promise.all(
      [0, 1].flatMap(() => [ask(first.body, keys[0]), ask(second.body, keys[1]), open(keys[2])]),
    );
    expect(again.map(({ status }) => status)).toEqual(again.map(() => 200));
    const [made, asked, opened] = again.map(({ body }) => body) as [Matter, Matter, Matter];
    expect([made.version, asked.version]).toEqual([2, 2]);
    expect([made, asked].map(({ papers }) => placeOf(papers.at(-1)?.number)).sort()).toEqual([1, 2]);
    expect(placeOf(opened.number)).toBe(placeOf(second.body.number) + 1);
    for (const body of [made, asked, opened]) {
      const log = await server.call<{ intact: boolean; entries: object[] }>(
        `/api/matters/${encodeURIComponent(body.number)}/log`,
        { token: clerk },
      );
      expect(log.body).toMatchObject({ intact: true });
      expect(log.body.entries).toHaveLength(body.version);
    }
    expect(await verify()).toMatchObject({ ok: true });
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
