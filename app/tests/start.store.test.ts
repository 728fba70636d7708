import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Ended,
  freshFolder,
  processesOf,
  socketOf,
  startServer,
  type TestServer,
  takenPort,
  tidyUp,
  until,
  zc,
  zcJson,
} from '#kernel/testing/zc';
import { clientConfig } from '../../kernel/stores/records/connection.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let server: TestServer;
let data: string;
/** What the first start said before it was killed. */
let before: string;

/** The very first start is killed while it generates the demonstration; the second one must make it whole. */
beforeAll(async () => {
  data = join(freshFolder(), 'data');
  const first = startServer(data);
  const client = await until('the records', async () => {
    const socketDir = socketOf(data);
    const c = new pg.Client(clientConfig({ socketDir }));
    c.on('error', () => {});
    await c.connect();
    return c;
  });
  await until('the first reports of the demonstration', async () => {
    const { rowCount } = await client.query('select 1 from plan_report limit 1');
    return rowCount || undefined;
  });
  await first.kill9();
  before = first.said;
  await client.end();
  server = await startServer(data).ready();
});
afterAll(tidyUp);

/** User names and passwords as a person reads them off the terminal. */
function printed(): { username: string; password: string }[] {
  return [...server.said.matchAll(/^ {2}(\S+) +([a-z]+-[a-z]+-\d{4}) /gm)].map((m) => ({
    username: m[1] as string,
    password: m[2] as string,
  }));
}

const signIn = (body: { username: string; password: string }) =>
  server.call<{ code?: string }>('/api/auth/sign-in/username', { body });

/** What two platforms must have in common to be the same one. */
async function contents(of: TestServer) {
  const board = await of.call('/api/plan/indicators?asOf=2019-06-30');
  const patents = await of.call('/api/patents?q=');
  const { tookMs: _, ...found } = patents.body as { tookMs?: number };
  const bulletin = await of.call('/api/plan/snapshots/2018/1');
  return { board: board.body, patents: found, bulletin: bulletin.body };
}

const filesBelow = (dir: string) =>
  ['files', 'keys'].flatMap((folder) => {
    try {
      return (
        readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
          // What was being received when the process was killed is no file yet.
          .filter((e) => e.isFile() && !e.name.startsWith('incoming-'))
          .map((e) => join(e.parentPath, e.name).slice(dir.length))
          .sort()
          .map((name) => [name, readFileSync(join(dir, name)).toString('base64')])
      );
    } catch {
      return [];
    }
  });

