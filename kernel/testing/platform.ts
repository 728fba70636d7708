import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { renderCheck } from '#kernel/city/check';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { fixedClock } from '#kernel/clock';
import { type Config, readConfig } from '#kernel/config';
import { type Endpoint, type EndpointRequest, type EndpointResponse, urlOf } from '#kernel/http/contract';
import type { Route } from '#kernel/http/route';
import type { Module, Platform } from '#kernel/module';
import { rootPath } from '#kernel/paths';
import { compose } from '#kernel/platform';
import { system } from '#kernel/policy/policy';
import { cleanCorpus, cleanRecords, testDataDir, testStores } from './stores.ts';

/** Headers of a browser that shows our own page. */
export const browser = { host: 'zc.test', origin: 'http://zc.test' } as const;

/** The fictitious city Yunzhou: small, complete, and nothing like Nantong. */
export async function yunzhou(): Promise<CityPack> {
  const dir = rootPath('kernel/testing/cities/yunzhou');
  const result = await loadCityPack(dir);
  if (!result.ok) throw new Error(renderCheck(result, dir, { language: 'en', json: false }));
  return result.pack;
}

/** What a test may choose; everything has a default. */
export interface TestPlatformOptions {
  modules?: readonly Module[];
  /** The city pack; by default an object without any content, for tests that never look at it. */
  pack?: CityPack;
  /** Start of the platform's clock, which stands still. */
  now?: string;
  /** Environment variables, as `readConfig` takes them; no LibreOffice unless one is named. */
  env?: Record<string, string>;
}

/** An answer with its body read as the contract says. Errors keep their own shape: look at `status` first. */
export interface Answer<T> {
  status: number;
  body: T;
  headers: LightMyRequestResponse['headers'];
  raw: LightMyRequestResponse;
}

/** Where an account of {@link TestPlatform.as} works. */
export interface TestGrant {
  username?: string;
  organisation?: string;
  region?: string;
}

/** A platform on the worker's own stores, with an HTTP server that is called without a network. */
export interface TestPlatform {
  app: FastifyInstance;
  platform: Platform;
  /** Every endpoint of the modules with its handler. */
  routes: readonly Route[];
  config: Config;
  clock: ReturnType<typeof fixedClock>;
  /** Runs the modules' `load`, as a start does; with `true` the demonstration data too. */
  load(demo?: boolean): Promise<void>;
  /** Request headers of an account that holds the role; made at first use, named after the role unless told. */
  as(role: string, where?: TestGrant): Promise<Record<string, string>>;
  /** Calls an endpoint of a contract. `headers` come from {@link as}; none is a visitor. */
  call<E extends Endpoint>(
    endpoint: E,
    input: EndpointRequest<E>,
    headers?: Record<string, string>,
  ): Promise<Answer<EndpointResponse<E>>>;
  /** Empties both stores, for `beforeEach`. Run {@link load} after it where the test needs the pack's rows. */
  clean(): Promise<void>;
  /** Ends jobs and server, for `afterAll`; the stores belong to the worker and stay open. */
  close(): Promise<void>;
}

/** Composes a platform for a test file: open it in `beforeAll`, close it in `afterAll`. */
export async function testPlatform(o: TestPlatformOptions = {}): Promise<TestPlatform> {
  const stores = await testStores();
  const dataDir = join(testDataDir, 'platform');
  mkdirSync(dataDir, { recursive: true });
  const config = readConfig({ ZC_DATA: dataDir, ZC_LOG: 'silent', ZC_OFFICE: 'off', ...o.env });
  const clock = fixedClock(o.now ?? '2019-06-30T09:00:00+08:00');
  const composed = await compose({
    config,
    modules: o.modules ?? [],
    clock,
    log: pino({ level: process.env.ZC_TEST_LOG ?? 'silent' }),
    stores,
    pack: o.pack ?? ({} as CityPack),
    version: '0.0.0-test',
  });
  const app = await composed.http();
  await app.ready();
  const { platform } = composed;

  return {
    app,
    platform,
    routes: composed.routes,
    config,
    clock,
    load: (demo = false) => composed.load(demo),
    async as(role, where = {}) {
      const username = where.username ?? role;
      const grant = { role, organisation: where.organisation ?? null, region: where.region ?? null };
      const { auth } = platform;
      const account =
        (await auth.findAccountByUsername(username)) ??
        (await auth.createAccount({ actor: system }, { username, name: username, grants: [grant] }));
      return { ...browser, cookie: await auth.openSession(account.id) };
    },
    async call(endpoint, input, headers = {}) {
      const { body, headers: own } = input as { body?: unknown; headers?: Record<string, string> };
      const raw = await app.inject({
        method: endpoint.method,
        url: urlOf(endpoint, input as object),
        headers: { host: browser.host, ...headers, ...own },
        ...(body !== undefined && { payload: body as object }),
      });
      const isJson = String(raw.headers['content-type']).startsWith('application/json');
      // Bytes are read from `raw`; then there is no body in the contract's sense.
      const read = isJson ? raw.json() : undefined;
      return { status: raw.statusCode, body: read as never, headers: raw.headers, raw };
    },
    async clean() {
      await cleanRecords();
      await cleanCorpus();
    },
    async close() {
      await composed.stop();
      await app.close();
    },
  };
}
