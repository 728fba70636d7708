import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AppError } from '#kernel/errors';
import { type Actor, anonymous, Policy } from '#kernel/policy/policy';
import { baseRoles } from '#kernel/policy/roles';
import { endpoint, urlOf } from './contract.ts';
import { route } from './route.ts';
import { buildHttp } from './server.ts';

const permissions = [{ id: 'test.act', title: { zh: '试验', en: 'Act' }, roles: ['plan-office'] }];
const person = (role: string): Actor => ({
  kind: 'user',
  id: role,
  name: role,
  via: 'session',
  grants: [{ role, organisation: null, region: null }],
});

const echo = endpoint({
  method: 'GET',
  path: '/api/test/echo/:word',
  summary: 'Says a word again',
  access: 'public',
  params: z.object({ word: z.string().max(20) }),
  query: z.object({ times: z.coerce.number().int().min(1).max(3).default(1) }),
  response: z.object({ words: z.array(z.string()), lang: z.string() }),
});
const act = endpoint({
  method: 'POST',
  path: '/api/test/act',
  summary: 'Does something',
  access: 'test.act',
  body: z.object({ what: z.string(), how: z.object({ often: z.int() }) }),
  response: z.object({ done: z.boolean() }),
});
const mine = endpoint({
  method: 'GET',
  path: '/api/test/mine',
  summary: 'For every account',
  access: 'signed-in',
  response: z.object({ name: z.string() }),
});
const fail = endpoint({
  method: 'GET',
  path: '/api/test/fail',
  summary: 'Fails as asked',
  access: 'public',
  query: z.object({ as: z.string() }),
  response: z.object({ ok: z.literal(true) }),
});

const download = endpoint({
  method: 'GET',
  path: '/api/test/download',
  summary: 'Announces a file and fails before its first byte',
  access: 'public',
  produces: 'text/csv',
  response: z.unknown(),
});

/** What a handler or a store below it may throw, by name. */
const throwable: Record<string, () => unknown> = {
  app: () => new AppError('conflict', { why: '已变' }),
  bug: () => new TypeError('undefined is not a function'),
  nul: () => Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' }),
  index: () => Object.assign(new Error('index row size 9000 exceeds maximum'), { code: '54000' }),
  gone: () => Object.assign(new Error('terminating connection'), { code: '57P01' }),
  refused: () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  socket: () => Object.assign(new Error('connect ENOENT /tmp/zc/http'), { code: 'ENOENT' }),
  full: () => new Error('timeout exceeded when trying to connect'),
  deadlock: () => Object.assign(new Error('deadlock detected'), { code: '40P01' }),
  file: () => Object.assign(new Error("ENOENT: no such file or directory, open 'x'"), { code: 'ENOENT' }),
  hungUp: () => Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
};

let app: FastifyInstance;
let web: string;

beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'zc-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), '<title>page</title>');
  writeFileSync(join(web, 'assets', 'a-1.js'), 'export {};');
  app = await buildHttp({
    log: pino({ level: 'silent' }),
    policy: new Policy(baseRoles, permissions),
    version: '1.2.3',
    routes: [
      route(echo, async ({ params, query, lang }) => ({
        words: Array.from({ length: query.times }, () => params.word),
        lang,
      })),
      route(act, async () => ({ done: true, secret: 'never leaves' })),
      route(mine, async ({ actor }) => ({ name: actor.name })),
      route(fail, async ({ query }) => {
        if (query.as === 'shape') return { ok: false } as never;
        throw throwable[query.as]?.();
      }),
      route(download, async ({ reply }) => {
        reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="x.csv"');
        reply.header('cache-control', 'public, max-age=600');
        throw throwable.nul?.();
      }),
    ],
    authenticate: async (request) => {
      const role = request.headers['x-role'];
      if (role === 'expired') throw new AppError('token_invalid');
      return typeof role === 'string' ? person(role) : anonymous;
    },
    webRoot: web,
    trustProxy: false,
    uploadLimit: 3 * 1024 ** 2,
  });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  rmSync(web, { recursive: true, force: true });
});

