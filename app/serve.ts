import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { CityPack } from '#kernel/city/schema';
import { systemClock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Log } from '#kernel/log';
import { rootPath } from '#kernel/paths';
import { type Composed, compose } from '#kernel/platform';
import { openStores } from '#kernel/stores/index';
import { Refusal } from './commands/command.ts';
import { demoLines, prepareDemo } from './demo.ts';
import { modules } from './modules.ts';
import { version } from './version.ts';

/** What to start, and whom to tell. */
export interface ServeOptions {
  /** Which parts of the platform this process runs. */
  part: 'all' | 'web' | 'worker';
  say(line: string): void;
  /** Aborted when the start is to be given up. */
  stop: AbortSignal;
  config: Config;
  log: Log;
  pack: CityPack;
}

/** A running platform. */
export interface Running {
  /** Where people reach it; null for a worker. */
  address: string | null;
  close(): Promise<void>;
}

/** The start was given up because somebody asked for it; everything is closed. */
export class Stopped extends Error {}

/** How long requests that are being answered may take once the platform is told to stop, in milliseconds. */
const PATIENCE = 5000;

/**
 * Starts the platform: stores, migrations, demonstration data, server and worker. Prints what a person needs
 * to begin; everything else goes to the log. What fails leaves nothing running.
 */
export async function serve(o: ServeOptions): Promise<Running> {
  const { config, log, pack } = o;
  /** What is open, to be closed from the last to the first. */
  const open: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let next = open.pop(); next; next = open.pop()) await next();
  };
  const goOn = () => {
    if (o.stop.aborted) throw new Stopped();
  };
  try {
    goOn();
    const stores = await openStores({
      dataDir: config.ZC_DATA,
      databaseUrl: config.DATABASE_URL,
      clickhouseUrl: config.CLICKHOUSE_URL,
      clickhouseCluster: config.CLICKHOUSE_CLUSTER,
      log: (level, message, extra) => log[level](extra ?? {}, message),
    });
    open.push(() => stores.close());
    goOn();
    const composed = await compose({ config, modules, clock: systemClock, log, stores, pack, version });
    open.push(() => composed.stop());
    goOn();
    const { platform } = composed;
    const demo = await prepareDemo(platform, config.ZC_DEMO, o.say);
    await composed.load(demo.fresh);
    if (demo.fresh) await demo.done();
    goOn();
    const address = o.part === 'worker' ? null : await listen(composed, config, open);
    if (o.part !== 'web') await platform.jobs.work();
    o.say(address ? `知城 ${pack.city.name.zh} ${version}  ${address}` : `知城 worker ${version}`);
    if (address) for (const line of await demoLines(platform)) o.say(line);
    let closing: Promise<void> | undefined;
    return {
      address,
      close() {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(composed: Composed, config: Config, open: (() => Promise<unknown>)[]): Promise<string> {
  const app = await composed.http(webRoot());
  open.push(() => closeHttp(app));
  const { ZC_HOST: host, ZC_PORT: port } = config;
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(error, host, port);
  });
  const bound = app.server.address() as AddressInfo;
  return config.ZC_ORIGIN ?? `http://${shownHost(host)}:${bound.port}`;
}

/** Lets answers that are under way be finished, but does not wait for ever for somebody who reads slowly. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), PATIENCE);
  await app.close();
  clearTimeout(timer);
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Refusal({
      zh: `端口 ${port} 已被另一个程序占用。请停止那个程序，或用 ZC_PORT 指定另一个端口（ZC_PORT=0 任选一个空闲端口）`,
      en: `Port ${port} is taken by another program. Stop that one, or choose another port in ZC_PORT (ZC_PORT=0 takes a free one)`,
    });
  if (error.code === 'EACCES')
    return new Refusal({
      zh: `当前用户无权监听端口 ${port}。请用 ZC_PORT 指定 1024 以上的端口`,
      en: `This user may not listen on port ${port}. Choose a port from 1024 up in ZC_PORT`,
    });
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new Refusal({
      zh: `不能监听 ${host}：本机没有这个地址。请检查 ZC_HOST`,
      en: `Cannot listen on ${host}: this machine has no such address. Check ZC_HOST`,
    });
  return error;
}

function webRoot(): string | undefined {
  const built = rootPath('dist/web');
  return existsSync(built) ? built : undefined;
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
