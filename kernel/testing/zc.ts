import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootPath } from '#kernel/paths';
import { runningSocket } from '../stores/records/launcher.ts';
import { until } from './until.ts';

export { until };

/** A build would be faster, but an old one would test what is no longer written. */
const { buildIsFresh } = (await import(rootPath('scripts/fresh.mjs'))) as {
  buildIsFresh(root: string): boolean;
};
const fromSource = !buildIsFresh(rootPath());

/** How long a command may take, in milliseconds: a whole backup on a busy machine. */
const COMMAND_DEADLINE = 180_000;

/** A command that has ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A running process of the command line. */
interface Process {
  child: ChildProcess;
  ended: Promise<Ended>;
  output(): Ended;
}

/** Variables of the platform in the surroundings of the tests would lead it elsewhere; a test names its own. */
function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(ZC_|DATABASE_URL|CLICKHOUSE_|LANG$|LC_|NODE_OPTIONS|VITEST|NODE_ENV)/.test(name),
  );
  return { ...Object.fromEntries(kept), ZC_LOG: 'error', ...(fromSource && { ZC_FROM: 'source' }), ...own };
}

/** Starts `zc` as a person would: from the build where it is up to date, else from the sources. */
function launch(args: readonly string[], env: Record<string, string>, input = ''): Process {
  const child = spawn(process.execPath, [rootPath('bin/zc.mjs'), ...args], {
    env: environment(env),
    cwd: rootPath(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const now: Ended = { code: -1, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    now.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    now.stderr += text;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      now.code = code ?? (signal ? 128 : 0);
      resolve(now);
    });
  });
  return { child, ended, output: () => now };
}

