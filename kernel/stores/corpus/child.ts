/**
 * The corpus as a process of its own: ClickHouse (chDB) behind the part of ClickHouse's HTTP interface that
 * `@clickhouse/client` uses. `child.ts <folder> <socket path or port>`. It loads nothing of the platform, writes one line
 * of JSON to stdout when it is ready or cannot be, and ends when its stdin ends, that is with its parent.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { type Answer, prepareRequest, run, type Work } from './answer.ts';
import { Sessions } from './sessions.ts';

const [, , folder, listen] = process.argv;
if (!folder || !listen) throw new Error('usage: child <folder> <socket path or port>');

/** Queries that may run at once; further ones wait. Each holds a thread of libuv's pool (UV_THREADPOOL_SIZE). */
const parallel = 8;
/** After its time limit a query gets so long to notice, and then so long to be cancelled. */
const graceMs = 10_000;

/** The engine's caches are made for large servers; these limits keep the process small beside the others. */
const engineArgs = [
  '--mark_cache_size=134217728',
  '--index_mark_cache_size=134217728',
  '--primary_index_cache_size=134217728',
  '--text_index_tokens_cache_size=67108864',
  '--text_index_header_cache_size=67108864',
  '--text_index_postings_cache_size=134217728',
  '--vector_similarity_index_cache_size=67108864',
  '--parquet_metadata_cache_size=16777216',
  '--iceberg_metadata_files_cache_size=16777216',
  '--query_condition_cache_size=33554432',
];

const say = (event: string, extra: object = {}) =>
  process.stdout.write(`${JSON.stringify({ event, ...extra })}\n`);

// The terminal sends Ctrl-C to parent and child alike; the parent decides when this one stops.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

let sessions: Sessions;
try {
  sessions = new Sessions(folder, parallel, engineArgs);
} catch (e) {
  say('failed', { message: e instanceof Error ? e.message : String(e) });
  process.exit(3);
}

const running = new Set<Promise<void>>();
const server = createServer(
  { maxHeaderSize: 4 << 20, requestTimeout: 0, keepAliveTimeout: 75_000 },
  (req, res) => {
    const url = new URL(req.url ?? '/', 'http://corpus');
    if (url.pathname === '/ping' || (url.pathname === '/' && req.method === 'GET' && !url.search)) {
      res.setHeader('x-zc-pid', process.pid);
      res.end('Ok.\n');
      return;
    }
    const job = answer(req, res, url).finally(() => running.delete(job));
    running.add(job);
  },
);

async function answer(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const mark = randomUUID();
  const gone = () => res.destroyed || res.closed;
  try {
    const body = req.headers['content-encoding'] === 'gzip' ? req.pipe(createGunzip()) : req;
    const work: Work = await prepareRequest(url, body, String(req.headers['content-type'] ?? ''));
    res.setHeader('x-clickhouse-query-id', url.searchParams.get('query_id') ?? mark);
    // The asker hung up: only reading is stopped, as on a server; what was sent to be written is written.
    res.once('close', () => {
      if (!res.writableFinished && work.statement.reads) void sessions.kill(mark).catch(() => {});
    });
    const wishes = { ...work, mark };
    await sessions.use(wishes, work.statement.text, !work.statement.altersSession, gone, async (session) => {
      const limit = Number(work.settings.get('max_execution_time') ?? 0) * 1000;
      const watch = <T>(step: Promise<T>) => guard(step, limit, mark, work.statement.text);
      await run(session, work, {
        head: (a) => head(res, a),
        write: (bytes) => write(res, bytes),
        gone,
        watch,
      });
    });
    if (!gone()) res.end();
  } catch (e) {
    fail(res, e);
  } finally {
    if (!req.complete) req.resume();
  }
}

/**
 * Watches one step inside the engine, `limit` in milliseconds (0: none). The engine itself ends a query at its limit; one
 * that does not notice is cancelled, and one that ignores even that would hold its session for ever, so the process ends
 * and its parent starts a new one.
 */
async function guard<T>(step: Promise<T>, limit: number, mark: string, text: string): Promise<T> {
  if (!(limit > 0 && limit < 2 ** 30)) return step;
  const cancel = setTimeout(() => void sessions.kill(mark).catch(() => {}), limit + graceMs);
  const giveUp = setTimeout(
    () => {
      say('overrun', { query: text.slice(0, 200) });
      process.kill(process.pid, 'SIGKILL');
    },
    limit + 2 * graceMs,
  );
  try {
    return await step;
  } finally {
    clearTimeout(cancel);
    clearTimeout(giveUp);
  }
}

function head(res: ServerResponse, { format, summary }: Answer): void {
  if (format) res.setHeader('x-clickhouse-format', format);
  res.setHeader('x-clickhouse-exception-tag', exceptionTag);
  res.setHeader(
    'content-type',
    format?.startsWith('JSON') ? 'application/json; charset=UTF-8' : 'text/plain; charset=UTF-8',
  );
  if (summary) res.setHeader('x-clickhouse-summary', JSON.stringify(summary));
}

/** Writes with back-pressure; a reader who has gone stops waiting. */
function write(res: ServerResponse, bytes: Uint8Array): Promise<void> {
  if (res.destroyed || res.write(bytes)) return Promise.resolve();
  return new Promise((done) => {
    const finish = () => {
      res.off('drain', finish).off('close', finish);
      done();
    };
    res.once('drain', finish).once('close', finish);
  });
}

/** Sent ahead so that a client can tell an error in the middle of a result from rows (ClickHouse 25.11 and later). */
const exceptionTag = randomUUID().replaceAll('-', '').slice(0, 16);

function fail(res: ServerResponse, e: unknown): void {
  const message = `${e instanceof Error ? e.message : String(e)}\n`;
  if (res.destroyed) return;
  if (res.headersSent) {
    const size = Buffer.byteLength(message);
    res.end(`\r\n__exception__\r\n${exceptionTag}\r\n${message}${size} ${exceptionTag}\r\n__exception__\r\n`);
    return;
  }
  res.statusCode = 500;
  res.setHeader('x-clickhouse-exception-code', /Code: (\d+)/.exec(message)?.[1] ?? '1002');
  res.end(message);
}

let ending = false;
/** Lets running queries finish for a moment, then goes; everything acknowledged is on disk already. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  server.close();
  server.closeIdleConnections();
  const patience = new Promise((done) => setTimeout(done, 3000));
  await Promise.race([Promise.allSettled(running), patience]);
  if (running.size === 0) sessions.close();
  else process.kill(process.pid, 'SIGKILL');
  process.exit(0);
}
process.stdin
  .on('end', () => void end())
  .on('close', () => void end())
  .on('error', () => void end())
  .resume();

server.on('error', (e) => {
  say('failed', { message: e.message });
  process.exit(4);
});
if (/^\d+$/.test(listen)) server.listen(Number(listen), '127.0.0.1', () => say('ready'));
else {
  process.umask(0o077);
  server.listen(listen, () => say('ready'));
}