describe('the first start on an empty folder', () => {
  test('makes one demonstration, although it was killed in the middle', async () => {
    const snapshots = await server.call<{ snapshots: { year: string; edition: number }[] }>(
      '/api/plan/snapshots',
    );
    expect(snapshots.body.snapshots.map((s) => `${s.year} ${s.edition}`)).toEqual([
      '2019 1',
      '2018 1',
      '2017 1',
    ]);
    const { periods } = (
      await server.call<{ periods: { state: string; submitted: number }[] }>('/api/plan/periods')
    ).body;
    const open = periods.filter((p) => p.state === 'open');
    expect(open).toHaveLength(1);
    expect(open[0]?.submitted).toBeGreaterThan(0);
  });

  test('fills every register, and every entry fits its declaration', async () => {
    const { registers } = (
      await server.call<{ registers: { id: string; counts: { published: number; expired: number } }[] }>(
        '/api/registers',
      )
    ).body;
    expect(registers.length).toBeGreaterThan(25);
    expect(registers.filter((r) => r.counts.published + r.counts.expired === 0)).toEqual([]);
    expect(before + server.said).not.toContain('demonstration entry left out');
  });

  test('answers, and says that it shows demonstration data', async () => {
    expect(await server.call('/api/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', records: 'up', corpus: 'up' },
    });
    expect((await server.call<{ demo: boolean }>('/api/me')).body.demo).toBe(true);
    expect(server.memory()).toBeLessThan(1024);
  });

  test('prints one account per role, and each can sign in', async () => {
    const accounts = printed();
    expect(accounts.length).toBeGreaterThanOrEqual(7);
    const answers = await Promise.all(accounts.map(signIn));
    expect(answers.map((a) => a.status)).toEqual(accounts.map(() => 200));
    const wrong = await signIn({ username: accounts[0]!.username, password: 'lantern-lantern-0000' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
  });

  test('shows the same accounts to zc demo', async () => {
    const { accounts, fresh } = await zcJson<{ accounts: ReturnType<typeof printed>; fresh: boolean }>(
      ['demo'],
      { ZC_DATA: data },
    );
    expect(fresh).toBe(false);
    expect(accounts.map(({ username, password }) => ({ username, password }))).toEqual(printed());
  });
});

describe('accounts from the command line, while the server runs', () => {
  const env = () => ({ ZC_DATA: data });
  const me = (token: string) =>
    server.call<{ actor: { username: string; via: string }; code?: string }>('/api/me', { token });

  test('are made, listed, given a token, and shut out', async () => {
    const create = ['user', 'create', 'clerk', '--title', '数据员甲', '--role', 'data-officer'];
    const [weak, nobody] = await Promise.all([
      zc([...create, '--lang', 'zh'], env(), 'password\n'),
      zc(['token', 'create', '--user', 'nobody', '--lang', 'en'], env()),
    ]);
    expect([weak.code, weak.stderr]).toEqual([1, expect.stringContaining('密码')]);
    expect([nobody.code, nobody.stderr]).toEqual([1, 'There is no account nobody\n']);
    const made = await zcJson<{ username: string }>(create, env(), 'a tram along the river\n');
    expect(made.username).toBe('clerk');
    expect(await server.signIn('clerk', 'a tram along the river')).toContain('zc.session_token=');

    const tokenArgs = ['token', 'create', '--user', 'clerk', '--days', '30'];
    const { token } = await zcJson<{ token: string }>(tokenArgs, env());
    expect(await me(token)).toMatchObject({
      status: 200,
      body: { actor: { username: 'clerk', via: 'token' } },
    });

    const [listed, tokens] = await Promise.all([
      zcJson<{ username: string; disabledAt: string | null }[]>(['user', 'list'], env()),
      zcJson<{ hint: string }[]>(['token', 'list', '--user', 'clerk'], env()),
    ]);
    expect(tokens.map((k) => k.hint)).toEqual([token.slice(-4)]);
    expect(listed.map((a) => a.username)).toEqual(expect.arrayContaining(['clerk', 'administrator']));

    expect((await zcJson(['user', 'disable', 'clerk'], env())).ok).toBe(true);
    // The server may remember a token for a few seconds, no longer.
    const refused = await until('the end of the token', async () => {
      const answer = await me(token);
      return answer.status === 401 ? answer : undefined;
    });
    expect(refused.body.code).toBe('token_invalid');
  });

  test('leave their traces in a log that verifies', async () => {
    const verdict = await zcJson<{ ok: boolean; rows: number }>(['audit', 'verify'], env());
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.rows).toBeGreaterThan(10);
  });
});

describe('patents from the command line', () => {
  test('are imported by the server that runs, with every row accounted for', async () => {
    const file = join(freshFolder(), 'rows.jsonl');
    const rows = [
      { publicationNumber: 'CN198765432A', title: '一种过河的电车' },
      { publicationNumber: 'CN198765433A', title: '一种过河的电车的铃' },
      { title: '没有号的一行' },
    ];
    writeFileSync(file, rows.map((r) => JSON.stringify(r)).join('\n'));
    const first = await zcJson<{ state: string; counts: object }>(['import', file], { ZC_DATA: data });
    expect(first).toMatchObject({ state: 'done', counts: { read: 3, accepted: 2, rejected: 1 } });
    const found = await server.call<{ total: number }>(`/api/patents?q=${encodeURIComponent('过河的电车')}`);
    expect(found.body.total).toBe(2);
    const missing = await zc(['import', `${file}.gz`, '--lang', 'en'], { ZC_DATA: data });
    expect([missing.code, missing.stderr]).toEqual([1, `There is no file ${file}.gz\n`]);
  });
});