/** Runs one command to its end. */
export async function zc(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Ended> {
  const { child, ended, output } = launch(args, env, input);
  const timer = setTimeout(() => {
    output().stderr += `\n(no end within ${COMMAND_DEADLINE} ms)`;
    child.kill('SIGKILL');
  }, COMMAND_DEADLINE);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a command that must succeed, and reads its JSON. */
export async function zcJson<T = Record<string, unknown>>(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<T> {
  const { code, stdout, stderr } = await zc([...args, '--json'], env, input);
  if (code !== 0) throw new Error(`zc ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/** One process of the machine. */
interface Seen {
  pid: number;
  parent: number;
  /** Resident memory in kB. */
  rss: number;
  args: string;
}

function processes(): Seen[] {
  const out = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,stat=,args='], { encoding: 'utf8' });
  return out.split('\n').flatMap((line) => {
    const m = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    // One that has ended and waits to be collected is no longer running.
    return m && !m[4]!.startsWith('Z')
      ? [{ pid: Number(m[1]), parent: Number(m[2]), rss: Number(m[3]), args: m[5]! }]
      : [];
  });
}

/** A process's proportional share of memory in kB, as Linux counts it. */
function shareOf(pid: number): number | undefined {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) || undefined;
  } catch {
    return undefined;
  }
}

/** `zc serve` on a data folder, for a test. */
export class TestServer {
  readonly #process: Process;
  #url: string | undefined;

  constructor(
    readonly dataDir: string,
    env: Record<string, string> = {},
    options: readonly string[] = [],
  ) {
    this.#process = launch(['serve', ...options], { ZC_DATA: dataDir, ZC_PORT: '0', ...env });
  }

  /** What it has said so far. */
  get said(): string {
    const { stdout, stderr } = this.#process.output();
    return stdout + stderr;
  }

  get url(): string {
    if (!this.#url) throw new Error('the server is not ready');
    return this.#url;
  }

  /** Waits until it answers; fails with what it said when it ends instead. */
  async ready(): Promise<this> {
    let over: Ended | undefined;
    void this.#process.ended.then((e) => {
      over = e;
    });
    await until('zc serve', async () => {
      if (over) return true;
      this.#url = /(http:\/\/127\.0\.0\.1:\d+)/.exec(this.#process.output().stdout)?.[1];
      if (!this.#url) return undefined;
      return (await fetch(`${this.#url}/api/health`)).ok || undefined;
    });
    if (over) throw new Error(`zc serve ended with ${over.code}: ${over.stdout}${over.stderr}`);
    return this;
  }

  /** The process that does the work, behind the one that was started. */
  get pid(): number {
    const found = processes().find((p) => p.parent === this.#process.child.pid && p.args.includes('serve'));
    if (!found) throw new Error('the server process is not there');
    return found.pid;
  }

  /** Ends the working process at once, as a power cut would, and waits until it is gone. */
  async kill9(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.#process.ended;
  }

  /** Ends the process that was started, not the one behind it. */
  killStarter(): void {
    this.#process.child.kill('SIGKILL');
  }

  /** Tells it to stop; the milliseconds it took and its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number; ms: number }> {
    const begun = performance.now();
    this.#process.child.kill(signal);
    const { code } = await this.#process.ended;
    return { code, ms: performance.now() - begun };
  }

  /** Its end, when it is expected to end by itself. */
  get ended(): Promise<Ended> {
    return this.#process.ended;
  }

  /** Memory of all its processes, stores included, in MB; pages that several of them share count once where that is known. */
  memory(): number {
    const all = processes();
    const mine = new Set(processesOf(this.dataDir).concat(this.#process.child.pid ?? []));
    for (let grown = true; grown; ) {
      grown = false;
      for (const p of all)
        if (mine.has(p.parent) && !mine.has(p.pid)) {
          mine.add(p.pid);
          grown = true;
        }
    }
    return all.filter((p) => mine.has(p.pid)).reduce((kb, p) => kb + (shareOf(p.pid) ?? p.rss), 0) / 1024;
  }

  /** Signs in and returns the Cookie header of the session. */
  async signIn(username: string, password: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (!response.ok) throw new Error(`sign-in of ${username}: ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
  }

  /** Calls the server with JSON, by a token or a session. */
  async call<T = Record<string, never>>(
    path: string,
    { token, cookie, body }: { token?: string; cookie?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(this.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
}

/** Processes that name a folder: the stores on it, whoever their parent is. */
export function processesOf(dir: string): number[] {
  return processes()
    .filter((p) => p.args.includes(dir) && p.pid !== process.pid)
    .map((p) => p.pid);
}

/** Starts a server that is stopped, with all its processes, by {@link tidyUp}. */
export function startServer(
  dataDir: string,
  env: Record<string, string> = {},
  options: readonly string[] = [],
): TestServer {
  const server = new TestServer(dataDir, env, options);
  servers.push(server);
  return server;
}
const servers: TestServer[] = [];
const folders: string[] = [];

/** A fresh folder that another user (the stores' one, when root runs the tests) may enter. */
export function freshFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'zc-run-')));
  chmodSync(dir, 0o755);
  folders.push(dir);
  return dir;
}

/** Ends everything that a test file started, also what a failed test left behind, and removes its folders. */
export async function tidyUp(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop('SIGKILL')));
  for (const dir of folders.splice(0)) {
    // The worker of a killed starter stops by itself; a PostgreSQL whose owner died is ended here.
    for (const pid of processesOf(dir)) process.kill(pid, 'SIGTERM');
    await until('end of all processes', () => {
      for (const pid of postmasters(dir)) process.kill(pid, 'SIGQUIT');
      return processesOf(dir).length === 0 || undefined;
    });
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

function postmasters(dir: string): number[] {
  return processes()
    .filter((p) => p.args.includes('postgres') && p.args.includes(`-D ${dir}`))
    .map((p) => p.pid);
}

/** Folder of the socket of the PostgreSQL that runs on a data folder. */
export function socketOf(dataDir: string): string {
  const socket = runningSocket(join(dataDir, 'records'));
  if (!socket) throw new Error(`no PostgreSQL runs on ${dataDir}`);
  return socket;
}

/** Occupies a free port until closed. */
export async function takenPort(): Promise<{ port: number; close(): void }> {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  return { port: typeof at === 'object' && at ? at.port : 0, close: () => server.close() };
}