describe('a call', () => {
  test('is answered as the contract says, and with nothing more', async () => {
    const url = urlOf(echo, { params: { word: '知 城/?' }, query: { times: 2 } });
    const answer = await app.inject({ url, headers: { 'accept-language': 'en' } });
    expect(answer.json()).toEqual({ words: ['知 城/?', '知 城/?'], lang: 'en' });
    const done = await app.inject({
      method: 'POST',
      url: act.path,
      headers: { 'x-role': 'plan-office' },
      payload: { what: 'x', how: { often: 1 }, stranger: true },
    });
    expect(done.json()).toEqual({ done: true });
  });

  test('that does not fit is told every place that does not', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: act.path,
      headers: { 'x-role': 'plan-office' },
      payload: { what: 7, how: { often: 1.5 } },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'validation',
      issues: [{ path: '/body/what' }, { path: '/body/how/often' }],
    });
    expect((await app.inject(`${urlOf(echo, { params: { word: 'x' } })}?times=9`)).json()).toMatchObject({
      issues: [{ path: '/querystring/times' }],
    });
  });

  test('is refused before its content is looked at, unless its sender may', async () => {
    const status = async (
      role: string | undefined,
      url: string = act.path,
      method: 'GET' | 'POST' = 'POST',
    ) => (await app.inject({ method, url, ...(role && { headers: { 'x-role': role } }) })).statusCode;
    expect([await status(undefined), await status('leader'), await status('plan-office')]).toEqual([
      401, 403, 400,
    ]);
    expect([await status(undefined, mine.path, 'GET'), await status('leader', mine.path, 'GET')]).toEqual([
      401, 200,
    ]);
    expect(await status('expired', echo.path.replace(':word', 'x'), 'GET')).toBe(401);
  });

  test.each([
    ['http://zc.test', 200],
    ['http://zc.test:80', 200],
    ['https://zc.test', 200],
    ['http://evil.example', 403],
    ['null', 403],
    [undefined, 200],
  ])('that changes something and comes from a page of %s with a session gets %d', async (origin, status) => {
    const answer = await app.inject({
      method: 'POST',
      url: act.path,
      headers: { host: 'zc.test', 'x-role': 'plan-office', ...(origin && { origin }) },
      payload: { what: 'x', how: { often: 1 } },
    });
    expect(answer.statusCode).toBe(status);
  });
});