describe('a start that cannot be', () => {
  const plain = ({ stdout, stderr }: Ended) => {
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*\.(ts|js|mjs)/m);
    return stderr;
  };

  test('a second server on the folder is refused, and the first goes on', async () => {
    const second = await zc(['serve', '--lang', 'zh'], { ZC_DATA: data, ZC_PORT: '0' });
    expect(second.code).toBe(1);
    expect(plain(second)).toContain(data);
    expect(second.stderr).toMatch(/数据目录正被另一个服务使用.*ZC_DATA/);
    expect((await server.call('/api/health')).status).toBe(200);
  });

  test('a taken port is named with the remedy, and everything is stopped again', async () => {
    const taken = await takenPort();
    const dir = freshFolder();
    const env = { ZC_DATA: join(dir, 'data'), ZC_PORT: String(taken.port), ZC_DEMO: 'off' };
    const refused = await zc(['serve', '--lang', 'en'], env);
    taken.close();
    expect(refused.code).toBe(1);
    expect(plain(refused)).toMatch(new RegExp(`Port ${taken.port} is taken.*ZC_PORT`));
    expect(processesOf(dir)).toEqual([]);
  });

  test('a start that is interrupted leaves nothing behind', async () => {
    const dir = freshFolder();
    const early = startServer(join(dir, 'data'), { ZC_DEMO: 'off' });
    await until('the first process of a store', () => processesOf(dir).length > 0 || undefined);
    // As Ctrl-C does in a terminal: it reaches both processes, and the first passes it on besides.
    process.kill(early.pid, 'SIGINT');
    expect((await early.stop('SIGINT')).code).toBe(0);
    expect(processesOf(dir)).toEqual([]);
  });
});

describe('a backup made while the server runs', () => {
  let file: string;
  let made: { rows: number; files: number };

  beforeAll(async () => {
    file = join(freshFolder(), 'backup.zip');
    const admin = printed().find((a) => a.username === 'administrator')!;
    const cookie = await server.signIn(admin.username, admin.password);
    // Programs that read lines break at these characters, though they are none of JSON's.
    const name = '含\u2028分隔\u2029符\u0085的单位';
    const body = { username: 'separators', name, grants: [] };
    expect((await server.call('/api/accounts', { cookie, body })).status).toBe(200);
    const form = new FormData();
    form.set('file', new Blob(['evidence\n']), '说明.txt');
    const kept = await fetch(`${server.url}/api/files`, { method: 'POST', headers: { cookie }, body: form });
    expect(kept.status).toBe(200);
    made = await zcJson(['backup', file], { ZC_DATA: data });
  });

  test('is not written over, and not restored into a folder that holds something', async () => {
    const [again, full] = await Promise.all([
      zc(['backup', file, '--lang', 'en'], { ZC_DATA: data }),
      zc(['restore', file, '--lang', 'en'], { ZC_DATA: data }),
    ]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is not overwritten')]);
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('is not empty')]);
  });

  test('is refused when a byte of it is damaged, and nothing is left behind', async () => {
    const dir = freshFolder();
    const damaged = join(dir, 'damaged.zip');
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] as number) ^ 1;
    writeFileSync(damaged, bytes);
    writeFileSync(join(dir, 'none.zip'), 'no archive');
    const target = join(dir, 'target');
    const results = await Promise.all([
      zc(['restore', damaged, '--lang', 'en'], { ZC_DATA: target }),
      zc(['restore', join(dir, 'none.zip'), '--lang', 'zh'], { ZC_DATA: target }),
    ]);
    expect(results.map((r) => r.code)).toEqual([1, 1]);
    expect(results[0]?.stderr).toContain('is not a sound backup, and nothing was restored');
    expect(results[1]?.stderr).toContain('不是完好的备份文件');
    expect(readdirSync(dir).sort()).toEqual(['damaged.zip', 'none.zip']);
  });

  test('restores the same board, patents, bulletin, files and accounts, with a sound audit log', async () => {
    const target = join(freshFolder(), 'data');
    const before = await contents(server);
    const done = await zcJson<{ rows: number; files: number; audit: { ok: boolean } }>(['restore', file], {
      ZC_DATA: target,
    });
    expect(done).toMatchObject({ rows: made.rows, files: made.files, audit: { ok: true } });
    expect(filesBelow(target)).toEqual(filesBelow(data));
    const restored = await startServer(target).ready();
    expect(await contents(restored)).toEqual(before);
    expect(restored.said).toContain(printed()[0]?.password);
    const signedIn = await restored.call('/api/auth/sign-in/username', { body: printed()[0] });
    expect(signedIn.status).toBe(200);
    expect((await restored.stop()).code).toBe(0);
  });
});

describe('the end and the next start', () => {
  test('SIGTERM stops it within ten seconds, with nothing left running', async () => {
    const accounts = printed();
    const { code, ms } = await server.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(processesOf(data)).toEqual([]);

    server = await startServer(data).ready();
    expect(printed()).toEqual(accounts);
    expect(server.said).not.toContain('生成演示数据');
    expect((await signIn(accounts[0]!)).status).toBe(200);
  });

  test('when the process that started it is killed, it stops by itself', async () => {
    server.killStarter();
    await until('end of the server', () => processesOf(data).length === 0 || undefined);
  });
});
