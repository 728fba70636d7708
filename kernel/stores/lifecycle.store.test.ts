import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStores, type Stores, type StoresOptions } from './index.ts';
import { runningSocket } from './records/launcher.ts';

let dataDir: string;
let said: string[];
const opened: Stores[] = [];
const owners: ChildProcess[] = [];

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'zc-life-')));
  chmodSync(dataDir, 0o755);
  said = [];
});

afterEach(async () => {
  for (const owner of owners.splice(0)) await killed(owner);
  for (const stores of opened.splice(0)) await stores.close();
  // A survivor of a test that failed half-way.
  const pid = postmaster();
  if (pid) process.kill(pid, 'SIGQUIT');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

async function open(extra: Partial<StoresOptions> = {}): Promise<Stores> {
  const stores = await openStores({ dataDir, log: (_, msg) => said.push(msg), ...extra });
  opened.push(stores);
  return stores;
}

function postmaster(): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'records/pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** Starts an owner in a process of its own; `until` picks the line that the test waits for. */
async function owner(mode: string, until: (line: Record<string, unknown>) => boolean) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const file = fileURLToPath(new URL('../testing/owner.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', tsx, file, dataDir, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  owners.push(child);
  const lines: Record<string, unknown>[] = [];
  await new Promise<void>((done, fail) => {
    child.once('exit', (code) =>
      fail(new Error(`owner ended with ${code}: ${JSON.stringify(lines.at(-1))}`)),
    );
    createInterface({ input: child.stdout! }).on('line', (text) => {
      lines.push(JSON.parse(text));
      if (until(lines.at(-1)!)) done();
    });
  });
  return { child, kept: () => Number(lines.findLast((l) => l.kept)?.kept) };
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });
}

async function keptRows({ pool, corpus }: Stores): Promise<{ records: number; corpus: number }> {
  const records = await pool.query<{ n: number }>('select count(*) as n from kept');
  const result = await corpus.query({ query: 'select count() as n from kept', format: 'JSONEachRow' });
  const [row] = await result.json<{ n: string }>();
  return { records: records.rows[0]!.n, corpus: Number(row?.n) };
}

describe('embedded stores', () => {
  it('keep their data over close and open', async () => {
    const first = await open();
    await first.pool.query('create table kept as select 1 as n');
    await first.corpus.command({ query: 'create table kept (n UInt32) engine = MergeTree() order by n' });
    await first.corpus.insert({ table: 'kept', values: [{ n: 1 }], format: 'JSONEachRow' });
    expect(first.embedded).toEqual({ records: true, corpus: true });
    expect(await first.health()).toEqual({ records: 'up', corpus: 'up' });
    await first.close();
    await first.close();
    expect(await first.health()).toEqual({ records: 'down', corpus: 'down' });
    expect(postmaster()).toBeUndefined();
    expect(await keptRows(await open())).toEqual({ records: 1, corpus: 1 });
  });

  it('are open to their owner alone', async () => {
    await open();
    const dir = runningSocket(join(dataDir, 'records'))!;
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'records/pgdata')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'corpus/db')).mode & 0o077).toBe(0);
    if (process.getuid?.() === 0) expect(statSync(dir).uid).not.toBe(0);
  });

  it('lose nothing that was acknowledged when the server is killed', async () => {
    const { child, kept } = await owner('write', (l) => Number(l.kept) >= 50);
    await killed(child);
    const survivor = postmaster();
    const stores = await open();
    expect(said).toContain('took over the PostgreSQL that was still running');
    expect(postmaster()).toBe(survivor);
    const found = await keptRows(stores);
    expect(found.records).toBeGreaterThanOrEqual(kept());
    expect(found.corpus).toBeGreaterThanOrEqual(kept());
    await stores.close();
    expect(postmaster()).toBeUndefined();
  });

  it('lose nothing when PostgreSQL is killed with the server', async () => {
    const { child, kept } = await owner('write', (l) => Number(l.kept) >= 50);
    child.kill('SIGKILL');
    process.kill(postmaster()!, 'SIGKILL');
    await killed(child);
    const found = await keptRows(await open());
    expect(found.records).toBeGreaterThanOrEqual(kept());
    expect(found.corpus).toBeGreaterThanOrEqual(kept());
  });

  it('come back by themselves when their processes are killed', async () => {
    const stores = await open();
    await stores.pool.query('create table kept as select 1 as n');
    await stores.corpus.command({ query: 'create table kept (n UInt32) engine = MergeTree() order by n' });
    await stores.corpus.insert({ table: 'kept', values: [{ n: 1 }], format: 'JSONEachRow' });
    const running = stores.corpus
      .query({ query: 'select sum(cityHash64(number)) from numbers(100000000000)' })
      .then(
        () => 'finished',
        () => 'failed',
      );
    const before = stores.corpusPid()!;
    await expect
      .poll(async () => {
        const found = await stores.corpus.query({
          query: 'select count() as n from system.processes',
          format: 'JSONEachRow',
        });
        return Number((await found.json<{ n: string }>())[0]?.n);
      })
      .toBe(2);
    process.kill(before, 'SIGKILL');
    process.kill(postmaster()!, 'SIGKILL');
    expect(await running).toBe('failed');
    await expect
      .poll(() => keptRows(stores).catch(() => undefined), { timeout: 30_000 })
      .toEqual({ records: 1, corpus: 1 });
    expect(stores.corpusPid()).not.toBe(before);
    await expect.poll(() => said).toContain('PostgreSQL is back');
    await expect(open()).rejects.toMatchObject({ code: 'in_use' });
  });

  it('have one owner and any number of clients', async () => {
    await expect(open({ role: 'client' })).rejects.toMatchObject({ code: 'not_running' });
    const { child } = await owner('hold', (l) => l.open === true);
    const refusal = await open().catch((e) => e);
    expect(refusal).toMatchObject({ name: 'StoreError', code: 'in_use' });
    expect(refusal.message).toContain(dataDir);
    expect(refusal.message).toContain(String(child.pid));
    const client = await open({ role: 'client' });
    expect(await keptRows(client)).toEqual({ records: 0, corpus: 0 });
    await client.close();
    expect(postmaster()).toBeDefined();
    const ended = new Promise((done) => child.once('exit', done));
    child.stdin!.end();
    expect(await ended).toBe(0);
    await expect(open({ role: 'client' })).rejects.toMatchObject({ code: 'not_running' });
  });

  it('refuse data of another PostgreSQL, and folders that are no data', async () => {
    await (await open()).close();
    writeFileSync(join(dataDir, 'records/pgdata/PG_VERSION'), '16\n');
    const older = await open().catch((e) => e);
    expect(older).toMatchObject({ code: 'version' });
    expect(older.message).toMatch(/PostgreSQL 16.*PostgreSQL 18/);
    rmSync(join(dataDir, 'records/pgdata/PG_VERSION'));
    await expect(open()).rejects.toMatchObject({ code: 'folder' });
  });

  it.runIf(process.getuid?.() === 0)('say which folder is in the way of root, or go round it', async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const result = await open({ dataDir: join(closed, 'data') }).catch((e) => e);
    if (result instanceof Error)
      expect(result).toMatchObject({ code: 'folder', message: expect.stringContaining(closed) });
    else {
      expect(await result.health()).toEqual({ records: 'up', corpus: 'up' });
      await result.close();
      const again = await open({ dataDir: join(closed, 'data') });
      expect(await again.health()).toEqual({ records: 'up', corpus: 'up' });
    }
  });

  it.runIf(process.getuid?.() === 0)('do not use a socket folder of somebody else', async () => {
    await (await open()).close();
    const { socketDir } = await import('./socket-dir.ts');
    const dir = socketDir(join(dataDir, 'corpus'), 'corpus', { uid: 12345, gid: 12345 });
    await expect(open()).rejects.toMatchObject({ code: 'folder', message: expect.stringContaining(dir) });
    rmSync(dir, { recursive: true });
  });
});
