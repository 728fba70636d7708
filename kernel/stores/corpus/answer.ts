import type { Readable } from 'node:stream';
import type { Session } from 'chdb';
import { serverError } from './sessions.ts';
import { isConcatenable, readStatement, type Statement } from './statement.ts';

/** A request of the HTTP interface, read. */
export interface Work {
  statement: Statement;
  /** Rows of an insert; they follow the statement. */
  rows?: Readable;
  format: string;
  database: string;
  settings: Map<string, string>;
  params: Map<string, string>;
}

/** What is known of a result before its first byte. */
export interface Answer {
  format?: string;
  summary?: Record<string, string>;
}

/** Where a result goes. */
export interface Sink {
  head(answer: Answer): void;
  write(bytes: Uint8Array): Promise<void>;
  /** The asker has hung up. */
  gone(): boolean;
  /** Guards a step that may overrun its time limit. */
  watch<T>(step: Promise<T>): Promise<T>;
}

/** Names in the query string that are no settings. */
const reserved = new Set([
  ...[
    'query',
    'query_id',
    'database',
    'default_format',
    'user',
    'password',
    'quota_key',
    'stacktrace',
    'compress',
  ],
  ...['decompress', 'buffer_size', 'wait_end_of_query', 'close_session', 'log_comment', 'role'],
]);
/** Longest statement that is taken into memory, rows of unusual inserts included. */
const maxBody = 64 << 20;
/** Inserted rows are handed on in pieces of this size; a smaller insert is therefore one piece and atomic. */
const pieceBytes = 8 << 20;

/** Reads parameters, settings and statement. Rows of an ordinary insert stay a stream. */
export async function prepareRequest(url: URL, body: Readable, contentType: string): Promise<Work> {
  if (contentType.startsWith('multipart/')) throw notHere('query parameters in a multipart body');
  const settings = new Map<string, string>();
  const params = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name === 'session_id' || name === 'session_timeout') throw notHere('sessions over HTTP');
    if (reserved.has(name)) continue;
    if (!/^\w+$/.test(name)) throw serverError(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`);
    if (name.startsWith('param_')) params.set(name.slice(6), value);
    else settings.set(name, value);
  }
  const database = url.searchParams.get('database') ?? 'default';
  const asked = url.searchParams.get('default_format') ?? 'TabSeparated';
  const inUrl = url.searchParams.get('query');
  const work = (statement: Statement, rows?: Readable): Work => {
    if (statement.many)
      throw serverError(62, 'SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed)');
    return {
      statement,
      format: statement.format ?? asked,
      database,
      settings,
      params,
      ...(rows ? { rows } : {}),
    };
  };
  if (inUrl) {
    const statement = readStatement(inUrl);
    if (statement.insert && streamed.has(statement.insert.format)) return work(statement, body);
  }
  const text = await readAll(body);
  return work(readStatement(inUrl ? `${inUrl}\n${text}` : text));
}

/** Row formats that the engine takes piece by piece, because a line end is always a row's end. */
const streamed = new Set(['JSONEachRow', 'JSONCompactEachRow', 'TabSeparated', 'TSV']);

/** Runs the statement and sends its result: by pieces where the format allows, else as a whole. */
export async function run(session: Session, work: Work, sink: Sink): Promise<void> {
  const { statement, format, rows } = work;
  if (rows && statement.insert) {
    const { table, columns } = statement.insert;
    const done = await session.insert({
      table,
      values: rows,
      format: statement.insert.format as 'JSONEachRow',
      maxChunkBytes: pieceBytes,
      ...(columns ? { columns } : {}),
    });
    sink.head({ summary: summary(done.rowsWritten, done.bytesWritten) });
    return;
  }
  if (statement.reads && isConcatenable(format)) {
    let started = false;
    const pieces = session.queryStream(statement.text, { format })[Symbol.asyncIterator]();
    try {
      // Only the engine's time counts, not the time in which a slow reader takes the piece.
      for (let next = await sink.watch(pieces.next()); !next.done; next = await sink.watch(pieces.next())) {
        if (!started) sink.head({ format });
        started = true;
        if (sink.gone()) return;
        await sink.write(next.value.raw());
      }
    } finally {
      await pieces.return?.();
    }
    if (!started) sink.head({ format });
    return;
  }
  const result = await sink.watch(session.queryAsync(statement.text, { format }));
  sink.head({ format, summary: summary(0, 0) });
  const bytes = result.bytes();
  if (bytes.length > 0) await sink.write(bytes);
}

const summary = (rows: number, bytes: number) => ({
  ...{
    read_rows: '0',
    read_bytes: '0',
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: '0',
  },
  ...{ written_rows: String(rows), written_bytes: String(bytes) },
});

async function readAll(body: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBody) {
      throw serverError(
        307,
        'TOO_MANY_BYTES',
        `The statement is larger than ${maxBody} bytes: insert rows as JSONEachRow, which is streamed`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function notHere(what: string): Error {
  return serverError(48, 'NOT_IMPLEMENTED', `The embedded corpus does not know ${what}`);
}
