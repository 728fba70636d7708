import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { type BenchServer, startServer } from '../bench/server.ts';

/**
 * The browser named by CHROMIUM, or Debian's: the shell without windows, which takes half the time for the same pages, else
 * the whole one.
 */
const chromiumPath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync) ?? '';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the first platform; empty where there is no browser. A journey asks `base()` of `browser.ts`. */
    base: string;
    /** One platform for each worker. */
    bases: string[];
    password: string;
    chromium: string;
  }
}

/**
 * Starts a platform with demonstration data as a newcomer would, then one for each worker on copies of it, so that journeys of
 * different files may go on at the same time and never meet in the data. Without a browser nothing starts.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!existsSync(chromiumPath)) {
    project.provide('chromium', '');
    project.provide('base', '');
    project.provide('bases', []);
    project.provide('password', '');
    return undefined;
  }
  const workers = Number(project.config.maxWorkers) || 1;
  const dirs = await Promise.all(Array.from({ length: workers }, () => mkdtemp(join(tmpdir(), 'zc-e2e-'))));
  const [first, ...others] = dirs as [string, ...string[]];
  const servers: BenchServer[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all(
      dirs.map((dir) => rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })),
    );
  };
  try {
    const newcomer = await startServer({ dir: first });
    servers.push(newcomer);
    const password = await printedPassword(newcomer);
    if (others.length > 0) {
      await newcomer.stop();
      servers.pop();
      // With its owners: PostgreSQL refuses a folder of somebody else.
      for (const dir of others) execFileSync('cp', ['-a', `${first}/.`, dir]);
      servers.push(...(await Promise.all(dirs.map((dir) => startServer({ dir })))));
    }
    project.provide('chromium', chromiumPath);
    project.provide('base', servers[0]!.base);
    project.provide(
      'bases',
      servers.map((server) => server.base),
    );
    project.provide('password', password);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Health answers a moment before the accounts are printed. */
async function printedPassword(server: BenchServer): Promise<string> {
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
    const found = /^ {2}plan-office\s+(\S+)/m.exec(server.output());
    if (found?.[1]) return found[1];
  }
  throw new Error(`no demonstration accounts were printed:\n${server.output()}`);
}
