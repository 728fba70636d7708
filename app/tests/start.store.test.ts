import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import {
  type Ended,
  freshFolder,
  processesOf,
  startServer,
  type TestServer,
  takenPort,
  tidyUp,
  until,
  zc,
  zcJson,
} from '#kernel/testing/zc';

let server: TestServer;
let data: string;

beforeAll(async () => {
  data = join(freshFolder(), 'data');
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
      return readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile())
        .map((e) => join(e.parentPath, e.name).slice(dir.length))
        .sort()
        .map((name) => [name, readFileSync(join(dir, name)).toString('base64')]);
    } catch {
      return [];
    }
  });

describe('the first start on an empty folder', () => {
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

test('a broken city pack is refused with its faults before anything is started', async () => {
  const dir = freshFolder();
  const pack = join(dir, 'pack');
  cpSync(rootPath('cities/nantong'), pack, { recursive: true });
  const plan = join(pack, 'plan.yaml');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace(/^start:.*$/m, 'start: someday'));
  const env = { ZC_DATA: join(dir, 'data'), ZC_CITY: pack };
  const refused = await zc(['serve', '--lang', 'zh'], env);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/plan\.yaml:\d+:\d+ 错误/);
  expect(readdirSync(dir)).toEqual(['pack']);
});
