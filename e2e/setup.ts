import { existsSync } from 'node:fs';
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
    base: string;
    password: string;
    chromium: string;
    dataDir: string;
  }
}

/** Starts one platform with demonstration data for all journeys, as a newcomer would. Without a browser nothing starts. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!existsSync(chromiumPath)) {
    project.provide('chromium', '');
    project.provide('base', '');
    project.provide('password', '');
    project.provide('dataDir', '');
    return undefined;
  }
  const server: BenchServer = await startServer();
  const password = await printedPassword(server);
  project.provide('chromium', chromiumPath);
  project.provide('base', server.base);
  project.provide('password', password);
  project.provide('dataDir', server.dir);
  return () => server.stop();
}

/** Health answers a moment before the accounts are printed. */
async function printedPassword(server: BenchServer): Promise<string> {
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
    const found = /^ {2}plan-office\s+(\S+)/m.exec(server.output());
    if (found?.[1]) return found[1];
  }
  throw new Error(`no demonstration accounts were printed:\n${server.output()}`);
}
