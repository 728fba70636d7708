import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { rootPath } from '#kernel/paths';

/** A platform started as a user starts it, on a data folder of its own. */
export interface BenchServer {
  base: string;
  dir: string;
  pid: number;
  /** Milliseconds from the start of the process until health answered. */
  readyMs: number;
  output: () => string;
  stop(): Promise<void>;
}

/** A first start with its demonstration takes 40 s on two cores, and several times that beside other work; milliseconds. */
const PATIENCE = 240_000;

/** Starts `zc serve` from the build and waits until health answers. Throws with its output when it ends before. */
export async function startServer(
  options: { dir?: string; env?: Record<string, string> } = {},
): Promise<BenchServer> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'zc-bench-')));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let output = '';
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [rootPath('bin/zc.mjs'), 'serve'], {
    env: { ...process.env, ZC_DATA: dir, ZC_PORT: String(port), ZC_LOG: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (d) => {
    output += d;
  });
  child.stderr?.on('data', (d) => {
    output += d;
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`);
    const up = await fetch(`${base}/api/health`).then(
      (r) => r.ok,
      () => false,
    );
    if (up) break;
    if (performance.now() - begun > PATIENCE) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      throw new Error(`the server did not come up:\n${output}`);
    }
    await wait(25);
  }
  const readyMs = performance.now() - begun;
  return {
    base,
    dir,
    pid: child.pid as number,
    readyMs,
    output: () => output,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (!options.dir) await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resident and proportional memory (MB) of a process and everything that belongs to its data folder. Linux only. */
export function memoryOf(server: BenchServer): { rss: number; pss: number; processes: number } {
  const pids = readdirSync('/proc').filter((p) => /^\d+$/.test(p));
  const parent = new Map<number, number>();
  const own = new Set<number>([server.pid]);
  for (const pid of pids) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parent.set(Number(pid), Number(/PPid:\s+(\d+)/.exec(status)?.[1]));
      // PostgreSQL runs in a session of its own: it is found by its data folder.
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(server.dir)) own.add(Number(pid));
    } catch {
      // The process ended while it was looked at.
    }
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, up] of parent)
      if (own.has(up) && !own.has(pid)) {
        own.add(pid);
        grown = true;
      }
  }
  let rss = 0;
  let pss = 0;
  for (const pid of own) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      rss += Number(/^Rss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
      pss += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // The process ended while it was looked at.
    }
  }
  return { rss: Math.round(rss / 1024), pss: Math.round(pss / 1024), processes: own.size };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