describe('a failure', () => {
  test.each([
    ['app', 409, 'conflict'],
    ['bug', 500, 'internal'],
    ['shape', 500, 'internal'],
    ['file', 500, 'internal'],
    ['nul', 400, 'bad_request'],
    ['index', 400, 'bad_request'],
    ['hungUp', 400, 'bad_request'],
    ['gone', 503, 'unavailable'],
    ['refused', 503, 'unavailable'],
    ['socket', 503, 'unavailable'],
    ['full', 503, 'unavailable'],
    ['deadlock', 503, 'unavailable'],
  ])('of the kind “%s” is %d %s', async (as, status, code) => {
    const answer = await app.inject({ url: `/api/test/fail?as=${as}`, headers: { 'accept-language': 'zh' } });
    expect(answer.statusCode).toBe(status);
    const body = answer.json<{ code: string; message: string; requestId: string }>();
    expect(body.code).toBe(code);
    expect(body.message).toMatch(/\p{Script=Han}/u);
    expect(body.requestId).toBe(answer.headers['x-request-id']);
    // What failed inside is in the log, not in the answer.
    if (status === 500) expect(answer.body).not.toMatch(/undefined is not|ENOENT/);
  });

  test('of a download is an answer that is read, not the file that it announced', async () => {
    const answer = await app.inject({ url: download.path, headers: { 'accept-language': 'zh' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ message: string }>().message).toContain('U+0000');
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.headers).not.toHaveProperty('content-disposition');
    expect(answer.headers).not.toHaveProperty('cache-control');
  });

  test.each([
    ['GET', '/api/nothing', undefined, 404, 'not_found'],
    ['GET', '/api/test/%zz', undefined, 400, 'bad_request'],
    ['GET', `/api/test/echo/${'x'.repeat(700)}`, undefined, 400, 'bad_request'],
    ['POST', '/api/test/act', '{"what":', 400, 'bad_request'],
    ['POST', '/api/test/act', `{"what":"${'x'.repeat(5 * 1024 ** 2)}"}`, 413, 'too_large'],
    ['DELETE', '/api/test/act', undefined, 404, 'not_found'],
  ] as const)('%s %.40s answers in the same shape', async (method, url, payload, status, code) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        'accept-language': 'en',
        'x-role': 'plan-office',
        ...(payload && { 'content-type': 'application/json' }),
      },
      ...(payload && { payload }),
    });
    expect(answer.statusCode).toBe(status);
    const body = answer.json<{ code: string; message: string }>();
    expect(body.code).toBe(code);
    expect(body.message.length).toBeLessThan(400);
    if (status === 413) expect(body.message).toContain('4.0 MB');
  });

  test('of a content type that nobody reads is named', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: act.path,
      headers: { 'content-type': 'text/csv', 'x-role': 'plan-office' },
      payload: 'a,b',
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'media_type']);
  });

  test('to be HTTP at all is answered in JSON too', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET /api/专利 HTTP/1.1\r\nhost: x\r\n\r\n'),
      );
      socket.on('data', (d) => {
        text += d;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'bad_request', issues: [] });
  });
});

describe('the web', () => {
  test('is served, with any page of its own, and files whose name tells their content are kept', async () => {
    const page = await app.inject('/plan/31?asOf=2019-06-30');
    expect([page.statusCode, page.body]).toEqual([200, '<title>page</title>']);
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = await app.inject('/assets/a-1.js');
    expect(script.headers['cache-control']).toContain('immutable');
    const gone = await app.inject('/assets/a-0.js');
    expect([gone.statusCode, gone.json<{ code: string }>().code]).toEqual([404, 'not_found']);
    expect(gone.headers).not.toHaveProperty('cache-control');
    expect((await app.inject({ method: 'POST', url: '/plan/31' })).statusCode).toBe(404);
  });

  test('runs nothing that others wrote, also over plain HTTP', async () => {
    const { headers } = await app.inject('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

test('the description of the interface says of every call who may make it and what it takes', async () => {
  const { paths, info, openapi } = (await app.inject('/api/openapi.json')).json<{
    openapi: string;
    info: { version: string };
    paths: Record<
      string,
      Record<string, { security?: unknown; requestBody?: unknown; parameters?: unknown[] }>
    >;
  }>();
  expect([openapi, info.version]).toEqual(['3.1.0', '1.2.3']);
  expect(paths['/api/test/act']?.post?.security).toBeDefined();
  expect(paths['/api/test/act']?.post?.requestBody).toBeDefined();
  expect(paths['/api/test/echo/{word}']?.get?.security).toBeUndefined();
  expect(paths['/api/test/echo/{word}']?.get?.parameters).toHaveLength(2);
});

describe('an address', () => {
  test('is filled and percent-encoded, and left without what is absent', () => {
    const spec = { path: '/api/x/:a/:b' };
    expect(urlOf(spec, { params: { a: '１/2', b: '?' } })).toBe('/api/x/%EF%BC%91%2F2/%3F');
    expect(
      urlOf(spec, { params: { a: 1, b: 2 }, query: { q: '', r: null, s: undefined, t: ['1', '2'] } }),
    ).toBe('/api/x/1/2?t=1&t=2');
    expect(() => urlOf(spec, { params: { a: 1 } })).toThrow('no value for b');
  });
});
