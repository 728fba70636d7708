import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import fastify, {
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { AppError, type Issue } from '#kernel/errors';
import { readableSize } from '#kernel/files/files';
import { describedMessages, type SentMessage } from '#kernel/http/messages';
import type { Route } from '#kernel/http/route';
import { newId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import { requestMetrics } from '#kernel/metrics';
import { type Actor, anonymous, type Policy } from '#kernel/policy/policy';
import { langOf } from '#kernel/text';

/** What the HTTP layer needs; everything else reaches handlers through their own closures. */
export interface HttpOptions {
  log: Log;
  policy: Policy;
  version: string;
  routes: readonly Route[];
  /** What the platform sends to other systems, for its description. */
  messages?: readonly SentMessage[];
  /** Who sends this request. Throws 401 for a token or session that is not valid any more. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Routes that bring their own handling (sign-in), registered before the others. */
  raw?(app: FastifyInstance): void;
  /** Folder of the built web; without it only the API is served. */
  webRoot?: string;
  trustProxy: boolean;
  /** Largest upload in bytes. */
  uploadLimit: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
}

/** Largest body that is no upload, in bytes. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** Builds the server from all modules' routes. A request's way: contract → route → policy → use case → store. */
export async function buildHttp(o: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: o.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    trustProxy: o.trustProxy,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: answerUnreadable,
    // Addresses that cannot be decoded never reach a route, nor the handler of errors below.
    frameworkErrors: (error, request, reply) => {
      sendError(error, request, reply as unknown as FastifyReply, o);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('actor', null as never);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
    // Served over plain HTTP inside an office network too; a proxy in front adds HSTS.
    hsts: false,
  });
  await app.register(multipart, { limits: { fileSize: o.uploadLimit, files: 10, fields: 50 } });
  await app.register(rateLimit, { global: false });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '知城 Zhicheng',
        version: o.version,
        description: 'Every endpoint of the platform. Errors are {code, message, params, issues}.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      webhooks: describedMessages(o.messages ?? []),
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'zc.session_token' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    request.actor = anonymous;
  });
  app.addHook('onResponse', async (request, reply) => {
    requestMetrics(request, reply);
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    request.log[level](
      {
        method: request.method,
        // What stands behind the question mark may be a secret.
        url: request.url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, o));
  app.setNotFoundHandler((request, reply) => {
    // A page of the web is any address but the interface and built files: a tab left open after an upgrade asks for files
    // that are gone and must learn it.
    if (o.webRoot && request.method === 'GET' && !/^\/(api|assets)\//.test(request.url))
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    const what = (request.url.split('?')[0] ?? '').slice(0, 200);
    return sendError(new AppError('not_found', { what }), request, reply, o);
  });

  o.raw?.(app);
  if (o.webRoot && existsSync(o.webRoot)) await serveWeb(app, o.webRoot);
  await app.register(async (api) => {
    for (const r of o.routes) addRoute(api, r, o);
    api.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
  return app;
}

/**
 * Serves the built web: hundreds of files with a digest in their names by one route, as a route for each takes half of a start;
 * the few others each by its own, so that every other address keeps its answer.
 */
async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore: ['assets/**'],
    preCompressed: true,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  });
  await app.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    setHeaders: (reply) => reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
}

function addRoute(api: FastifyInstance, { endpoint: e, handler }: Route, o: HttpOptions): void {
  api.route({
    method: e.method,
    url: e.path,
    schema: {
      summary: e.summary,
      tags: [e.path.split('/')[2] ?? 'api'],
      ...(e.params && { params: e.params }),
      ...(e.query && { querystring: e.query }),
      ...(e.body && { body: e.body }),
      // The others stay: what is validated takes the place of all.
      ...(e.headers && { headers: e.headers.loose() }),
      ...(e.multipart && { consumes: ['multipart/form-data'] }),
      ...(e.produces ? { produces: [e.produces] } : { response: { 200: e.response } }),
      ...(e.access !== 'public' && { security: [{ token: [] }, { session: [] }] }),
    },
    preValidation: async (request) => {
      request.actor = await o.authenticate(request);
      if (e.method !== 'GET') refuseOtherSites(request);
      if (e.access === 'public') return;
      if (e.access !== 'signed-in') o.policy.demand(request.actor, e.access);
      else if (request.actor.kind === 'anonymous') throw new AppError('not_signed_in');
    },
    handler: async (request, reply) =>
      handler({
        params: request.params as never,
        query: request.query as never,
        body: request.body as never,
        headers: (e.headers ? request.headers : {}) as never,
        actor: request.actor,
        lang: langOf(request.headers['accept-language']),
        requestId: request.id,
        request,
        reply,
      }),
  });
}

/** A browser names the page's own origin on every changing request; a session cookie counts only from our pages. */
function refuseOtherSites(request: FastifyRequest): void {
  if (request.actor.via !== 'session') return;
  const { origin } = request.headers;
  if (origin && !sameHost(origin, request.host)) throw new AppError('cross_origin');
}

/** Do an Origin header and a Host header name the same host? Default ports may be written or not; `null` is nobody. */
function sameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  const own = `${from.protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === from.host;
}

/**
 * Answers what is not HTTP at all. The commonest case is an address with Chinese characters typed into a program that does
 * not encode them; browsers do.
 */
function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const why = tooLarge
    ? '请求头过大 (headers too large)'
    : '地址或请求头不合 HTTP 规范；地址中的汉字须按 UTF-8 百分号编码 (percent-encode non-ASCII characters of the address)';
  const known = new AppError('bad_request', { why });
  const body = JSON.stringify({ code: known.code, message: known.text.zh, params: known.params, issues: [] });
  socket.end(
    `HTTP/1.1 ${tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request'}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Turns any failure into the one error shape. Nothing a client sends may end as 500; stores that are down give 503. */
function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  limits: Pick<HttpOptions, 'uploadLimit'>,
): FastifyReply {
  const known = toAppError(error, request, limits);
  if (known.status >= 500) request.log.error({ err: error }, known.code);
  const lang = langOf(request.headers['accept-language']);
  // A download may have announced its file before it failed; what goes out now is none.
  for (const name of ['content-disposition', 'content-length', 'content-encoding', 'cache-control', 'etag'])
    reply.removeHeader(name);
  return reply
    .code(known.status)
    .type('application/json; charset=utf-8')
    .send({
      code: known.code,
      message: known.text[lang],
      params: known.params,
      issues: known.issues,
      ...(known.errors && { errors: known.errors }),
      requestId: request.id,
    });
}

function toAppError(
  error: unknown,
  request: FastifyRequest,
  { uploadLimit }: Pick<HttpOptions, 'uploadLimit'>,
): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues: Issue[] = error.validation.map((v) => ({
      path: `/${error.validationContext}${v.instancePath}`,
      code: String(v.keyword),
      message: v.message ?? '',
    }));
    return new AppError('validation', {}, issues);
  }
  if (isResponseSerializationError(error)) return new AppError('internal', { requestId: request.id });
  const e = error as { code?: unknown; statusCode?: number; message?: string };
  const code = typeof e.code === 'string' ? e.code : '';
  // The message may repeat all that was sent.
  const why = (e.message ?? code).slice(0, 300);
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new AppError('too_large', { limit: readableSize(uploadLimit) });
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new AppError('too_large', { limit: readableSize(BODY_LIMIT) });
  if (e.statusCode === 413) return new AppError('too_large', { limit: why });
  if (e.statusCode === 415)
    return new AppError('media_type', { type: request.headers['content-type'] ?? '' });
  if (e.statusCode === 429) return new AppError('too_many', { seconds: 60 });
  if (e.statusCode && e.statusCode >= 400 && e.statusCode < 500) return new AppError('bad_request', { why });
  // The sender hung up in the middle: nobody will read this, but it is no fault of ours to be logged as one.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return new AppError('bad_request', { why });
  // 22021: in a text that is valid otherwise this is always U+0000, which PostgreSQL cannot hold.
  if (code === '22021')
    return new AppError('bad_request', {
      why: '文本中有不可见的空字符 U+0000，请删去 (remove the invisible U+0000)',
    });
  if (isClientsFault(code)) return new AppError('bad_request', { why });
  if (isStoreAway(code, why)) return new AppError('unavailable');
  return new AppError('internal', { requestId: request.id });
}

/** PostgreSQL: unreadable input that slipped through a schema (class 22), or more than an index holds (class 54). */
function isClientsFault(code: string): boolean {
  return /^(22|54)[0-9A-Z]{3}$/.test(code);
}

/** A store that restarts, cannot be reached, or asks for the same again (a deadlock was broken, class 40). */
function isStoreAway(code: string, message: string): boolean {
  return (
    /^(ECONN|EPIPE|57|08|53|40)/.test(code) ||
    /^connect ENOENT|timeout exceeded when trying to connect|Connection terminated|socket hang up/.test(
      message,
    )
  );
}
